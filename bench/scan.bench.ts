// npm run bench -- scan: the whole program on a large capture, against what else reads captures, in the same run.
//
//   --bytes N    size of the generated capture (1e9)      --rounds N   measurements of each, medians count (3)
//   --pushes N   provisioning pushes in it (1000)         --seed N     of the generator (1)
//   --check      exit 1 when the target is missed: 10 times tshark, under 300 MB

import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { generateMixed } from './generate.ts';
import { installed, type Measured, measure, versionOf } from './lib/child.ts';
import { median, short, table } from './lib/figures.ts';
import { toPcapng } from './lib/pcapng.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const cli = join(root, 'dist/cli/otascope.js');
const data = join(root, 'bench/data');
const results = join(root, 'bench/results');

const { values: options } = parseArgs({
  options: {
    bytes: { type: 'string', default: '1e9' },
    pushes: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    check: { type: 'boolean', default: false },
  },
});

const TARGET_RATIO = 10;
const TARGET_PEAK = 300;

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

interface Peer {
  readonly name: string;
  readonly program: string;
  readonly args: (file: string) => readonly string[];
  /** Which of the two files. */
  readonly file: 'pcap' | 'pcapng';
  /** Pushes it found, where it looks for them. */
  readonly found: ((output: string) => number) | null;
}

const PARSER = `
  import { createReadStream } from 'node:fs';
  import Parser from 'pcap-ng-parser';
  let packets = 0;
  const parser = createReadStream(process.argv[1]).pipe(new Parser());
  parser.on('data', () => packets++).on('end', () => console.log(packets));
`;

const lines = (output: string): number => output.split('\n').filter((l) => l.trim() !== '').length;
const messages = (output: string): number => Number(/(\d+) messages?,/.exec(output)?.[1] ?? 0);

function peersFor(pin: string): readonly Peer[] {
  const otascope = (name: string, file: Peer['file']): Peer => ({
    name,
    program: process.execPath,
    args: (f) => [cli, 'scan', f, '--no-color', '--pin', pin],
    file,
    found: messages,
  });
  const other = (name: string, args: Peer['args'], found: Peer['found'] = null): Peer => ({
    name,
    program: name.split(' ')[0] ?? name,
    args,
    file: 'pcap',
    found,
  });
  const parser = (f: string) => ['--input-type=module', '-e', PARSER, f];
  return [
    otascope('otascope scan', 'pcap'),
    other('tshark -Y wbxml', (f) => ['-r', f, '-Y', 'wbxml'], lines),
    other('capinfos -c', (f) => ['-c', f]),
    other('tcpdump -w /dev/null', (f) => ['-r', f, '-w', '/dev/null']),
    otascope('otascope scan (pcapng)', 'pcapng'),
    { name: 'pcap-ng-parser, packets only', program: process.execPath, args: parser, file: 'pcapng', found: null },
  ];
}

interface Row {
  readonly name: string;
  readonly seconds: number;
  readonly rate: number;
  readonly processor: number;
  readonly peak: number;
  readonly found: number | null;
  readonly rounds: readonly Measured[];
}

function summarise(peer: Peer, bytes: number, rounds: readonly Measured[]): Row {
  const of = (pick: (m: Measured) => number | null) => median(rounds.map(pick).filter((v) => v !== null));
  const seconds = of((m) => m.seconds);
  return {
    name: peer.name,
    seconds,
    rate: bytes / 1e6 / seconds,
    processor: of((m) => m.processor),
    peak: of((m) => m.peak),
    found: peer.found === null ? null : peer.found(rounds[0]?.output ?? ''),
    rounds: rounds.map((m) => ({ ...m, output: '', errors: '' })),
  };
}

/** All peers once a round, so that a busy moment of the machine meets all of them. */
async function run(peers: readonly Peer[], files: Readonly<Record<Peer['file'], string>>, rounds: number) {
  const measured = new Map<Peer, Measured[]>(peers.map((p) => [p, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const peer of peers) {
      const m = await measure(peer.program, peer.args(files[peer.file]), root);
      if (m.status !== 0) throw new Error(`${peer.name} ended with status ${m.status}: ${m.errors}`);
      measured.get(peer)?.push(m);
      say(`round ${round}: ${peer.name} ${short(m.seconds)} s`);
    }
  }
  return peers.map((p) => summarise(p, statSync(files[p.file]).size, measured.get(p) ?? []));
}

const HEAD = ['', 's', 'MB/s', 'CPU s', 'peak MiB', 'pushes', 'times tshark', 'times tshark, CPU'];

function report(rows: readonly Row[]): string {
  const tshark = rows.find((r) => r.name.startsWith('tshark'));
  const times = (r: Row, of: (x: Row) => number) => (tshark === undefined ? null : of(tshark) / of(r));
  return table(
    HEAD,
    rows.map((r) => [
      r.name,
      short(r.seconds),
      short(r.rate),
      short(r.processor),
      short(r.peak),
      r.found === null ? '-' : String(r.found),
      short(times(r, (x) => x.seconds)),
      short(times(r, (x) => x.processor)),
    ]),
  );
}

/** Sentences about what the target misses. */
function misses(rows: readonly Row[], pushes: number): string[] {
  const ours = rows.find((r) => r.name === 'otascope scan');
  const tshark = rows.find((r) => r.name.startsWith('tshark'));
  const out: string[] = [];
  if (ours === undefined) return ['otascope was not measured'];
  if (ours.found !== pushes) out.push(`otascope found ${ours.found} of ${pushes} pushes`);
  if (ours.peak >= TARGET_PEAK) out.push(`peak memory ${short(ours.peak)} MiB, target ${TARGET_PEAK}`);
  const ratio = tshark === undefined ? Number.POSITIVE_INFINITY : tshark.seconds / ours.seconds;
  if (ratio < TARGET_RATIO) out.push(`${short(ratio)} times tshark, target ${TARGET_RATIO}`);
  return out;
}

async function main(): Promise<number> {
  if (!existsSync(cli)) {
    say('dist/cli/otascope.js is not there: run `npm run setup` first');
    return 2;
  }
  mkdirSync(data, { recursive: true });
  mkdirSync(results, { recursive: true });
  const bytes = Number(options.bytes);
  const pushes = Number(options.pushes);
  const pcap = join(data, 'mixed.pcap');
  const pcapng = join(data, 'mixed.pcapng');
  say(`writing ${bytes / 1e6} MB of mixed traffic with ${pushes} pushes to bench/data`);
  const facts = generateMixed(pcap, { bytes, pushes, seed: Number(options.seed) });
  toPcapng(pcap, pcapng);
  const all = peersFor(facts.pin);
  const peers = all.filter((p) => p.program === process.execPath || installed(p.program));
  for (const p of all) if (!peers.includes(p)) say(`${p.program} is not installed: left out`);
  const rows = await run(peers, { pcap, pcapng }, Math.max(1, Number(options.rounds)));
  const machine = `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${short(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
  const versions = peers.filter((p) => p.program !== process.execPath).map((p) => versionOf(p.program));
  const about = `${facts.frames} frames, ${short(facts.bytes / 1e6)} MB, ${pushes} pushes in ${facts.parts} parts and ${facts.udpPushes} datagrams`;
  const text = `${about}\n${machine}\n${versions.join('\n')}\n\n${report(rows)}\n`;
  process.stdout.write(text);
  writeFileSync(join(results, 'scan.md'), text);
  writeFileSync(join(results, 'scan.json'), `${JSON.stringify({ facts, machine, versions, rows }, null, 1)}\n`);
  const missed = misses(rows, pushes);
  for (const m of missed) say(`missed: ${m}`);
  return options.check === true && missed.length > 0 ? 1 : 0;
}

process.exitCode = await main();
