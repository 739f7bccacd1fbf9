// 200,000 damaged inputs through everything there is: frames to judged messages, reports and sessions.

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCorpus } from './corpus.ts';
import { harvest } from './harvest.ts';
import { fuzzTarget } from './loop.ts';
import { watch } from './watch.ts';
import { wholeTargets } from './whole.ts';

const seed = Number(process.env.FUZZ_SEED ?? 20261123);
const INPUTS = 200_000;

test(`${INPUTS} damaged inputs through the whole pipeline`, { timeout: 1_800_000 }, async () => {
  const guard = watch(120, join(mkdtempSync(join(tmpdir(), 'otascope-fuzz-')), 'hang.txt'));
  const target = wholeTargets(await harvest(false)).find((t) => t.name === 'pipeline')!;
  const corpus = readCorpus('pipeline');
  const milliseconds = Number.POSITIVE_INFINITY;
  const out = await fuzzTarget(target, { seed, inputs: INPUTS, milliseconds, corpus, watch: guard, faults: 3 });
  await guard.end();
  console.log(`fuzz: seed ${seed}, ${out.inputs} inputs, ${Math.round(out.worked / 1000)} s of processor time`);
  const told = out.faults.map((f) => `seed ${seed}, input ${f.at}: ${f.what}\nreproducer: ${f.target} ${f.input}`);
  expect(told.join('\n\n')).toBe('');
  expect(out.inputs).toBeGreaterThanOrEqual(INPUTS);
});
