// SHA-1 of four blocks at once: WebAssembly with 128-bit vectors, each of which holds one word of four hashes.

import { type Code, moduleOf, op, type WasmFunction } from './assembler.ts';
import { BLOCK_WORDS, CONSTANTS, ROUNDS, STATE } from './sha1.ts';

export const LANES = 4;
/** Octets of one vector. */
export const VECTOR = 16;
const PAGE = 65536;

/** Locals of a function: those that hold vectors come behind its parameters. */
interface Locals {
  /** The five words, by role: the roles move from round to round, the locals do not. */
  readonly state: readonly number[];
}

const rotate = (local: number, by: number): Code => [
  ...op.get(local),
  ...op.i32(by),
  ...op.shiftLeft,
  ...op.get(local),
  ...op.i32(32 - by),
  ...op.shiftRight,
  ...op.or,
];

/** Ch, Parity, Maj, Parity (FIPS 180-4 4.1.1). */
function logic(stage: number, b: number, c: number, d: number): Code {
  if (stage === 0) return [...op.get(c), ...op.get(d), ...op.get(b), ...op.select];
  // Where b and c agree they are the majority, elsewhere d decides.
  const differ = [...op.get(b), ...op.get(c), ...op.xor];
  if (stage === 2) return [...op.get(d), ...op.get(b), ...differ, ...op.select];
  return [...differ, ...op.get(d), ...op.xor];
}

/** All rounds; `word` leaves the word of round t, with its constant added, on the stack. */
function allRounds({ state }: Locals, word: (t: number) => Code): Code {
  const out: number[] = [];
  let [a, b, c, d, e] = state as [number, number, number, number, number];
  for (let t = 0; t < ROUNDS; t += 1) {
    out.push(...word(t), ...op.get(e), ...op.add);
    out.push(...logic(Math.floor(t / 20), b, c, d), ...op.add);
    out.push(...rotate(a, 5), ...op.add, ...op.set(e));
    out.push(...rotate(b, 30), ...op.set(b));
    [a, b, c, d, e] = [e, a, b, c, d];
  }
  return out;
}

const range = (n: number, from = 0): number[] => Array.from({ length: n }, (_, i) => from + i);

/** mix(from, words, to): the state at `from` and the four blocks at `words`, 16 vectors, give the state at `to`. */
function mix(): WasmFunction {
  const [from, words, to] = [0, 1, 2];
  const state = range(STATE, 3);
  const w = range(BLOCK_WORDS, 8);
  const constant = 24;
  const word = (t: number): Code => {
    const mine = w[t % BLOCK_WORDS]!;
    const code: number[] = [];
    if (t % 20 === 0) code.push(...op.i32(CONSTANTS[t / 20]!), ...op.splat, ...op.set(constant));
    if (t >= BLOCK_WORDS) {
      for (const back of [3, 8, 14]) code.push(...op.get(w[(t - back + ROUNDS) % BLOCK_WORDS]!));
      code.push(...op.get(mine), ...op.xor, ...op.xor, ...op.xor, ...op.set(mine));
      code.push(...rotate(mine, 1), ...op.set(mine));
    }
    return [...code, ...op.get(mine), ...op.get(constant), ...op.add];
  };
  return {
    name: 'mix',
    parameters: 3,
    vectors: STATE + BLOCK_WORDS + 1,
    code: [
      ...state.flatMap((s, i) => [...op.get(from), ...op.load(i * VECTOR), ...op.set(s)]),
      ...w.flatMap((local, i) => [...op.get(words), ...op.load(i * VECTOR), ...op.set(local)]),
      ...allRounds({ state }, word),
      ...state.flatMap((s, i) => [
        ...op.get(to),
        ...[...op.get(from), ...op.load(i * VECTOR)],
        ...[...op.get(s), ...op.add],
        ...op.store(i * VECTOR),
      ]),
    ],
  };
}

/**
 * shared(state, schedule, end): adds to the states at `state` the blocks that all four have in common, whose expanded
 * words stand from `schedule` to `end`.
 */
function shared(): WasmFunction {
  const [at, schedule, end] = [0, 1, 2];
  const state = range(STATE, 3);
  return {
    name: 'shared',
    parameters: 3,
    vectors: STATE,
    code: op.loop([
      ...state.flatMap((s, i) => [...op.get(at), ...op.load(i * VECTOR), ...op.set(s)]),
      ...allRounds({ state }, (t) => [...op.get(schedule), ...op.loadSplat(4 * t)]),
      ...state.flatMap((s, i) => [
        ...op.get(at),
        ...[...op.get(at), ...op.load(i * VECTOR)],
        ...[...op.get(s), ...op.add],
        ...op.store(i * VECTOR),
      ]),
      ...[...op.get(schedule), ...op.i32(4 * ROUNDS), ...op.addI32, ...op.tee(schedule)],
      ...[...op.get(end), ...op.lessI32],
    ]),
  };
}

export interface Simd {
  readonly memory: Int32Array;
  mix(from: number, words: number, to: number): void;
  shared(state: number, schedule: number, end: number): void;
}

/** What every host with WebAssembly has; the ES library does not declare it. */
interface WebAssemblyHost {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
  validate(bytes: Uint8Array): boolean;
}

/** null where the host has no WebAssembly vectors, or does not let this page make code. */
export function simd(octets: number): Simd | null {
  const host = (globalThis as { readonly WebAssembly?: WebAssemblyHost }).WebAssembly;
  if (host === undefined) return null;
  try {
    const bytes = moduleOf([mix(), shared()], Math.ceil(octets / PAGE));
    if (!host.validate(bytes)) return null;
    const made = new host.Instance(new host.Module(bytes)).exports as Pick<Simd, 'mix' | 'shared'> & {
      readonly memory: { readonly buffer: ArrayBuffer };
    };
    return { memory: new Int32Array(made.memory.buffer), mix: made.mix, shared: made.shared };
  } catch {
    return null;
  }
}
