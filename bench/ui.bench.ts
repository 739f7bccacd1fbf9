// npm run bench -- ui: the page over a million events, and opening a gigabyte in it, by Chromium's own trace.
//
//   --events N   marks on the timeline (1e6)         --lanes N    lanes they are in (400)
//   --file F     opened for first paint (bench/data/mixed.pcap; written first when it is not there)
//   --page DIR   the built page (dist/ui)            --check      exit 1 when a target is missed

import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Browser, CDPSession, Page } from 'playwright-core';
import type { Engine } from '../analysis/engine/contract.ts';
import { density } from '../analysis/engine/density.ts';
import { hostEngine } from '../cli/host/engine.ts';
import { startServer } from '../cli/server/server.ts';
import { launchBrowser } from '../test/browser.ts';
import { generateMixed } from './generate.ts';
import { median, short, table } from './lib/figures.ts';
import { millionEngine } from './ui/engine.ts';
import { million } from './ui/million.ts';
import { gestures, opening } from './ui/page.ts';
import type { Frames } from './ui/trace.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { values: options } = parseArgs({
  options: {
    events: { type: 'string', default: '1e6' },
    lanes: { type: 'string', default: '400' },
    file: { type: 'string', default: join(root, 'bench/data/mixed.pcap') },
    page: { type: 'string', default: join(root, 'dist/ui') },
    check: { type: 'boolean', default: false },
  },
});

// What was read before is read again.
process.env.OTASCOPE_NO_CACHE = '1';

/** Milliseconds. */
const TARGET = { frame: 16, hover: 4, firstPaint: 1000, window: 5 } as const;

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

interface Figure {
  readonly name: string;
  readonly n: number;
  readonly median: number;
  readonly p95: number;
  readonly worst: number;
  readonly target: number | null;
}

function figure(name: string, values: readonly number[], target: number | null): Figure {
  const sorted = [...values].sort((a, b) => a - b);
  const p95 = sorted[Math.max(0, Math.ceil(sorted.length * 0.95) - 1)] ?? Number.NaN;
  return { name, n: sorted.length, median: median(sorted), p95, worst: sorted.at(-1) ?? Number.NaN, target };
}

const both = (name: string, f: Frames, target: number | null): Figure[] => [
  figure(`${name}, processor`, f.processor, target),
  figure(`${name}, by the clock`, f.wall, null),
];

interface Opened {
  readonly page: Page;
  readonly cdp: CDPSession;
  close(): Promise<void>;
}

async function openPage(browser: Browser, engine: Engine): Promise<Opened> {
  const server = await startServer({ engine, page: options.page });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.on('pageerror', (e) => say(`the page says: ${e.message}`));
  await page.goto(server.url);
  const cdp = await context.newCDPSession(page);
  return {
    page,
    cdp,
    async close() {
      await context.close();
      await server.close();
    },
  };
}

async function overMillion(browser: Browser): Promise<Figure[]> {
  const events = Number(options.events);
  say(`${events} events in ${options.lanes} lanes`);
  const m = million(events, Number(options.lanes));
  const engine = millionEngine(m);
  const opened = await openPage(browser, engine);
  try {
    await opened.page.locator('.label-name').first().waitFor({ timeout: 60_000 });
    const g = await gestures(opened.page, opened.cdp);
    const strip: number[] = [];
    for (let i = 0; i < 20; i += 1) {
      const from = process.cpuUsage();
      density(m.marks, { t0: 0, t1: m.t1, columns: 480 });
      const { user, system } = process.cpuUsage(from);
      strip.push((user + system) / 1000);
    }
    const windows = engine.windows.slice(1);
    return [
      ...both('pan over marks, work a frame', g.pan, TARGET.frame),
      ...both('pan over cells, work a frame', g.panCells, TARGET.frame),
      ...both('zoom, work a frame', g.zoom, TARGET.frame),
      ...both('scroll, work a frame', g.scroll, TARGET.frame),
      ...both('hover, handler', g.hover, TARGET.hover),
      ...both('hover, work a frame', g.hoverFrames, null),
      figure('engine, a window of 16 lanes, processor', windows, TARGET.window),
      figure('engine, lanes and pyramid of all marks, processor', engine.made, null),
      figure('engine, strip of 480 columns, processor', strip, null),
    ];
  } finally {
    await opened.close();
  }
}

async function overGigabyte(browser: Browser): Promise<Figure[]> {
  const { file } = options;
  if (!existsSync(file)) {
    say('writing 1 GB of mixed traffic to bench/data');
    mkdirSync(join(root, 'bench/data'), { recursive: true });
    generateMixed(file, { bytes: 1e9, pushes: 1000, seed: 1 });
  }
  say(`opening ${short(statSync(file).size / 1e6)} MB in the page`);
  const opened = await openPage(browser, hostEngine());
  try {
    await opened.page.locator('.sample').first().waitFor({ timeout: 30_000 });
    const o = await opening(opened.page, opened.cdp, file);
    return [
      figure('open 1 GB, first lanes painted', [o.firstPaint], TARGET.firstPaint),
      figure('open 1 GB, all read', [o.all], null),
      ...both('while reading, work a frame', o.frames, TARGET.frame),
      figure('while reading, next finding by key', o.answers, null),
    ];
  } finally {
    await opened.close();
  }
}

async function main(): Promise<number> {
  const results = join(root, 'bench/results');
  mkdirSync(results, { recursive: true });
  const browser = await launchBrowser();
  const load = loadavg()[0] ?? 0;
  let figures: Figure[];
  try {
    figures = [...(await overMillion(browser)), ...(await overGigabyte(browser))];
  } finally {
    await browser.close();
  }
  const machine = `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${short(totalmem() / 2 ** 30)} GiB, Node ${process.version}, Chromium ${browser.version()}, load ${short(load)}`;
  const rows = figures.map((f) => [
    f.name,
    String(f.n),
    short(f.median),
    short(f.p95),
    short(f.worst),
    f.target === null ? '' : String(f.target),
  ]);
  const text = `${machine}\n\n${table(['ms', 'n', 'median', 'p95', 'worst', 'target'], rows)}\n`;
  process.stdout.write(text);
  writeFileSync(join(results, 'ui.md'), text);
  writeFileSync(join(results, 'ui.json'), `${JSON.stringify({ machine, figures }, null, 1)}\n`);
  const missed = figures.filter((f) => f.target !== null && !(f.p95 <= f.target));
  for (const f of missed) say(`missed: ${f.name} ${short(f.p95)} ms, target ${f.target}`);
  return options.check === true && missed.length > 0 ? 1 : 0;
}

process.exitCode = await main();
