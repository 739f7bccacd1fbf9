// Requests and their answers: what a dissector of one kind of request needs to know of HTTP.

import type { Finding, Rule } from '../../../captures/finding.ts';
import type { Mapped } from '../../base/bytemap.ts';
import type { Cursor } from '../../base/cursor.ts';
import type { Context } from '../../base/dissector.ts';
import type { Address } from '../../base/message.ts';
import { latin1, type Span } from '../text/delimited.ts';
import type { Body } from './body.ts';
import type { HeaderLine, Request, Response } from './lines.ts';

/** One message of an exchange: what the readers of its meaning get. */
export interface Message<S = Request | Response> {
  readonly c: Cursor;
  readonly ctx: Context;
  readonly start: S;
  readonly headers: readonly HeaderLine[];
  /** Header lines and the empty line behind them. */
  readonly head: Span;
  readonly body: Body;
  /** The whole message. */
  readonly pdu: Mapped;
  /** Where the findings of this message begin in the cursor's list. */
  readonly before: number;
}

/** Takes the answer to a request; 1xx answers do not come here. */
export type Awaiting = (answer: Message<Response>) => void;

/** RFC 9112 9.3.2: answers come in the order of the requests. */
export interface Exchanges {
  /** Requests of each side that have no answer yet; null: nobody cares. */
  readonly open: readonly [(Awaiting | null)[], (Awaiting | null)[]];
  /** Requests of each side so far: makes answer keys unique. */
  readonly count: [number, number];
}

export const newExchanges = (): Exchanges => ({ open: [[], []], count: [0, 0] });

/** More requests without an answer than any client sends ahead. */
const MOST_OPEN = 256;

export function expect(x: Exchanges, direction: 0 | 1, awaiting: Awaiting | null): void {
  const open = x.open[direction];
  open.push(awaiting);
  if (open.length > MOST_OPEN) open.shift();
}

/** The other side's oldest request without an answer. */
export const answered = (x: Exchanges, direction: 0 | 1): Awaiting | null =>
  x.open[direction === 0 ? 1 : 0].shift() ?? null;

/** Names the request just read; unique in the session. */
export function exchangeKey(ctx: Context, x: Exchanges): string {
  return `${ctx.conversation}/${ctx.direction}/${x.count[ctx.direction]}`;
}

/** Each recipient is a message that keeps the request: octets that all of them may keep, and how many they are at most. */
const KEPT_OCTETS = 8 * 1024 * 1024;
const MOST_RECIPIENTS = 1000;

/** How many recipients of one request are listed. A bulk job needs no more: one message is as good as another. */
export const mostRecipients = (m: Message<unknown>): number =>
  Math.max(1, Math.min(MOST_RECIPIENTS, Math.floor(KEPT_OCTETS / (2 * m.pdu.bytes.length + 1))));

export const ipAddress = (value: string): Address | null => (value === '' ? null : { value, type: 'ip' });

/** What the message was complained about goes with what is made of it. */
export const takeFindings = (m: Message<unknown>): Finding[] => m.c.findings.splice(m.before);

/** A finding of the frame and of no message. */
export function tell(m: Message<unknown>, rule: Rule, message: string): void {
  const { ctx } = m;
  ctx.sink.finding({
    frame: ctx.frame,
    time: ctx.time,
    finding: { rule, message, of: 'frame', start: 0, length: 0 },
  });
}

export const isOk = (status: number): boolean => status >= 200 && status < 300;

/** RFC 9110 15: what a client may try again as it is. */
export const isTemporary = (status: number): boolean =>
  status === 408 || status === 429 || status === 500 || (status >= 502 && status <= 504);

/** The first line of a short text body, as gateways answer; '' where it is anything else. */
export function shortText(m: Message<unknown>): string {
  const { bytes } = m.body.content;
  const text = latin1(bytes, { start: 0, length: Math.min(bytes.length, 200) });
  const [line = ''] = text.trim().split(/[\r\n]/);
  return /^[\x20-\x7e]{1,120}$/.test(line) && !line.startsWith('<') ? line : '';
}

/** 'Accepted', or the code where there is no phrase. */
export const reasonOf = (r: Response): string => (r.reason === '' ? `HTTP ${r.status}` : r.reason);
