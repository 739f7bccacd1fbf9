// What became of one message: each submission of each part, the answers, the receipts, and how it ended.

import type { FrameId } from '../../dissectors/base/bytemap.ts';
import type { Activity, Answer, Receipt, Time } from '../../dissectors/base/message.ts';
import type { Joined, Segment } from '../../dissectors/sms/joined.ts';
import type { AnswerBook } from './store.ts';

export type Outcome = 'delivered' | 'accepted' | 'failed' | 'unconfirmed' | 'expired';

export interface FlowEvent {
  readonly time: Time;
  readonly frame: FrameId;
  readonly what: 'submit' | 'answer' | 'refusal' | 'receipt' | 'reset' | 'next-move';
  readonly message: string;
  readonly part: number | null;
  /** Bearer; of what is not a message, its protocol. */
  readonly by: string;
  readonly code: string | null;
  /** One phrase; names no secret. */
  readonly text: string;
  readonly ok: boolean | null;
}

export interface Failure {
  /**
   * 'submit': the next hop did not take it, or not all of it was sent; 'delivery': it did, but the phone did not get it.
   */
  readonly stage: 'submit' | 'delivery';
  readonly code: string | null;
  readonly text: string;
  readonly bearer: string;
  /** 'silence': nobody said so, a part was never sent. */
  readonly said: 'answer' | 'receipt' | 'silence';
}

/** What else the capture tells about the road of a message. */
export interface Roads {
  /** How a conversation ended. */
  endOf(conversation: string): Activity | undefined;
  /** The capture holds everything that was sent on the message's road while it was sent. */
  nothingLost(j: Joined): boolean;
}

const NO_ROADS: Roads = { endOf: () => undefined, nothingLost: () => false };

/** One sending of one part and what was said to it. */
export interface Attempt {
  readonly segment: Segment;
  /** 0 for the first sending of the part. */
  readonly repeat: number;
  readonly answer: Answer | null;
  readonly receipts: readonly Receipt[];
  /** The connection broke before an answer came. */
  readonly broken: Activity | null;
}

export interface PartFlow {
  readonly part: number;
  readonly of: number;
  readonly attempts: readonly Attempt[];
  readonly end: 'delivered' | 'accepted' | 'refused' | 'undelivered' | 'expired' | 'unanswered';
}

export interface MessageFlow {
  readonly message: string;
  readonly outcome: Outcome;
  readonly parts: readonly PartFlow[];
  readonly events: readonly FlowEvent[];
  /** Sendings of a part again after it was refused or while it was unanswered. */
  readonly retries: number;
  readonly failure: Failure | null;
}

const time = (t: Time): number => (Number.isNaN(t) ? Number.POSITIVE_INFINITY : t);

/** Capture order: time, then frame; what has no time comes last. */
export const byTime = (a: FlowEvent, b: FlowEvent): number => {
  const [x, y] = [time(a.time), time(b.time)];
  return x === y ? a.frame - b.frame : x - y;
};

const expired = (r: Receipt): boolean => /EXPIRED/i.test(`${r.text} ${r.code ?? ''}`);

/** 'part 2 of 3', or '' for a message of one part. */
const partOf = (s: Segment): string => (s.of === 1 && s.part === 1 ? '' : `part ${s.part} of ${s.of}`);

/** The receipt speaks of this recipient; receipts without an address can't say otherwise. */
function about(r: Receipt, j: Joined): boolean {
  const digits = (s: string) => s.replace(/\D/g, '').replace(/^0+/, '');
  if (r.from === null || j.to === null) return true;
  const [a, b] = [digits(r.from.value), digits(j.to.value)];
  return a === '' || b === '' || a.endsWith(b) || b.endsWith(a);
}

/** Answer keys begin with the conversation they are unique in. */
export const conversationOf = (answerKey: string | null): string => {
  const at = answerKey?.indexOf('/') ?? -1;
  return at < 0 ? (answerKey ?? '') : answerKey!.slice(0, at);
};

function brokenAfter(s: Segment, roads: Roads): Activity | null {
  const end = s.answerKey === null ? undefined : roads.endOf(conversationOf(s.answerKey));
  return end !== undefined && end.time >= s.time ? end : null;
}

function receiptsOf(s: Segment, id: string | null, j: Joined, book: AnswerBook): Receipt[] {
  const quoted = id === null ? [] : book.receiptsFor(id).filter((r) => about(r, j));
  return [...quoted, ...book.tiedTo(s)];
}

function attemptsOf(j: Joined, book: AnswerBook, roads: Roads): Map<number, Attempt[]> {
  const parts = new Map<number, Attempt[]>();
  for (const segment of j.segments) {
    const earlier = parts.get(segment.part) ?? [];
    const answer = segment.answerKey === null ? null : (book.answerTo(segment.answerKey) ?? null);
    const id = answer?.messageId ?? null;
    // Several answers may repeat one id; a receipt belongs to the first that has it.
    const taken = earlier.some((a) => a.answer?.messageId === id);
    const receipts = receiptsOf(segment, taken ? null : id, j, book);
    const broken = answer === null ? brokenAfter(segment, roads) : null;
    earlier.push({ segment, repeat: earlier.length, answer, receipts, broken });
    parts.set(segment.part, earlier);
  }
  return parts;
}

/** A later sending of the part was accepted: what was said of an earlier one before that is no longer the end. */
function outlived(r: Receipt, attempts: readonly Attempt[]): boolean {
  const at = attempts.findIndex((a) => a.receipts.includes(r));
  return attempts.some((a, i) => i > at && a.answer?.ok === true && a.answer.time > r.time);
}

function endOf(attempts: readonly Attempt[]): PartFlow['end'] {
  const receipts = attempts.flatMap((a) => a.receipts).filter((r) => r.state !== 'pending' && r.state !== 'unknown');
  // A receipt that a later one corrects no longer counts.
  const last = receipts.at(-1);
  if (receipts.some((r) => r.state === 'delivered')) return 'delivered';
  if (last !== undefined && !outlived(last, attempts)) return expired(last) ? 'expired' : 'undelivered';
  if (attempts.some((a) => a.answer?.ok === true && a.answer.delivered === true)) return 'delivered';
  if (attempts.some((a) => a.answer?.ok === true)) return 'accepted';
  return attempts.at(-1)?.answer?.ok === false ? 'refused' : 'unanswered';
}

/** Refused or without an answer so far: a sending that follows is a retry, else it only repeats. */
const open = (a: Attempt, at: Time): boolean => a.answer === null || !a.answer.ok || a.answer.time > at;

const isRetry = (attempts: readonly Attempt[], i: number): boolean => {
  const at = attempts[i]?.segment.time ?? Number.NaN;
  return i > 0 && attempts.slice(0, i).every((a) => open(a, at));
};

function outcomeOf(j: Joined, parts: readonly PartFlow[]): Outcome {
  const ends = new Set(parts.map((p) => p.end));
  if (ends.has('undelivered') || ends.has('refused')) return 'failed';
  if (ends.has('expired')) return 'expired';
  if (j.state === 'incomplete' || ends.has('unanswered') || parts.length === 0) return 'unconfirmed';
  return ends.has('delivered') ? 'delivered' : 'accepted';
}

/** PDUs that ask the network to take a message; what else carries one brings it to the phone. */
const SUBMITS = /submit|data_sm|^mo-|mo-forward|^push-message$|^send(?:sms|ota)$|^box /i;

/** Does the PDU ask the network to take a message, or bring it to the phone? */
export const legOf = (operation: string): Failure['stage'] => (SUBMITS.test(operation) ? 'submit' : 'delivery');

function failureOf(j: Joined, parts: readonly PartFlow[], roads: Roads): Failure | null {
  for (const p of parts) {
    const receipt = p.attempts.flatMap((a) => a.receipts).findLast((r) => r.state === 'failed');
    if ((p.end === 'undelivered' || p.end === 'expired') && receipt !== undefined) {
      const { code, text, bearer } = receipt;
      return { stage: 'delivery', code, text, bearer, said: 'receipt' };
    }
  }
  for (const p of parts) {
    const last = p.attempts.at(-1);
    if (p.end !== 'refused' || last?.answer == null) continue;
    const { code, text, bearer } = last.answer;
    return { stage: legOf(last.segment.operation), code, text, bearer, said: 'answer' };
  }
  if (j.missing.length === 0 || !roads.nothingLost(j)) return null;
  const of = j.segments[0]?.of ?? 0;
  const which = j.missing.length === 1 ? `part ${j.missing[0]}` : `parts ${j.missing.slice(0, 12).join(', ')}`;
  return {
    stage: legOf(j.operation),
    code: null,
    text: `${which} of ${of} never sent`,
    bearer: j.bearer,
    said: 'silence',
  };
}

/** The times of all events, in no order. */
export function* timesOf(flow: MessageFlow): Generator<Time> {
  for (const { attempts } of flow.parts) {
    for (const { segment, answer, broken, receipts } of attempts) {
      yield segment.time;
      if (answer !== null) yield answer.time;
      if (broken !== null) yield broken.time;
      for (const r of receipts) yield r.time;
    }
  }
}

function eventsOf(message: string, bearer: string, part: PartFlow): FlowEvent[] {
  const out: FlowEvent[] = [];
  for (const [i, a] of part.attempts.entries()) {
    const s = a.segment;
    const named = partOf(s);
    const which = named === '' ? '' : `, ${named}`;
    const again = i === 0 ? '' : isRetry(part.attempts, i) ? ', tried again' : ', sent again though it was accepted';
    out.push({
      message,
      part: s.part,
      by: bearer,
      time: s.time,
      frame: s.frame,
      what: 'submit',
      code: null,
      text: `${s.operation}${which}${again}`,
      ok: null,
    });
    if (a.answer !== null) {
      const { answer } = a;
      const said = answer.ok
        ? `${answer.delivered === true ? 'delivered' : 'accepted'}${answer.messageId === null ? '' : ` as ${answer.messageId}`}`
        : `refused${answer.temporary ? ' for now' : ''}: ${answer.text}`;
      out.push({
        message,
        part: s.part,
        by: answer.bearer,
        time: answer.time,
        frame: answer.frame,
        what: answer.ok ? 'answer' : 'refusal',
        code: answer.code,
        text: `${answer.operation}${which}: ${said}`,
        ok: answer.ok,
      });
    }
    if (a.broken !== null) {
      const { broken } = a;
      out.push({
        message,
        part: s.part,
        by: broken.layer,
        time: broken.time,
        frame: broken.frame,
        what: 'reset',
        code: null,
        text: `${broken.operation}${which}: the connection was ${broken.what} before an answer came`,
        ok: null,
      });
    }
    for (const r of a.receipts) {
      out.push({
        message,
        part: s.part,
        by: r.bearer,
        time: r.time,
        frame: r.frame,
        what: 'receipt',
        code: r.code,
        text: `receipt${which}: ${r.text}`,
        ok: r.state === 'delivered' ? true : r.state === 'failed' ? false : null,
      });
    }
  }
  return out;
}

/**
 * Follows one message through the answers and receipts of the book. Only what was seen counts: a part without an answer
 * leaves the message unconfirmed, it never makes it failed.
 */
export function messageFlow(message: string, j: Joined, book: AnswerBook, roads: Roads = NO_ROADS): MessageFlow {
  const parts: PartFlow[] = [...attemptsOf(j, book, roads)].map(([part, attempts]) => ({
    part,
    of: attempts[0]!.segment.of,
    attempts,
    end: endOf(attempts),
  }));
  parts.sort((a, b) => a.part - b.part);
  let events: readonly FlowEvent[] | null = null;
  return {
    message,
    outcome: outcomeOf(j, parts),
    parts,
    // Sentences that are not asked for are not made.
    get events() {
      events ??= parts.flatMap((p) => eventsOf(message, j.bearer, p)).sort(byTime);
      return events;
    },
    retries: parts.reduce((n, p) => n + p.attempts.filter((_, i) => isRetry(p.attempts, i)).length, 0),
    failure: failureOf(j, parts, roads),
  };
}
