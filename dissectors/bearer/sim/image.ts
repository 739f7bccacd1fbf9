// The content of a file as far as reads or writes have shown it.

import { concatMapped, type Mapped, sliceMapped } from '../../base/bytemap.ts';

interface Stretch {
  readonly start: number;
  readonly mapped: Mapped;
}

/** ETSI TS 102 221 11.1.3: offsets have 15 bits; with the last read behind them. */
const MOST_OCTETS = 0x8000 + 256;
const MOST_STRETCHES = 1024;

const endOf = (s: Stretch): number => s.start + s.mapped.bytes.length;

/** Octets of `s` outside [start, end). */
function outside(s: Stretch, start: number, end: number): Stretch[] {
  const out: Stretch[] = [];
  if (s.start < start) {
    const mapped = sliceMapped(s.mapped, 0, Math.min(start, endOf(s)) - s.start);
    out.push({ start: s.start, mapped });
  }
  if (endOf(s) > end) {
    const from = Math.max(end, s.start);
    out.push({ start: from, mapped: sliceMapped(s.mapped, from - s.start, endOf(s) - from) });
  }
  return out;
}

export class Image {
  #stretches: Stretch[] = [];

  get isEmpty(): boolean {
    return this.#stretches.length === 0;
  }

  clear(): void {
    this.#stretches = [];
  }

  copyFrom(other: Image): void {
    this.#stretches = [...other.#stretches];
  }

  /** Puts octets at an offset, over what was there. The buffer must outlive the batch. */
  put(start: number, mapped: Mapped): void {
    const end = start + mapped.bytes.length;
    if (end > MOST_OCTETS || this.#stretches.length >= MOST_STRETCHES) return;
    const kept = this.#stretches.flatMap((s) => outside(s, start, end));
    this.#stretches = [...kept, { start, mapped }].sort((a, b) => a.start - b.start);
  }

  /** Is any octet known to be another one than these say? */
  contradicts(start: number, bytes: Uint8Array): boolean {
    return this.#stretches.some((s) => {
      const from = Math.max(s.start, start);
      const to = Math.min(endOf(s), start + bytes.length);
      for (let i = from; i < to; i += 1) if (s.mapped.bytes[i - s.start] !== bytes[i - start]) return true;
      return false;
    });
  }

  /** What is known without a hole from an offset on. */
  from(offset: number): Mapped {
    const parts: Mapped[] = [];
    let at = offset;
    for (const s of this.#stretches) {
      if (endOf(s) <= at) continue;
      if (s.start > at) break;
      parts.push(sliceMapped(s.mapped, at - s.start, endOf(s) - at));
      at = endOf(s);
    }
    return concatMapped(parts);
  }
}
