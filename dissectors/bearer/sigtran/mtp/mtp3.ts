// MTP level 3, as a frame of its own or inside whatever carries signalling links.

import type { Cursor } from '../../../base/cursor.ts';
import { type Context, type DatagramDissector, on } from '../../../base/dissector.ts';
import { pointCode, shared } from '../shared.ts';
import { mtp3Fields as f } from './fields.ts';
import { formBySccp, LABELS, type LabelForm, labelAt } from './label.ts';

const SCCP = 3;

/** The form of label that made sense last. */
interface Known {
  form: LabelForm | null;
}

// ITU-T Q.704 14.2, 2.2: service information octet, routing label, the user's message.
/** Reads from the service information octet on. `missing`: octets behind the window that are not there. */
export function readMtp3(c: Cursor, ctx: Context, missing: number): void {
  c.group(f.mtp3, undefined, () => {
    const at = c.pos;
    const sio = c.u8(f.serviceInformation);
    const si = sio & 0x0f;
    if (c.rec !== null) {
      c.rec.leaf(f.serviceIndicator, at, 1, si);
      c.rec.leaf(f.networkIndicator, at, 1, sio >> 6);
    }
    const known = shared<Known>(ctx, () => ({ form: null }));
    const found = si === SCCP ? formBySccp(c.bytes, c.pos, c.end, known.form) : undefined;
    if (found?.sure === true) known.form = found.form;
    readBehind(c, ctx, si, found?.form ?? known.form ?? LABELS[0]!, missing);
  });
}

function readBehind(c: Cursor, ctx: Context, si: number, form: LabelForm, missing: number): void {
  const at = c.take(form.octets);
  const label = labelAt(c.bytes, at, form);
  if (c.rec !== null) {
    c.rec.leaf(f.label, at, form.octets, c.bytes.subarray(at, c.pos), form.title);
    c.rec.leaf(f.destinationPointCode, at, form.octets, label.dpc);
    c.rec.leaf(f.originatingPointCode, at, form.octets, label.opc);
    c.rec.leaf(f.signallingLinkSelection, at, form.octets, label.sls);
  }
  const start = c.pos;
  const user = c.window(c.left);
  const between = { sourceAddress: pointCode(label.opc), destinationAddress: pointCode(label.dpc), missing };
  if (!ctx.next('m3ua.si', si, user, between) && c.rec !== null && c.pos > start) {
    c.rec.leaf(f.userData, start, c.pos - start, c.bytes.subarray(start, c.pos));
  }
}

export const mtp3: DatagramDissector = {
  kind: 'datagram',
  id: 'mtp3',
  title: 'Message transfer part, level 3',
  refs: ['ITU-T Q.704', 'ANSI T1.111.4', 'TTC JT-Q704'],
  fields: f,
  rules: [],
  carriedBy: [on('link.type', 141)],
  decode: (c, ctx) => readMtp3(c, ctx, ctx.missing ?? 0),
};
