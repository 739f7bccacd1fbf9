// From octets of one buffer to the octets they came from, and back.

import type { BufferName, ByteRange, BytesReply } from '../../analysis/engine/contract.ts';

type Replies = ReadonlyMap<BufferName, BytesReply>;

/** The octets `range` was made of, one buffer further down. */
function below(range: ByteRange, reply: BytesReply): ByteRange[] {
  const out: ByteRange[] = [];
  const end = range.start + range.length;
  for (const o of reply.origin) {
    const from = Math.max(o.start, range.start);
    const to = Math.min(o.start + o.length, end);
    if (from < to) out.push({ buffer: o.from, start: o.offset + from - o.start, length: to - from });
  }
  return out;
}

/** The octets of `reply` that were made of `range`. */
function above(range: ByteRange, reply: BytesReply): ByteRange[] {
  const out: ByteRange[] = [];
  const end = range.start + range.length;
  for (const o of reply.origin) {
    if (o.from !== range.buffer) continue;
    const from = Math.max(o.offset, range.start);
    const to = Math.min(o.offset + o.length, end);
    if (from < to) out.push({ buffer: reply.buffer, start: o.start + from - o.offset, length: to - from });
  }
  return out;
}

/** Joins neighbours and overlaps; ascending within each buffer, buffers in order of appearance. */
export function tidy(ranges: readonly ByteRange[]): ByteRange[] {
  const byBuffer = new Map<BufferName, ByteRange[]>();
  for (const r of ranges) byBuffer.set(r.buffer, [...(byBuffer.get(r.buffer) ?? []), r]);
  const out: ByteRange[] = [];
  for (const list of byBuffer.values()) {
    const joined: ByteRange[] = [];
    for (const r of list.sort((a, b) => a.start - b.start)) {
      const last = joined.at(-1);
      if (last === undefined || r.start > last.start + last.length) joined.push(r);
      else joined[joined.length - 1] = { ...last, length: Math.max(last.length, r.start + r.length - last.start) };
    }
    out.push(...joined);
  }
  return out;
}

/**
 * Every range that holds the same octets as `range` in any buffer whose reply is known: down through reassembly to
 * the frames, and up again. `range` itself comes first. Depth is bounded, so a circular origin ends.
 */
export function sameOctets(range: ByteRange, replies: Replies): ByteRange[] {
  const found: ByteRange[] = [range];
  let front: ByteRange[] = [range];
  for (let depth = 0; depth < 6 && front.length > 0; depth += 1) {
    front = front.flatMap((r) => {
      const reply = replies.get(r.buffer);
      return reply === undefined ? [] : below(r, reply);
    });
    found.push(...front);
  }
  front = [range];
  for (let depth = 0; depth < 6 && front.length > 0; depth += 1) {
    front = front.flatMap((r) => [...replies.values()].flatMap((reply) => above(r, reply)));
    found.push(...front);
  }
  return [range, ...tidy(found.slice(1).filter((r) => r.buffer !== range.buffer))];
}

/** The parts of `ranges` that lie in `buffer`. */
export const inBuffer = (ranges: readonly ByteRange[], buffer: BufferName): ByteRange[] =>
  ranges.filter((r) => r.buffer === buffer);

/** Frame number of a frame's buffer ('frame:812', or 'frame:2:812' for the second of several inputs), else null. */
export const frameOf = (buffer: BufferName): number | null =>
  buffer.startsWith('frame:') ? Number(buffer.slice(buffer.lastIndexOf(':') + 1)) : null;

/** True where `at` of `buffer` lies in `range`. */
export const covers = (range: ByteRange | null, buffer: BufferName, at: number): boolean =>
  range !== null && range.buffer === buffer && at >= range.start && at < range.start + range.length;
