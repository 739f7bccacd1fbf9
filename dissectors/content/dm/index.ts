// OMA-TS-DM_Notification-V1_2 6: the trigger message (package 0) that asks a device to call its management server. The
// layout is recalled, not confirmed by a capture.

import type { Cursor } from '../../base/cursor.ts';
import { fields } from '../../base/fields.ts';
import { latin1, utf8Strict } from '../charset.ts';
import type { BinaryDecoder, Detail } from '../kinds.ts';
import { DM } from './rules.ts';
import { syncs } from './syncs.ts';

const SPEC = 'OMA-TS-DM_Notification-V1_2 6.2';

const UI_MODES = { 0: 'not specified', 1: 'background', 2: 'informative', 3: 'user interaction' } as const;
const UI_WORDS = [
  'The server leaves open whether the user is told',
  'The user is not told',
  'The user is told',
  'The user is asked first',
] as const;

const f = fields('dm.notification', {
  digest: { kind: 'bytes', label: 'Digest', clause: `${SPEC}.1` },
  version: { kind: 'bits', label: 'Version', clause: `${SPEC}.2` },
  uiMode: { kind: 'bits', label: 'UI mode', names: UI_MODES, clause: `${SPEC}.2` },
  initiator: { kind: 'bits', label: 'Initiator', names: { 0: 'user', 1: 'server' }, clause: `${SPEC}.2` },
  future: { kind: 'bits', label: 'Future use', hex: true, clause: `${SPEC}.2` },
  sessionId: { kind: 'u16', label: 'Session identifier', hex: true, clause: `${SPEC}.2` },
  serverLength: { kind: 'u8', label: 'Length of the server identifier', unit: 'octets', clause: `${SPEC}.2` },
  server: { kind: 'text', label: 'Server identifier', clause: `${SPEC}.2` },
  vendor: { kind: 'bytes', label: 'Vendor data', clause: `${SPEC}.3` },
});

/** MD5. */
export const DIGEST_LENGTH = 16;
/** Behind the digest: 10 bits version, 2 UI mode, 1 initiator, 27 future use, 16 session, 8 length of the server's name. */
const HEADER_LENGTH = 8;
const FIXED = DIGEST_LENGTH + HEADER_LENGTH;

const versionOf = (bits: number): string => (bits / 10).toFixed(1);

function header(c: Cursor): Detail[] {
  const at = c.pos;
  const out: Detail[] = [];
  const say = (label: string, value: string, start: number, length: number): void => {
    out.push({ label, value, range: { start, length } });
  };
  const bits = (c.bytes[at]! << 8) | c.bytes[at + 1]!;
  const version = bits >> 6;
  const ui = ((bits >> 4) & 3) as 0 | 1 | 2 | 3;
  const initiator = (bits >> 3) & 1;
  const future = (bits & 7) * 0x1000000 + ((c.bytes[at + 2]! << 16) | (c.bytes[at + 3]! << 8) | c.bytes[at + 4]!);
  c.take(5);
  c.rec?.leaf(f.version, at, 2, version, versionOf(version));
  c.rec?.leaf(f.uiMode, at + 1, 1, ui);
  c.rec?.leaf(f.initiator, at + 1, 1, initiator);
  c.rec?.leaf(f.future, at + 1, 4, future);
  if (version < 10 || version > 20) c.report(DM.version, at, 2, `The version is ${versionOf(version)}`);
  if (future !== 0) c.report(DM.future, at + 1, 4, 'Bits for future use are set');
  say('Version', versionOf(version), at, 2);
  say('User interface', `${UI_MODES[ui]}: ${UI_WORDS[ui]}`, at + 1, 1);
  say('Initiated by', initiator === 0 ? 'the user' : 'the server', at + 1, 1);
  const sessionAt = c.pos;
  const session = c.u16(f.sessionId);
  say('Session', `0x${session.toString(16).toUpperCase().padStart(4, '0')}`, sessionAt, 2);
  return out;
}

function server(c: Cursor): Detail {
  const lengthAt = c.pos;
  const length = c.u8(f.serverLength);
  const size = Math.min(length, c.left);
  if (size < length) c.report(DM.short, lengthAt, 1, `The server identifier has ${length} octets, ${size} are left`);
  if (length === 0) c.report(DM.noServer, lengthAt, 1, 'The server identifier is empty');
  const at = c.take(size);
  const octets = c.bytes.subarray(at, at + size);
  const name = utf8Strict(octets) ?? latin1(octets);
  c.rec?.leaf(f.server, at, size, name);
  return { label: 'Server', value: name, range: { start: at, length: size } };
}

const hex = (octets: Uint8Array): string =>
  Array.from(octets, (o) => o.toString(16).toUpperCase().padStart(2, '0')).join('');

/** Digest and header; undefined where they are not there. */
function head(c: Cursor): Detail[] | undefined {
  if (c.left < FIXED) {
    c.report(DM.short, c.pos, c.left, `${c.left} octets are left, the digest and header have ${FIXED}`);
    if (c.left > 0) c.raw(f.vendor, c.left);
    return undefined;
  }
  const at = c.pos;
  const digest = c.raw(f.digest, DIGEST_LENGTH);
  return [
    { label: 'Digest', value: hex(digest), range: { start: at, length: DIGEST_LENGTH } },
    ...header(c),
    server(c),
  ];
}

function trigger(c: Cursor): Detail[] {
  const out = head(c) ?? [];
  if (c.left > 0) {
    const at = c.pos;
    const octets = c.raw(f.vendor, c.left);
    out.push({ label: 'Vendor data', value: hex(octets), range: { start: at, length: octets.length } });
  }
  return out;
}

export const DM_NOTIFICATION: BinaryDecoder = {
  form: 'binary',
  kind: 'dm-notification',
  mediaTypes: [
    'application/vnd.syncml.notification',
    'application/vnd.syncml.dm.notification',
    'application/vnd.oma.dm.notification',
  ],
  applicationId: 'x-wap-application:syncml.dm',
  decode: trigger,
};

// OMA-TS-DS_Protocol-V1_2, Server Alerted Notification: the same header, then what to synchronise.
export const DS_NOTIFICATION: BinaryDecoder = {
  form: 'binary',
  kind: 'sync-notification',
  mediaTypes: ['application/vnd.syncml.ds.notification'],
  applicationId: 'x-wap-application:push.syncml',
  decode(c) {
    const out = head(c);
    return out === undefined ? [] : [...out, ...syncs(c)];
  },
};
