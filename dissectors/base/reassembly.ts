// Numbered parts of one message, put together: by concatenation of short messages, WTP SAR, LAPDm, SCCP.
//
// Parts are sorted into runs: the parts of what was sent once under one key. A run closes when it has every part and
// lingered, when nothing came for long, when a part says that another message began under the same key, or when memory
// runs short. Nothing is decided by a clock: time is what the parts carry.

import {
  addFact,
  type Closing,
  type Events,
  earlier,
  isComplete,
  later,
  missingOf,
  type Part,
  type Policy,
  type Run,
  same,
  signature,
} from './run.ts';

interface Closed<R> {
  readonly key: string;
  readonly total: number;
  readonly complete: boolean;
  readonly last: number;
  /** By part number. */
  readonly signatures: readonly (number | undefined)[];
  readonly result: R;
  copies: number;
}

interface OpenRun<T, R> extends Run<T> {
  /** Time of the last activity, its own or that of a run that may continue it. */
  active: number;
  size: number;
  /** Complete, and open for copies only. */
  lingers: boolean;
  /** Index in `held` behind the last part that filled a slot. */
  settled: number;
  /** The run this one repeats or continues, as long as no part says otherwise. */
  prior: OpenRun<T, R> | Closed<R> | null;
  /** The run whose place this one took. */
  displaced: OpenRun<T, R> | null;
}

interface Chain<T, R> {
  readonly open: OpenRun<T, R>[];
  closed: Closed<R> | null;
}

const isOpen = <T, R>(p: OpenRun<T, R> | Closed<R>): p is OpenRun<T, R> => 'slots' in p;

function activityOfFirst(queue: Iterable<{ readonly active: number }>): number {
  for (const run of queue) return run.active;
  return Number.POSITIVE_INFINITY;
}

/**
 * Sorts parts into runs. `T` is what a caller keeps with a part, `R` what it makes of a closed run. Memory is bounded by
 * the policy: the oldest run closes when there are too many.
 */
export class Reassembly<T, R> {
  readonly #policy: Policy;
  readonly #events: Events<T, R>;
  readonly #chains = new Map<string, Chain<T, R>>();
  /** Oldest activity first. */
  readonly #waiting = new Set<OpenRun<T, R>>();
  readonly #lingering = new Set<OpenRun<T, R>>();
  readonly #remembered = new Set<Closed<R>>();
  readonly #fronts = new Map<object, IterableIterator<object>>();
  #bytes = 0;
  #ticked = Number.NaN;
  /** Activity of the first run of each queue, as long as nothing was added; infinite where there is none. */
  #firstLingering = Number.POSITIVE_INFINITY;
  #firstWaiting = Number.POSITIVE_INFINITY;
  #firstsKnown = false;

  constructor(policy: Policy, events: Events<T, R>) {
    this.#policy = policy;
    this.#events = events;
  }

  /** Open runs and the octets they keep. */
  get load(): { readonly runs: number; readonly bytes: number } {
    return { runs: this.#waiting.size + this.#lingering.size, bytes: this.#bytes };
  }

  add(key: string, part: Part<T>): void {
    // Not for every part: what is a little too old is told apart when it matters.
    if (!(part.time - this.#ticked < this.#policy.gap / 128)) this.tick(part.time);
    let chain = this.#chains.get(key);
    if (chain === undefined) {
      chain = { open: [], closed: null };
      this.#chains.set(key, chain);
    }
    this.#firstsKnown = false;
    this.#place(chain, key, part);
    this.#withinBudget();
  }

  /** Tells that it is `time` now; runs that waited too long close. */
  tick(time: number): void {
    const { gap, expiry } = this.#policy;
    this.#ticked = time;
    if (this.#firstsKnown && !(time - this.#firstLingering > gap) && !(time - this.#firstWaiting > expiry)) return;
    for (const run of this.#lingering) {
      if (!(time - run.active > gap)) break;
      this.#close(run, 'complete');
    }
    for (const run of this.#waiting) {
      if (!(time - run.active > expiry)) break;
      this.#close(run, 'expired');
    }
    this.#firstLingering = activityOfFirst(this.#lingering);
    this.#firstWaiting = activityOfFirst(this.#waiting);
    this.#firstsKnown = true;
  }

  /** Closes everything, in order of first time. */
  end(): void {
    const out: [OpenRun<T, R>, Closing][] = [];
    for (const chain of this.#chains.values()) {
      // Later runs first: they may belong to what they continue.
      while (chain.open.length > 0) {
        const run = chain.open[chain.open.length - 1]!;
        const why = isComplete(run) ? 'complete' : 'end';
        if (this.#settle(run)) out.push([run, isComplete(run) ? 'complete' : why]);
        this.#forget(run);
      }
    }
    out.sort((a, b) => a[0].first - b[0].first || 0);
    for (const [run, why] of out) this.#events.closed(run, why);
    this.#chains.clear();
    this.#remembered.clear();
  }

  #place(chain: Chain<T, R>, key: string, part: Part<T>): void {
    const run = chain.open.findLast((r) => r.total === part.total || r.total === 0 || part.total === 0);
    const far = run !== undefined && part.time - run.last > this.#policy.gap;
    if (far && run !== undefined && run.prior !== null && isOpen(run.prior) && !isComplete(run)) {
      // What may continue another is decided before a third may continue it: chains stay short.
      if (!this.#settle(run)) this.#forget(run);
      this.#place(chain, key, part);
      return;
    }
    if (part.number < 1 || (part.total > 0 && part.number > part.total)) {
      const beside = run === undefined || far ? this.#start(chain, key, part) : run;
      addFact(beside, 'numbers');
      part.status = 'conflict';
      this.#hold(beside, part);
      return;
    }
    if (run === undefined) {
      this.#put(this.#startAfterClosed(chain, key, part), part);
      return;
    }
    const slot = run.slots[part.number];
    if (slot === undefined) {
      this.#put(far ? this.#start(chain, key, part, run) : run, part);
    } else if (!same(slot, part)) {
      this.#displace(chain, run, part);
    } else if (far && isComplete(run)) {
      this.#put(this.#start(chain, key, part, run), part);
    } else {
      part.status = 'duplicate';
      this.#hold(run, part);
      this.#check(run, part);
    }
  }

  #start(
    chain: Chain<T, R>,
    key: string,
    part: Part<T>,
    prior: OpenRun<T, R> | Closed<R> | null = null,
  ): OpenRun<T, R> {
    const run: OpenRun<T, R> = {
      key,
      total: part.total,
      slots: [],
      filled: 0,
      held: [],
      first: part.time,
      last: part.time,
      facts: [],
      active: part.time,
      size: 0,
      lingers: false,
      settled: 0,
      prior,
      displaced: null,
    };
    chain.open.push(run);
    this.#waiting.add(run);
    return run;
  }

  #startAfterClosed(chain: Chain<T, R>, key: string, part: Part<T>): OpenRun<T, R> {
    const closed = chain.closed;
    const recent = closed !== null && closed.total === part.total && !(part.time - closed.last > this.#policy.memory);
    if (!recent) return this.#start(chain, key, part);
    if (this.#fits(closed, part)) return this.#start(chain, key, part, closed);
    const run = this.#start(chain, key, part);
    addFact(run, 'reused');
    return run;
  }

  /** Equal to, or missing in, what came before. */
  #fits(prior: OpenRun<T, R> | Closed<R>, part: Part<T>): boolean {
    if (isOpen(prior)) {
      const slot = prior.slots[part.number];
      return slot === undefined || same(slot, part);
    }
    const known = prior.signatures[part.number];
    return known === undefined || known === signature(part);
  }

  #put(run: OpenRun<T, R>, part: Part<T>): void {
    if (run.total === 0) run.total = part.total;
    this.#fill(run, part);
    this.#hold(run, part);
    run.settled = run.held.length;
    this.#check(run, part);
    if (isComplete(run)) this.#linger(run);
  }

  #fill(run: OpenRun<T, R>, part: Part<T>): void {
    if (run.slots[part.number] === undefined) run.filled += 1;
    run.slots[part.number] = part;
  }

  #linger(run: OpenRun<T, R>): void {
    run.lingers = true;
    this.#waiting.delete(run);
    this.#lingering.add(run);
  }

  /** A part that its prior run has otherwise makes a run one of its own. */
  #check(run: OpenRun<T, R>, part: Part<T>): void {
    const prior = run.prior;
    if (prior === null || this.#fits(prior, part)) return;
    run.prior = null;
    if (!isOpen(prior)) {
      addFact(run, prior.complete ? 'reused' : 'split');
      return;
    }
    addFact(run, isComplete(prior) ? 'reused' : 'split');
    run.displaced = prior;
    if (!isComplete(prior)) addFact(prior, 'replaced');
    this.#close(prior, isComplete(prior) ? 'complete' : 'conflict');
  }

  #hold(run: OpenRun<T, R>, part: Part<T>): void {
    run.first = earlier(run.first, part.time);
    run.last = later(run.last, part.time);
    this.#touch(run, part.time);
    if (run.held.length >= this.#policy.maxHeld && part.status !== 'used') {
      addFact(run, 'copies');
      return;
    }
    run.held.push(part);
    run.size += part.size;
    this.#bytes += part.size;
  }

  #touch(run: OpenRun<T, R>, time: number): void {
    let next: OpenRun<T, R> | null = run;
    // What a run may continue waits with it, and behind it.
    while (next !== null) {
      next.active = later(next.active, time);
      const queue: Set<OpenRun<T, R>> = next.lingers ? this.#lingering : this.#waiting;
      if (queue.delete(next)) queue.add(next);
      next = next.prior !== null && isOpen(next.prior) ? next.prior : null;
    }
  }

  /** The part differs from the one the run has: another message began. */
  #displace(chain: Chain<T, R>, run: OpenRun<T, R>, part: Part<T>): void {
    const whole = isComplete(run);
    if (!whole) {
      addFact(run, 'replaced');
      // With a third reading of the same part, nothing says whose this one is.
      run.prior = null;
    }
    const next = this.#start(chain, run.key, part);
    addFact(next, whole ? 'reused' : 'split');
    next.displaced = run;
    this.#close(run, whole ? 'complete' : 'conflict');
    this.#put(next, part);
  }

  #close(run: OpenRun<T, R>, why: Closing): void {
    if (!this.#settle(run)) {
      this.#forget(run);
      return;
    }
    this.#forget(run);
    const complete = isComplete(run);
    const result = this.#events.closed(run, complete ? 'complete' : why);
    if (result !== null) this.#remember(run, complete, result);
    else this.#orphan(run);
  }

  /** Nobody keeps what became of the run: nothing can belong to it any more. */
  #orphan(run: OpenRun<T, R>): void {
    for (const r of this.#chains.get(run.key)?.open ?? []) if (r.prior === run) r.prior = null;
  }

  #remember(run: OpenRun<T, R>, complete: boolean, result: R): void {
    const signatures = run.slots.map((part) => (part === undefined ? undefined : signature(part)));
    const closed: Closed<R> = {
      key: run.key,
      total: run.total,
      complete,
      last: run.last,
      signatures,
      result,
      copies: run.held.length,
    };
    let chain = this.#chains.get(run.key);
    if (chain === undefined) {
      chain = { open: [], closed: null };
      this.#chains.set(run.key, chain);
    }
    if (chain.closed !== null) this.#remembered.delete(chain.closed);
    chain.closed = closed;
    this.#remembered.add(closed);
    for (const r of chain.open) if (r.prior === run) r.prior = closed;
    if (this.#remembered.size > this.#policy.maxClosed) {
      const oldest = this.#oldest(this.#remembered);
      if (oldest !== undefined) this.#forgetClosed(oldest);
    }
  }

  #forgetClosed(closed: Closed<R>): void {
    this.#remembered.delete(closed);
    const chain = this.#chains.get(closed.key);
    if (chain?.closed !== closed) return;
    chain.closed = null;
    if (chain.open.length === 0) this.#chains.delete(closed.key);
  }

  #forget(run: OpenRun<T, R>): void {
    this.#waiting.delete(run);
    this.#lingering.delete(run);
    this.#bytes -= run.size;
    run.size = 0;
    const chain = this.#chains.get(run.key);
    if (chain === undefined) return;
    const at = chain.open.indexOf(run);
    if (at >= 0) chain.open.splice(at, 1);
    if (chain.open.length === 0 && chain.closed === null) this.#chains.delete(run.key);
  }

  /** Last word on a run: is it one of its own? False when its parts went to another. */
  #settle(run: OpenRun<T, R>): boolean {
    if (!isComplete(run)) this.#share(run);
    let prior = run.prior;
    run.displaced = null;
    run.prior = null;
    if (prior !== null && !this.#fitsWhole(prior, run)) {
      addFact(run, 'split');
      prior = null;
    }
    if (prior !== null) {
      if (isComplete(run)) this.#takeOver(run, prior);
      else return !this.#giveBack(run, prior);
    }
    return isComplete(run) || !this.#putBeside(run);
  }

  #fitsWhole(prior: OpenRun<T, R> | Closed<R>, run: OpenRun<T, R>): boolean {
    return run.slots.every((part) => part === undefined || this.#fits(prior, part));
  }

  /** Missing parts that came as copies of the displaced run's equal parts, when they make the run complete. */
  #share(run: OpenRun<T, R>): void {
    const before = run.displaced;
    if (before === null) return;
    const found = new Map<number, Part<T>>();
    for (const part of before.held.slice(before.settled)) {
      const inTime = !(run.first - part.time > this.#policy.gap);
      if (part.status === 'duplicate' && inTime && run.slots[part.number] === undefined) found.set(part.number, part);
    }
    if (found.size === 0 || missingOf(run).some((n) => !found.has(n))) return;
    for (const part of found.values()) {
      const own: Part<T> = { ...part, status: 'used' };
      this.#fill(run, own);
      run.held.push(own);
      run.first = earlier(run.first, part.time);
      run.last = later(run.last, part.time);
    }
    addFact(run, 'shared');
  }

  /** A complete run repeats what came before: an unfinished one was its first attempt, a complete one is a message. */
  #takeOver(run: OpenRun<T, R>, prior: OpenRun<T, R> | Closed<R>): void {
    if (!isOpen(prior)) {
      if (prior.complete) addFact(run, 'again');
      return;
    }
    if (isComplete(prior)) {
      addFact(run, 'again');
      return;
    }
    for (const part of run.held) {
      if (part.status === 'used' && prior.slots[part.number] !== undefined) part.status = 'duplicate';
    }
    for (const part of prior.slots) if (part !== undefined) this.#fill(run, part);
    run.held = [...prior.held, ...run.held];
    run.first = earlier(run.first, prior.first);
    for (const fact of prior.facts) addFact(run, fact);
    this.#forget(prior);
  }

  /** An unfinished run whose parts all fit the one before: a repetition, or the rest of it. */
  #giveBack(run: OpenRun<T, R>, prior: OpenRun<T, R> | Closed<R>): boolean {
    if (!isOpen(prior)) {
      for (const part of run.held) {
        if (part.status === 'used') part.status = prior.signatures[part.number] === undefined ? 'late' : 'duplicate';
        if (prior.copies >= this.#policy.maxHeld) continue;
        prior.copies += 1;
        this.#events.late(prior.result, part);
      }
      return true;
    }
    for (const part of run.held) {
      const fills = part.status === 'used' && prior.slots[part.number] === undefined;
      if (fills) {
        this.#fill(prior, part);
        addFact(prior, 'resumed');
      } else if (part.status === 'used') part.status = 'duplicate';
      this.#hold(prior, part);
      if (fills) prior.settled = prior.held.length;
    }
    for (const fact of run.facts) addFact(prior, fact);
    if (isComplete(prior)) this.#linger(prior);
    return true;
  }

  /** Unfinished runs of one key whose totals disagree, and whose parts don't: shown as one, never joined. */
  #putBeside(run: OpenRun<T, R>): boolean {
    const others = (this.#chains.get(run.key)?.open ?? []).filter((r) => this.#disagrees(r, run));
    const elder = others.find((r) => r.first <= run.first);
    if (elder !== undefined) {
      this.#moveBeside(run, elder);
      return true;
    }
    for (const younger of others) {
      this.#moveBeside(younger, run);
      this.#forget(younger);
    }
    return false;
  }

  #disagrees(a: OpenRun<T, R>, b: OpenRun<T, R>): boolean {
    if (a === b || a.total === b.total || isComplete(a) || isComplete(b) || a.prior !== null) return false;
    if (a.first - b.last > this.#policy.gap || b.first - a.last > this.#policy.gap) return false;
    const numbers = new Set(a.held.map((p) => p.number));
    return b.held.every((p) => !numbers.has(p.number));
  }

  #moveBeside(from: OpenRun<T, R>, to: OpenRun<T, R>): void {
    for (const part of from.held) {
      part.status = 'conflict';
      this.#hold(to, part);
    }
    addFact(to, 'totals');
    for (const fact of from.facts) addFact(to, fact);
  }

  #withinBudget(): void {
    while (this.#lingering.size > this.#policy.maxLingering) this.#closeOldest(this.#lingering, 'complete');
    while (this.#waiting.size > this.#policy.maxRuns) this.#closeOldest(this.#waiting, 'budget');
    while (this.#bytes > this.#policy.maxBytes) {
      if (this.#lingering.size > 0) this.#closeOldest(this.#lingering, 'complete');
      else if (this.#waiting.size > 0) this.#closeOldest(this.#waiting, 'budget');
      else return;
    }
  }

  #closeOldest(queue: Set<OpenRun<T, R>>, why: Closing): void {
    const oldest = this.#oldest(queue);
    if (oldest !== undefined) this.#close(oldest, why);
  }

  #oldest<E extends object>(queue: Set<E>): E | undefined {
    // One iterator goes on from where it was: a new one would pass all that was deleted in front each time.
    const going = this.#fronts.get(queue) as IterableIterator<E> | undefined;
    const next = going?.next();
    if (next !== undefined && next.done !== true) return next.value;
    const front = queue.values();
    this.#fronts.set(queue, front);
    return front.next().value;
  }
}
