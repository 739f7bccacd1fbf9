// OMA-TS-DM_Notification-V1_2 6: the trigger message that asks a device to call its management server. The layout
// is recalled, not confirmed by a capture.

import { rules } from '../../../captures/finding.ts';
import type { Cursor } from '../../base/cursor.ts';
import { fields } from '../../base/fields.ts';
import { latin1, utf8Strict } from '../charset.ts';
import type { BinaryDecoder, Detail } from '../kinds.ts';

export const DM = rules({
  short: {
    code: 'DM-NOTIFICATION-SHORT',
    severity: 'warning',
    title: 'The notification is shorter than its digest and header',
    clause: 'OMA-TS-DM_Notification-V1_2 6.2',
  },
});

const UI_MODES = { 0: 'not specified', 1: 'background', 2: 'informative', 3: 'user interaction' } as const;

const f = fields('dm.notification', {
  digest: { kind: 'bytes', label: 'Digest', clause: 'OMA-TS-DM_Notification-V1_2 6.2.1' },
  flags: { kind: 'bits', label: 'Version, UI mode, initiator', clause: 'OMA-TS-DM_Notification-V1_2 6.2.2' },
  reserved: { kind: 'bytes', label: 'Reserved' },
  sessionId: { kind: 'u16', label: 'Session identifier', hex: true },
  serverLength: { kind: 'u8', label: 'Length of the server identifier' },
  server: { kind: 'text', label: 'Server identifier' },
  vendor: { kind: 'bytes', label: 'Vendor data' },
});

/** 16 octets of digest; 10 bits version, 2 UI mode, 1 initiator, 27 reserved; session, length of the server's name. */
const FIXED = 24;

function decode(c: Cursor): Detail[] {
  if (c.left < FIXED) {
    c.report(DM.short, c.pos, c.left, `${c.left} octets are left, the digest and header have ${FIXED}`);
    return [];
  }
  const out: Detail[] = [];
  c.raw(f.digest, 16);
  const at = c.take(2);
  const bits = (c.bytes[at]! << 8) | c.bytes[at + 1]!;
  const version = bits >> 6;
  const ui = UI_MODES[((bits >> 4) & 3) as 0 | 1 | 2 | 3];
  const initiator = (bits & 8) === 0 ? 'user' : 'server';
  const text = `version ${(version / 10).toFixed(1)}, ${ui}, initiated by the ${initiator}`;
  c.rec?.leaf(f.flags, at, 2, bits, text);
  c.raw(f.reserved, 3);
  out.push({ label: 'Notification', value: text, range: { start: at, length: 2 } });
  const sessionAt = c.pos;
  const session = c.u16(f.sessionId);
  out.push({
    label: 'Session',
    value: `0x${session.toString(16).toUpperCase().padStart(4, '0')}`,
    range: { start: sessionAt, length: 2 },
  });
  const length = c.u8(f.serverLength);
  const size = Math.min(length, c.left);
  if (size < length) c.report(DM.short, c.pos - 1, 1, `The server identifier has ${length} octets, ${size} are left`);
  const serverAt = c.take(size);
  const octets = c.bytes.subarray(serverAt, serverAt + size);
  const server = utf8Strict(octets) ?? latin1(octets);
  c.rec?.leaf(f.server, serverAt, size, server);
  out.push({ label: 'Server', value: server, range: { start: serverAt, length: size } });
  if (c.left > 0) c.raw(f.vendor, c.left);
  return out;
}

export const DM_NOTIFICATION: BinaryDecoder = {
  form: 'binary',
  kind: 'dm-notification',
  mediaTypes: ['application/vnd.syncml.notification', 'application/vnd.syncml.dm.notification'],
  applicationId: 'x-wap-application:syncml.dm',
  decode,
};
