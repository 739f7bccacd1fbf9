// Does reading cost the same for each octet, however many there are? Captures of one, two and four times the size.

import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { measure } from './lib/child.ts';
import { median, short, table } from './lib/figures.ts';
import { cli, data, root, say } from './lib/result.ts';
import type { Made, Mix, MixSize } from './mixes.ts';

const TIMES = [1, 2, 4] as const;
/** What the second and third gigabyte may cost more or less than one another. */
const TOLERANCE = 0.1;

interface Row {
  readonly made: Made;
  readonly gigabytes: number;
  readonly seconds: number;
  readonly processor: number;
  readonly peak: number;
}

export interface Linear {
  readonly rows: readonly Row[];
  readonly text: string;
  readonly missed: readonly string[];
}

/** All sizes once a round; the captures go when they were measured. `most`: MiB that the largest may take. */
export async function linear(mix: Mix, size: MixSize, rounds: number, most: number): Promise<Linear> {
  const captures = TIMES.map((times) => {
    say(`writing ${mix.title}, ${times} time${times === 1 ? '' : 's'}`);
    const path = join(data, `${mix.file}-${times}.pcap`);
    const { bytes, pushes, messages, seed } = size;
    const scaled = { bytes: times * bytes, pushes: times * pushes, messages: messages && times * messages, seed };
    return { path, made: mix.write(path, scaled) };
  });
  const runs = captures.map(() => [] as Awaited<ReturnType<typeof measure>>[]);
  const missed: string[] = [];
  for (let round = 1; round <= rounds; round++) {
    for (const [i, { path, made }] of captures.entries()) {
      const m = await measure(process.execPath, [cli, 'scan', path, '--no-color', '--pin', made.pin], root);
      if (m.status !== 0) throw new Error(`otascope ended with status ${m.status}: ${m.errors}`);
      const found = messagesIn(m.end);
      if (found !== made.pushes) missed.push(`otascope found ${found} of ${made.pushes} pushes`);
      runs[i]!.push(m);
      say(`round ${round}: ${TIMES[i]} of the size, ${short(m.seconds)} s`);
    }
  }
  const rows = captures.map(({ path, made }, i) => {
    const of = (pick: (m: (typeof runs)[number][number]) => number | null) =>
      median(runs[i]!.map((m) => pick(m) ?? Number.NaN));
    const gigabytes = statSync(path).size / 1e9;
    rmSync(path);
    return {
      made,
      gigabytes,
      seconds: of((m) => m.seconds),
      processor: of((m) => m.processor),
      peak: of((m) => m.peak),
    };
  });
  const [first, second] = [perGigabyte(rows, 1, (r) => r.seconds), perGigabyte(rows, 2, (r) => r.seconds)];
  if (Math.abs(second / first - 1) > TOLERANCE) {
    missed.push(`the first extra GB takes ${short(first)} s, those behind it ${short(second)} s each: not within 10 %`);
  }
  const { peak } = rows.at(-1)!;
  if (peak > most) missed.push(`peak memory ${short(peak)} MiB, target ${most}`);
  return { rows, text: tableOf(rows), missed };
}

/** What each GB more than in the row before costs. */
const perGigabyte = (rows: readonly Row[], i: number, of: (r: Row) => number): number =>
  (of(rows[i]!) - of(rows[i - 1]!)) / (rows[i]!.gigabytes - rows[i - 1]!.gigabytes);

/** The last line of a report says how many messages there are. */
export const messagesIn = (end: string): number =>
  Number(/^(\d+) messages?[,;]/.exec(end.trimEnd().split('\n').at(-1) ?? '')?.[1] ?? 0);

const HEAD = ['', 's', 'CPU s', 'peak MiB', 's an extra GB', 'CPU s an extra GB'];

const tableOf = (rows: readonly Row[]): string =>
  table(
    HEAD,
    rows.map((r, i) => [
      `${short(r.gigabytes)} GB, ${r.made.pushes} pushes`,
      short(r.seconds),
      short(r.processor),
      short(r.peak),
      i === 0 ? '-' : short(perGigabyte(rows, i, (x) => x.seconds)),
      i === 0 ? '-' : short(perGigabyte(rows, i, (x) => x.processor)),
    ]),
  );
