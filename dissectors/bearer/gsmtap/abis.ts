// Abis in GSMTAP: LAPD frames, RSL messages, or layer 3 alone; tools differ in how deep they cut.

import type { Cursor } from '../../base/cursor.ts';
import type { Context } from '../../base/dissector.ts';
import { fields } from '../../base/fields.ts';
import { looksLikeCp } from '../cprp/cp.ts';
import { decodeLayer3, type Subscriber } from '../cprp/layer3.ts';
import { decodeRsl, looksLikeRsl, type Rsl } from './rsl.ts';

export const lapdFields = fields('lapd', {
  frame: { kind: 'group', label: 'LAPD', clause: 'ITU-T Q.921 2' },
  address: { kind: 'u16', label: 'Address field', hex: true, clause: 'ITU-T Q.921 3.3' },
  control: { kind: 'bytes', label: 'Control field', clause: 'ITU-T Q.921 3.4' },
  information: { kind: 'bytes', label: 'Information', clause: 'ITU-T Q.921 2.5' },
});
const f = lapdFields;

/** Q.921 3.3: EA is 0 in the first octet and 1 in the second. */
const looksLikeLapd = (b: Uint8Array, start: number, end: number): boolean =>
  end - start >= 3 && (b[start]! & 1) === 0 && (b[start + 1]! & 1) === 1;

/** Q.921 3.4: I and S frames have two octets, U frames one. */
const controlOctets = (first: number): number => ((first & 3) === 3 ? 1 : 2);

export interface Abis {
  readonly rsl: Rsl;
  /** Last I frame by conversation, address and direction: LAPD repeats what was not acknowledged. */
  readonly last: Map<string, string>;
}

const MOST = 4096;

function isRepetition(m: Abis, place: string, frame: string): boolean {
  if (m.last.get(place) === frame) return true;
  m.last.delete(place);
  m.last.set(place, frame);
  if (m.last.size > MOST) {
    const [oldest] = m.last.keys();
    if (oldest !== undefined) m.last.delete(oldest);
  }
  return false;
}

const lapd = (c: Cursor, ctx: Context, m: Abis): void =>
  c.group(f.frame, undefined, () => {
    const { bytes } = c;
    const address = c.u16(f.address);
    const first = c.peek() ?? 0;
    c.span(f.control, Math.min(controlOctets(first), c.left));
    if (!looksLikeRsl(bytes, c.pos, c.end)) {
      if (c.left > 0) c.span(f.information, c.left);
      return;
    }
    const numbered = (first & 1) === 0;
    const frame = `${first >> 1} ${Array.from(bytes.subarray(c.pos, c.end)).join()}`;
    if (numbered && isRepetition(m, `${ctx.conversation} ${ctx.direction} ${address}`, frame)) {
      c.span(f.information, c.left);
      return;
    }
    decodeRsl(c, ctx, m.rsl);
  });

/** Reads what a tool put behind GSMTAP as Abis; the cursor is behind the header. */
export function decodeAbis(c: Cursor, ctx: Context, m: Abis, uplink: boolean): void {
  const { bytes, pos, end } = c;
  if (looksLikeRsl(bytes, pos, end)) decodeRsl(c, ctx, m.rsl);
  else if (looksLikeCp(bytes, pos, end)) {
    const s: Subscriber = { bearer: 'gsmtap', memory: m.rsl.memory, scope: `abis ${ctx.conversation}`, imsi: null };
    decodeLayer3(c, ctx, s, { direction: uplink ? 'mo' : 'mt' });
  } else if (looksLikeLapd(bytes, pos, end)) lapd(c, ctx, m);
}
