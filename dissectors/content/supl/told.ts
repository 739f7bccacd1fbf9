// Packed values as rows of the tree and as details: both stand for the octets that hold the bits.

import type { PackedReader } from '../../asn1/per.ts';
import type { Cursor } from '../../base/cursor.ts';
import { fields } from '../../base/fields.ts';
import type { Detail } from '../kinds.ts';

const SPEC = 'OMA-TS-ULP-V2_0 11';

const f = fields('supl', {
  sessionId: { kind: 'bits', label: 'Session of the device', clause: SPEC },
  setId: { kind: 'text', label: 'Device', clause: SPEC },
  slpSessionId: { kind: 'text', label: 'Session of the server', clause: SPEC },
  slpId: { kind: 'text', label: 'Server', clause: SPEC },
  message: { kind: 'text', label: 'Message', clause: SPEC },
  posMethod: { kind: 'text', label: 'Positioning', clause: SPEC },
  notificationType: { kind: 'text', label: 'Notification', clause: SPEC },
  encoding: { kind: 'text', label: 'Encoding of names', clause: SPEC },
  requestor: { kind: 'text', label: 'Requested by', clause: SPEC },
  client: { kind: 'text', label: 'Client', clause: SPEC },
  slpAddress: { kind: 'text', label: 'Server address', clause: SPEC },
  qop: { kind: 'text', label: 'Quality wanted', clause: SPEC },
  slpMode: { kind: 'text', label: 'Mode', clause: SPEC },
  mac: { kind: 'bytes', label: 'MAC', clause: SPEC },
  keyIdentity: { kind: 'bytes', label: 'Key identity', clause: SPEC },
  extensions: { kind: 'bits', label: 'Additions of later versions', clause: SPEC },
});

export class Told {
  readonly out: Detail[] = [];
  readonly c: Cursor;

  constructor(c: Cursor) {
    this.c = c;
  }

  /** A value whose bits began at `from` and end where the reader stands. */
  say(field: keyof typeof f, label: string, value: string, p: PackedReader, from: number): void {
    const range = p.octets(from);
    this.c.rec?.leaf(f[field], range.start, range.length, value);
    this.out.push({ label, value, range });
  }
}
