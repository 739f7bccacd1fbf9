// Where octets came from: reassembled bytes lead back to frames.

/** Row of the engine's frame table. */
export type FrameId = number;

/**
 * `length` octets from `start` of the buffer are octets of `frame` from `offset` on. Where the frame spells each octet
 * with several (hex digits), `width` says how many; absent: one.
 */
export interface Piece {
  readonly start: number;
  readonly length: number;
  readonly frame: FrameId;
  readonly offset: number;
  readonly width?: number;
}

/** Pieces in ascending order of `start`; octets no frame holds have no piece. */
export type ByteMap = readonly Piece[];

export interface Mapped {
  readonly bytes: Uint8Array;
  readonly map: ByteMap;
}

export const EMPTY: Mapped = { bytes: new Uint8Array(0), map: [] };

/** The pieces of [start, start+length), counted from `start`. */
export function sliceMap(map: ByteMap, start: number, length: number): Piece[] {
  const end = start + length;
  const out: Piece[] = [];
  for (const p of map) {
    const from = Math.max(p.start, start);
    const to = Math.min(p.start + p.length, end);
    if (from < to) {
      const offset = p.offset + (from - p.start) * (p.width ?? 1);
      out.push({ ...p, start: from - start, length: to - from, offset });
    }
  }
  return out;
}

export function sliceMapped(m: Mapped, start: number, length: number): Mapped {
  return { bytes: m.bytes.subarray(start, start + length), map: sliceMap(m.map, start, length) };
}

/** Joins buffers in order; the octets are copied. */
export function concatMapped(parts: readonly Mapped[]): Mapped {
  let total = 0;
  for (const p of parts) total += p.bytes.length;
  const bytes = new Uint8Array(total);
  const map: Piece[] = [];
  let at = 0;
  for (const p of parts) {
    bytes.set(p.bytes, at);
    for (const piece of p.map) map.push({ ...piece, start: piece.start + at });
    at += p.bytes.length;
  }
  return { bytes, map };
}

/** A copy that outlives the batch. */
export const keep = (m: Mapped): Mapped => ({ bytes: m.bytes.slice(), map: m.map });

/** Frames in order of appearance, each once. */
export function framesOf(map: ByteMap): FrameId[] {
  return [...new Set(map.map((p) => p.frame))];
}

/** The map of octets that the mapped text spells as hex digits, two each. */
export function hexMap(text: ByteMap): Piece[] {
  const out: Piece[] = [];
  for (const p of text) {
    // An octet whose digits lie in two frames belongs to the one that has the first.
    const first = Math.ceil(p.start / 2);
    const end = Math.ceil((p.start + p.length) / 2);
    if (first >= end) continue;
    const offset = p.offset + first * 2 - p.start;
    out.push({ start: first, length: end - first, frame: p.frame, offset, width: 2 });
  }
  return out;
}
