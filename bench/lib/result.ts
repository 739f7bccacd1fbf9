// How a benchmark ends: its table on standard output, table and figures in bench/results, what was missed said.

import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { short } from './figures.ts';

// Built, a benchmark lies in dist/bench.
export const root = fileURLToPath(new URL('../../', import.meta.url));
export const data = join(root, 'bench/data');
/** Another build is measured where the environment names one. */
export const cli = process.env.OTASCOPE_BENCH_CLI ?? join(root, 'dist/cli/otascope.js');

export const results = join(root, 'bench/results');

export const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Milliseconds of this process, user and system, and of the clock. */
export interface Took {
  readonly processor: number;
  readonly clock: number;
}

export async function took(what: () => unknown): Promise<Took> {
  const clock = performance.now();
  const processor = process.cpuUsage();
  await what();
  const { user, system } = process.cpuUsage(processor);
  return { processor: (user + system) / 1000, clock: performance.now() - clock };
}

export const machine = (): string =>
  `${cpus()[0]?.model.trim()}, ${cpus().length} cores (load ${short(loadavg()[0]!)}), ${short(totalmem() / 2 ** 30)} GiB, ` +
  `Node ${process.version}`;

/** Peak of this process so far, MiB. */
export const peak = (): number => process.resourceUsage().maxRSS / 1024;

/** The exit status. */
export function finish(name: string, text: string, figures: object, missed: readonly string[], check: boolean): number {
  const all = `${machine()}\n\n${text}\n`;
  process.stdout.write(all);
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, `${name}.md`), all);
  writeFileSync(
    join(results, `${name}.json`),
    `${JSON.stringify({ machine: machine(), ...figures, missed }, null, 1)}\n`,
  );
  for (const m of missed) say(`missed: ${m}`);
  return check && missed.length > 0 ? 1 : 0;
}
