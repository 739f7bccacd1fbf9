// The loop: damage an input, read it, keep it when it made the decoder do something new.

import { Branches } from './branches.ts';
import { type Input, octetsOf, printInput } from './input.ts';
import { mutate } from './mutate.ts';
import { type Random, randomOf, seedOf } from './random.ts';
import { Seen, type Target } from './target.ts';
import type { Watch } from './watch.ts';

export interface Fault {
  readonly target: string;
  readonly what: string;
  readonly input: string;
  /** First input of this run that showed it. */
  readonly at: number;
}

export interface Outcome {
  readonly target: string;
  readonly inputs: number;
  /** Different things the decoder was seen to do. */
  readonly behaviours: number;
  /** Branches of the code it ran through, where they are counted. */
  readonly branches: number;
  /** Inputs that brought something new, first those that brought most. */
  readonly kept: readonly Input[];
  readonly faults: readonly Fault[];
  readonly slowest: number;
  readonly milliseconds: number;
  /** Of the processor. */
  readonly worked: number;
}

export interface LoopOptions {
  readonly seed: number;
  /** Whichever comes first. */
  readonly inputs: number;
  readonly milliseconds: number;
  readonly corpus: readonly Input[];
  readonly watch: Watch;
  /** Seeds that were read at the beginning count among the inputs. */
  readonly faults?: number;
}

const MEMORY = 300 << 20;
const KEPT = 4000;
/** Inputs that came last are tried oftener: what they reached is least known. */
const RECENT = 64;
/** One in so many groups that showed something new is taken apart. */
const LOOK = 6;
const WHOLE = 4;
/** Another set of behaviours, none of them new, is worth keeping too where branches are not counted, up to so many. */
const SETS = 400;

/** Fuzzes one target; the same inputs in the same order for the same seed, corpus and number of inputs. */
export async function fuzzTarget(t: Target, o: LoopOptions): Promise<Outcome> {
  const r = randomOf(seedOf(o.seed, t.name));
  const pool: Input[] = [];
  const kept: Input[] = [];
  const names = new Set<string>();
  const sets = new Set<string>();
  const branches = new Branches();
  const faults = new Map<string, Fault>();
  let inputs = 0;
  let slowest = 0;
  const began = performance.now();
  const work = process.cpuUsage();

  /** Reads an input; null where that showed a fault. */
  async function read(input: Input): Promise<Seen | null> {
    const seen = new Seen();
    o.watch.begin(t.name, input);
    const before = inputs % 64 === 0 || t.budget >= 3000 ? process.memoryUsage.rss() : 0;
    branches.begin();
    const from = performance.now();
    try {
      const running = t.run(input, seen);
      if (running !== undefined) await running;
      let took = performance.now() - from;
      // Others share the machine, and what is compiled or collected meanwhile counts too: then processor time decides.
      for (let again = 0; took > t.budget && again < 2; again += 1) took = Math.min(took, await timed(t, input));
      if (took > t.budget) throw new Error(`took ${Math.round(took)} ms of ${t.budget}`);
      if (before > 0 && process.memoryUsage.rss() - before > MEMORY) throw new Error('took more than 300 MB');
      slowest = Math.max(slowest, took);
      return seen;
    } catch (e) {
      const what = e instanceof Error ? (e.stack ?? e.message) : String(e);
      const key = what.split('\n').slice(0, 2).join(' ').replace(/\d+/g, 'n');
      if (!faults.has(key)) faults.set(key, { target: t.name, what, input: printInput(input), at: inputs });
      return null;
    }
  }

  /** Keeps the input when what it made the decoder do is new. */
  function judge(input: Input, seen: Seen, isSeed: boolean): void {
    const reached = branches.fresh();
    const before = names.size;
    for (const n of seen.names) names.add(n);
    const fresh = names.size - before;
    const set = fresh > 0 || branches.counted || sets.size >= SETS ? '' : [...seen.names].sort().join();
    const other = set !== '' && !sets.has(set);
    if (other) sets.add(set);
    if (isSeed || fresh > 0 || reached > 0 || other) {
      if (pool.length < KEPT) pool.push(input);
      else pool[r.below(pool.length)] = input;
    }
    if (!isSeed && (fresh > 0 || reached > 1) && octetsOf(input) <= 1500) kept.push(input);
  }

  async function once(input: Input, isSeed: boolean): Promise<void> {
    inputs += 1;
    const seen = await read(input);
    if (seen !== null) judge(input, seen, isSeed);
  }

  /** Several inputs read as one; when that shows anything, each by itself. */
  async function group(all: readonly Input[], join: (all: readonly Input[]) => Input): Promise<void> {
    inputs += all.length;
    const whole = join(all);
    const found = faults.size;
    const seen = await read(whole);
    if (seen !== null) {
      const news = branches.anyFirst() || [...seen.names].some((n) => !names.has(n));
      // What is new comes again; to look for it each time would take all the time there is.
      if (!news || !r.chance(LOOK)) return;
    }
    // The fault of the whole is told only where none of its parts shows it.
    const [key] = seen === null && faults.size > found ? [...faults.keys()].slice(-1) : [];
    const of = faults.size;
    for (const input of all) {
      const one = await read(input);
      if (one !== null) judge(input, one, false);
    }
    if (key !== undefined && faults.size > of) faults.delete(key);
    if (seen === null) return;
    const again = await read(whole);
    if (again !== null && branches.anyFirst()) judge(whole, again, false);
  }

  const chosen = (): Input =>
    pool.length > RECENT && r.chance(3) ? pool[pool.length - 1 - r.below(RECENT)]! : r.pick(pool);
  const damaged = (): Input => mutate(short(chosen(), r, t.whole ?? WHOLE), r, () => r.pick(pool), t.ways);
  let turns = 0;
  const most = o.faults ?? 20;
  const time = (): boolean => performance.now() - began < o.milliseconds;
  for (const input of [...t.seeds, ...o.corpus]) if (inputs < o.inputs && time()) await once(input, true);
  if (pool.length === 0) pool.push([{ way: 0, bytes: new Uint8Array(16) }]);
  while (inputs < o.inputs && faults.size < most && (turns % 16 !== 0 || time())) {
    turns += 1;
    const { together } = t;
    if (together === undefined) await once(damaged(), false);
    else await group(Array.from({ length: together.count }, damaged), together.join);
  }
  o.watch.rest();
  const milliseconds = performance.now() - began;
  return {
    target: t.name,
    inputs,
    behaviours: names.size,
    branches: branches.count,
    kept,
    faults: [...faults.values()],
    slowest,
    milliseconds,
    worked: since(work),
  };
}

/** Whole conversations now and then; mostly a PDU or two, which is quicker. */
function short(input: Input, r: Random, whole: number): Input {
  if (input.length <= 2 || r.chance(whole)) return input;
  const at = r.below(input.length);
  return input.slice(at, at + 1 + r.below(2));
}

async function timed(t: Target, input: Input): Promise<number> {
  const from = process.cpuUsage();
  await t.run(input, new Seen());
  return since(from);
}

/** Milliseconds of processor time: others share the machine. */
function since(from: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}
