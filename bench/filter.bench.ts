// npm run bench -- filter: filters and orders over a million messages, beside tshark's over a capture of short messages.
//
//   --messages N   rows (1e6)                        --rounds N   measurements of each, medians count (9)
//   --submits N    messages of tshark's capture (3e4)
//   --check        exit 1 when a target is missed: 50 ms a filter, 100 ms an order that was made before

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { countBits } from '../analysis/query/bits.ts';
import { type Column, makeColumn } from '../analysis/query/columns.ts';
import { evaluate } from '../analysis/query/evaluate.ts';
import { COLUMN_FIELDS, fieldLookup, WORD_FIELDS } from '../analysis/query/fields.ts';
import { ordered } from '../analysis/query/order.ts';
import { parse } from '../analysis/query/parse.ts';
import { generateSmpp } from './heavy.ts';
import { installed, measure } from './lib/child.ts';
import { median, short, table } from './lib/figures.ts';
import { data, finish, peak, root, say, took } from './lib/result.ts';

const { values: options } = parseArgs({
  options: {
    messages: { type: 'string', default: '1e6' },
    submits: { type: 'string', default: '3e4' },
    rounds: { type: 'string', default: '9' },
    check: { type: 'boolean', default: false },
  },
});
const rows = Number(options.messages);
const rounds = Math.max(1, Number(options.rounds));

/** Milliseconds. */
const TARGET = { filter: 50, order: 100 } as const;

const FILTERS: readonly string[] = [
  'timeout',
  '49170001',
  'm99',
  'internet AND refused',
  'NOT bank',
  'sms.to contains 555',
  'sms.to == +4917000000042',
  'sms.from ~ "^\\+3725"',
  'parts.missing > 0',
  'size in 200..400 AND mac.verdict == invalid',
  'finding.severity >= warning OR outcome == refused',
  'size != 0',
].filter((text) => parse(text, { lookup: fieldLookup(), base: null }).ok);
const ORDERS = ['message.id', 'sms.to', 'time', 'size', 'outcome'] as const;

type Value = string | number | boolean | null | readonly (string | number)[];

/** What a busy gateway's million messages are, as far as columns tell; the same for the same row. */
const VALUES: Readonly<Record<string, (i: number) => Value>> = {
  'message.id': (i) => `m${i + 1}`,
  'sms.from': (i) => (i % 5 === 0 ? 'MyBank' : `+372555${String((i * 7919) % 5000).padStart(4, '0')}`),
  'sms.to': (i) => `+49170${String((i * 104_729) % 400_000).padStart(8, '0')}`,
  'sms.imsi': (i) => (i % 3 === 0 ? `26201${String((i * 15_485_863) % 200_000).padStart(10, '0')}` : null),
  'sms.text': (i) => (i % 2 === 0 ? `Your code is ${(i * 31) % 10_000}` : null),
  kind: (i) => (i % 2 === 0 ? 'text' : 'client-provisioning'),
  bearer: (i) => (i % 7 === 0 ? 'map' : 'smpp'),
  'push.type': (i) => (i % 2 === 0 ? null : 'application/vnd.wap.connectivity-wbxml'),
  'prov.security': (i) => (i % 2 === 0 ? null : ['NETWPIN', 'USERPIN'][(i >> 1) % 2]!),
  'mac.verdict': (i) => (i % 2 === 0 ? 'not-applicable' : ['valid', 'invalid', 'no-key'][i % 3]!),
  outcome: (i) => ['delivered', 'refused', 'accepted', 'timeout'][(i * 13) % 4]!,
  summary: (i) => `Sets up the access point internet${(i * 17) % 3000}.example (GPRS) with the proxy 192.0.2.80.`,
  'finding.code': (i) => ['CP-MAC-NO-KEY', 'WSP-LENGTH', 'UDH-OVERRUN'].slice(0, i % 4),
  'finding.severity': (i) => ['note', 'warning', 'error'].slice(0, i % 4),
  'finding.text': (i) =>
    i % 4 === 0 ? [] : [`The length field says ${(i * 7) % 900}, there are ${(i * 11) % 900} octets`],
  file: () => ['monday.pcapng'],
  'parts.missing': (i) => (i % 50 === 0 ? 1 : 0),
  size: (i) => (i * 37) % 900,
  time: (i) => i * 3.6e6 + ((i * 7919) % 1000),
};

const made = new Map<string, Column>();
const columns = {
  rows,
  column(field: (typeof COLUMN_FIELDS)[number] | Parameters<typeof makeColumn>[0]): Column {
    let column = made.get(field.path);
    const of = VALUES[field.path];
    if (of === undefined) throw new Error(`${field.path} is not made up`);
    column ??= makeColumn(field, rows, of);
    made.set(field.path, column);
    return column;
  },
};

interface Figure {
  readonly name: string;
  readonly fits: number | null;
  readonly first: number;
  readonly processor: number;
  readonly clock: number;
}

async function measured(name: string, what: () => number | null): Promise<Figure> {
  let fits: number | null = null;
  const first = await took(() => {
    fits = what();
  });
  const times = [];
  for (let r = 0; r < rounds; r += 1) times.push(await took(what));
  return {
    name,
    fits,
    first: first.processor,
    processor: median(times.map((t) => t.processor)),
    clock: median(times.map((t) => t.clock)),
  };
}

/** Milliseconds tshark takes for a word among so many short messages, a million of them; null: it is not there. */
async function tshark(): Promise<{ readonly submits: number; readonly seconds: number } | null> {
  if (!installed('tshark')) return null;
  mkdirSync(data, { recursive: true });
  const path = join(data, 'filter.pcap');
  const { submits } = generateSmpp(path, { submits: Number(options.submits), settings: 30, seed: 1 });
  const args = ['-r', path, '-Y', 'smpp.destination_addr contains "555"'];
  const { processor, seconds } = await measure('tshark', args, root);
  return { submits, seconds: processor ?? seconds };
}

async function main(): Promise<number> {
  say(`making columns of ${rows} messages`);
  for (const f of COLUMN_FIELDS) if (VALUES[f.path] !== undefined) columns.column(f);
  for (const path of WORD_FIELDS) if (!made.has(path)) throw new Error(`words are searched in ${path}, too`);
  const filters: Figure[] = [];
  for (const text of FILTERS) {
    const parsed = parse(text, { lookup: fieldLookup(), base: null });
    if (!parsed.ok) throw new Error(text);
    filters.push(await measured(text, () => countBits(evaluate(parsed.node, columns).sure)));
  }
  const all = Int32Array.from({ length: rows }, (_, i) => i);
  const orders: Figure[] = [];
  for (const path of ORDERS) {
    const column = columns.column(COLUMN_FIELDS.find((f) => f.path === path)!);
    let down = false;
    const turn = (): null => {
      down = !down;
      ordered(all, column, down);
      return null;
    };
    orders.push(await measured(`by ${path}`, turn));
  }
  const peer = await tshark();
  const each = peer === null ? null : (peer.seconds / peer.submits) * 1e6 * 1000;
  const ratio = (f: Figure): string => (each === null ? '-' : short(each / ((f.processor / rows) * 1e6)));
  const text = table(
    [`over ${rows} messages`, 'fit', 'first time, ms', 'median, ms', 'by the clock', 'times tshark -Y'],
    [...filters, ...orders].map((f) => [
      `\`${f.name}\``,
      f.fits === null ? '-' : String(f.fits),
      short(f.first),
      short(f.processor),
      short(f.clock),
      f.fits === null ? '-' : ratio(f),
    ]),
  );
  const missed = [
    ...filters
      .filter((f) => f.processor > TARGET.filter)
      .map((f) => `${f.name}: ${short(f.processor)} ms, target ${TARGET.filter}`),
    ...orders
      .filter((f) => f.processor > TARGET.order)
      .map((f) => `${f.name}: ${short(f.processor)} ms, target ${TARGET.order}`),
  ];
  const beside =
    peer === null
      ? 'tshark is not installed: no ratio'
      : `tshark -Y smpp.destination_addr over ${peer.submits} PDUs: ${short(peer.seconds)} s; a million takes it ${short((peer.seconds / peer.submits) * 1e6)} s`;
  return finish(
    'filter',
    `${text}\n\n${beside}\npeak ${short(peak())} MiB`,
    { filters, orders, peer },
    missed,
    options.check,
  );
}

process.exitCode = await main();
