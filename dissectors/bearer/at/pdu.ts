// 3GPP TS 27.005 3.1: <pdu>, a TPDU in hex digits with the service centre address in front.

import type { Finding } from '../../../captures/finding.ts';
import { hexMap, type Mapped } from '../../base/bytemap.ts';
import { Cursor, runLayer } from '../../base/cursor.ts';
import type { Context } from '../../base/dissector.ts';
import type { Address } from '../../base/message.ts';
import type { Recorder } from '../../base/recorder.ts';
import { serviceCentre } from '../../sms/address.ts';
import { decodeTpdu, type Tpdu } from '../../sms/tpdu.ts';
import { hexOctets, type Span } from '../text/delimited.ts';
import { atRules, atFields as f } from './fields.ts';

export interface SpelledPdu {
  readonly tpdu: Tpdu;
  readonly smsc: Address | null;
  /** Its octets, counted from the service centre address. */
  readonly octets: Mapped;
}

/** Rows of octets as rows of the two digits that spell each. */
const doubled = (rec: Recorder, base: number): Recorder => ({
  leaf: (field, at, length, value, text) => rec.leaf(field, base + 2 * at, 2 * length, value, text),
  open: (field, at, text) => rec.open(field, base + 2 * at, text),
  close: (row, end, text) => rec.close(row, base + 2 * end, text),
});

const MOST_CENTRE = 12;

/** Octets of the service centre address, its length included, for a TPDU that is said to have `announced` octets. */
function centreOctets(bytes: Uint8Array, announced: number | null, direction: 'mt' | 'mo'): number {
  // 3GPP TS 23.040 9.2.3.1: a TPDU to the network is a SUBMIT, one from it no SUBMIT.
  const submit = ((bytes[0] ?? 0) & 0x03) === 1;
  if (announced === bytes.length && submit === (direction === 'mo')) return 0;
  const said = (bytes[0] ?? 0) + 1;
  return said <= MOST_CENTRE && said <= bytes.length ? said : 0;
}

/**
 * Reads digits at `span` of the cursor's buffer. `announced`: the length that the command or answer gave. Null: no
 * octets are there. What is wrong goes to the cursor's findings, by the digits' positions.
 */
export function readSpelledPdu(
  c: Cursor,
  ctx: Context,
  span: Span,
  announced: number | null,
  direction: 'mt' | 'mo',
): SpelledPdu | null {
  const { bytes, digits } = hexOctets(c.bytes, span);
  const cut = (ctx.missing ?? 0) > 0;
  if (digits !== span.length && !cut) {
    c.report(atRules.hex, span.start, span.length, `${span.length} characters spell ${bytes.length} octets`);
  }
  if (bytes.length === 0) return null;
  const found: Finding[] = [];
  const inner = new Cursor(bytes, 0, bytes.length, c.rec === null ? null : doubled(c.rec, span.start), found, c.of);
  const centre = centreOctets(bytes, announced, direction);
  if (announced !== null && bytes.length - centre !== announced && !cut) {
    const there = `the TPDU has ${bytes.length - centre} octets`;
    c.report(atRules.length, span.start, span.length, `${announced} octets are announced, ${there}`);
  }
  const out = inner.group(f.tpdu, `${bytes.length} octets`, () => {
    const smsc = centre > 0 ? (runLayer(inner, () => serviceCentre(inner, f.serviceCentre)) ?? null) : null;
    return { smsc, tpdu: decodeTpdu(inner, direction) };
  });
  for (const x of found) c.report(x.rule, span.start + 2 * x.start, 2 * x.length, x.message);
  return { ...out, octets: { bytes, map: hexMap(ctx.origin(span.start, digits)) } };
}
