// npm run bench -- open: how soon a page of a large capture has something to paint, and the first thing that failed, beside
// the time tshark takes to its first message.
//
//   --bytes N    size of the generated capture (1e9)      --rounds N   measurements of each, medians count (5)
//   --pushes N   provisioning pushes in it (1000)         --check      exit 1 when a target is missed: 1 s to first lanes

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { EngineRequest, Reply } from '../analysis/engine/contract.ts';
import { hostEngine } from '../cli/host/engine.ts';
import { generateMixed } from './generate.ts';
import { installed, measure } from './lib/child.ts';
import { median, short, table } from './lib/figures.ts';
import { data, finish, peak, root, say } from './lib/result.ts';

const { values: options } = parseArgs({
  options: {
    bytes: { type: 'string', default: '1e9' },
    pushes: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '5' },
    check: { type: 'boolean', default: false },
  },
});
const rounds = Math.max(1, Number(options.rounds));

/** Milliseconds by the clock. */
const TARGET = 1000;

// What was read before is read again.
process.env.OTASCOPE_NO_CACHE = '1';

interface Opened {
  /** Milliseconds from the request until there are lanes, a message that is not well, everything. */
  readonly lanes: number;
  readonly failure: number;
  readonly all: number;
  /** Of the processor, until everything was read. */
  readonly processor: number;
}

async function once(path: string): Promise<Opened> {
  const engine = hostEngine();
  const ask = <R extends EngineRequest>(r: R): Promise<Reply<R>> => engine.request(r);
  const from = performance.now();
  const used = process.cpuUsage();
  const since = (): number => performance.now() - from;
  let { version, phase, messages, t0, t1 } = await ask({ op: 'open', inputs: [{ path }] });
  let [lanes, failure] = [Number.NaN, Number.NaN];
  for (;;) {
    if (Number.isNaN(lanes) && messages > 0) {
      const { total } = await ask({ op: 'window', t0, t1, px: 1200, laneFrom: 0, laneCount: 16 });
      if (total > 0) lanes = since();
    }
    if (Number.isNaN(failure) && messages > 0) {
      const { index } = await ask({ op: 'find', what: 'finding', from: -1, step: 1 });
      if (index !== null) failure = since();
    }
    if (phase === 'ready') break;
    ({ version, phase, messages, t0, t1 } = await ask({ op: 'status', after: version }));
  }
  const all = since();
  const { user, system } = process.cpuUsage(used);
  await ask({ op: 'close' });
  return { lanes, failure, all, processor: (user + system) / 1000 };
}

async function main(): Promise<number> {
  mkdirSync(data, { recursive: true });
  const path = join(data, 'open.pcap');
  const facts = generateMixed(path, { bytes: Number(options.bytes), pushes: Number(options.pushes), seed: 1 });
  const runs: Opened[] = [];
  const peer: number[] = [];
  for (let r = 0; r < rounds; r += 1) {
    runs.push(await once(path));
    if (installed('tshark')) {
      const m = await measure('tshark', ['-r', path, '-Y', 'wbxml', '-c', '50000'], root);
      peer.push(m.seconds * 1000);
    }
    say(`round ${r + 1}: lanes after ${short(runs.at(-1)!.lanes)} ms`);
  }
  const of = (pick: (o: Opened) => number): number => median(runs.map(pick));
  const tshark = peer.length === 0 ? null : median(peer);
  const row = (name: string, ms: number): string[] => [name, short(ms), tshark === null ? '-' : short(tshark / ms)];
  const text = [
    table(
      [`${facts.frames} frames, ${short(facts.bytes / 1e6)} MB, by the clock`, 'ms', 'times tshark'],
      [
        row(
          'first lanes',
          of((o) => o.lanes),
        ),
        row(
          'first message with a finding',
          of((o) => o.failure),
        ),
        row(
          'everything',
          of((o) => o.all),
        ),
      ],
    ),
    tshark === null
      ? 'tshark is not installed: no ratio'
      : `tshark -Y wbxml takes ${short(tshark)} ms for the first 50,000 frames, which hold its first messages`,
    `processor until everything was read: ${short(of((o) => o.processor))} ms; peak ${short(peak())} MiB`,
  ].join('\n\n');
  const lanes = of((o) => o.lanes);
  const missed = lanes > TARGET ? [`first lanes after ${short(lanes)} ms, target ${TARGET}`] : [];
  return finish('open', text, { facts, runs, tshark: peer }, missed, options.check);
}

process.exitCode = await main();
