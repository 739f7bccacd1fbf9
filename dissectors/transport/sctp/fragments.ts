// Messages that SCTP cut up (RFC 9260 6.9, RFC 8260 2.2): fragments in any order go in, whole messages come out.

import type { Rule } from '../../../captures/finding.ts';
import { type ByteMap, concatMapped, type FrameId, type Mapped } from '../../base/bytemap.ts';
import type { Carrier } from '../../link/carrier.ts';
import { sctpRules } from './rules.ts';

export interface SctpFragmentBudgets {
  /** Fragments held at once, and their octets. */
  readonly fragments: number;
  readonly octets: number;
  /** Nanoseconds a message is waited for. */
  readonly wait: number;
}

export interface Fragment<T> {
  readonly owner: T;
  /** Names owner and numbering: positions of one message follow each other within it. */
  readonly group: string;
  /** TSN of DATA, fragment sequence number of I-DATA. */
  readonly position: number;
  readonly begins: boolean;
  readonly ends: boolean;
  /** Payload protocol identifier; undefined where the chunk does not say (I-DATA behind the first). */
  readonly protocol: number | undefined;
  /** Octets behind the fragment that the capture does not hold. */
  readonly lost: number;
}

export interface WholeMessage extends Mapped {
  readonly protocol: number;
  readonly map: ByteMap;
  readonly frame: FrameId;
  readonly time: number;
  readonly order: number;
  /** Octets behind the end that are not there; 1 where nobody knows how many. */
  readonly missing: number;
}

interface Kept<T> extends Fragment<T> {
  readonly part: Mapped;
  readonly frame: FrameId;
  readonly time: number;
  readonly order: number;
}

/** Fragments of one message; as many as fill 64 KiB at the smallest path MTU in use, with room to spare. */
const MOST_OF_ONE = 4096;

const after = (position: number): number => (position + 1) >>> 0;
const before = (position: number): number => (position - 1) >>> 0;

export class SctpFragments<T> {
  readonly #budgets: SctpFragmentBudgets;
  readonly #give: (m: WholeMessage, owner: T) => void;
  readonly #report: (rule: Rule, message: string, frame: FrameId) => void;
  /** In order of arrival. */
  readonly #kept = new Map<string, Kept<T>>();
  #octets = 0;

  constructor(
    budgets: SctpFragmentBudgets,
    give: (m: WholeMessage, owner: T) => void,
    report: (rule: Rule, message: string, frame: FrameId) => void,
  ) {
    this.#budgets = budgets;
    this.#give = give;
    this.#report = report;
  }

  get held(): number {
    return this.#kept.size;
  }

  /** Takes octets [start, end) of `bytes`; gives the message when it is complete. */
  add(f: Fragment<T>, bytes: Uint8Array, start: number, end: number, from: Carrier): void {
    const key = `${f.group}/${f.position}`;
    if (this.#kept.has(key)) return;
    const part = { bytes: bytes.slice(start, end), map: from.origin(start, end - start) };
    const kept: Kept<T> = { ...f, part, frame: from.frame(), time: from.time, order: from.order };
    this.#kept.set(key, kept);
    this.#octets += end - start;
    // Sent in order, nothing is behind the newest: only who reaches the end looks for the beginning.
    const rest = this.#onward(kept);
    const run = rest.at(-1)!.ends ? [...this.#before(kept), ...rest] : [];
    if (run[0]?.begins === true) {
      this.#forget(run);
      this.#join(run, 0);
    } else {
      this.#withinBudget();
    }
  }

  /** Gives up what waited too long. */
  expire(clock: number): void {
    for (const k of this.#kept.values()) {
      if (Number.isNaN(k.time)) continue;
      if (!(clock - k.time > this.#budgets.wait)) return;
      this.#giveUp(k);
    }
  }

  end(): void {
    for (const k of this.#kept.values()) this.#giveUp(k);
  }

  /** Contiguous fragments from here on, as far as they belong to one message. */
  #onward(here: Kept<T>): Kept<T>[] {
    const run = [here];
    for (let n = here.position; !run.at(-1)!.ends && run.length < MOST_OF_ONE; ) {
      n = after(n);
      const next = this.#kept.get(`${here.group}/${n}`);
      if (next === undefined || next.begins) break;
      run.push(next);
    }
    return run;
  }

  /** Those before, in order. */
  #before(here: Kept<T>): Kept<T>[] {
    const back: Kept<T>[] = [];
    let first = here;
    for (let n = here.position; !first.begins && back.length < MOST_OF_ONE; ) {
      n = before(n);
      const previous = this.#kept.get(`${here.group}/${n}`);
      if (previous === undefined || previous.ends) break;
      back.push(previous);
      first = previous;
    }
    return back.reverse();
  }

  #forget(run: readonly Kept<T>[]): void {
    for (const k of run) {
      this.#kept.delete(`${k.group}/${k.position}`);
      this.#octets -= k.part.bytes.length;
    }
  }

  #join(run: readonly Kept<T>[], lacking: number): void {
    // What follows a fragment that was cut does not adjoin it.
    const cut = run.findIndex((k) => k.lost > 0);
    const certain = cut < 0 ? run : run.slice(0, cut + 1);
    const missing = cut < 0 ? lacking : Math.max(lacking, run[cut]!.lost);
    const { frame, time, order } = run.reduce((a, b) => (b.order > a.order ? b : a));
    const { protocol = 0, owner } = run[0]!;
    this.#give({ ...concatMapped(certain.map((k) => k.part)), protocol, frame, time, order, missing }, owner);
  }

  #giveUp(k: Kept<T>): void {
    const run = [...this.#before(k), ...this.#onward(k)];
    this.#forget(run);
    const begun = run[0]!.begins;
    const what = begun ? 'the rest of the message' : 'the beginning of the message';
    const count = run.length === 1 ? 'one fragment is' : `${run.length} fragments are`;
    this.#report(sctpRules.incomplete, `${count} there, ${what} is missing`, run.at(-1)!.frame);
    if (begun) this.#join(run, 1);
  }

  #withinBudget(): void {
    while (this.#kept.size > this.#budgets.fragments || this.#octets > this.#budgets.octets) {
      const [oldest] = this.#kept.values();
      if (oldest === undefined) return;
      this.#report(sctpRules.fragmentBudget, `${this.#kept.size} fragments, ${this.#octets} octets`, oldest.frame);
      this.#giveUp(oldest);
    }
  }
}
