// AT commands and answers with a PDU: 3GPP TS 27.005 3 and 4, and the logs that programs make of them.

import { numeric, type TextMode, textMode, textTime, unquoted, values } from './at-values.ts';
import type { Moment } from './clock.ts';
import { fromShape, type LogContext, type Recogniser } from './context.ts';
import { hexOctets, hexOnly, hexTokens } from './hex.ts';
import { HINT } from './interest.ts';
import { byteAt, type Line, readable } from './lines.ts';
import { nearHex, payloadEnd, payloadStart } from './payload.ts';
import { RULES } from './rules.ts';
import { judge, type Shape, withoutServiceCentre, withServiceCentre } from './shape.ts';

/** Lines between a header and its PDU: prompts, blanks, other tags of a phone's log. */
const PATIENCE = 12;
/** Modems in one log. */
const MAX_CHANNELS = 64;
const MAX_DIGITS = 1 << 12;

const HEADER = /\+(CMGR|CMGL|CMT|CDS|CBM)\s?: ?/;
const COMMAND = /AT\+(CMGS|CMGW|CMGC)\s?= ?/i;
const ANSWERED = /^(?:OK|ERROR|\+CM[SE] ERROR.*|NO CARRIER|AT[+^*].*|\+CMG[SW]: ?\d+)$/;

interface Waiting {
  readonly label: string;
  readonly line: Line;
  /** TPDU octets announced, null where the header has none. */
  readonly octets: number | null;
  readonly text: TextMode | null;
  readonly moment: Moment | null;
  readonly direction: 'mt' | 'mo' | undefined;
  digits: string;
  at: number;
  end: number;
  lines: number;
  last: number;
}

export class AtLog implements Recogniser {
  readonly wants = HINT.at | HINT.imsi;
  private readonly ctx: LogContext;
  private readonly waiting = new Map<string, Waiting>();
  /** Modem of the last header: lines without any log's columns are its PDU, wrapped. */
  private latest = '';
  private imsiAsked = Number.NEGATIVE_INFINITY;

  constructor(ctx: LogContext) {
    this.ctx = ctx;
  }

  get busy(): boolean {
    return this.waiting.size > 0 || this.imsiAsked >= 0;
  }

  line(l: Line, from: number): boolean {
    this.expire(l);
    if (this.identity(l, from)) return true;
    const channel = channelOf(l.text) ?? (from === 0 ? this.latest : '');
    const answer = HEADER.exec(l.text);
    const command = answer === null ? COMMAND.exec(l.text) : null;
    const m = answer ?? command;
    if (m !== null) return this.header(l, channel, m, command !== null);
    const w = this.waiting.get(channel);
    return w !== undefined && this.body(l, from, channel, w);
  }

  end(): void {
    for (const channel of [...this.waiting.keys()]) this.finish(channel, true);
  }

  private expire(l: Line): void {
    if (l.number - this.imsiAsked > 4) this.imsiAsked = Number.NEGATIVE_INFINITY;
    for (const [channel, w] of this.waiting) if (l.number - w.last > PATIENCE) this.finish(channel);
  }

  /** 3GPP TS 27.007 5.6, +CIMI. */
  private identity(l: Line, from: number): boolean {
    if (/AT\+CIMI\b/i.test(l.text)) {
      this.imsiAsked = l.number;
      return true;
    }
    const told = /(\+CIMI|\bGET_IMSI|\bIMSI)\b[^0-9\r\n]{0,24}(\d{14,15})(?!\d)/i.exec(l.text);
    if (told !== null) {
      const at = told.index + told[0].length - told[2]!.length;
      this.ctx.identity(told[2]!, l, at, told[1]!.toUpperCase());
      this.imsiAsked = Number.NEGATIVE_INFINITY;
      return told[1] === '+CIMI';
    }
    if (this.imsiAsked < 0) return false;
    const start = payloadStart(l.text, from);
    const digits = l.text.slice(start, payloadEnd(l.text));
    if (!/^\d{14,15}$/.test(digits)) return false;
    this.ctx.identity(digits, l, start, 'AT+CIMI');
    this.imsiAsked = Number.NEGATIVE_INFINITY;
    return true;
  }

  private header(l: Line, channel: string, m: RegExpExecArray, command: boolean): boolean {
    const name = m[1]!.toUpperCase();
    const label = command ? `AT+${name}` : `+${name}`;
    const before = this.waiting.get(channel);
    if (command && before?.label === label && before.digits === '') this.waiting.delete(channel);
    else this.finish(channel);
    const rest = l.text.slice(m.index + m[0].length);
    if (name === 'CBM') this.ctx.once(RULES.cellBroadcast, l.at, l.text.length * l.unit, 'They are passed over.');
    const [token] = hexTokens(rest, 18);
    const argumentsEnd = token === undefined ? payloadEnd(rest) : token.start;
    const v = values(rest.slice(0, argumentsEnd).trim());
    const text = command ? undefined : textMode(name, v);
    const octets = command ? numeric(v[0]) : numeric(v.at(-1));
    if (command && octets === undefined && text === undefined && !/^"/.test(v[0] ?? '')) return false;
    if (this.waiting.size >= MAX_CHANNELS) this.finish(this.waiting.keys().next().value!);
    const stamp = text === undefined ? null : textTime(v.find((x) => textTime(x) !== null));
    const w: Waiting = {
      label,
      line: l,
      octets: text === undefined && (!command || !/^"/.test(v[0] ?? '')) ? (octets ?? null) : null,
      text: text ?? (command && /^"/.test(v[0] ?? '') ? { number: unquoted(v[0]) } : null),
      moment: this.ctx.timeAt(l.number) ?? (this.ctx.clock.partial ? null : stamp),
      direction: command ? 'mo' : name === 'CMT' || name === 'CDS' ? 'mt' : undefined,
      digits: '',
      at: 0,
      end: byteAt(l, l.text.length),
      lines: 0,
      last: l.number,
    };
    this.waiting.set(channel, w);
    this.latest = channel;
    if (token === undefined) return true;
    const offset = m.index + m[0].length;
    this.add(l, channel, w, token.digits, offset + token.start, offset + token.end);
    return true;
  }

  private body(l: Line, from: number, channel: string, w: Waiting): boolean {
    const start = payloadStart(l.text, from);
    const end = payloadEnd(l.text);
    if (end <= start) {
      if (w.digits !== '' && l.text.trim() === '') this.finish(channel);
      return true;
    }
    const payload = l.text.slice(start, end);
    if (ANSWERED.test(payload)) {
      this.finish(channel);
      return false;
    }
    if (w.text !== null) return this.textBody(l, channel, w, payload, start, end);
    const whole = hexOnly(payload);
    if (whole !== undefined && (w.digits !== '' || whole.length >= 14)) {
      this.add(l, channel, w, whole, start, end);
      return true;
    }
    if (w.digits !== '') {
      this.finish(channel);
      return false;
    }
    const near = nearHex(l.text, start, end);
    if (near !== undefined && near.bad > 0) {
      const bad = byteAt(l, start + near.good);
      this.ctx.report(RULES.notHex, bad, l.unit, `Line ${l.number}: octets up to the first such character are read.`);
      this.add(l, channel, w, l.text.slice(start, start + near.good), start, end);
      this.finish(channel);
      return true;
    }
    const token = hexTokens(l.text, 18, from).find((t) => t.digits.length >= 2 * (w.octets ?? 9));
    if (token === undefined) return false;
    this.add(l, channel, w, token.digits, token.start, token.end);
    return true;
  }

  /** A text mode body is ours when it is hex: binary data is shown so (3GPP TS 27.005 3.1, <data>). */
  private textBody(l: Line, channel: string, w: Waiting, payload: string, start: number, end: number): boolean {
    const digits = hexOnly(payload);
    const binary = w.text!.dcs !== undefined && w.text!.dcs !== 0;
    const known = digits !== undefined && judge(hexOctets(w.digits + digits)) !== undefined;
    if (digits === undefined || (!binary && !known && w.digits === '')) {
      this.finish(channel);
      return false;
    }
    this.add(l, channel, w, digits, start, end);
    return true;
  }

  private add(l: Line, channel: string, w: Waiting, digits: string, start: number, end: number): void {
    if (w.digits === '') w.at = byteAt(l, start);
    w.digits += digits;
    w.end = byteAt(l, end);
    w.last = l.number;
    w.lines += 1;
    if (w.digits.length > MAX_DIGITS || (w.text === null && isWhole(w))) this.finish(channel);
  }

  private finish(channel: string, atEnd = false): void {
    const w = this.waiting.get(channel);
    if (w === undefined) return;
    this.waiting.delete(channel);
    const { ctx } = this;
    if (w.digits === '') {
      if (w.text !== null || w.label === '+CBM' || w.octets === 0) return;
      ctx.report(RULES.pduMissing, w.line.at, w.end - w.line.at, `${w.label} on line ${w.line.number} has no PDU.`);
      if (atEnd) ctx.cutInside(w.line.at);
      return;
    }
    if (w.label === '+CBM') return;
    if (w.digits.length % 2 === 1) {
      ctx.report(RULES.oddHex, w.at, w.end - w.at, `${w.digits.length} digits; the last one is left out.`);
    }
    const bytes = hexOctets(w.digits);
    if (w.text !== null) this.textRecord(w, w.text, bytes);
    else this.pduRecord(w, bytes, atEnd);
  }

  private textRecord(w: Waiting, text: TextMode, bytes: Uint8Array): void {
    const s = judge(bytes);
    const number = text.number === undefined ? undefined : readable(text.number, w.line.unit);
    const udhi = s?.udhi ?? (text.first !== undefined ? (text.first & 0x40) !== 0 : undefined);
    const mo = w.direction === 'mo' || (text.first !== undefined && (text.first & 3) === 1);
    this.ctx.record({
      content: s === undefined || s.content === 'tpdu' || s.content === 'tpdu-sc' ? 'user-data' : s.content,
      bytes,
      at: w.at,
      end: w.end,
      label: w.label,
      moment: w.moment,
      direction: mo ? 'mo' : 'mt',
      udhi,
      dcs: text.dcs,
      from: mo ? undefined : number,
      to: mo ? number : undefined,
      smsc: text.smsc,
    });
  }

  private pduRecord(w: Waiting, bytes: Uint8Array, atEnd: boolean): void {
    const s = bestShape(bytes, w.octets);
    const without = s?.content === 'tpdu' ? bytes.length : bytes.length - 1 - (bytes[0] ?? 0);
    if (w.octets !== null && without !== w.octets) {
      const has = without < 0 ? `the line has ${bytes.length} with the service centre` : `the PDU has ${without}`;
      this.ctx.report(RULES.pduLength, w.at, w.end - w.at, `${w.label} announces ${w.octets} octets, ${has}.`);
      if (atEnd && without < w.octets) this.ctx.cutInside(w.at);
    } else if (w.octets === null && s?.fit === 'short') {
      this.ctx.report(RULES.pduCut, w.at, w.end - w.at, `${bytes.length} octets of ${s.octets} are there.`);
    }
    const shape = s === undefined ? { content: 'tpdu-sc' as const } : fromShape(s);
    this.ctx.record({
      ...shape,
      direction: w.direction ?? s?.direction,
      bytes,
      at: w.at,
      end: w.end,
      label: w.label,
      moment: w.moment,
    });
  }
}

/** Modems give the service centre address first; a few phones leave it out. */
function bestShape(bytes: Uint8Array, octets: number | null): Shape | undefined {
  const sc = withServiceCentre(bytes);
  const bare = withoutServiceCentre(bytes);
  if (octets !== null && bytes.length === octets && sc?.fit !== 'exact') return bare ?? sc;
  if (sc === undefined || (sc.fit !== 'exact' && bare?.fit === 'exact')) return bare ?? sc;
  return sc;
}

/** All octets that the header announces are there. */
function isWhole(w: Waiting): boolean {
  if (w.digits.length < 4) return false;
  const bytes = hexOctets(w.digits);
  if (w.octets === null) return judge(bytes)?.fit === 'exact';
  return bytes.length >= w.octets + 1 + bytes[0]! || withoutServiceCentre(bytes)?.octets === bytes.length;
}

/** Kannel's modem name, so that two modems in one log do not mix. */
const channelOf = (text: string): string | undefined => /AT2\[([^\]]{0,64})\]/.exec(text)?.[1];
