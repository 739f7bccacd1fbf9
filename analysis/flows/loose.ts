// Receipts that quote no id, or a short one that comes round again: they speak of the last thing sent to their subject.

import type { Receipt, Time } from '../../dissectors/base/message.ts';
import type { Joined, Segment } from '../../dissectors/sms/joined.ts';
import { digitsOf } from './activity.ts';
import { type AnswerBook, isStatusReport } from './store.ts';

/** A message may wait this long for its status report; validity periods end here (3GPP TS 23.040 9.2.3.12: 63 weeks). */
const REPORT_WINDOW = 7 * 24 * 3600e9;
/** An outcome is reported to the register at once. */
const OUTCOME_WINDOW = 10 * 60e9;
/** Earlier parts that are looked at for one receipt. */
const MOST_LOOKED_AT = 1024;
/** Digits by which numbers are found; national and international forms share their ends. */
const TAIL = 7;

interface Sent {
  readonly segment: Segment;
  readonly number: string;
}

export interface Subject {
  readonly joined: Joined;
  /** Number of the recipient, where the network's signalling tells it of an IMSI. */
  readonly number: string | null;
}

const tail = (digits: string): string => digits.slice(-TAIL);
const same = (a: string, b: string): boolean => a.endsWith(b) || b.endsWith(a);
const order = (t: Time): number => (Number.isNaN(t) ? Number.POSITIVE_INFINITY : t);

/** Gives each loose receipt to the part it speaks of, where there is one. Costs nothing when no receipt is loose. */
export function tieLoose(subjects: Iterable<Subject>, book: AnswerBook): void {
  if (book.loose.length === 0) return;
  const byTail = new Map<string, Sent[]>();
  for (const { joined, number } of subjects) {
    const digits = digitsOf(number ?? joined.to?.value ?? joined.imsi ?? '');
    if (digits === '') continue;
    const list = byTail.get(tail(digits)) ?? [];
    byTail.set(tail(digits), list);
    for (const segment of joined.segments) list.push({ segment, number: digits });
  }
  for (const list of byTail.values()) list.sort((a, b) => order(a.segment.time) - order(b.segment.time));
  for (const receipt of book.loose) {
    const about = digitsOf(receipt.from?.value ?? '');
    const sent = about === '' ? undefined : lastBefore(byTail.get(tail(about)) ?? [], receipt, about);
    if (sent !== undefined) book.tie(sent, receipt);
  }
}

function lastBefore(sent: readonly Sent[], r: Receipt, about: string): Segment | undefined {
  const report = isStatusReport(r);
  const window = report ? REPORT_WINDOW : OUTCOME_WINDOW;
  const from = behind(sent, r.time) - 1;
  for (let i = from; i >= 0 && i > from - MOST_LOOKED_AT; i -= 1) {
    const { segment, number } = sent[i]!;
    if (r.time - segment.time > window) return undefined;
    if (!same(number, about)) continue;
    if (!report) return segment;
    if (segment.messageReference !== undefined && String(segment.messageReference) === r.messageId) return segment;
  }
  return undefined;
}

/** How many were sent up to `time`. */
function behind(sent: readonly Sent[], time: Time): number {
  let [low, high] = [0, sent.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (order(sent[middle]!.segment.time) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
