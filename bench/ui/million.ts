// A million marks as a busy gateway would leave them: bursts by day, quiet nights, phones that get much and phones that
// get little, and a rare error. Deterministic; the columns are those the engine makes of a real capture.

import type { LaneBy } from '../../analysis/engine/contract/timeline.ts';
import { createMarkLog, type MarkLog } from '../../analysis/engine/marks.ts';
import type { LaneSource } from '../../analysis/engine/windowlanes.ts';

export interface Million extends LaneSource {
  readonly marks: MarkLog;
  readonly spans: MarkLog;
  readonly lanes: number;
  readonly t1: number;
  /** First and last time of each message. */
  readonly first: Float64Array;
  readonly last: Float64Array;
  readonly laneOf: Int32Array;
}

const SECOND = 1e9;
const DAY = 86_400 * SECOND;

/** At least `events` marks in `lanes` lanes. */
export function million(events: number, lanes: number, seed = 1): Million {
  let state = seed >>> 0;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const marks = createMarkLog(events + 64);
  const spans = createMarkLog();
  const first: number[] = [];
  const last: number[] = [];
  const laneOf: number[] = [];
  const transaction: number[] = [];
  // Three days at about this many marks a message.
  const step = (3 * DAY) / (events / 8.2);
  let at = 0;
  while (marks.length < events) {
    const message = first.length;
    const hour = (at / (DAY / 24)) % 24;
    at += step * (hour < 6 ? 8 : 0.78) * (0.2 + 1.6 * random());
    const lane = Math.floor(lanes * random() ** 3);
    const parts = 2 + Math.floor(random() * 3);
    const failed = random() < 2e-5;
    const begin = Math.round(at);
    let t = begin;
    for (let part = 1; part <= parts; part += 1) {
      marks.add({ kind: 'segment', time: t, message, part });
      const refused = failed && part === parts;
      marks.add({
        kind: refused ? 'refusal' : 'answer',
        time: t + 8e6,
        from: t,
        message,
        part,
        severity: refused ? 3 : 0,
        code: refused ? 'ESME_RSUBMITFAIL' : null,
      });
      if (part < parts) t += Math.round((0.05 + random() * 0.4) * SECOND);
    }
    if (random() < 0.6) marks.add({ kind: 'receipt', time: t + Math.round(random() * 20 * SECOND), message });
    const severity = failed ? 3 : random() < 0.01 ? 2 : 0;
    marks.add({ kind: 'message', time: t, from: begin, message, part: parts, verdict: 'valid', severity });
    const before = message - 1;
    const again = before >= 0 && random() < 0.01;
    transaction.push(again ? transaction[before]! : message);
    laneOf.push(again ? laneOf[before]! : lane);
    if (again) {
      marks.add({ kind: 'retry', time: begin, from: first[before]!, message });
      spans.add({ kind: 'transaction', time: t, from: first[before]!, message: before, part: 2 });
    }
    first.push(begin);
    last.push(t);
  }
  const name = (lane: number): string => `+4917${String(10_000_000 + lane * 7919).slice(-8)}`;
  const LABELS: Readonly<Record<LaneBy, (m: number) => string>> = {
    subscriber: (m) => name(laneOf[m]!),
    sender: (m) => `sender ${m % 7}`,
    centre: () => '+491700000000',
    file: () => 'million.pcapng',
    content: () => 'application/vnd.wap.connectivity-wbxml',
    verdict: () => 'valid',
  };
  return {
    messages: first.length,
    marks,
    spans,
    lanes,
    t1: last.at(-1) ?? 0,
    first: Float64Array.from(first),
    last: Float64Array.from(last),
    laneOf: Int32Array.from(laneOf),
    labelOf: (by, m) => LABELS[by](m),
    transactionOf: (m) => transaction[m]!,
  };
}
