// Kannel's debug logs: octet strings, SMPP PDUs and messages dumped line by line, lines of several threads mixed.

import type { Moment } from './clock.ts';
import type { LogContext, Recogniser } from './context.ts';
import { fromShape } from './context.ts';
import { joined } from './fields.ts';
import { hexOctets } from './hex.ts';
import { HINT } from './interest.ts';
import { byteAt, type Line, readable } from './lines.ts';
import { RULES } from './rules.ts';
import { headerOctets, judge } from './shape.ts';

const MAX_THREADS = 64;
const MAX_OCTETS = 1 << 16;
/** Lines without one of its own after which a thread is no longer waited for. */
const PATIENCE = 400;
const OCTETS_PER_LINE = 16;
/** Characters kept of a printable value. */
const MAX_VALUE = 1024;

interface Dump {
  readonly name: string;
  readonly at: number;
  end: number;
  readonly line: number;
  announced: number | null;
  digits: string;
}

interface Value {
  /** Printable values are given as text. */
  readonly text: string | null;
  readonly octets: Uint8Array | null;
}

interface Thread {
  /** 'pdu': an SMPP PDU; 'msg': a message between boxes; null: octet strings by themselves. */
  kind: 'pdu' | 'msg' | null;
  at: number;
  end: number;
  moment: Moment | null;
  values: Map<string, Value>;
  name: string;
  dump: Dump | null;
  last: number;
}

const START = /SMPP PDU (?:0x)?[0-9a-fA-F]{1,16} dump:|\bMsg object at (?:0x)?[0-9a-fA-F]{1,16}:/;
const STOP = /SMPP PDU dump ends|\bMsg object ends/;
const OCTETS = /Octet string at (?:0x)?[0-9a-fA-F]{1,16}:/;
const OCTETS_END = /Octet string dump ends/;
/** Behind the level: '  data: 0b 05 ...', '  esm_class: 64 = 0x00000040', ' sms.sender = "123"'. */
const PAIR = /^\s*([A-Za-z][A-Za-z0-9_.]{1,40})\s?(?::|=)\s{0,2}(.*)$/;
const LEVEL = /\b(?:DEBUG|INFO|WARNING|ERROR|PANIC): /;

export class KannelLog implements Recogniser {
  readonly wants = HINT.dump;
  private readonly ctx: LogContext;
  private readonly threads = new Map<string, Thread>();

  constructor(ctx: LogContext) {
    this.ctx = ctx;
  }

  get busy(): boolean {
    return this.threads.size > 0;
  }

  line(l: Line, from: number): boolean {
    const key = /^\s*\[\d+\] \[\d+\]/.exec(l.text.slice(from, from + 40))?.[0].trim() ?? '';
    const level = LEVEL.exec(l.text.slice(0, 120));
    const body = level === null ? l.text.slice(from) : l.text.slice(level.index + level[0].length);
    for (const [k, t] of this.threads) if (l.number - t.last > PATIENCE) this.finish(k, t);
    const t = this.threads.get(key);
    if (START.test(body)) {
      if (t !== undefined) this.finish(key, t);
      this.start(key, l, body.includes('SMPP') ? 'pdu' : 'msg');
      return true;
    }
    if (OCTETS.test(body)) return this.octets(key, l, t);
    if (t === undefined) return false;
    if (STOP.test(body) && t.kind !== null) {
      t.end = byteAt(l, l.text.length);
      this.finish(key, t);
      return true;
    }
    const taken = t.dump !== null ? this.dumped(l, t, body) : t.kind !== null && this.pair(l, t, body);
    if (t.kind === null && t.dump === null) this.threads.delete(key);
    if (taken) {
      t.last = l.number;
      t.end = byteAt(l, l.text.length);
    }
    return taken;
  }

  end(): void {
    for (const [key, t] of [...this.threads]) this.finish(key, t, true);
  }

  private start(key: string, l: Line, kind: Thread['kind']): Thread {
    if (this.threads.size >= MAX_THREADS) {
      const [oldest, t] = this.threads.entries().next().value!;
      this.finish(oldest, t);
    }
    const t: Thread = {
      kind,
      at: l.at,
      end: byteAt(l, l.text.length),
      moment: this.ctx.timeAt(l.number),
      values: new Map(),
      name: '',
      dump: null,
      last: l.number,
    };
    this.threads.set(key, t);
    return t;
  }

  private octets(key: string, l: Line, known: Thread | undefined): boolean {
    if (known !== undefined) this.closeDump(known);
    const t = known ?? this.start(key, l, null);
    t.last = l.number;
    t.dump = { name: t.name, at: l.at, end: byteAt(l, l.text.length), line: l.number, announced: null, digits: '' };
    return true;
  }

  /** Lines of an octet string; anything else of the same thread ends it. */
  private dumped(l: Line, t: Thread, body: string): boolean {
    const dump = t.dump!;
    dump.end = byteAt(l, l.text.length);
    if (OCTETS_END.test(body)) {
      this.closeDump(t);
      return true;
    }
    const pair = /^\s*(len|size|immutable|data):\s{0,2}(.*)$/.exec(body);
    if (pair === null) {
      this.closeDump(t);
      return t.kind !== null && this.pair(l, t, body);
    }
    if (pair[1] === 'len') dump.announced = Number.parseInt(pair[2]!, 10);
    if (pair[1] !== 'data' || dump.digits.length >= 2 * MAX_OCTETS) return true;
    const left = (dump.announced ?? MAX_OCTETS) - dump.digits.length / 2;
    const octet = /\s?([0-9a-f]{2})(?=\s|$)/iy;
    for (let i = 0; i < Math.min(left, OCTETS_PER_LINE); i += 1) {
      const m = octet.exec(pair[2]!);
      if (m === null) break;
      dump.digits += m[1];
    }
    return true;
  }

  private pair(l: Line, t: Thread, body: string): boolean {
    const pair = PAIR.exec(body);
    if (pair === null) return false;
    const [, name, value] = pair;
    if (t.values.size > 128) return true;
    t.name = name!;
    const quoted = /^"(.*)"\s*$/.exec(value!)?.[1];
    if (value !== '' && value !== 'NULL') {
      t.values.set(name!, { text: readable((quoted ?? value!).slice(0, MAX_VALUE), l.unit), octets: null });
    }
    return true;
  }

  private closeDump(t: Thread, atEnd = false): void {
    const dump = t.dump;
    if (dump === null) return;
    t.dump = null;
    const bytes = hexOctets(dump.digits);
    const { ctx } = this;
    if (dump.announced !== null && bytes.length < dump.announced) {
      const message = `Octet string on line ${dump.line}: ${bytes.length} octets of ${dump.announced} are there.`;
      ctx.report(RULES.dumpLength, dump.at, dump.end - dump.at, message);
      if (atEnd) ctx.cutInside(dump.at);
    }
    if (t.kind !== null) {
      if (dump.name !== '') t.values.set(dump.name, { text: null, octets: bytes });
      return;
    }
    const s = judge(bytes);
    if (s === undefined || (s.fit !== 'exact' && s.fit !== 'open')) return;
    ctx.record({ ...fromShape(s), bytes, at: dump.at, end: dump.end, label: 'Kannel octet string', moment: t.moment });
  }

  private finish(key: string, t: Thread, atEnd = false): void {
    this.threads.delete(key);
    this.closeDump(t, atEnd);
    if (t.kind === 'pdu') this.pdu(t);
    else if (t.kind === 'msg') this.message(t);
  }

  /** SMPP 3.4 4.4.1, 4.6.1, 4.7.1: the PDUs that carry a short message. */
  private pdu(t: Thread): void {
    const type = textOf(t, 'type_name') ?? '';
    if (!/^(?:submit_sm|submit_multi|deliver_sm|data_sm)$/.test(type)) return;
    const bytes = octetsOf(t, 'message_payload') ?? octetsOf(t, 'short_message');
    if (bytes === undefined || bytes.length === 0) return;
    const esmClass = numberOf(t, 'esm_class') ?? 0;
    const receipt = (esmClass & 0x3c) !== 0 && type === 'deliver_sm';
    if (receipt) return;
    this.ctx.record({
      content: 'user-data',
      bytes,
      at: t.at,
      end: t.end,
      label: `Kannel ${type}`,
      moment: t.moment,
      direction: type.startsWith('submit') ? 'mt' : undefined,
      udhi: (esmClass & 0x40) !== 0 || headerOctets(bytes) > 0,
      dcs: codingOf(numberOf(t, 'data_coding')),
      from: textOf(t, 'source_addr'),
      to: textOf(t, 'destination_addr') ?? textOf(t, 'dest_addr'),
    });
  }

  /** A message between the boxes: header and content are apart. */
  private message(t: Thread): void {
    const body = octetsOf(t, 'sms.msgdata') ?? octetsOf(t, 'msgdata');
    if (body === undefined) return;
    const header = octetsOf(t, 'sms.udhdata') ?? octetsOf(t, 'udhdata') ?? new Uint8Array(0);
    const coding = numberOf(t, 'sms.coding');
    if (header.length === 0 && coding !== 1) return;
    const type = numberOf(t, 'sms.sms_type');
    this.ctx.record({
      content: 'user-data',
      bytes: joined(header, body),
      at: t.at,
      end: t.end,
      label: 'Kannel message',
      moment: t.moment,
      // mo, mt_reply, mt_push, report_mo, report_mt
      direction: type === 0 ? 'mo' : type === 1 || type === 2 ? 'mt' : undefined,
      udhi: header.length > 0,
      dcs: coding === 1 ? 4 : coding === 2 ? 8 : undefined,
      from: textOf(t, 'sms.sender') ?? textOf(t, 'sender'),
      to: textOf(t, 'sms.receiver') ?? textOf(t, 'receiver'),
    });
  }
}

const octetsOf = (t: Thread, name: string): Uint8Array | undefined => t.values.get(name)?.octets ?? undefined;

function textOf(t: Thread, name: string): string | undefined {
  const v = t.values.get(name);
  if (v === undefined) return undefined;
  return v.text ?? new TextDecoder('utf-8').decode(v.octets ?? new Uint8Array(0));
}

/** '64 = 0x00000040' and '64'. */
function numberOf(t: Thread, name: string): number | undefined {
  const m = /^-?\d+/.exec(textOf(t, name) ?? '');
  return m === null ? undefined : Number(m[0]);
}

/** SMPP 3.4 5.2.19: only codings with octets as they are, or with the values of a TP-DCS, are passed on. */
function codingOf(coding: number | undefined): number | undefined {
  if (coding === 2 || coding === 4) return 4;
  return coding !== undefined && (coding === 8 || coding >= 0xc0) ? coding : undefined;
}
