// Reading of the parameter kinds of SMPP 3.4 3.1: C-octet strings, addresses, optional parameters, content.

import type { Cursor } from '../../base/cursor.ts';
import type { Field } from '../../base/fields.ts';
import type { Address } from '../../base/message.ts';
import { decodeUdh, looksLikeUdh, type Udh } from '../../sms/udh.ts';
import { udhRules } from '../../sms/udhrules.ts';
import { smppFields as f } from './fields.ts';
import { smppRules } from './rules.ts';
import { TLV, TLV_SPECS, tlvName } from './tlvs.ts';

export function latin1(b: Uint8Array, start: number, end: number): string {
  let out = '';
  for (let i = start; i < end; i += 1) out += String.fromCharCode(b[i]!);
  return out;
}

/**
 * SMPP 3.4 3.1: a C-octet string, NUL included in `most`. Ends the layer when the PDU ends first; `whole` tells that
 * this is then the sender's fault.
 */
export function cString(c: Cursor, field: Field<'text'>, most: number, whole: boolean): string {
  const b = c.bytes;
  const at = c.pos;
  let end = at;
  while (end < c.end && b[end] !== 0) end += 1;
  const text = latin1(b, at, end);
  if (end >= c.end) {
    if (c.rec !== null) c.rec.leaf(field, at, end - at, text);
    if (whole) c.report(smppRules.unterminated, at, end - at, `${field.label} is not terminated`);
    c.pos = end;
    // One octet more than there is: the shortage is told in the usual way.
    c.take(1);
  }
  if (end + 1 - at > most) {
    c.report(smppRules.longString, at, end + 1 - at, `${field.label} has ${end - at} octets, ${most - 1} are allowed`);
  }
  c.pos = end + 1;
  if (c.rec !== null) c.rec.leaf(field, at, end + 1 - at, text);
  return text;
}

const TYPES: readonly Address['type'][] = [
  'unknown',
  'international',
  'national',
  'network',
  'subscriber',
  'alphanumeric',
  'abbreviated',
];

/** An empty address is no address. */
export function toAddress(ton: number, npi: number, value: string): Address | null {
  if (value === '') return null;
  const plus = /^\+\d+$/.test(value);
  return { value: plus ? value.slice(1) : value, type: plus ? 'international' : (TYPES[ton] ?? 'unknown'), plan: npi };
}

/** SMPP 3.4 4.4.1: TON, NPI, address. */
export function address(
  c: Cursor,
  fields: readonly [Field<'u8'>, Field<'u8'>, Field<'text'>],
  most: number,
  whole: boolean,
): Address | null {
  const ton = c.u8(fields[0]);
  const npi = c.u8(fields[1]);
  return toAddress(ton, npi, cString(c, fields[2], most, whole));
}

/** Where octets of content stand in the cursor's buffer, and what their header says. */
export interface Content {
  readonly start: number;
  readonly length: number;
  readonly udh: Udh | null;
  /** The indicator is set, or should have been. */
  readonly udhi: boolean;
}

/** What is known about a header in front of content: announced, not announced, or none because this is no content. */
export type HeaderHint = 'announced' | 'silent' | 'none';

/** Reads `size` octets of content; a header in front of it where announced, or where it can be nothing else. */
export function content(c: Cursor, size: number, hint: HeaderHint): Content {
  const start = c.pos;
  const w = c.window(size);
  let hasHeader = hint === 'announced';
  if (hint === 'silent' && looksLikeUdh(w.bytes, w.pos, w.end)) {
    c.report(udhRules.missingUdhi, start, w.bytes[start]! + 1, 'esm_class has no UDHI bit, the content has a header');
    hasHeader = true;
  }
  const udh = hasHeader && size > 0 ? decodeUdh(w) : null;
  if (w.left > 0) w.raw(f.content, w.left);
  return { start, length: size, udh, udhi: hasHeader };
}

export interface Tlvs {
  readonly numbers: ReadonlyMap<number, number>;
  readonly texts: ReadonlyMap<number, string>;
  readonly networkError: { readonly network: number; readonly code: number } | null;
  readonly payload: Content | null;
}

interface OpenTlvs extends Tlvs {
  readonly numbers: Map<number, number>;
  readonly texts: Map<number, string>;
  networkError: { readonly network: number; readonly code: number } | null;
  payload: Content | null;
}

const NO_TLVS: Tlvs = { numbers: new Map(), texts: new Map(), networkError: null, payload: null };

const MAX_TLVS = 256;

/** Tags that SMPP 5.0 lets occur more than once. */
const REPEATABLE: ReadonlySet<number> = new Set([0x0302, 0x0303, 0x0381, 0x0606, 0x0607]);

function value(c: Cursor, tag: number, size: number, out: OpenTlvs, hint: HeaderHint): void {
  const spec = TLV_SPECS[tag];
  const w = c.window(size);
  if (spec?.length !== undefined && spec.length !== size) {
    c.report(smppRules.tlvLength, w.pos - 2, 2, `${spec.name} has ${size} octets where ${spec.length} are due`);
  }
  if (tag === TLV.messagePayload) {
    const read = content(w, w.left, hint);
    out.payload ??= read;
    return;
  }
  if (tag === TLV.networkErrorCode && size >= 3) {
    out.networkError ??= { network: w.bytes[w.pos]!, code: (w.bytes[w.pos + 1]! << 8) | w.bytes[w.pos + 2]! };
  }
  if (spec?.kind === 'uint' && (size === 1 || size === 2 || size === 4)) {
    const v = size === 1 ? w.u8(f.value8) : size === 2 ? w.u16(f.value16) : w.u32(f.value32);
    if (!out.numbers.has(tag)) out.numbers.set(tag, v);
  } else if (spec?.kind === 'text') {
    const at = w.pos;
    let end = at;
    while (end < w.end && w.bytes[end] !== 0) end += 1;
    const text = latin1(w.bytes, at, end);
    w.skip(w.left);
    if (w.rec !== null) w.rec.leaf(f.valueText, at, size, text);
    if (!out.texts.has(tag)) out.texts.set(tag, text);
  } else if (size > 0) w.raw(f.value, size);
}

// SMPP 3.4 5.3.1: tag, length, value, until the PDU ends.
export function tlvs(c: Cursor, hint: HeaderHint): Tlvs {
  if (c.left === 0) return NO_TLVS;
  const out: OpenTlvs = { numbers: new Map(), texts: new Map(), networkError: null, payload: null };
  const seen = new Set<number>();
  let count = 0;
  while (c.left >= 4 && count < MAX_TLVS) {
    count += 1;
    const at = c.pos;
    c.group(
      f.tlv,
      undefined,
      () => {
        const tag = c.u16(f.tag);
        const claimed = c.u16(f.length);
        const size = Math.min(claimed, c.left);
        if (size < claimed) {
          c.report(smppRules.tlvOverrun, at, 4, `${tlvName(tag)} claims ${claimed} octets, ${size} are left`);
        }
        if (seen.has(tag) && !REPEATABLE.has(tag)) {
          c.report(smppRules.tlvRepeated, at, 4 + size, `${tlvName(tag)} again`);
        }
        seen.add(tag);
        value(c, tag, size, out, hint);
        return tag;
      },
      tlvName,
    );
  }
  if (c.left > 0) {
    c.report(smppRules.trailing, c.pos, c.left, `${c.left} octets are left`);
    c.raw(f.rest, c.left);
  }
  return out;
}
