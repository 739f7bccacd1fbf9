// OMA-TS-ULP: SUPL INIT, which asks a device for its position. Only the head of the PDU is read; the rest is packed.

import { rules } from '../../../captures/finding.ts';
import type { Cursor } from '../../base/cursor.ts';
import { fields } from '../../base/fields.ts';
import type { BinaryDecoder, Detail } from '../kinds.ts';

export const SUPL = rules({
  length: {
    code: 'SUPL-LENGTH',
    severity: 'warning',
    title: 'The length in the SUPL message does not fit the body',
    clause: 'OMA-TS-ULP-V1_0 7',
  },
});

const f = fields('supl', {
  length: { kind: 'u16', label: 'Length', unit: 'octets' },
  version: { kind: 'bytes', label: 'Version' },
  message: { kind: 'bytes', label: 'Message' },
});

function decode(c: Cursor): Detail[] {
  const at = c.pos;
  if (c.left < 5) {
    c.report(SUPL.length, at, c.left, `${c.left} octets hold no SUPL message`);
    return [];
  }
  const size = c.left;
  const length = c.u16(f.length);
  if (length !== size) c.report(SUPL.length, at, 2, `The message says ${length} octets, the body has ${size}`);
  const version = [...c.raw(f.version, 3)].join('.');
  if (c.left > 0) c.raw(f.message, c.left);
  return [{ label: 'Version', value: version, range: { start: at + 2, length: 3 } }];
}

export const SUPL_INIT: BinaryDecoder = {
  form: 'binary',
  kind: 'supl-init',
  mediaTypes: ['application/vnd.omaloc-supl-init'],
  applicationId: 'x-oma-application:ulp.ua',
  decode,
};
