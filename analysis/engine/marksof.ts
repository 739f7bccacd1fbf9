// What the timeline draws: every part, answer and receipt of a message is a mark, and so is every sending again.

import { GIVES_UP } from '../../dissectors/sms/assemble.ts';
import type { Flows } from './flowsof.ts';
import type { Loaded } from './load.ts';
import type { MarkLog } from './marks.ts';
import { allFindings, type MessageRecord, rankOf, worstOf } from './records.ts';

/** The marks of one message. */
export function addMarks(log: MarkLog, r: MessageRecord, loaded: Loaded, flows: Flows): void {
  const j = r.joined;
  const message = r.index;
  for (const s of j.segments) {
    const odd = s.status === 'conflict' ? 3 : s.status === 'used' ? 0 : 2;
    log.add({ kind: 'segment', time: s.time, message, part: s.part, severity: odd });
    const answer = s.answerKey === null ? undefined : loaded.collected.answers.answerTo(s.answerKey);
    if (answer === undefined) continue;
    const severity = answer.ok ? 0 : answer.temporary ? 2 : 3;
    const kind = answer.ok ? 'answer' : 'refusal';
    const code = answer.ok ? null : answer.code;
    log.add({ kind, time: answer.time, from: s.time, message, part: s.part, severity, code });
  }
  for (const part of j.missing) log.add({ kind: 'missing', time: j.lastTime, message, part, severity: 3 });
  if (j.missing.length > 0) addExpiry(log, r, loaded.lastTime);
  for (const receipt of flows.receiptsOf(r)) {
    const bad = receipt.state === 'failed';
    log.add({ kind: 'receipt', time: receipt.time, message, severity: bad ? 3 : 0, code: bad ? receipt.code : null });
  }
  for (const { part, attempts } of flows.flowOf(r).parts) {
    for (const a of attempts.slice(1)) {
      log.add({ kind: 'retry', time: a.segment.time, from: attempts[0]?.segment.time ?? Number.NaN, message, part });
    }
  }
  log.add({
    kind: 'message',
    time: j.lastTime,
    from: j.firstTime,
    message,
    part: j.segments.length,
    verdict: r.verification.verdict,
    severity: rankOf(worstOf(allFindings(r))),
  });
}

const MOST_NAMED = 4;

/** Where missing parts are not waited for any more: after an hour, or where the capture ends before. */
function addExpiry(log: MarkLog, { index, joined: j }: MessageRecord, end: number): void {
  const expiry = j.lastTime + GIVES_UP;
  const time = Math.min(expiry, end);
  if (!(time > j.lastTime)) return;
  const [first] = j.missing;
  const { length } = j.missing;
  const code =
    length === 1 ? `part ${first}` : length > MOST_NAMED ? `${length} parts` : `parts ${j.missing.join(', ')}`;
  log.add({
    kind: 'expiry',
    time,
    from: j.lastTime,
    message: index,
    part: length,
    severity: time === expiry ? 1 : 0,
    code,
  });
}

/** A mark over all messages of each transaction that has several, and one for each of its attempts after the first. */
export function addTransactions(log: MarkLog, spans: MarkLog, loaded: Loaded): void {
  const byId = new Map(loaded.records.map((r) => [r.id, r]));
  for (const t of loaded.transactions) {
    if (t.messages.length < 2) continue;
    const all = t.messages.flatMap((id) => byId.get(id) ?? []);
    const from = all.reduce((least, r) => Math.min(least, r.joined.firstTime), Number.POSITIVE_INFINITY);
    const time = all.reduce((most, r) => Math.max(most, r.joined.lastTime), Number.NEGATIVE_INFINITY);
    if (!Number.isFinite(from) || !Number.isFinite(time) || all[0] === undefined) continue;
    spans.add({ kind: 'transaction', time, from, message: all[0].index, part: all.length });
    t.hops.forEach((hops, attempt) => {
      const [again, before] = [byId.get(hops[0] ?? ''), byId.get(t.hops[attempt - 1]?.[0] ?? '')];
      if (again === undefined || before === undefined) return;
      const { firstTime } = again.joined;
      log.add({ kind: 'retry', time: firstTime, from: before.joined.firstTime, message: again.index });
    });
  }
}
