// The options in front of an exported PDU.

import type { Cursor } from '../../base/cursor.ts';
import { exportedFields as f, TAGS } from './fields.ts';
import { exportedRules } from './rules.ts';

/** What the options said; filled while reading. */
export interface Options {
  /** As the exporting program names its dissectors. */
  name: string | null;
  source: string;
  destination: string;
  sourcePort: number;
  destinationPort: number;
  /** 'sent' by the point of capture, 'received' by it. */
  way: 'sent' | 'received' | null;
}

export const noOptions = (): Options => ({
  name: null,
  source: '',
  destination: '',
  sourcePort: 0,
  destinationPort: 0,
  way: null,
});

const END = 0;

function text(c: Cursor): string {
  const at = c.take(c.left);
  let out = '';
  for (let i = at; i < c.pos && c.bytes[i] !== 0; i += 1) out += String.fromCharCode(c.bytes[i]!);
  if (c.rec !== null) c.rec.leaf(f.name, at, c.pos - at, out);
  return out;
}

function address(c: Cursor): string {
  const octets = c.left >= 16 ? 16 : 4;
  const at = c.take(Math.min(octets, c.left));
  const b = c.bytes.subarray(at, c.pos);
  const words = Array.from({ length: 8 }, (_, i) => (((b[2 * i] ?? 0) << 8) | (b[2 * i + 1] ?? 0)).toString(16));
  const out = octets === 4 ? b.join('.') : words.join(':').replace(/(^|:)0(:0)+(:|$)/, '::');
  if (c.rec !== null) c.rec.leaf(f.address, at, c.pos - at, out);
  return out;
}

const number = (c: Cursor): number => (c.left < 4 ? 0 : c.u32(f.number));

const READERS: Readonly<Record<number, (c: Cursor, out: Options) => void>> = {
  12: (c, out) => {
    out.name = text(c);
  },
  13: (c, out) => {
    out.name ??= text(c);
  },
  20: (c, out) => {
    out.source = address(c);
  },
  21: (c, out) => {
    out.destination = address(c);
  },
  22: (c, out) => {
    out.source = address(c);
  },
  23: (c, out) => {
    out.destination = address(c);
  },
  25: (c, out) => {
    out.sourcePort = number(c) & 0xffff;
  },
  26: (c, out) => {
    out.destinationPort = number(c) & 0xffff;
  },
  35: (c, out) => {
    const way = number(c);
    if (way <= 1) out.way = way === 0 ? 'sent' : 'received';
  },
};

// exported_pdu_tlvs.h: tag and length, two octets each, then the value with its padding; tag 0 is the last one.
/** Reads options up to the last; the cursor is then at the PDU. */
export function readOptions(c: Cursor, out: Options): void {
  let more = true;
  while (more && c.left > 0) {
    let tag = 0;
    c.group(
      f.option,
      undefined,
      () => {
        tag = c.u16(f.tag);
        const at = c.pos;
        const claimed = c.u16(f.length);
        const there = Math.min(claimed, c.left);
        if (there < claimed) c.report(exportedRules.optionLength, at, 2, `claims ${claimed} octets, ${there} are left`);
        const value = c.window(there);
        if (there > 0) READERS[tag]?.(value, out);
        if (value.left > 0) value.raw(f.value, value.left);
      },
      () => TAGS[tag] ?? `option ${tag}`,
    );
    more = tag !== END;
  }
}
