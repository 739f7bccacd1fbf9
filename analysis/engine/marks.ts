// What the timeline draws: every part, answer and receipt of a message is a mark in its subscriber's lane.

import type { Lane } from './contract.ts';
import type { Flows } from './flowsof.ts';
import type { LaneMarks, Mark } from './lanes.ts';
import type { Loaded } from './load.ts';
import { allFindings, type MessageRecord, rankOf, recipientOf, worstOf } from './records.ts';

const NOBODY = 'recipient unknown';

function marksOf(r: MessageRecord, loaded: Loaded, flows: Flows): Mark[] {
  const j = r.joined;
  const severity = rankOf(worstOf(allFindings(r)));
  const base = { message: r.index, verdict: null };
  const marks: Mark[] = [];
  for (const s of j.segments) {
    const odd = s.status === 'conflict' ? 3 : s.status === 'used' ? 0 : 2;
    marks.push({ ...base, kind: 'segment', time: s.time, from: s.time, part: s.part, severity: odd });
    const answer = s.answerKey === null ? undefined : loaded.collected.answers.answerTo(s.answerKey);
    if (answer === undefined) continue;
    const kind = answer.ok ? 'answer' : 'refusal';
    marks.push({
      ...base,
      kind,
      time: answer.time,
      from: s.time,
      part: s.part,
      severity: answer.ok ? 0 : answer.temporary ? 2 : 3,
    });
  }
  for (const part of j.missing) {
    marks.push({ ...base, kind: 'missing', time: j.lastTime, from: j.lastTime, part, severity: 3 });
  }
  for (const receipt of flows.receiptsOf(r)) {
    const bad = receipt.state === 'failed' ? 3 : 0;
    marks.push({ ...base, kind: 'receipt', time: receipt.time, from: receipt.time, part: 0, severity: bad });
  }
  marks.push({
    kind: 'message',
    time: j.lastTime,
    from: j.firstTime,
    message: r.index,
    part: j.segments.length,
    verdict: r.verification.verdict,
    severity,
  });
  return marks.filter((m) => !Number.isNaN(m.time));
}

/** Drawn once, with the first message of a transaction that has several. */
function transactionMark(r: MessageRecord, byId: ReadonlyMap<string, MessageRecord>, flows: Flows): Mark[] {
  const t = flows.transactionOf(r);
  if (t === undefined || t.messages.length < 2 || t.messages[0] !== r.id) return [];
  const all = t.messages.flatMap((id) => byId.get(id) ?? []);
  const from = Math.min(...all.map((m) => m.joined.firstTime));
  const time = Math.max(...all.map((m) => m.joined.lastTime));
  if (Number.isNaN(from) || Number.isNaN(time)) return [];
  return [{ kind: 'transaction', time, from, message: r.index, part: all.length, verdict: null, severity: 0 }];
}

/** One lane a recipient, in order of first appearance. */
export function laneMarks(loaded: Loaded, flows: Flows): LaneMarks[] {
  const byId = new Map(loaded.records.map((r) => [r.id, r]));
  const lanes = new Map<string, { records: MessageRecord[]; marks: Mark[] }>();
  for (const r of loaded.records) {
    const label = flows.transactionOf(r)?.recipient ?? recipientOf(r.joined) ?? NOBODY;
    const lane = lanes.get(label) ?? { records: [], marks: [] };
    lanes.set(label, lane);
    lane.records.push(r);
    lane.marks.push(...marksOf(r, loaded, flows), ...transactionMark(r, byId, flows));
  }
  return [...lanes].map(([label, { records, marks }]) => {
    const worst = records.reduce<Lane['worst']>((w, r) => {
      const own = worstOf(allFindings(r));
      return rankOf(own) > rankOf(w) ? own : w;
    }, null);
    return { lane: { id: label, label, messages: records.length, worst }, marks };
  });
}
