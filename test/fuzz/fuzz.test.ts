// A short run of the fuzzer: FUZZ_SEED repeats one, `npm run fuzz` goes on for as long as it is told.

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readCorpus } from './corpus.ts';
import { decoderTargets } from './decoders.ts';
import { harvest } from './harvest.ts';
import { parseInput, printInput } from './input.ts';
import { fuzzTarget } from './loop.ts';
import { mutate } from './mutate.ts';
import { randomOf } from './random.ts';
import type { Target } from './target.ts';
import { watch } from './watch.ts';
import { wholeTargets } from './whole.ts';

const seed = Number(process.env.FUZZ_SEED ?? 20261123);
console.log(`fuzz: seed ${seed} (FUZZ_SEED=${seed} repeats it, FUZZ_SEED=$RANDOM tries another)`);

/** Inputs of those that cost more than a fraction of a millisecond each; of all others, `USUAL`. */
const FEWER: Readonly<Record<string, number>> = {
  http: 1500,
  log: 1500,
  driver: 400,
  content: 3000,
  container: 500,
  lint: 600,
  session: 60,
};
const USUAL = 2400;

const grown = await harvest(false);
// The whole pipeline has a test of its own.
const targets = [...decoderTargets(grown), ...wholeTargets(grown)].filter((t) => t.name !== 'pipeline');
const guard = watch(120, join(mkdtempSync(join(tmpdir(), 'otascope-fuzz-')), 'hang.txt'));
afterAll(() => guard.end());

describe('damaged inputs are read without an exception, within time and memory', () => {
  let inputs = 0;
  test.each(targets)('$name', { timeout: 600_000 }, async (t) => {
    const out = await fuzzTarget(t, {
      seed,
      inputs: FEWER[t.name] ?? USUAL,
      milliseconds: Number.POSITIVE_INFINITY,
      corpus: readCorpus(t.name),
      watch: guard,
      faults: 3,
    });
    inputs += out.inputs;
    const told = out.faults.map((f) => `seed ${seed}, input ${f.at}: ${f.what}\nreproducer: ${f.target} ${f.input}`);
    expect(told.join('\n\n')).toBe('');
  });
  test('that was enough of them', () => {
    console.log(`fuzz: ${inputs} inputs through ${targets.length} targets`);
    expect(inputs).toBeGreaterThanOrEqual(100_000);
  });
});

describe('the fuzzer itself', () => {
  const bad: Target = {
    name: 'bad',
    seeds: [[{ way: 0, bytes: new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]) }]],
    ways: 1,
    budget: 250,
    run([step], seen) {
      const b = step?.bytes ?? new Uint8Array(0);
      if (b[0] === 0xff) seen.add('first');
      if (b[0] === 0xff && b[1] === 0x80) seen.add('second');
      if (b[0] === 0xff && b[1] === 0x80 && b[2] === 0xc3) throw new RangeError('three octets in a row');
    },
  };
  const run = (t: Target, n: number) =>
    fuzzTarget(t, { seed: 1, inputs: n, milliseconds: Number.POSITIVE_INFINITY, corpus: [], watch: guard });

  test('finds a fault behind three octets by keeping what came nearer, and tells how to see it again', async () => {
    const out = await run(bad, 60_000);
    expect(out.faults.map((f) => f.what.split('\n')[0])).toEqual(['RangeError: three octets in a row']);
    expect(() => bad.run(parseInput(out.faults[0]?.input ?? ''), { add: () => undefined } as never)).toThrow();
    const again = await run(bad, 60_000);
    expect(again.faults.map((f) => [f.at, f.input])).toEqual(out.faults.map((f) => [f.at, f.input]));
  });

  test('what takes too long is a fault', async () => {
    const busy = (): void => {
      const from = process.cpuUsage();
      for (let spent = 0; spent < 20_000; spent = process.cpuUsage(from).user);
    };
    const slow: Target = { ...bad, budget: 5, run: busy };
    expect((await run(slow, 1)).faults[0]?.what).toMatch(/took \d+ ms of 5/);
  });

  test('an input is printed and read the same, and damaged the same for the same seed', () => {
    const input = [
      { way: 1, bytes: new Uint8Array([0, 255, 16]) },
      { way: 0, bytes: new Uint8Array(0) },
    ];
    expect(parseInput(printInput(input))).toEqual(input);
    const some = (n: number) => {
      const r = randomOf(n);
      return Array.from({ length: 50 }, () => printInput(mutate(input, r, () => input, 2)));
    };
    expect(some(5)).toEqual(some(5));
    expect(some(5)).not.toEqual(some(6));
  });
});
