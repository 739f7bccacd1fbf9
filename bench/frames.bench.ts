// npm run bench -- frames: a capture opened again from what was kept of it, and pages from anywhere in its frame list.
//
//   --bytes N    size of the generated capture (1e9)      --rounds N   measurements of each, medians count (5)
//   --pushes N   provisioning pushes in it (100)          --pages N    pages asked for (200)
//   --check      exit 1 when a target is missed: 200 ms to open again, 50 ms a page

import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createSession, type Session } from '../analysis/engine/session.ts';
import { isFileAt } from '../cli/host/cache/identity.ts';
import { fileReplays } from '../cli/host/cache/replays.ts';
import { openFile } from '../cli/host/file-source.ts';
import { generateMixed } from './generate.ts';
import { installed, type Measured, measure } from './lib/child.ts';
import { median, short, table } from './lib/figures.ts';
import { toPcapng } from './lib/pcapng.ts';
import { cli, data, finish, peak, root, say, type Took, took } from './lib/result.ts';

const { values: options } = parseArgs({
  options: {
    bytes: { type: 'string', default: '1e9' },
    pushes: { type: 'string', default: '100' },
    rounds: { type: 'string', default: '5' },
    pages: { type: 'string', default: '200' },
    check: { type: 'boolean', default: false },
  },
});
const rounds = Math.max(1, Number(options.rounds));

/** Milliseconds. */
const TARGET = { open: 200, page: 50 } as const;
const ROWS = 50;

const of = (runs: readonly Measured[], pick: (m: Measured) => number | null): number =>
  median(runs.map(pick).filter((v) => v !== null));

/** Whole processes, each once a round, so that a busy moment meets all of them. */
async function processes(file: string, folder: string): Promise<{ text: string; figures: object; same: boolean }> {
  const scan = [cli, 'scan', file, '--no-color'];
  const cached = { XDG_CACHE_HOME: folder, LOCALAPPDATA: folder, HOME: folder };
  const others: [string, string, readonly string[]][] = [
    ['capinfos -c', 'capinfos', ['-c', file]],
    ['cat', 'cat', [file]],
  ];
  const all: Record<string, Measured[]> = {};
  const add = (name: string, m: Measured): void => {
    if (m.status !== 0) throw new Error(`${name} ended with status ${m.status}: ${m.errors}`);
    all[name] = [...(all[name] ?? []), m];
    say(`${name}: ${short(m.seconds)} s`);
  };
  for (let r = 0; r < rounds; r += 1) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    add('otascope --version', await measure(process.execPath, [cli, '--version'], root));
    add('scan --no-cache', await measure(process.execPath, [...scan, '--no-cache'], root));
    add('scan, first time', await measure(process.execPath, scan, root, cached));
    add('scan, again', await measure(process.execPath, scan, root, cached));
    for (const [name, program, args] of others) {
      if (installed(program)) add(name, await measure(program, args, root));
    }
  }
  const whole = of(all['scan --no-cache']!, (m) => m.processor);
  const rows = Object.entries(all).map(([name, runs]) => [
    name,
    short(of(runs, (m) => m.seconds)),
    short(of(runs, (m) => m.processor)),
    short(of(runs, (m) => m.peak)),
    short(whole / of(runs, (m) => m.processor)),
  ]);
  const outputs = new Set(
    Object.entries(all).flatMap(([name, runs]) => (name.startsWith('scan') ? runs.map((m) => m.output) : [])),
  );
  const figures = Object.fromEntries(
    Object.entries(all).map(([name, runs]) => [name, runs.map((m) => ({ ...m, output: '', errors: '' }))]),
  );
  const head = ['whole processes', 's', 'CPU s', 'peak MiB', 'times reading it all, CPU'];
  return { text: table(head, rows), figures, same: outputs.size === 1 };
}

async function opened(file: string, folder: string): Promise<{ session: Session; time: Took; close(): Promise<void> }> {
  const replays = fileReplays({ folder });
  const session = createSession({ open: () => Promise.reject(new Error()), samples: async () => [] }, { replays });
  const source = isFileAt(await openFile(file), file);
  const time = await took(() => session.openSources([source]));
  return { session, time, close: () => source.close() };
}

interface Pages {
  readonly name: string;
  readonly times: readonly Took[];
}

async function pagesOf(name: string, session: Session): Promise<Pages[]> {
  const { inputs, t1 } = await session.request({ op: 'status' });
  const { frames } = inputs[0]!;
  let state = 7;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const byNumber: Took[] = [];
  const byTime: Took[] = [];
  for (let n = 0; n < Number(options.pages); n += 1) {
    const from = Math.floor(random() * (frames - ROWS));
    byNumber.push(
      await took(async () => {
        const { rows } = await session.request({ op: 'frames', input: 0, from, count: ROWS });
        if (rows[0]?.number !== from + 1 || rows.length !== ROWS) throw new Error(`frame ${from + 1} is not there`);
      }),
    );
    const time = random() * t1;
    byTime.push(await took(() => session.request({ op: 'framePlace', input: 0, time })));
  }
  return [
    { name: `${name}, a page of ${ROWS} from any frame on`, times: byNumber },
    { name: `${name}, the frame at any time`, times: byTime },
  ];
}

async function main(): Promise<number> {
  if (!existsSync(cli)) {
    say('dist/cli/otascope.js is not there: run `npm run setup` first');
    return 2;
  }
  mkdirSync(data, { recursive: true });
  const pcap = join(data, 'frames.pcap');
  const pcapng = join(data, 'frames.pcapng');
  const bytes = Number(options.bytes);
  const facts = generateMixed(pcap, { bytes, pushes: Number(options.pushes), seed: 1 });
  toPcapng(pcap, pcapng);
  const folder = mkdtempSync(join(tmpdir(), 'otascope-bench-'));
  try {
    const whole = await processes(pcap, join(folder, 'processes'));
    const first = await opened(pcap, join(folder, 'own'));
    const again: Took[] = [];
    const pages: Pages[] = [];
    for (let r = 0; r < rounds; r += 1) {
      const one = await opened(pcap, join(folder, 'own'));
      again.push(one.time);
      if (r === 0) pages.push(...(await pagesOf('pcap', one.session)));
      await one.close();
    }
    await first.close();
    const other = await opened(pcapng, join(folder, 'own'));
    pages.push(...(await pagesOf('pcapng', other.session)));
    await other.close();
    const openTime = median(again.map((t) => t.processor));
    const p95 = (times: readonly number[]): number =>
      [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;
    const engine = table(
      ['engine of a running program', 'CPU ms', 'by the clock', 'p95', 'times reading it all, CPU'],
      [
        ['all read', short(first.time.processor), short(first.time.clock), '-', '1'],
        [
          'again',
          short(openTime),
          short(median(again.map((t) => t.clock))),
          short(p95(again.map((t) => t.processor))),
          short(first.time.processor / openTime),
        ],
        ...pages.map(({ name, times }) => [
          name,
          short(median(times.map((t) => t.processor))),
          short(median(times.map((t) => t.clock))),
          short(p95(times.map((t) => t.processor))),
          '-',
        ]),
      ],
    );
    const missed = [
      ...(whole.same ? [] : ['the report is another one with the cache']),
      ...(openTime > TARGET.open ? [`opened again in ${short(openTime)} ms, target ${TARGET.open}`] : []),
      ...pages
        .map(({ name, times }) => ({ name, ms: p95(times.map((t) => t.processor)) }))
        .filter(({ ms }) => ms > TARGET.page)
        .map(({ name, ms }) => `${name}: ${short(ms)} ms, target ${TARGET.page}`),
    ];
    const about = `${facts.frames} frames, ${short(statSync(pcap).size / 1e6)} MB, ${options.pushes} pushes`;
    const text = `${about}\n\n${whole.text}\n\n${engine}\n\nthe same report: ${whole.same ? 'yes' : 'no'}; peak ${short(peak())} MiB`;
    return finish(
      'frames',
      text,
      { facts, processes: whole.figures, first: first.time, again, pages },
      missed,
      options.check,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

process.exitCode = await main();
