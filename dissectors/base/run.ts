// What a reassembly is made of: parts, and the runs they are sorted into.

/** 'used': its octets count. The others are evidence. */
export type PartStatus = 'used' | 'duplicate' | 'conflict' | 'late';

export interface Part<T> {
  /** 1-based, as sent: may be 0 or above `total`. */
  readonly number: number;
  /** As sent; 0 while nobody said. */
  readonly total: number;
  /** Content: octets [start, end) of `bytes`, by which copies are told apart; must outlive the call. */
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** Any unit, NaN where unknown. */
  readonly time: number;
  /** Octets this part keeps alive. */
  readonly size: number;
  readonly value: T;
  /** 'used' when it is given; what it turned out to be afterwards. */
  status: PartStatus;
}

/** Why a run is what it is; the caller makes findings of them. */
export type Fact =
  /** The key was used before, by a run that was complete. */
  | 'reused'
  /** A part differed from the one an unfinished run had: taken as the first of another message. */
  | 'split'
  /** Unfinished, and given up because another message began under its key. */
  | 'replaced'
  /** Parts came after a pause longer than `gap`, and nothing but the holes they fill says that they belong here. */
  | 'resumed'
  /** Equal, part by part, to a run before it. */
  | 'again'
  /** Parts with another total are put beside. */
  | 'totals'
  /** Parts with impossible numbers are put beside. */
  | 'numbers'
  /** A missing part was equal to one of the run before, and a copy of that came in time. */
  | 'shared'
  /** More copies came than are kept. */
  | 'copies';

export interface Run<T> {
  readonly key: string;
  total: number;
  /** Used parts by number; nothing stands at 0. */
  readonly slots: (Part<T> | undefined)[];
  /** How many slots are filled. */
  filled: number;
  /** Everything, in order of arrival. */
  held: Part<T>[];
  first: number;
  last: number;
  readonly facts: Fact[];
}

export type Closing = 'complete' | 'expired' | 'conflict' | 'budget' | 'end';

export interface Policy {
  /** A pause after which parts may belong to another message; complete runs linger so long for copies. */
  readonly gap: number;
  /** A pause after which nobody waits any longer. */
  readonly expiry: number;
  /** A pause after which a closed run takes no late parts any more. */
  readonly memory: number;
  /** Runs that wait for parts. */
  readonly maxRuns: number;
  /** Complete runs that wait for copies: one too many leaves early, and what comes then is late. */
  readonly maxLingering: number;
  /** Octets of all open runs. */
  readonly maxBytes: number;
  /** Parts held by one run, copies included. */
  readonly maxHeld: number;
  /** Closed runs that are remembered for late copies. */
  readonly maxClosed: number;
}

export interface Events<T, R> {
  /** Missing parts, if any, are those of 1 to `total` without a slot. What is returned is given back by `late`; null: nothing of it is kept. */
  closed(run: Run<T>, why: Closing): R | null;
  /** A copy ('duplicate') or a missing part ('late') of a run that was closed before. */
  late(run: R, part: Part<T>): void;
}

export function same<T>(a: Part<T>, b: Part<T>): boolean {
  const n = a.end - a.start;
  if (n !== b.end - b.start) return false;
  const { bytes: x, start: i } = a;
  const { bytes: y, start: j } = b;
  for (let k = 0; k < n; k += 1) if (x[i + k] !== y[j + k]) return false;
  return true;
}

/** A hash of 53 bits: enough to call two parts equal when only one of them was kept. */
export function signature<T>({ bytes, start, end }: Part<T>): number {
  let x = 0x811c9dc5 ^ (end - start);
  let y = 0x2545f491;
  for (let i = start; i < end; i += 1) {
    const v = bytes[i]!;
    x = Math.imul(x ^ v, 0x01000193);
    y = Math.imul(y + v + 1, 0x9e3779b1) ^ (y >>> 15);
  }
  return (x >>> 0) * 0x20_0000 + ((y >>> 0) & 0x1f_ffff);
}

export const earlier = (a: number, b: number): number => (b < a || Number.isNaN(a) ? b : a);
export const later = (a: number, b: number): number => (b > a || Number.isNaN(a) ? b : a);

/** Every part of 1 to `total` is there. */
export function isComplete<T>(run: Run<T>): boolean {
  if (run.total === 0 || run.filled < run.total) return false;
  for (let i = 1; i <= run.total; i += 1) if (run.slots[i] === undefined) return false;
  return true;
}

/** Numbers of parts that are not there. */
export function missingOf<T>(run: Run<T>): number[] {
  const out: number[] = [];
  for (let i = 1; i <= run.total; i += 1) if (run.slots[i] === undefined) out.push(i);
  return out;
}

export function addFact<T>(run: Run<T>, fact: Fact): void {
  if (!run.facts.includes(fact)) run.facts.push(fact);
}
