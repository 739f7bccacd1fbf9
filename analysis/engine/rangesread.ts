// Octets of many places of a file at once: those that lie near each other in one read.

/** Octets that are cheaper to read than to read around. */
const GAP = 8 * 1024;

/** Fills `into` from byte `at` on and returns the octets read; without waiting: these are thousands of small reads. */
export type ReadNow = (at: number, into: Uint8Array) => number;

/** All of [offset, offset+length), and where each begins in `bytes`. Throws where the file ends before. */
export function readRanges(
  read: ReadNow,
  offset: Float64Array,
  length: Int32Array,
): { bytes: Uint8Array; start: Int32Array } {
  const start = new Int32Array(offset.length);
  const stretches: { readonly at: number; readonly length: number }[] = [];
  let total = 0;
  for (let i = 0; i < offset.length; ) {
    const at = offset[i]!;
    let end = at;
    for (; i < offset.length && offset[i]! >= at && offset[i]! <= end + GAP; i += 1) {
      start[i] = total + (offset[i]! - at);
      end = Math.max(end, offset[i]! + length[i]!);
    }
    stretches.push({ at, length: end - at });
    total += end - at;
  }
  const bytes = new Uint8Array(total);
  let to = 0;
  for (const s of stretches) {
    fill(read, s.at, bytes.subarray(to, to + s.length));
    to += s.length;
  }
  return { bytes, start };
}

function fill(read: ReadNow, at: number, into: Uint8Array): void {
  let filled = 0;
  while (filled < into.length) {
    const n = read(at + filled, into.subarray(filled));
    if (n === 0) throw new Error('the file ends before it did when it was read first');
    filled += n;
  }
}
