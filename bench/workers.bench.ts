// npm run bench -- workers: settings for one phone each, interpreted by one thread, by two and by four.
//
//   --submits N  PDUs, three for each message (100000)    --rounds N  measurements of each, medians count (3)
//   --seed N     of the generator (1)                      --check     exit 1 when two workers are not 1.7 times one
//
// The report has to be the same, octet for octet.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { generateSmpp } from './heavy.ts';
import { type Measured, measure } from './lib/child.ts';
import { median, short, table } from './lib/figures.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const cli = join(root, 'dist/cli/otascope.js');
const data = join(root, 'bench/data');
const results = join(root, 'bench/results');

const { values: options } = parseArgs({
  options: {
    submits: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    check: { type: 'boolean', default: false },
  },
});

const WORKERS = [1, 2, 4] as const;
const TARGET = 1.7;

interface Run extends Measured {
  readonly report: string;
}

async function scan(file: string, pin: string, workers: number): Promise<Run> {
  const report = join(data, `settings-${workers}.txt`);
  const args = [cli, 'scan', file, '--no-color', '--pin', pin, '--workers', String(workers), '-o', report];
  const m = await measure(process.execPath, args, root);
  if (m.status !== 0) throw new Error(`${workers} workers ended with status ${m.status}: ${m.errors}`);
  return { ...m, report: createHash('sha256').update(readFileSync(report)).digest('hex') };
}

async function main(): Promise<number> {
  if (!existsSync(cli)) {
    process.stderr.write('dist/cli/otascope.js is not there: run `npm run setup` first\n');
    return 2;
  }
  mkdirSync(data, { recursive: true });
  mkdirSync(results, { recursive: true });
  const file = join(data, 'settings.pcap');
  const facts = generateSmpp(file, { submits: Number(options.submits), settings: 100, seed: Number(options.seed) });
  const runs = new Map<number, Run[]>(WORKERS.map((w) => [w, []]));
  // All of them once a round, so that a busy moment of the machine meets all of them.
  for (let round = 1; round <= Math.max(1, Number(options.rounds)); round += 1) {
    for (const w of WORKERS) runs.get(w)?.push(await scan(file, facts.pin, w));
  }
  const of = (w: number, pick: (m: Run) => number): number => median((runs.get(w) ?? []).map(pick));
  const seconds = (w: number): number => of(w, (m) => m.seconds);
  const text = `${facts.settings} messages in ${facts.submits} PDUs, ${short(facts.bytes / 1e6)} MB
${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.version}

${table(
  ['workers', 's', 'CPU s', 'peak MiB', 'times one'],
  WORKERS.map((w) => [
    String(w),
    short(seconds(w)),
    short(of(w, (m) => m.processor ?? Number.NaN)),
    short(of(w, (m) => m.peak ?? Number.NaN)),
    short(seconds(1) / seconds(w)),
  ]),
)}
`;
  process.stdout.write(text);
  writeFileSync(join(results, 'workers.md'), text);
  const reports = new Set([...runs.values()].flat().map((m) => m.report));
  if (reports.size > 1) process.stderr.write('missed: the reports differ\n');
  const ratio = seconds(1) / seconds(2);
  const slow = options.check === true && ratio < TARGET;
  if (slow) process.stderr.write(`missed: two workers are ${short(ratio)} times one, target ${TARGET}\n`);
  return reports.size > 1 || slow ? 1 : 0;
}

process.exitCode = await main();
