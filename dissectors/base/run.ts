// What a reassembly is made of: parts, and the runs they are sorted into.

/** 'used': its octets count. The others are evidence. */
export type PartStatus = 'used' | 'duplicate' | 'conflict' | 'late';

export interface Part<T> {
  /** 1-based, as sent: may be 0 or above `total`. */
  readonly number: number;
  /** As sent; 0 while nobody said. */
  readonly total: number;
  /** Copies are told apart by this; must outlive the call. */
  readonly content: Uint8Array;
  /** Any unit, NaN where unknown. */
  readonly time: number;
  /** Octets this part keeps alive. */
  readonly size: number;
  readonly value: T;
}

export interface Held<T> {
  readonly part: Part<T>;
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
  /** Used parts by number. */
  readonly slots: Map<number, Held<T>>;
  /** Everything, in order of arrival. */
  held: Held<T>[];
  first: number;
  last: number;
  readonly facts: Set<Fact>;
}

export type Closing = 'complete' | 'expired' | 'conflict' | 'budget' | 'end';

export interface Policy {
  /** A pause after which parts may belong to another message; complete runs linger so long for copies. */
  readonly gap: number;
  /** A pause after which nobody waits any longer. */
  readonly expiry: number;
  /** A pause after which a closed run takes no late parts any more. */
  readonly memory: number;
  /** Open runs. */
  readonly maxRuns: number;
  /** Octets of all open runs. */
  readonly maxBytes: number;
  /** Parts held by one run, copies included. */
  readonly maxHeld: number;
  /** Closed runs that are remembered for late copies. */
  readonly maxClosed: number;
}

export interface Events<T, R> {
  /** Missing parts, if any, are those of 1 to `total` without a slot. What is returned is given back by `late`. */
  closed(run: Run<T>, why: Closing): R;
  /** A copy ('duplicate') or a missing part ('late') of a run that was closed before. */
  late(run: R, held: Held<T>): void;
}

export function same(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

/** Two 32-bit hashes and the length: enough to call two parts equal when only one of them was kept. */
export function signature(b: Uint8Array): string {
  let x = 0x811c9dc5;
  let y = 0x2545f491;
  for (let i = 0; i < b.length; i += 1) {
    x = Math.imul(x ^ b[i]!, 0x01000193);
    y = Math.imul(y + b[i]! + 1, 0x9e3779b1) ^ (y >>> 15);
  }
  return `${b.length}:${x >>> 0}:${y >>> 0}`;
}

export const earlier = (a: number, b: number): number => (b < a || Number.isNaN(a) ? b : a);
export const later = (a: number, b: number): number => (b > a || Number.isNaN(a) ? b : a);

export function isComplete<T>(run: Run<T>): boolean {
  if (run.total === 0 || run.slots.size < run.total) return false;
  for (let i = 1; i <= run.total; i += 1) if (!run.slots.has(i)) return false;
  return true;
}

/** Numbers of parts that are not there. */
export function missingOf<T>(run: Run<T>): number[] {
  const out: number[] = [];
  for (let i = 1; i <= run.total; i += 1) if (!run.slots.has(i)) out.push(i);
  return out;
}
