// Damage that knows a little of what is in the octets: lengths, counters, text, tokens, and what other inputs have.

import type { Input, Step } from './input.ts';
import type { Random } from './random.ts';
import { ber, chain, fragmented, type Mutator, mended, replaced, segmented, udh, wbxml } from './structure.ts';
import { TEXT_TOKENS, TOKENS } from './tokens.ts';

/** Longer inputs take longer and show no more. */
const LONGEST = 8192;
const MOST_STEPS = 24;
/** Steps with more ways than this are frames of a link type. */
const MANY_WAYS = 255;

const runIn = (b: Uint8Array, r: Random, most = 32): [at: number, length: number] => {
  const at = r.below(b.length + 1);
  return [at, r.below(Math.min(most, b.length - at) + 1)];
};

const EDGES = [0x00, 0x01, 0x02, 0x03, 0x7f, 0x80, 0x81, 0x84, 0xc3, 0xfe, 0xff] as const;
const WIDE = [0, 1, 7, 15, 16, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x1_0000, 0x7fff_ffff] as const;
const LARGE = [0x8000_0000, 0xffff_fff8, 0xffff_fffe, 0xffff_ffff] as const;

const flip: Mutator = (b, r) => {
  const out = b.slice();
  for (let n = 1 + r.below(3); n > 0; n -= 1) out[r.below(b.length)]! ^= 1 << r.below(8);
  return out;
};

const edge: Mutator = (b, r) => {
  const out = b.slice();
  out[r.below(b.length)] = r.chance(3) ? r.below(256) : r.pick(EDGES);
  return out;
};

const near: Mutator = (b, r) => {
  const out = b.slice();
  out[r.below(b.length)]! += r.pick([-16, -8, -2, -1, 1, 2, 8, 16]);
  return out;
};

const wide: Mutator = (b, r) => {
  const size = r.pick([2, 4] as const);
  if (b.length < size) return b;
  const out = b.slice();
  const value = r.pick(r.chance(3) ? LARGE : [...WIDE, b.length, b.length + 1, b.length - 1]);
  const view = new DataView(out.buffer);
  const at = r.below(b.length - size + 1);
  if (size === 2) view.setUint16(at, value & 0xffff, r.chance(3));
  else view.setUint32(at, value >>> 0, r.chance(3));
  return out;
};

const cut: Mutator = (b, r) => b.slice(0, r.below(b.length));
const remove: Mutator = (b, r) => replaced(b, ...runIn(b, r), new Uint8Array(0));
const noise: Mutator = (b, r) => {
  const by = Uint8Array.from({ length: 1 + r.below(12) }, () => (r.chance(2) ? r.pick(EDGES) : r.below(256)));
  return replaced(b, r.below(b.length + 1), 0, by);
};

/** Again and again: counters, nesting and references to the same come of this. */
const repeat: Mutator = (b, r) => {
  const [at, n] = runIn(b, r, 48);
  if (n === 0) return b;
  const times = r.chance(4) ? 1 + r.below(200) : 1 + r.below(4);
  const by = new Uint8Array(Math.min(n * times, LONGEST));
  for (let i = 0; i < by.length; i += 1) by[i] = b[at + (i % n)]!;
  return replaced(b, at, 0, by);
};

const token: Mutator = (b, r) => {
  const by = r.pick(TOKENS);
  const at = r.below(b.length + 1);
  return replaced(b, at, r.chance(2) ? Math.min(by.length, b.length - at) : 0, by);
};

const splice: Mutator = (b, r, other) => {
  const o = other();
  const [from, n] = runIn(o, r, 200);
  const [at, gone] = runIn(b, r, 200);
  return replaced(b, at, gone, o.subarray(from, from + n));
};

const swap: Mutator = (b, r) => {
  const [at, n] = runIn(b, r, 16);
  const moved = b.slice(at, at + n);
  const rest = replaced(b, at, n, new Uint8Array(0));
  return replaced(rest, r.below(rest.length + 1), 0, moved);
};

/** An octet, or two or four, that counts octets up to a place in the input or its end: made to lie a little. */
const lie: Mutator = (b, r) => {
  const found: [at: number, size: 1 | 2 | 4][] = [];
  const view = new DataView(b.buffer, b.byteOffset, b.length);
  for (let at = 0; at < Math.min(b.length, 600); at += 1) {
    const v = b[at]!;
    if (v > 0 && at + 1 + v <= b.length) found.push([at, 1]);
    if (at + 2 <= b.length && Math.abs(view.getUint16(at) - (b.length - at)) <= 24) found.push([at, 2]);
    if (at + 4 <= b.length && Math.abs(view.getUint32(at) - (b.length - at)) <= 24) found.push([at, 4]);
  }
  if (found.length === 0) return b;
  const [at, size] = r.pick(found);
  const out = b.slice();
  const to = new DataView(out.buffer);
  const left = b.length - at - size;
  if (size === 1) out[at] = r.pick([0, b[at]! - 1, b[at]! + 1, left, left + 1, left - 1, 0x7f, 0x80, 0xff]);
  if (size === 2) to.setUint16(at, r.pick([0, 1, left, left + 1, left + 2, left - 1, 0xffff]) & 0xffff);
  if (size === 4) to.setUint32(at, r.pick([0, 1, left, left + 4, left + 5, left + 3, 0x7fff_ffff, 0xffff_ffff]) >>> 0);
  return out;
};

/** Octets put in or taken out, and lengths around the place that still count right: deeper decoders get to see it. */
const honest: Mutator = (b, r, other) => {
  const [at, gone] = runIn(b, r, 24);
  const by = r.chance(2) ? r.pick(TOKENS) : other().subarray(...rangeOf(other(), r));
  return mended(b, at, gone, by, r);
};

function rangeOf(b: Uint8Array, r: Random): [from: number, to: number] {
  const [at, n] = runIn(b, r, 24);
  return [at, at + n];
}

const isText = (b: Uint8Array): boolean => {
  let plain = 0;
  const n = Math.min(b.length, 64);
  for (let i = 0; i < n; i += 1) if ((b[i]! >= 0x20 && b[i]! < 0x7f) || b[i] === 10 || b[i] === 13) plain += 1;
  return n > 8 && plain >= n - 4;
};

/** Words and numbers of a text replaced by others. */
const word: Mutator = (b, r) => {
  const text = Buffer.from(b.buffer, b.byteOffset, b.length).toString('latin1');
  const spans = [...text.matchAll(/\d+|[A-Za-z]+|[^\w\s]+/g)];
  if (spans.length === 0) return b;
  const s = r.pick(spans);
  const by = r.chance(3) ? r.pick(spans)[0] : r.pick(TEXT_TOKENS);
  return replaced(b, s.index, r.chance(4) ? 0 : s[0].length, new Uint8Array(Buffer.from(by, 'latin1')));
};

const BINARY: readonly Mutator[] = [
  flip,
  edge,
  near,
  wide,
  cut,
  remove,
  noise,
  repeat,
  token,
  splice,
  swap,
  lie,
  lie,
  honest,
  honest,
  ber,
  ber,
  chain,
  wbxml,
  udh,
];
const TEXT: readonly Mutator[] = [word, word, word, flip, edge, cut, remove, noise, repeat, splice, swap];

/** One to six changes. `other`: octets of any other input. */
export function mutateBytes(from: Uint8Array, r: Random, other: () => Uint8Array): Uint8Array {
  let b = from;
  const mutators = isText(from) ? TEXT : BINARY;
  for (let n = 1 + r.below(r.chance(4) ? 6 : 2); n > 0; n -= 1) {
    if (b.length === 0) b = other().slice(0, 16);
    if (b.length === 0) return b;
    b = r.pick(mutators)(b, r, other);
  }
  return b.length > LONGEST && b.length > from.length ? b.slice(0, LONGEST) : b;
}

/** Octets of one step changed, or steps left out, repeated, turned round or brought in from another input. */
export function mutate(input: Input, r: Random, other: () => Input, ways: number): Input {
  const steps: Step[] = [...input];
  const octets = (): Uint8Array => {
    const o = other();
    return o.length === 0 ? new Uint8Array(0) : r.pick(o).bytes;
  };
  if (steps.length > 0 && (steps.length === 1 || !r.chance(4))) {
    const i = r.below(steps.length);
    const s = steps[i]!;
    const way = ways > 1 && r.chance(12) ? r.below(ways) : s.way;
    steps[i] = { way, bytes: mutateBytes(s.bytes, r, octets) };
  }
  if (!r.chance(steps.length > 1 ? 3 : 10)) return steps;
  const i = r.below(steps.length);
  if (ways > MANY_WAYS && r.chance(2)) {
    const torn = steps[i];
    if (torn !== undefined) steps.splice(i, 1, ...(r.chance(2) ? segmented(torn, r) : fragmented(torn, r)));
    return steps.slice(0, MOST_STEPS);
  }
  const s = steps[i];
  switch (r.below(4)) {
    case 0:
      if (steps.length > 1) steps.splice(i, 1);
      break;
    case 1:
      if (s !== undefined) for (let n = r.chance(6) ? 12 : 1; n > 0; n -= 1) steps.push(s);
      break;
    case 2:
      if (s !== undefined) steps.push(...steps.splice(i, 1));
      break;
    default:
      steps.splice(i, 0, ...other().slice(0, 3));
  }
  return steps.slice(0, MOST_STEPS);
}
