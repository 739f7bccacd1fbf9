// npm run fuzz -- --minutes N: see docs/robustness.md.
//
//   --minutes N  for all targets together (1)    --only NAME  one target, or several with commas
//   --seed S     repeats a run                   --inputs N   at most so many a target
//   --save       adds what was new to the corpus; of the samples only: others' captures are not ours to keep
//               --samples    without the shared captures
//               --plain      branches are not counted: twice as many inputs
//   --repeat FILE  reads a reproducer: lines 'NAME WAY:HEX ...'

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { addToCorpus, readCorpus } from './corpus.ts';
import { decoderTargets } from './decoders.ts';
import { harvest } from './harvest.ts';
import { parseInput } from './input.ts';
import { type Fault, fuzzTarget } from './loop.ts';
import { Seen, type Target } from './target.ts';
import { watch } from './watch.ts';
import { wholeTargets } from './whole.ts';

const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string' },
    only: { type: 'string' },
    inputs: { type: 'string' },
    save: { type: 'boolean', default: false },
    samples: { type: 'boolean', default: false },
    plain: { type: 'boolean', default: false },
    repeat: { type: 'string' },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function repeat(targets: readonly Target[], file: string): Promise<void> {
  for (const line of readFileSync(file, 'utf8')
    .split('\n')
    .filter((l) => l !== '')) {
    const space = line.indexOf(' ');
    const target = targets.find((t) => t.name === line.slice(0, space));
    if (target === undefined) throw new Error(`no target is called ${line.slice(0, space)}`);
    const from = performance.now();
    const seen = new Seen();
    await target.run(parseInput(line.slice(space + 1)), seen);
    say(`${target.name}: ${Math.round(performance.now() - from)} ms, ${[...seen.names].join(', ')}`);
  }
}

const grown = await harvest(!options.samples && !options.save);
const all = [...decoderTargets(grown), ...wholeTargets(grown)];
const wanted = options.only?.split(',');
const targets = all.filter((t) => wanted?.includes(t.name) ?? true);
if (targets.length === 0) {
  say(`no target is called that; there are ${all.map((t) => t.name).join(', ')}`);
  process.exit(2);
}
if (options.repeat !== undefined) {
  await repeat(all, options.repeat);
  process.exit(0);
}
const seed = options.seed === undefined ? Date.now() % 0x7fff_ffff : Number(options.seed);
say(
  `fuzz: seed ${seed} (--seed ${seed} repeats it), ${targets.length} targets, ${grown.files.length} files to begin with`,
);
const folder = join(tmpdir(), 'otascope-fuzz');
mkdirSync(folder, { recursive: true });
const guard = watch(30, join(folder, 'hang.txt'));
const faults: Fault[] = [];
let inputs = 0;
const milliseconds = (Number(options.minutes) * 60_000) / targets.length;
for (const t of targets) {
  const corpus = readCorpus(t.name);
  const most = options.inputs === undefined ? Number.POSITIVE_INFINITY : Number(options.inputs);
  const out = await fuzzTarget(t, { seed, inputs: most, milliseconds, corpus, watch: guard });
  inputs += out.inputs;
  const rate = Math.round((1000 * out.inputs) / Math.max(1, out.worked));
  const added = options.save ? `, ${addToCorpus(t.name, out.kept)} added to the corpus` : '';
  say(
    `${t.name.padEnd(18)} ${String(out.inputs).padStart(8)} inputs ${String(rate).padStart(6)}/s of processor time  ` +
      `${String(out.behaviours).padStart(4)} behaviours ${String(out.branches).padStart(5)} branches (${out.kept.length} new inputs${added})  slowest ${out.slowest.toFixed(1)} ms`,
  );
  for (const f of out.faults) {
    faults.push(f);
    const file = join(folder, `${t.name}-${faults.length}.txt`);
    writeFileSync(file, `${f.target} ${f.input}\n`);
    say(
      `  FAULT at input ${f.at}: ${f.what.split('\n').slice(0, 6).join('\n    ')}\n  reproducer: npm run fuzz -- --repeat ${file}`,
    );
  }
}
await guard.end();
say(`${inputs} inputs, seed ${seed}, ${faults.length} faults`);
process.exit(faults.length > 0 ? 1 : 0);
