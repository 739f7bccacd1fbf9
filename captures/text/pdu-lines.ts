// Hex that is a message: a line of its own, one wrapped over several lines, or a word in a line of some other log.

import type { Moment } from './clock.ts';
import type { LogContext, Recogniser } from './context.ts';
import { fromShape } from './context.ts';
import { type HexToken, hexOctets, hexTokens } from './hex.ts';
import { HINT } from './interest.ts';
import { byteAt, type Line } from './lines.ts';
import { nearHex, payloadEnd, payloadStart } from './payload.ts';
import { RULES } from './rules.ts';
import { headerOctets, judge, type Shape } from './shape.ts';

/** Digits held of a message wrapped over lines. */
const MAX_DIGITS = 1 << 17;
/** Shortest word that is looked at, by itself and as the header of the next. */
const LEAST_DIGITS = 16;
const LEAST_HEADER = 12;
/** Characters between a header and its data: separator, quotes, blanks, '0x'. */
const MAX_GAP = 6;

interface Held {
  digits: string;
  readonly first: Line;
  readonly at: number;
  end: number;
  readonly moment: Moment | null;
  /** Digits of each line so far, while they are equal. */
  readonly width: number;
  even: boolean;
  /** Of the first line. */
  readonly shape: Shape | undefined;
  readonly hint: Hint;
}

interface Hint {
  readonly word: RegExp;
  readonly label: string;
  readonly direction?: 'mt' | 'mo';
}

/** Words beside the hex that say what it is; without one only hex that is beyond doubt counts. */
const HINTS: readonly Hint[] = [
  { word: /UNSOL_RESPONSE_NEW_SMS_STATUS_REPORT/, label: 'UNSOL_RESPONSE_NEW_SMS_STATUS_REPORT', direction: 'mt' },
  { word: /UNSOL_RESPONSE_NEW_SMS_ON_SIM/, label: 'UNSOL_RESPONSE_NEW_SMS_ON_SIM', direction: 'mt' },
  { word: /UNSOL_RESPONSE_NEW_SMS/, label: 'UNSOL_RESPONSE_NEW_SMS', direction: 'mt' },
  { word: /(?:RIL_REQUEST_)?SEND_SMS|IMS_SEND_SMS/, label: 'SEND_SMS', direction: 'mo' },
  { word: /WapPushOverSms/, label: 'WapPushOverSms', direction: 'mt' },
  { word: /dispatchWapPdu/, label: 'dispatchWapPdu', direction: 'mt' },
  { word: /\bpdu\b/i, label: 'pdu' },
];

const NO_HINT: Hint = { word: /^/, label: 'hex' };

const hintOf = (text: string): Hint => HINTS.find((h) => h.word.test(text)) ?? NO_HINT;

export class PduLines implements Recogniser {
  readonly wants = HINT.hex;
  private readonly ctx: LogContext;
  private held: Held | null = null;

  constructor(ctx: LogContext) {
    this.ctx = ctx;
  }

  get busy(): boolean {
    return this.held !== null;
  }

  line(l: Line, from: number): boolean {
    const tokens = hexTokens(l.text, this.held === null ? LEAST_HEADER : 2, from);
    const only = tokens.length === 1 ? tokens[0]! : undefined;
    if (only !== undefined && this.standsAlone(l, from, only)) return this.alone(l, only);
    this.flush();
    const long = tokens.filter((t) => t.digits.length >= LEAST_DIGITS);
    if (long.length === 0) return this.damaged(l, from);
    return this.inside(l, tokens);
  }

  passed(): void {
    this.flush();
  }

  end(): void {
    this.flush(true);
  }

  /** Nothing but the hex behind what log programs put in front. */
  private standsAlone(l: Line, from: number, t: HexToken): boolean {
    if (t.end < payloadEnd(l.text)) return false;
    return payloadStart(l.text.slice(0, t.start), from) >= t.start;
  }

  private alone(l: Line, t: HexToken): boolean {
    if (this.held !== null && this.join(l, t)) return true;
    this.flush();
    if (t.digits.length < LEAST_DIGITS) return false;
    const held: Held = {
      digits: t.digits,
      first: l,
      at: byteAt(l, t.start),
      end: byteAt(l, t.end),
      moment: this.ctx.timeAt(l.number),
      width: t.digits.length,
      even: true,
      shape: judge(hexOctets(t.digits)),
      hint: t.start < 4 ? NO_HINT : hintOf(l.text),
    };
    this.held = held;
    const s = held.shape;
    if (t.digits.length % 2 === 0 && (s?.fit === 'exact' || s?.fit === 'long')) this.flush();
    return true;
  }

  /** Adds a line to the one held when it can only be its rest. */
  private join(l: Line, t: HexToken): boolean {
    const held = this.held!;
    if (begins(judge(hexOctets(t.digits)), held.shape)) return false;
    if (held.digits.length + t.digits.length > MAX_DIGITS) return false;
    const s = held.shape;
    const missing = s?.fit === 'short' ? 2 * s.octets - held.digits.length : 0;
    const fits =
      missing > 0 ? t.digits.length <= missing : s?.fit === 'open' && held.even && t.digits.length <= held.width;
    if (!fits) return false;
    held.digits += t.digits;
    held.end = byteAt(l, t.end);
    if (t.digits.length !== held.width) held.even = false;
    if (t.digits.length === missing) this.flush();
    return true;
  }

  private flush(atEnd = false): void {
    const held = this.held;
    if (held === null) return;
    this.held = null;
    const bytes = hexOctets(held.digits);
    const s = judge(bytes);
    if (s === undefined) this.ctx.hexUnknown(held.first);
    else this.give(held.digits, s, bytes, held, held.hint, atEnd);
  }

  /** Words of hex within a line. */
  private inside(l: Line, tokens: readonly HexToken[]): boolean {
    const hint = hintOf(l.text);
    const moment = this.ctx.timeAt(l.number);
    let taken = false;
    for (let i = 0; i < tokens.length; i += 1) {
      let digits = tokens[i]!.digits;
      const start = tokens[i]!.start;
      let end = tokens[i]!.end;
      const data = isHeaderAlone(digits) ? hexTokens(l.text, 2, end)[0] : undefined;
      if (data !== undefined && data.start - end <= MAX_GAP && data.digits.length % 2 === 0) {
        digits += data.digits;
        end = data.end;
        while (i + 1 < tokens.length && tokens[i + 1]!.start < end) i += 1;
      }
      if (digits.length < LEAST_DIGITS) continue;
      const bytes = hexOctets(digits);
      const s = judge(bytes);
      const certain = s !== undefined && (s.fit === 'exact' || s.fit === 'open') && digits.length % 2 === 0;
      if (s === undefined || (!certain && (hint === NO_HINT || !s.sure))) continue;
      taken = true;
      this.give(digits, s, bytes, { at: byteAt(l, start), end: byteAt(l, end), moment }, hint);
    }
    return taken;
  }

  /** A line that was hex but for a character or two. */
  private damaged(l: Line, from: number): boolean {
    const start = payloadStart(l.text, from);
    const end = payloadEnd(l.text);
    const near = nearHex(l.text, start, end);
    if (near === undefined || near.bad === 0) return false;
    const digits = l.text.slice(start, start + near.good);
    const bytes = hexOctets(digits);
    const s = judge(bytes);
    if (s === undefined || !s.sure || s.fit === 'long') {
      this.ctx.hexUnknown(l);
      return true;
    }
    const bad = byteAt(l, start + near.good);
    this.ctx.report(RULES.notHex, bad, l.unit, `Line ${l.number}: octets up to the first such character are read.`);
    this.ctx.record({
      ...fromShape(s),
      bytes,
      at: byteAt(l, start),
      end: byteAt(l, end),
      label: 'hex',
      moment: this.ctx.timeAt(l.number),
    });
    return true;
  }

  private give(
    digits: string,
    s: Shape,
    bytes: Uint8Array,
    where: { readonly at: number; readonly end: number; readonly moment: Moment | null },
    hint: Hint,
    atEnd = false,
  ): void {
    const { at, end, moment } = where;
    const { ctx } = this;
    if (digits.length % 2 === 1) {
      ctx.report(RULES.oddHex, at, end - at, `${digits.length} digits; the last one is left out.`);
    }
    if (s.fit === 'short') {
      ctx.report(RULES.pduCut, at, end - at, `${bytes.length} octets of ${s.octets} are there.`);
      if (atEnd) ctx.cutInside(at);
    } else if (s.fit === 'long') {
      ctx.report(RULES.pduLong, at, end - at, `${bytes.length} octets where the PDU has ${s.octets}.`);
    }
    const shape = fromShape(s);
    ctx.record({
      ...shape,
      direction: shape.direction ?? hint.direction,
      bytes,
      at,
      end,
      label: hint.label,
      moment,
    });
  }
}

/** A line that is a record of its own, and not the rest of the one held. */
function begins(own: Shape | undefined, held: Shape | undefined): boolean {
  if (own === undefined || own.fit === 'long') return false;
  if (own.fit === 'exact' || own.content === 'user-data') return true;
  return held?.fit === 'short' ? own.content.startsWith('tpdu') && own.sure : own.sure;
}

/** A user data header with nothing behind it. */
function isHeaderAlone(digits: string): boolean {
  if (digits.length < 6 || digits.length > 280 || digits.length % 2 === 1) return false;
  const bytes = hexOctets(digits);
  return headerOctets(bytes) === bytes.length;
}
