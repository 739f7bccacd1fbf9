// The domain name system as far as it tells which servers phones look for.

import { type Cursor, runLayer } from '../../base/cursor.ts';
import { type Context, type DatagramDissector, on } from '../../base/dissector.ts';
import { formatAddressWords } from '../../net/address.ts';
import { dnsFields as f, rcodeText, typeName } from './fields.ts';
import { readName } from './name.ts';
import { dnsRules } from './rules.ts';

const RESPONSE = 0x8000;
const OPCODE = 0x7800;
const A = 1;
const AAAA = 28;
/** Questions and answers read of one message. */
const MAX_RECORDS = 64;
/** Questions of one conversation that wait for their answer. */
const MAX_OPEN = 1024;

/** Reads a name and moves behind it; ends the layer where there is none. */
function takeName(c: Cursor, message: number): string {
  const found = readName(c.bytes, c.pos, message, c.end);
  if (found === null) {
    c.take(c.left + 1);
    return '';
  }
  c.rec?.leaf(f.name, c.pos, found.length, found.text);
  c.skip(found.length);
  return found.text;
}

const wordAt = (b: Uint8Array, at: number): number =>
  ((b[at] ?? 0) << 24) | ((b[at + 1] ?? 0) << 16) | ((b[at + 2] ?? 0) << 8) | (b[at + 3] ?? 0);

function takeAddress(c: Cursor, version: 4 | 6): string {
  const at = c.pos;
  const words = version === 4 ? [0, 0, 0, wordAt(c.bytes, at)] : [0, 4, 8, 12].map((n) => wordAt(c.bytes, at + n));
  const [w0 = 0, w1 = 0, w2 = 0, w3 = 0] = words;
  const text = formatAddressWords(version, w0, w1, w2, w3);
  c.rec?.leaf(f.address, at, version === 4 ? 4 : 16, text);
  c.skip(version === 4 ? 4 : 16);
  return text;
}

interface Message {
  readonly id: number;
  readonly flags: number;
  readonly questions: { readonly name: string; readonly type: number }[];
  readonly addresses: string[];
}

function takeRecord(c: Cursor, start: number, m: Message): void {
  takeName(c, start);
  const type = c.u16(f.type);
  c.u16(f.class);
  c.u32(f.ttl);
  const length = c.u16(f.length);
  const data = c.window(length);
  if (type === A && length === 4) m.addresses.push(takeAddress(data, 4));
  else if (type === AAAA && length === 16) m.addresses.push(takeAddress(data, 6));
  else data.span(f.data, length);
}

// RFC 1035 4.1.1 to 4.1.3.
function readMessage(c: Cursor, out: (m: Message) => void): void {
  const start = c.pos;
  const id = c.u16(f.id);
  const flags = c.u16(f.flags);
  const questions = c.u16(f.questions);
  const answers = c.u16(f.answers);
  c.u16(f.authorities);
  c.u16(f.additional);
  const m: Message = { id, flags, questions: [], addresses: [] };
  runLayer(c, () => {
    for (let i = 0; i < Math.min(questions, MAX_RECORDS); i += 1) {
      c.group(f.question, undefined, () => {
        const name = takeName(c, start);
        const type = c.u16(f.type);
        c.u16(f.class);
        m.questions.push({ name, type });
      });
    }
    for (let i = 0; i < Math.min(answers, MAX_RECORDS); i += 1) {
      c.group(f.record, undefined, () => takeRecord(c, start, m));
    }
    if (c.left > 0) c.span(f.rest, c.left);
  });
  out(m);
}

interface Memory {
  /** Questions without an answer, by key. */
  readonly open: Set<string>;
  told: boolean;
}

function tell(m: Message, ctx: Context, memory: Memory): void {
  const [q] = m.questions;
  if (q === undefined || (m.flags & OPCODE) !== 0) return;
  const answer = (m.flags & RESPONSE) !== 0;
  const asker = answer ? 1 - ctx.direction : ctx.direction;
  const key = `${ctx.conversation}/${asker}/dns/${m.id}.${q.type}.${q.name.toLowerCase()}`;
  const { time, frame } = ctx;
  if (!answer) {
    if (memory.open.has(key)) return;
    if (memory.open.size >= MAX_OPEN) memory.open.clear();
    memory.open.add(key);
    ctx.sink.activity?.({
      what: 'name',
      layer: 'dns',
      operation: `DNS query ${typeName(q.type)}`,
      time,
      frame,
      from: ctx.sourceAddress,
      to: ctx.destinationAddress,
      imsi: null,
      msisdn: null,
      target: q.name,
      port: ctx.destinationPort,
      key,
    });
    return;
  }
  if (!memory.open.delete(key)) return;
  const rcode = m.flags & 0xf;
  const found = m.addresses.slice(0, 4).join(', ');
  ctx.sink.activityAnswer?.({
    key,
    operation: 'DNS answer',
    time,
    frame,
    ok: rcode === 0,
    code: rcode === 0 ? null : `DNS ${rcode}`,
    text: rcode !== 0 ? rcodeText(rcode) : found === '' ? 'no address' : found,
    addresses: m.addresses,
  });
}

function decode(c: Cursor, ctx: Context): void {
  const memory = ctx.state<Memory>(() => ({ open: new Set(), told: false }));
  const before = c.findings.length;
  c.group(f.message, undefined, () => runLayer(c, () => readMessage(c, (m) => tell(m, ctx, memory))));
  if (c.findings.length === before) return;
  // Nothing hangs on the octets themselves: that something is wrong with them is said once.
  c.findings.length = before;
  if (memory.told || (ctx.missing ?? 0) > 0) return;
  memory.told = true;
  c.report(dnsRules.unreadable, 0, 0, `${ctx.sourceAddress} to ${ctx.destinationAddress}`);
}

export const dns: DatagramDissector = {
  kind: 'datagram',
  id: 'dns',
  title: 'Domain name system: which servers phones look for',
  refs: ['RFC 1035', 'RFC 3596'],
  fields: f,
  rules: Object.values(dnsRules),
  carriedBy: [on('udp.port', 53)],
  decode,
};
