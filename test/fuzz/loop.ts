// The loop: damage an input, read it, keep it when it made the decoder do something new.

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
  /** Inputs that brought something new, first those that brought most. */
  readonly kept: readonly Input[];
  readonly faults: readonly Fault[];
  readonly slowest: number;
  readonly milliseconds: number;
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
const KEPT = 1500;
/** Another set of behaviours, none of them new, is worth keeping too, up to so many. */
const SETS = 400;

/** Fuzzes one target; the same inputs in the same order for the same seed, corpus and number of inputs. */
export async function fuzzTarget(t: Target, o: LoopOptions): Promise<Outcome> {
  const r = randomOf(seedOf(o.seed, t.name));
  const pool: Input[] = [];
  const kept: Input[] = [];
  const names = new Set<string>();
  const sets = new Set<string>();
  const faults = new Map<string, Fault>();
  let inputs = 0;
  let slowest = 0;
  const began = performance.now();

  async function once(input: Input, isSeed: boolean): Promise<void> {
    inputs += 1;
    const seen = new Seen();
    o.watch.begin(`${t.name} ${printInput(input)}`);
    const before = inputs % 64 === 0 || t.budget >= 500 ? process.memoryUsage.rss() : 0;
    const from = performance.now();
    try {
      const running = t.run(input, seen);
      if (running !== undefined) await running;
      let took = performance.now() - from;
      // Others share the machine: only what is slow three times is slow.
      for (let again = 0; took > t.budget && again < 2; again += 1) took = Math.min(took, await timed(t, input));
      if (took > t.budget) throw new Error(`took ${Math.round(took)} ms of ${t.budget}`);
      if (before > 0 && process.memoryUsage.rss() - before > MEMORY) throw new Error('took more than 300 MB');
      slowest = Math.max(slowest, took);
    } catch (e) {
      const what = e instanceof Error ? (e.stack ?? e.message) : String(e);
      const key = what.split('\n').slice(0, 2).join(' ').replace(/\d+/g, 'n');
      if (!faults.has(key)) faults.set(key, { target: t.name, what, input: printInput(input), at: inputs });
      return;
    }
    const fresh = [...seen.names].filter((n) => !names.has(n));
    for (const n of fresh) names.add(n);
    const set = fresh.length > 0 ? '' : [...seen.names].sort().join();
    const other = set !== '' && sets.size < SETS && !sets.has(set);
    if (other) sets.add(set);
    if (isSeed || fresh.length > 0 || other) {
      if (pool.length < KEPT) pool.push(input);
      else pool[r.below(pool.length)] = input;
    }
    if (!isSeed && fresh.length > 0 && octetsOf(input) <= 1500) kept.push(input);
  }

  const most = o.faults ?? 20;
  const time = (): boolean => performance.now() - began < o.milliseconds;
  for (const input of [...t.seeds, ...o.corpus]) if (inputs < o.inputs && time()) await once(input, true);
  if (pool.length === 0) pool.push([{ way: 0, bytes: new Uint8Array(16) }]);
  while (inputs < o.inputs && faults.size < most && (inputs % 16 !== 0 || time())) {
    await once(
      mutate(short(r.pick(pool), r), r, () => r.pick(pool), t.ways),
      false,
    );
  }
  o.watch.rest();
  const milliseconds = performance.now() - began;
  return { target: t.name, inputs, behaviours: names.size, kept, faults: [...faults.values()], slowest, milliseconds };
}

/** Whole conversations now and then; mostly a PDU or two, which is quicker. */
function short(input: Input, r: Random): Input {
  if (input.length <= 2 || r.chance(4)) return input;
  const at = r.below(input.length);
  return input.slice(at, at + 1 + r.below(2));
}

async function timed(t: Target, input: Input): Promise<number> {
  const from = performance.now();
  await t.run(input, new Seen());
  return performance.now() - from;
}
