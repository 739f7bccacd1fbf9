// npm run bench -- scan: the whole program on a large capture, against what else reads captures, in the same run.
//
//   --mix NAME   what the capture is made of (ip); see bench/mixes.ts: ip, smpp, sigtran, sigtran-answered
//   --bytes N    size of the generated capture, of ip (1e9)
//   --pushes N   provisioning pushes in it, of ip (1000)
//   --messages N short messages, of the others (smpp 300000, sigtran 1000000)
//   --rounds N   measurements of each, medians count (3)    --seed N   of the generator (1)
//   --linear     only otascope, on one, two and four times the size: what each extra GB costs; of other mixes than ip
//                with --messages
//   --check      exit 1 when a target is missed

import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installed, type Measured, measure, versionOf } from './lib/child.ts';
import { median, short, table } from './lib/figures.ts';
import { toPcapng } from './lib/pcapng.ts';
import { cli, data, finish, machine, results, root, say } from './lib/result.ts';
import { linear, messagesIn } from './linear.ts';
import { isMix, MIXES, type Mix } from './mixes.ts';

const { values: options } = parseArgs({
  options: {
    mix: { type: 'string', default: 'ip' },
    bytes: { type: 'string', default: '1e9' },
    pushes: { type: 'string', default: '1000' },
    messages: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    linear: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
  },
});

const TARGET_PEAK = 250;

interface Peer {
  readonly name: string;
  readonly program: string;
  readonly args: (file: string) => readonly string[];
  /** Which of the two files. */
  readonly file: 'pcap' | 'pcapng';
  /** Pushes it found, where it looks for them. */
  readonly found: ((m: Measured) => number) | null;
}

const PARSER = `
  import { createReadStream } from 'node:fs';
  import Parser from 'pcap-ng-parser';
  let packets = 0;
  const parser = createReadStream(process.argv[1]).pipe(new Parser());
  parser.on('data', () => packets++).on('end', () => console.log(packets));
`;

const lines = (m: Measured): number => m.lines;
const messages = (m: Measured): number => messagesIn(m.end);
/** What only starts another program has no version worth telling. */
const SHELL = 'sh';

function peersFor(pin: string, mix: Mix): readonly Peer[] {
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
  const both: readonly Peer[] = [
    otascope('otascope scan', 'pcap'),
    other('tshark -Y wbxml', (f) => ['-r', f, '-Y', 'wbxml'], lines),
    other('capinfos -c', (f) => ['-c', f]),
    other('tcpdump -w /dev/null', (f) => ['-r', f, '-w', '/dev/null']),
    {
      name: 'cat > /dev/null',
      program: SHELL,
      args: (f) => ['-c', 'cat "$0" > /dev/null', f],
      file: 'pcap',
      found: null,
    },
  ];
  if (!mix.pcapng) return both;
  return [
    ...both,
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
    found: peer.found === null || rounds[0] === undefined ? null : peer.found(rounds[0]),
    rounds: rounds.map((m) => ({ ...m, output: '', end: '', errors: '' })),
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

/** Sentences about what the targets miss. */
function misses(rows: readonly Row[], pushes: number, mix: Mix): string[] {
  const called = (name: string) => rows.find((r) => r.name.startsWith(name));
  const ours = called('otascope scan');
  const tshark = called('tshark');
  const tcpdump = called('tcpdump');
  const out: string[] = [];
  if (ours === undefined) return ['otascope was not measured'];
  if (ours.found !== pushes) out.push(`otascope found ${ours.found} of ${pushes} pushes`);
  if (ours.peak >= TARGET_PEAK) out.push(`peak memory ${short(ours.peak)} MiB, target ${TARGET_PEAK}`);
  const ratio = tshark === undefined ? Number.POSITIVE_INFINITY : tshark.seconds / ours.seconds;
  if (ratio < mix.timesTshark) out.push(`${short(ratio)} times tshark, target ${mix.timesTshark}`);
  const behind = tcpdump === undefined ? 0 : ours.seconds / tcpdump.seconds;
  if (mix.ofTcpdump !== null && behind > mix.ofTcpdump) {
    out.push(`${short(behind)} of the time of tcpdump, target ${mix.ofTcpdump}`);
  }
  return out;
}

async function main(): Promise<number> {
  if (!existsSync(cli)) {
    say('dist/cli/otascope.js is not there: run `npm run setup` first');
    return 2;
  }
  if (!isMix(options.mix)) {
    say(`no mix is called '${options.mix}'; there are ${Object.keys(MIXES).join(', ')}`);
    return 2;
  }
  mkdirSync(data, { recursive: true });
  mkdirSync(results, { recursive: true });
  const mix = MIXES[options.mix];
  const name = options.mix === 'ip' ? 'scan' : `scan-${options.mix}`;
  const pcap = join(data, `${mix.file}.pcap`);
  const pcapng = join(data, `${mix.file}.pcapng`);
  const messages = options.messages === undefined ? null : Number(options.messages);
  const size = { bytes: Number(options.bytes), pushes: Number(options.pushes), messages, seed: Number(options.seed) };
  const rounds = Math.max(1, Number(options.rounds));
  if (options.linear === true) {
    const { rows, text, missed } = await linear(mix, size, rounds, TARGET_PEAK);
    return finish(`${name}-linear`, `${text}\n`, { mix: options.mix, rows }, missed, options.check === true);
  }
  say(`writing ${mix.title} to bench/data`);
  const made = mix.write(pcap, size);
  if (mix.pcapng) toPcapng(pcap, pcapng);
  const all = peersFor(made.pin, mix);
  const peers = all.filter((p) => p.program === process.execPath || installed(p.program));
  for (const p of all) if (!peers.includes(p)) say(`${p.program} is not installed: left out`);
  const rows = await run(peers, { pcap, pcapng }, rounds);
  const others = peers.filter((p) => p.program !== process.execPath && p.program !== SHELL);
  const versions = others.map((p) => versionOf(p.program));
  const ours = rows[0]?.seconds ?? Number.NaN;
  const rate =
    made.messages === 0 ? '' : `\n${short(made.messages / ours / 1000)} thousand PDUs a second, start included`;
  const text = `${made.about}${rate}\n${machine()}\n${versions.join('\n')}\n\n${report(rows)}\n`;
  process.stdout.write(text);
  writeFileSync(join(results, `${name}.md`), text);
  writeFileSync(
    join(results, `${name}.json`),
    `${JSON.stringify({ mix: options.mix, made, machine: machine(), versions, rows }, null, 1)}\n`,
  );
  const missed = misses(rows, made.pushes, mix);
  for (const m of missed) say(`missed: ${m}`);
  return options.check === true && missed.length > 0 ? 1 : 0;
}

process.exitCode = await main();
