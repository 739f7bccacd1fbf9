// OMA-TS-ULP-V1_0 and V2_0: SUPL INIT, which asks a device for its position. Packed ASN.1 (X.691, unaligned).

import { rules } from '../../../captures/finding.ts';
import { PackedReader, UNREADABLE } from '../../asn1/per.ts';
import type { Cursor } from '../../base/cursor.ts';
import { fields } from '../../base/fields.ts';
import type { BinaryDecoder, Detail } from '../kinds.ts';
import { MESSAGES, readInit } from './init.ts';
import { sessionId } from './session.ts';
import { Told } from './told.ts';

export const SUPL = rules({
  length: {
    code: 'SUPL-LENGTH',
    severity: 'warning',
    basis: 'remembered',
    title: 'The length in the SUPL message does not fit the body',
    clause: 'OMA-TS-ULP-V1_0',
    receivers: 'Phones drop the message.',
  },
  unread: {
    code: 'SUPL-UNREAD',
    severity: 'note',
    basis: 'remembered',
    title: 'The SUPL message cannot be read to its end',
    clause: 'OMA-TS-ULP-V1_0',
  },
  notInit: {
    code: 'SUPL-NOT-INIT',
    severity: 'warning',
    basis: 'remembered',
    title: 'The SUPL message is not the one that opens a session',
    clause: 'OMA-TS-ULP-V1_0',
    receivers: 'Phones accept only SUPL INIT in a push.',
  },
});

const f = fields('supl', {
  length: { kind: 'u16', label: 'Length', unit: 'octets', clause: 'OMA-TS-ULP-V1_0 11' },
  version: { kind: 'bytes', label: 'Version', clause: 'OMA-TS-ULP-V1_0 11' },
  rest: { kind: 'bytes', label: 'Not read' },
});

/** Length and version: the only parts that end at an octet. */
const HEAD = 5;

function decode(c: Cursor): Detail[] {
  const start = c.pos;
  const size = c.left;
  if (size < HEAD) {
    c.report(SUPL.length, start, size, `${size} octets hold no SUPL message`);
    if (size > 0) c.raw(f.rest, size);
    return [];
  }
  const length = c.u16(f.length);
  if (length !== size) c.report(SUPL.length, start, 2, `The message says ${length} octets, the body has ${size}`);
  const version = [...c.raw(f.version, 3)].join('.');
  const told = new Told(c);
  told.out.push({ label: 'Version', value: version, range: { start: start + 2, length: 3 } });
  const p = new PackedReader(c);
  try {
    sessionId(p, told);
    const from = p.at;
    const message = p.option(MESSAGES.length, true);
    const name = message === null ? 'a message of a later version' : MESSAGES[message]!;
    told.say('message', 'Message', name, p, from);
    if (message === 0) readInit(p, told);
    else c.report(SUPL.notInit, p.octets(from).start, 1, `It is ${name}`);
  } catch (e) {
    if (e !== UNREADABLE) throw e;
    const at = Math.min(p.at >> 3, c.end);
    c.report(SUPL.unread, at, c.end - at, 'The packed values end early, or use what is not read here');
  }
  // The last octet may be read in part: what is behind it is padding or unread.
  const behind = Math.min(c.end, (p.at + 7) >> 3);
  if (behind < c.end) c.rec?.leaf(f.rest, behind, c.end - behind, c.bytes.subarray(behind, c.end));
  c.pos = c.end;
  return told.out;
}

export const SUPL_INIT: BinaryDecoder = {
  form: 'binary',
  kind: 'supl-init',
  mediaTypes: ['application/vnd.omaloc-supl-init'],
  applicationId: 'x-oma-application:ulp.ua',
  ports: [7275],
  decode,
};
