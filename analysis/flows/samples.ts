// Medians of what may be a million durations, in memory that does not grow.

/** Durations kept of one stage; beyond that every second one, every fourth, and so on. */
const MOST = 4096;

export interface Figures {
  readonly count: number;
  readonly median: number;
  readonly p95: number;
  readonly slowest: number;
  /** Whose the slowest is. */
  readonly of: string | null;
}

export interface Samples {
  add(duration: number, of: string): void;
  figures(): Figures;
}

/** Keeps an even sample: each time it is full, every second of it goes and only every second that comes is taken. */
export function samples(most = MOST): Samples {
  let kept: number[] = [];
  let step = 1;
  let count = 0;
  let slowest = Number.NEGATIVE_INFINITY;
  let of: string | null = null;
  return {
    add(duration, whose) {
      if (Number.isNaN(duration)) return;
      if (duration > slowest) {
        slowest = duration;
        of = whose;
      }
      if (count % step === 0) {
        kept.push(duration);
        if (kept.length >= most) {
          kept = kept.filter((_, i) => i % 2 === 0);
          step *= 2;
        }
      }
      count += 1;
    },
    figures() {
      const sorted = [...kept].sort((a, b) => a - b);
      return { count, median: at(sorted, 0.5), p95: at(sorted, 0.95), slowest: count === 0 ? Number.NaN : slowest, of };
    },
  };
}

/** Between the two nearest where there is none in the middle. */
function at(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return Number.NaN;
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)]!;
  return low + (sorted[Math.ceil(place)]! - low) * (place - Math.floor(place));
}
