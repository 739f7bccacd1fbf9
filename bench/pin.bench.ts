// npm run bench -- pin: guesses of a PIN a second, against other HMACs in the same run.
//
//   --seconds N  for each figure (2)      --rounds N   measurements of each, medians count (3)
//   --check      exit 1 when the target is missed: 400,000 guesses a second a core over 300 octets

import { createHmac } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { createGuesser, digitsOf, type GuessTask } from '../analysis/verify/guess/guesser.ts';
import { startSearch } from '../analysis/verify/guess/search.ts';
import { macOf } from '../analysis/verify/mac.ts';
import { guessHost } from '../cli/host/guess-host.ts';
import { median, short, table } from './lib/figures.ts';

const results = fileURLToPath(new URL('../../bench/results', import.meta.url));

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '3' },
    check: { type: 'boolean', default: false },
  },
});

const TARGET = 400_000;
/** Octets of a document with one access point, of usual settings, of those of a whole handset. */
const BODIES = [100, 300, 1000] as const;
const USUAL = 300;

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

const body = (octets: number): Uint8Array => Uint8Array.from({ length: octets }, (_, i) => (i * 37 + 11) & 0xff);

/** No number gives this MAC, so that all of them are tried. */
const taskOf = (octets: number): GuessTask => ({
  prefix: new Uint8Array(0),
  body: body(octets),
  target: { mac: macOf(new TextEncoder().encode('no number'), body(octets)) },
});

interface Way {
  readonly name: string;
  /** Guesses a second over a body of so many octets, for so many seconds. */
  readonly rate: (octets: number, seconds: number) => number | Promise<number>;
}

/** Processor seconds of this process, all threads. */
const processor = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/**
 * `tries` a number of PINs from one on, and is called until the time is over. Guesses a processor second: a machine with
 * other work to do takes time from the clock, not from this.
 */
function timed(seconds: number, step: number, tries: (from: number) => void): number {
  const began = processor();
  let from = 0;
  let elapsed = 0;
  while (elapsed < seconds) {
    tries(from);
    from += step;
    elapsed = processor() - began;
  }
  return from / elapsed;
}

function guessing(vectors: boolean): Way['rate'] {
  return (octets, seconds) => {
    const guesser = createGuesser(taskOf(octets), vectors);
    const tries = (from: number) => guesser.find({ length: 8, from, count: 10_000 });
    timed(0.3, 10_000, tries);
    return timed(seconds, 10_000, tries);
  };
}

/** One key after another with somebody else's HMAC. */
function others(one: (pin: string, body: Uint8Array) => Uint8Array): Way['rate'] {
  return (octets, seconds) => {
    const text = body(octets);
    const tries = (from: number) => {
      for (let i = 0; i < 1000; i += 1) if (one(digitsOf(from + i, 8), text)[0] === 256) say('never');
    };
    timed(0.3, 1000, tries);
    return timed(seconds, 1000, tries);
  };
}

/** As the program searches: on threads of their own, each as fast as its core. */
async function onThreads(octets: number, seconds: number): Promise<number> {
  const host = guessHost();
  const plan = {
    tasks: [taskOf(octets)],
    lengths: { from: 8, to: 8 },
    likely: { told: [], msisdn: null, imsis: [], year: null },
  };
  const search = startSearch(plan, host, host.cores);
  const pause = (s: number) => new Promise((done) => setTimeout(done, 1000 * s));
  // Threads take their time to start, and their code to be compiled.
  while (search.progress().tried < 500_000) await pause(0.05);
  const [from, began] = [search.progress().tried, processor()];
  while (processor() - began < seconds * host.cores) await pause(0.05);
  const rate = (search.progress().tried - from) / (processor() - began);
  search.stop();
  return rate;
}

const encoder = new TextEncoder();
const WAYS: readonly Way[] = [
  { name: 'otascope, vectors, 1 core', rate: guessing(true) },
  { name: 'otascope, plain code, 1 core', rate: guessing(false) },
  { name: 'otascope, a thread a core, each', rate: onThreads },
  { name: '@noble/hashes hmac, 1 core', rate: others((pin, text) => hmac(sha1, encoder.encode(pin), text)) },
  {
    name: 'node:crypto createHmac, 1 core',
    rate: others((pin, text) => createHmac('sha1', pin).update(text).digest()),
  },
];

interface Row {
  readonly name: string;
  readonly octets: number;
  readonly rate: number;
  readonly rounds: readonly number[];
}

/** All ways once a round, so that a busy moment of the machine meets all of them. */
async function run(rounds: number, seconds: number): Promise<Row[]> {
  const measured = new Map<string, number[]>();
  for (let round = 1; round <= rounds; round += 1) {
    for (const octets of BODIES) {
      for (const way of WAYS) {
        const rate = await way.rate(octets, seconds);
        const key = `${way.name}|${octets}`;
        measured.set(key, [...(measured.get(key) ?? []), rate]);
        say(`round ${round}: ${way.name}, ${octets} octets: ${Math.round(rate / 1000)} thousand a second`);
      }
    }
  }
  return [...measured].map(([key, all]) => {
    const [name = '', octets] = key.split('|');
    return { name, octets: Number(octets), rate: median(all), rounds: all.map(Math.round) };
  });
}

function report(rows: readonly Row[]): string {
  const rate = (name: string, octets: number) =>
    rows.find((r) => r.name === name && r.octets === octets)?.rate ?? Number.NaN;
  const head = ['thousand guesses a second', ...BODIES.map((b) => `${b} octets`), 'times noble', 'times node:crypto'];
  return table(
    head,
    WAYS.map(({ name }) => [
      name,
      ...BODIES.map((b) => short(rate(name, b) / 1000)),
      short(rate(name, USUAL) / rate(WAYS[3]!.name, USUAL)),
      short(rate(name, USUAL) / rate(WAYS[4]!.name, USUAL)),
    ]),
  );
}

async function main(): Promise<number> {
  const rows = await run(Math.max(1, Number(options.rounds)), Number(options.seconds));
  const machine = `${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.version}`;
  const about = `Guesses of USERPIN: HMAC-SHA1 with another key each; a processor second; ratios over ${USUAL} octets`;
  const text = `${about}\n${machine}\n\n${report(rows)}\n`;
  process.stdout.write(text);
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, 'pin.md'), text);
  writeFileSync(join(results, 'pin.json'), `${JSON.stringify({ machine, rows }, null, 1)}\n`);
  const usual = rows.find((r) => r.name === WAYS[0]!.name && r.octets === USUAL);
  const missed = usual === undefined || usual.rate < TARGET;
  if (missed) say(`missed: ${Math.round(usual?.rate ?? 0)} guesses a second a core, target ${TARGET}`);
  return options.check === true && missed ? 1 : 0;
}

process.exitCode = await main();
