// SIP, HTTP and PAP: every field that tshark and this program both name, on recorded captures and on samples.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openCapture } from '../../captures/open.ts';
import { fromBytes } from '../../captures/source.ts';
import { Cursor } from '../../dissectors/base/cursor.ts';
import type { Dissector } from '../../dissectors/base/dissector.ts';
import { recordInto, type TreeRow } from '../../dissectors/base/recorder.ts';
import { createDriver } from '../../dissectors/driver/index.ts';
import { dissectors } from '../../dissectors/index.ts';
import { createRegistry } from '../../dissectors/registry.ts';
import { peer } from '../project/peers.ts';
import { listenAll } from '../radio/support.ts';
import { sharedFolder } from '../support/shared.ts';
import { tsharkFields } from './tshark.ts';

/** Rows of everything read, by the frame that completed it. */
type Rows = ReadonlyMap<number, readonly TreeRow[]>;

/** Reads a capture with recorders behind every dissector. */
async function readRows(bytes: Uint8Array): Promise<Rows> {
  const rows = new Map<number, TreeRow[]>();
  const recording = dissectors.map(
    (d): Dissector => ({
      ...d,
      decode(c, ctx) {
        const here = rows.get(ctx.frame) ?? [];
        rows.set(ctx.frame, here);
        d.decode(new Cursor(c.bytes, c.pos, c.end, recordInto(here), c.findings, c.of), ctx);
      },
    }),
  );
  const reader = await openCapture(fromBytes('a.pcap', bytes));
  if ('unreadable' in reader) throw new Error('not readable');
  const driver = createDriver({
    registry: createRegistry(recording),
    sink: listenAll().sink,
    frames: { add: (batch, index) => batch.firstNumber + index },
  });
  for await (const batch of reader.batches()) if (batch.kind === 'frames') driver.batch(batch);
  driver.end();
  return rows;
}

type Values = readonly (string | number)[];
type Ours = (rows: readonly TreeRow[]) => Values;
type Theirs = (values: readonly string[]) => Values;

const at = (rows: readonly TreeRow[], path: string): readonly TreeRow[] => rows.filter((r) => r.field.path === path);
const texts =
  (path: string): Ours =>
  (rows) =>
    at(rows, path).map((r) => String(r.value));
const numbers =
  (path: string): Ours =>
  (rows) =>
    at(rows, path).map((r) => Number(r.value));
/** Values of one header, in messages and not in their parts. */
const header =
  (layer: 'http' | 'sip', name: string, depth = 1): Ours =>
  (rows) =>
    rows
      .filter((r) => [`${layer}.header`, `${layer}.secretHeader`].includes(r.field.path) && r.depth === depth)
      .map((r) => String(r.value))
      .filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}: `))
      .map((line) => line.slice(name.length + 2));
const lines =
  (kind: 'http.method' | 'http.status'): Ours =>
  (rows) =>
    at(rows, kind).length === 0
      ? []
      : rows.filter((r) => r.field.path === 'http.header' && r.depth === 1).map((r) => String(r.value));

const asText: Theirs = (v) => v;
const asNumber: Theirs = (v) => v.map(Number);
/** docs/peers.md: tshark keeps blanks behind a value. */
const asLine: Theirs = (v) => v.map((line) => line.replace(/[ \t]*\\r\\n$/, ''));
/** docs/peers.md: tshark keeps the blank in 'code ="1001"'. */
const asAttribute: Theirs = (v) => v.map((a) => a.replace(/^(\S+)\s*=\s*/, '$1='));
const OF_PAP = /^(?:push-id|code|desc|message-state|address-value|sender-name|delivery-method)=/;
const nameOf = (parameter: string): string => (parameter.split('=')[0] ?? '').toLowerCase();

const SIP_HEADERS = ['Via', 'From', 'To', 'Call-ID', 'CSeq', 'Max-Forwards', 'P-Asserted-Identity', 'In-Reply-To'];

const FIELDS: readonly (readonly [name: string, ours: Ours, theirs: Theirs])[] = [
  ['http.request.method', texts('http.method'), asText],
  ['http.request.uri.path', texts('http.path'), asText],
  [
    'http.request.uri.query.parameter',
    (rows) => [...at(rows, 'http.query'), ...at(rows, 'http.secretQuery')].map((r) => nameOf(String(r.value))).sort(),
    (v) => v.map(nameOf).sort(),
  ],
  ['http.request.line', lines('http.method'), asLine],
  ['http.response.line', lines('http.status'), asLine],
  ['http.response.code', numbers('http.status'), asNumber],
  ['http.response.phrase', texts('http.reason'), asText],
  ['http.content_type', header('http', 'Content-Type'), asText],
  ['http.content_length_header', header('http', 'Content-Length'), asText],
  ['http.content_encoding', header('http', 'Content-Encoding'), asText],
  ['http.chunk_size', (rows) => at(rows, 'http.chunk').map((r) => r.length), (v) => asNumber(v).filter((n) => n !== 0)],
  // docs/peers.md: tshark takes blanks out of the type of a part.
  [
    'mime_multipart.header.content-type',
    (rows) => header('http', 'Content-Type', 2)(rows).map((t) => String(t).replace(/ /g, '')),
    (v) => v.map((t) => t.replace(/ /g, '')),
  ],
  [
    'xml.attribute',
    (rows) =>
      at(rows, 'xml.attribute')
        .map((r) => String(r.text ?? r.value))
        .filter((a) => OF_PAP.test(a)),
    (v) => asAttribute(v).filter((a) => OF_PAP.test(String(a))),
  ],
  ['sip.Method', texts('sip.method'), asText],
  ['sip.r-uri', texts('sip.path'), asText],
  ['sip.Status-Code', numbers('sip.status'), asNumber],
  ['sip.Content-Type', header('sip', 'Content-Type'), asText],
  ['sip.Content-Length', header('sip', 'Content-Length'), asText],
  ...SIP_HEADERS.map((name) => [`sip.${name}`, header('sip', name), asText] as const),
  ['gsm_a.rp.msg_type', numbers('smrp.type'), asNumber],
  ['gsm_a.rp.rp_message_reference', numbers('smrp.reference'), asNumber],
  ['gsm_sms.tp-oa', texts('sms.originator'), asText],
  ['gsm_sms.tp.user_data_length', numbers('sms.userDataLength'), asNumber],
];

async function compare(program: string, path: string, counts: Map<string, number>): Promise<string[]> {
  const theirs = tsharkFields(
    program,
    path,
    FIELDS.map(([name]) => name),
  );
  const rows = await readRows(new Uint8Array(readFileSync(path)));
  const out: string[] = [];
  for (const [frame, values] of theirs) {
    const here = rows.get(frame) ?? [];
    for (const [name, ours, convert] of FIELDS) {
      const a = ours(here);
      const b = convert(values.get(name) ?? []);
      if (a.length === 0 || b.length === 0) continue;
      counts.set(name, (counts.get(name) ?? 0) + a.length);
      if (JSON.stringify(a) !== JSON.stringify(b))
        out.push(`frame ${frame} ${name}: ${a.join(' | ')}, tshark has ${b.join(' | ')}`);
    }
  }
  return out;
}

const RECORDED = [
  'sip-3gpp-sms-udp',
  'sip-3gpp-sms-tcp',
  'sip-3gpp-sms-error',
  'sipp-message-udp',
  'kannel-http-smsc-userpin',
  'kannel-chain-http-box-smpp',
  'ota-http',
  'pap-result-notification',
  'kannel-pap-refused',
  'kannel-pap-si-sl-sms',
  'kannel-pap-cp-sms',
];
const SAMPLES = fileURLToPath(new URL('../../captures/samples/', import.meta.url));
const MADE = readdirSync(SAMPLES).filter((name) => /^(?:pap|ota-http|sip)-.*\.pcap$/.test(name));

describe('SIP, HTTP and PAP against tshark', () => {
  const program = peer('tshark', 'tshark', 'SIP, HTTP and PAP');
  if (program === undefined) return;
  const counts = new Map<string, number>();
  const shared = sharedFolder('captures', 'SIP, HTTP and PAP of recorded captures against tshark');
  if (shared === null) {
    test(`shared captures absent: ${RECORDED.length} comparisons not run`, () => expect(shared).toBeNull());
  } else {
    test.each(RECORDED)('%s', async (name) => {
      expect(await compare(program, join(shared, `${name}.pcap`), counts)).toEqual([]);
    });
  }
  test.each(MADE)('%s', async (name) => {
    expect(await compare(program, join(SAMPLES, name), counts)).toEqual([]);
  });
  test('each field was compared', () => {
    console.log([...counts].map(([name, n]) => `${name} ${n}`).join(', '));
    const RECORDED_ONLY = ['http.content_encoding', 'http.request.uri.path', 'http.request.uri.query.parameter'];
    const expected = FIELDS.map(([name]) => name).filter((n) => shared !== null || !RECORDED_ONLY.includes(n));
    expect(expected.filter((n) => !counts.has(n))).toEqual([]);
  });
});
