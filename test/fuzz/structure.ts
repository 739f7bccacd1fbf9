// Damage that knows how octets are arranged: trees and chains of tag, length and value, documents, user data headers,
// and frames whose payload travels in segments and fragments.

import type { Step } from './input.ts';
import type { Random } from './random.ts';

export type Mutator = (b: Uint8Array, r: Random, other: () => Uint8Array) => Uint8Array;

/** `b` with octets [at, at+cut) replaced. */
export function replaced(b: Uint8Array, at: number, cut: number, by: Uint8Array): Uint8Array {
  const out = new Uint8Array(b.length - cut + by.length);
  out.set(b.subarray(0, at));
  out.set(by, at);
  out.set(b.subarray(at + cut), at + by.length);
  return out;
}

/** As `replaced`; lengths in front of the place that seem to count what changed still count right. */
export function mended(b: Uint8Array, at: number, gone: number, by: Uint8Array, r: Random): Uint8Array {
  const out = replaced(b, at, gone, by);
  const grown = by.length - gone;
  if (grown === 0) return out;
  const from = new DataView(b.buffer, b.byteOffset, b.length);
  const to = new DataView(out.buffer);
  for (let i = 0; i < at; i += 1) {
    if (i + 4 <= at && Math.abs(from.getUint32(i) - (b.length - i)) <= 8) {
      to.setUint32(i, (from.getUint32(i) + grown) >>> 0);
      i += 3;
    } else if (i + 2 <= at && b.length - i > 16 && Math.abs(from.getUint16(i) - (b.length - i)) <= 8) {
      to.setUint16(i, from.getUint16(i) + grown);
      i += 1;
    } else if (b[i]! > 0 && i + 1 + b[i]! >= at + gone && i + 1 + b[i]! <= b.length && r.chance(2)) {
      out[i] = b[i]! + grown;
    }
  }
  return out;
}

const concat = (parts: readonly Uint8Array[]): Uint8Array => {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) {
    out.set(p, at);
    at += p.length;
  }
  return out;
};

interface Node {
  tag: Uint8Array;
  /** null: a primitive value. */
  children: Node[] | null;
  value: Uint8Array;
  /** How the length is written. */
  form: 'short' | 'long' | 'indefinite' | 'lie';
}

const MOST_DEPTH = 12;

/** Do elements fill [at, end) exactly? Most places are none, and cost nothing more than this. */
function fillsBer(b: Uint8Array, at: number, end: number): boolean {
  let p = at;
  while (p < end) {
    const first = b[p++]!;
    if (first === 0) return false;
    if ((first & 0x1f) === 0x1f) while (p < end && (b[p++]! & 0x80) !== 0);
    let length = b[p++] ?? 0x80;
    if (length === 0x81 && p < end) length = b[p++]!;
    else if (length === 0x82 && p + 1 < end) {
      length = (b[p]! << 8) | b[p + 1]!;
      p += 2;
    } else if (length >= 0x80) return false;
    p += length;
  }
  return p === end;
}

/** X.690 8.1: elements that fill [at, end) exactly, or null. */
function readBer(b: Uint8Array, at: number, end: number, depth = 0): Node[] | null {
  if (!fillsBer(b, at, end)) return null;
  const out: Node[] = [];
  let p = at;
  while (p < end) {
    const from = p;
    const first = b[p++]!;
    if ((first & 0x1f) === 0x1f) while (p < end && (b[p++]! & 0x80) !== 0);
    const tag = b.slice(from, p);
    let length = b[p++] ?? 0x80;
    let long = false;
    if (length === 0x81 && p < end) {
      length = b[p++]!;
      long = true;
    } else if (length === 0x82 && p + 1 < end) {
      length = (b[p]! << 8) | b[p + 1]!;
      p += 2;
      long = true;
    } else if (length >= 0x80) return null;
    if (first === 0 || p + length > end) return null;
    const children = (first & 0x20) !== 0 && depth < MOST_DEPTH ? readBer(b, p, p + length, depth + 1) : null;
    out.push({ tag, children, value: b.slice(p, p + length), form: long ? 'long' : 'short' });
    p += length;
  }
  return out;
}

function writeBer(nodes: readonly Node[]): Uint8Array {
  return concat(
    nodes.flatMap((n) => {
      const value = n.children === null ? n.value : writeBer(n.children);
      const l = value.length;
      if (n.form === 'indefinite') return [n.tag, new Uint8Array([0x80]), value, new Uint8Array(2)];
      if (n.form === 'lie') return [n.tag, new Uint8Array([(l + 1) & 0x7f]), value];
      if (n.form === 'long' || l > 127) return [n.tag, new Uint8Array([0x82, (l >> 8) & 0xff, l & 0xff]), value];
      return [n.tag, new Uint8Array([l]), value];
    }),
  );
}

const flatten = (nodes: Node[], out: [Node[], number][] = []): [Node[], number][] => {
  nodes.forEach((n, i) => {
    out.push([nodes, i]);
    if (n.children !== null) flatten(n.children, out);
  });
  return out;
};

/** One element of TCAP, MAP, RANAP and the like, with the lengths around it. */
export const ber: Mutator = (b, r, other) => {
  const places: [number, number, Node[]][] = [];
  for (let at = 0; at < Math.min(b.length - 2, 400) && places.length < 3; at += 1) {
    if ((b[at]! & 0x20) === 0 || b[at]! === 0xff) continue;
    for (const end of [b.length, at + 2 + b[at + 1]!]) {
      const nodes = end <= b.length && end - at > 6 ? readBer(b, at, end) : null;
      if (nodes?.some((n) => n.children !== null) === true) places.push([at, end, nodes]);
    }
  }
  if (places.length === 0) return b;
  const [at, end, nodes] = r.pick(places);
  const all = flatten(nodes);
  for (let n = 1 + r.below(2); n > 0; n -= 1) {
    const [list, i] = r.pick(all);
    const node = list[i];
    if (node === undefined) continue;
    switch (r.below(9)) {
      case 0:
        list.splice(i, 1);
        break;
      case 1:
        for (let k = r.chance(8) ? 60 : 1; k > 0; k -= 1) list.splice(i, 0, { ...node });
        break;
      case 2: {
        const [from, j] = r.pick(all);
        if (from[j] !== undefined && from !== node.children) list[i] = { ...from[j], children: null };
        break;
      }
      case 3:
        node.form = r.pick(['long', 'indefinite', 'lie'] as const);
        break;
      case 4:
        node.tag = node.tag.slice();
        node.tag[0]! ^= r.pick([0x20, 0x01, 0x02, 0x04, 0x40, 0x80]);
        break;
      case 5:
        node.children = null;
        node.value = r.chance(2) ? new Uint8Array(0) : other().slice(0, 1 + r.below(24));
        break;
      case 6:
        list[i] = {
          tag: new Uint8Array([r.pick([0x30, 0xa0, 0xa1, 0x6c])]),
          children: [node],
          value: b,
          form: 'short',
        };
        break;
      case 7:
        if (node.children === null && node.value.length > 0)
          node.value = node.value.slice(0, r.below(node.value.length));
        break;
      default:
        if (node.children === null && node.value.length > 0) {
          node.value = node.value.slice();
          node.value[r.below(node.value.length)] = r.below(256);
        }
    }
  }
  return mended(b, at, end - at, writeBer(nodes).slice(0, 8192), r);
};

/** How a chain of parameters is written: octets of tag and length, what the length counts, to what it is padded. */
const CHAINS = [
  { tag: 2, size: 2, head: 0, pad: 1 },
  { tag: 2, size: 2, head: 4, pad: 4 },
  { tag: 1, size: 1, head: 0, pad: 1 },
  { tag: 1, size: 1, head: 2, pad: 1 },
] as const;

/** A parameter of SMPP, SIGTRAN, ISUP-like chains: left out, doubled, emptied, made longer; chains end where they did. */
export const chain: Mutator = (b, r, other) => {
  const c = r.pick(CHAINS);
  const first = c.tag + c.size;
  const next = (at: number): number => {
    if (at + first > b.length) return -1;
    const l = c.size === 2 ? (b[at + c.tag]! << 8) | b[at + c.tag + 1]! : b[at + c.tag]!;
    if (l < c.head) return -1;
    const step = (c.head > 0 ? l : l + first) + (c.pad - 1);
    return at + (step - (step % c.pad));
  };
  for (let tries = 0; tries < 24; tries += 1) {
    const begin = r.below(b.length);
    const places: [number, number][] = [];
    let at = begin;
    while (at >= 0 && at < b.length && places.length < 64) {
      const to = next(at);
      if (to < 0 || to > b.length) break;
      places.push([at, to]);
      at = to;
    }
    if (at !== b.length || places.length < 2) continue;
    const [from, to] = r.pick(places);
    const one = b.slice(from, to);
    switch (r.below(5)) {
      case 0:
        return mended(b, from, to - from, new Uint8Array(0), r);
      case 1:
        return mended(b, from, 0, r.chance(6) ? concat(Array.from({ length: 80 }, () => one)) : one, r);
      case 2: {
        one[r.below(c.tag)] = r.below(256);
        return mended(b, from, 0, one, r);
      }
      case 3: {
        const value = other().slice(0, r.below(c.size === 1 ? 100 : 600));
        const l = value.length + c.head;
        const head = one.slice(0, first);
        if (c.size === 2) head[c.tag] = l >> 8;
        head[first - 1] = l & 0xff;
        const padding = new Uint8Array((c.pad - ((first + value.length) % c.pad)) % c.pad);
        return mended(b, from, to - from, concat([head, value, padding]), r);
      }
      default: {
        one[first - 1] = r.pick([0, 1, 3, 4, 0x7f, 0x80, 0xff]);
        return replaced(b, from, to - from, one);
      }
    }
  }
  return b;
};

/** WBXML of provisioning: elements, attributes, values, code pages, strings, in an order of its own. */
export const wbxml: Mutator = (b, r) => {
  const out: number[] = [];
  const text = (): void => {
    out.push(0x03);
    for (let n = r.below(12); n > 0; n -= 1) out.push(r.chance(12) ? r.below(256) : 0x30 + r.below(74));
    if (!r.chance(16)) out.push(0);
  };
  for (let n = 1 + r.below(14); n > 0; n -= 1) {
    switch (r.below(9)) {
      case 0:
        out.push(0xc6, r.pick([0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x5b, 0x5c, 0x05]), 0x01);
        break;
      case 1:
        out.push(0x87, 0x05 + r.below(0x5b), r.chance(2) ? 0x06 : 0x11);
        text();
        out.push(0x01);
        break;
      case 2:
        out.push(0x00, r.pick([0, 1, 2, 0xff]));
        break;
      case 3:
        out.push(r.pick([0x80, 0x81, 0xc0, 0x40, 0x43, 0xc3, 0x83, 0x02, 0x04]), r.below(256));
        break;
      case 4:
        text();
        break;
      case 5:
        out.push(0x85 + r.below(0x5c));
        break;
      case 6:
        out.push(0x45 + r.below(8));
        break;
      default:
        out.push(0x01);
    }
  }
  const begins = b.findIndex((v, i) => v === 0x6a && i >= 2 && b[i - 1]! < 0x40);
  const at = begins >= 0 ? Math.min(b.length, begins + 2 + r.below(b.length - begins)) : r.below(b.length + 1);
  return mended(b, at, r.chance(2) ? 0 : Math.min(b.length - at, r.below(24)), new Uint8Array(out), r);
};

/** 3GPP TS 23.040 9.2.3.24: an element of a user data header changed, or one more put into it. */
export const udh: Mutator = (b, r) => {
  const found: number[] = [];
  for (let at = 0; at + 4 < b.length; at += 1) {
    const [id, length] = [b[at]!, b[at + 1]!];
    if ((id === 0x00 && length === 3) || (id === 0x08 && length === 4) || (id === 0x05 && length === 4)) found.push(at);
  }
  if (found.length === 0) return b;
  const at = r.pick(found);
  const length = 2 + b[at + 1]!;
  if (r.chance(3)) {
    const element = r.pick([
      '000301ff01',
      '0804ffff0502',
      '05040b8423f0',
      '240101',
      '250101',
      '0003010201',
      '7000',
      '0100',
    ]);
    return mended(b, at, 0, new Uint8Array(Buffer.from(element, 'hex')), r);
  }
  const out = b.slice();
  // Total and number of the part, or a port; now and then the reference or the length.
  const place = r.chance(5) ? 1 : length - 1 - r.below(2);
  out[Math.min(at + place, b.length - 1)] = r.pick([0, 1, 2, 3, 4, 5, 0x80, 0xff, r.below(256)]);
  return out;
};

/** RFC 791, RFC 9293: a frame of IPv4 over Ethernet or raw IP; null: something else. */
function ipOf(s: Step): { ip: number; header: number; protocol: number; total: number } | null {
  const { way, bytes: b } = s;
  const ip = way === 1 && b[12] === 0x08 && b[13] === 0x00 ? 14 : way === 101 || way === 228 ? 0 : -1;
  if (ip < 0 || b.length < ip + 28 || b[ip]! >> 4 !== 4) return null;
  const header = (b[ip]! & 15) * 4;
  const total = Math.min((b[ip + 2]! << 8) | b[ip + 3]!, b.length - ip);
  if (header < 20 || total < header + 8) return null;
  return { ip, header, protocol: b[ip + 9]!, total };
}

/** The same frame between other addresses: each of IPv4 is changed by `by`, below 128. */
export function elsewhere(s: Step, by: number): Step {
  const f = ipOf(s);
  if (f === null) return s;
  const bytes = s.bytes.slice();
  bytes[f.ip + 13]! ^= by;
  bytes[f.ip + 17]! ^= by;
  return { way: s.way, bytes };
}

/** The payload of a TCP frame in two or three segments that may overlap, contradict, come again or in another order. */
export function segmented(s: Step, r: Random): Step[] {
  const f = ipOf(s);
  if (f === null || f.protocol !== 6 || f.total < f.header + 20) return [s];
  const { bytes: b } = s;
  const tcp = f.ip + f.header;
  const data = tcp + (b[tcp + 12]! >> 4) * 4;
  const end = f.ip + f.total;
  if (data < tcp + 20 || data >= end - 1) return [s];
  const seq = new DataView(b.buffer, b.byteOffset, b.length).getUint32(tcp + 4);
  const piece = (from: number, to: number): Step => {
    const out = concat([b.subarray(0, data), b.subarray(from, to)]);
    const view = new DataView(out.buffer);
    view.setUint16(f.ip + 2, out.length - f.ip);
    view.setUint32(tcp + 4, (seq + from - data) >>> 0);
    if (r.chance(8)) out[data + r.below(out.length - data)]! ^= 0x20;
    return { way: s.way, bytes: out };
  };
  const middle = data + 1 + r.below(end - data - 1);
  const back = r.chance(3) ? r.below(middle - data) : 0;
  const out = [piece(data, middle), piece(middle - back, end)];
  if (r.chance(3)) out.push(r.pick(out));
  if (r.chance(3)) out.reverse();
  if (r.chance(8)) out.splice(r.below(out.length), 1);
  return out;
}

/** An IPv4 datagram in fragments, whole or not, in order or not. */
export function fragmented(s: Step, r: Random): Step[] {
  const f = ipOf(s);
  if (f === null || f.total - f.header < 17) return [s];
  const { bytes: b } = s;
  const from = f.ip + f.header;
  const length = f.total - f.header;
  const cut = 8 * (1 + r.below(Math.floor((length - 1) / 8)));
  const piece = (at: number, to: number, more: boolean): Step => {
    const out = concat([b.subarray(0, from), b.subarray(from + at, from + to)]);
    const view = new DataView(out.buffer);
    view.setUint16(f.ip + 2, out.length - f.ip);
    view.setUint16(f.ip + 6, (more ? 0x2000 : 0) | (at / 8));
    return { way: s.way, bytes: out };
  };
  const back = r.chance(4) ? 8 * r.below(cut / 8 + 1) : 0;
  const out = [piece(0, cut, !r.chance(12)), piece(cut - back, length, r.chance(12))];
  if (r.chance(3)) out.reverse();
  if (r.chance(6)) out.push(r.pick(out));
  if (r.chance(8)) out.splice(r.below(out.length), 1);
  return out;
}
