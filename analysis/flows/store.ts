// Answers and receipts wait here for the message they belong to, which may be known only later. Bounded.

import type { Answer, Receipt } from '../../dissectors/base/message.ts';
import type { Segment } from '../../dissectors/sms/joined.ts';

/** Answers and message ids of receipts kept that no message has asked for; beyond that the oldest are let go. */
const MOST_UNCLAIMED = 65_536;

/** Receipts kept for one message id. */
const MOST_RECEIPTS = 64;

export interface AnswerBook {
  answer(a: Answer): void;
  receipt(r: Receipt): void;
  /** Keeps what was and will be said about these PDUs; null keys are ignored. */
  claim(answerKeys: Iterable<string | null>): void;
  answerTo(answerKey: string): Answer | undefined;
  /** Receipts that quote the message id, in order of arrival. */
  receiptsFor(messageId: string): readonly Receipt[];
  /** Receipts that quote no message id, or one of 256 (TP-MR): they speak of whatever was sent to somebody last. */
  readonly loose: readonly Receipt[];
  /** Says which part a loose receipt speaks of. */
  tie(segment: Segment, receipt: Receipt): void;
  tiedTo(segment: Segment): readonly Receipt[];
  /** Receipts of which no message is known. */
  orphans(): Iterable<Receipt>;
  /** What was let go; a message may lack an answer because of it. */
  readonly dropped: { readonly answers: number; readonly receipts: number };
}

/** Case and leading zeros do not tell ids apart, nor how the number in front of a time stamp is written (UCP, CIMD2). */
const plainId = (messageId: string): string =>
  messageId
    .trim()
    .toUpperCase()
    .replace(/^\+(?=\d+:)/, '')
    .replace(/^0+(?=.)/, '');

/** 3GPP TS 23.040 9.2.3.6: status reports quote the TP-MR of the SUBMIT. */
export const isStatusReport = (r: Receipt): boolean => r.code?.startsWith('TP-ST ') === true;

/**
 * The other way a message id may be written: receipts of some SMSCs quote in decimal what the answer gave in hex, or
 * the other way round (seen in the field; SMPP 3.4 leaves the form to the SMSC).
 */
function otherForms(id: string): string[] {
  const forms: string[] = [];
  if (/^\d{1,20}$/.test(id)) forms.push(BigInt(id).toString(16).toUpperCase());
  if (/^[0-9A-F]{1,16}$/.test(id)) forms.push(BigInt(`0x${id}`).toString());
  return forms.filter((f) => f !== id);
}

/** Answers by key and receipts by message id; `most` bounds each of the two unclaimed sets. */
export function answerBook(most = MOST_UNCLAIMED): AnswerBook {
  const claimed = new Set<string>();
  const kept = new Map<string, Answer>();
  const waiting = new Map<string, Answer>();
  /** Ids of answers that messages claimed, and every other way to write them. */
  const ids = new Set<string>();
  const variants = new Set<string>();
  const keptReceipts = new Map<string, Receipt[]>();
  const waitingReceipts = new Map<string, Receipt[]>();
  const loose: Receipt[] = [];
  const tied = new Map<Segment, Receipt[]>();
  let answersDropped = 0;
  let receiptsDropped = 0;

  const keep = (a: Answer): void => {
    if (kept.has(a.answerKey)) return;
    kept.set(a.answerKey, a);
    if (a.messageId === null) return;
    const id = plainId(a.messageId);
    ids.add(id);
    for (const form of [id, ...otherForms(id)]) {
      variants.add(form);
      const early = waitingReceipts.get(form);
      if (early === undefined) continue;
      waitingReceipts.delete(form);
      keptReceipts.set(form, [...(keptReceipts.get(form) ?? []), ...early]);
    }
  };

  const file = (into: Map<string, Receipt[]>, id: string, r: Receipt): void => {
    const list = into.get(id);
    if (list === undefined) into.set(id, [r]);
    else if (list.length < MOST_RECEIPTS) list.push(r);
    else receiptsDropped += 1;
  };

  return {
    answer(a) {
      if (claimed.has(a.answerKey)) {
        keep(a);
        return;
      }
      if (waiting.has(a.answerKey)) return;
      waiting.set(a.answerKey, a);
      if (waiting.size <= most) return;
      const oldest = waiting.keys().next().value;
      if (oldest !== undefined) waiting.delete(oldest);
      answersDropped += 1;
    },
    receipt(r) {
      if (r.messageId === null || isStatusReport(r)) {
        if (loose.length < most) loose.push(r);
        else receiptsDropped += 1;
        return;
      }
      const id = plainId(r.messageId);
      if (variants.has(id)) {
        file(keptReceipts, id, r);
        return;
      }
      file(waitingReceipts, id, r);
      if (waitingReceipts.size <= most) return;
      const oldest = waitingReceipts.keys().next().value;
      if (oldest === undefined) return;
      receiptsDropped += waitingReceipts.get(oldest)?.length ?? 0;
      waitingReceipts.delete(oldest);
    },
    claim(answerKeys) {
      for (const key of answerKeys) {
        if (key === null) continue;
        claimed.add(key);
        const a = waiting.get(key);
        if (a === undefined) continue;
        waiting.delete(key);
        keep(a);
      }
    },
    answerTo: (key) => kept.get(key) ?? waiting.get(key),
    receiptsFor(messageId) {
      const id = plainId(messageId);
      const same = keptReceipts.get(id) ?? waitingReceipts.get(id);
      if (same !== undefined) return same;
      // Another message that has this very id is a better match than ours in another writing.
      return otherForms(id)
        .filter((form) => !ids.has(form))
        .flatMap((form) => keptReceipts.get(form) ?? waitingReceipts.get(form) ?? []);
    },
    loose,
    tie(segment, receipt) {
      const list = tied.get(segment);
      if (list === undefined) tied.set(segment, [receipt]);
      else if (list.length < MOST_RECEIPTS && !list.includes(receipt)) list.push(receipt);
    },
    tiedTo: (segment) => tied.get(segment) ?? [],
    *orphans() {
      const taken = new Set([...tied.values()].flat());
      for (const r of loose) if (!taken.has(r)) yield r;
      for (const list of waitingReceipts.values()) yield* list;
    },
    get dropped() {
      return { answers: answersDropped, receipts: receiptsDropped };
    },
  };
}
