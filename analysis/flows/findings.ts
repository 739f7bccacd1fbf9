// What the fate of a message means for its list of findings.

import { type Finding, type Rule, rules } from '../../captures/finding.ts';
import type { Attempt, MessageFlow, PartFlow } from './flow.ts';

const SMPP = 'SMPP 3.4 5.1.3';

export const FLOW_RULES = rules({
  refused: {
    code: 'FLOW-PART-REFUSED',
    severity: 'error',
    title: 'The next hop refused a part and no later sending of it was accepted',
    clause: SMPP,
    receivers: 'The phone can not join the message without this part.',
    fix: 'Look at the code of the answer, and send the part again when the refusal was temporary.',
  },
  refusedFirst: {
    code: 'FLOW-PART-RETRIED',
    severity: 'note',
    title: 'A part was refused at first and accepted when it was sent again',
    clause: SMPP,
  },
  unanswered: {
    code: 'FLOW-NO-ANSWER',
    severity: 'warning',
    title: 'A part has no answer in the capture although what was sent after it has one',
    clause: SMPP,
    fix: 'Check the connection to the next hop around that time.',
  },
  undelivered: {
    code: 'FLOW-NOT-DELIVERED',
    severity: 'error',
    title: 'A receipt says that a part did not reach the phone',
    clause: 'SMPP 3.4 Appendix B; 3GPP TS 23.040 9.2.3.15',
    receivers: 'The phone can not join the message without this part.',
  },
  repeated: {
    code: 'FLOW-PART-REPEATED',
    severity: 'note',
    title: 'A part was sent again although it had been accepted',
    clause: SMPP,
  },
});

const named = (p: PartFlow): string => (p.of === 1 && p.part === 1 ? 'The message' : `Part ${p.part} of ${p.of}`);

const coded = (code: string | null, text: string): string =>
  code === null ? text : text === '' || text.includes(code) ? text || code : `${text} (${code})`;

/** Another sending, later than this one, was answered: the capture was seeing answers. */
const answeredAfter = (all: readonly Attempt[], a: Attempt): boolean =>
  all.some((o) => o.answer !== null && o.segment.time >= a.segment.time && o !== a);

/** Findings of one message's flow; they point at no octets, the frames are in the flow's events. */
export function flowFindings(flow: MessageFlow): Finding[] {
  const out: Finding[] = [];
  const add = (rule: Rule, message: string) => out.push({ rule, message, of: 'pdu', start: 0, length: 0 });
  const all = flow.parts.flatMap((p) => p.attempts);
  for (const p of flow.parts) {
    const refusals = p.attempts.map((a) => a.answer).filter((a) => a !== null && !a.ok);
    const said = [...new Set(refusals.map((a) => coded(a?.code ?? null, a?.text ?? '')))].join(', then ');
    if (p.end === 'refused') add(FLOW_RULES.refused, `${named(p)} was refused: ${said}`);
    else if (refusals.length > 0) {
      const times = refusals.length === 1 ? 'once' : `${refusals.length} times`;
      const then = p.end === 'unanswered' ? 'has no answer since' : 'was then accepted';
      add(FLOW_RULES.refusedFirst, `${named(p)} was refused ${times} (${said}) and ${then}`);
    }
    for (const a of p.attempts) {
      if (a.answer === null && a.segment.answerKey !== null && answeredAfter(all, a)) {
        add(FLOW_RULES.unanswered, `${named(p)} has no answer in the capture${again(p, a)}`);
      }
    }
    if (p.end === 'undelivered' || p.end === 'expired') {
      const bad = p.attempts.flatMap((a) => a.receipts).findLast((r) => r.state === 'failed');
      if (bad !== undefined)
        add(FLOW_RULES.undelivered, `${named(p)} did not reach the phone: ${coded(bad.code, bad.text)}`);
    }
    const repeats = p.attempts.filter(
      (_, i) => i > 0 && p.attempts.slice(0, i).some((o) => o.answer?.ok === true),
    ).length;
    if (repeats > 0) {
      add(
        FLOW_RULES.repeated,
        `${named(p)} was sent ${repeats === 1 ? 'once' : `${repeats} times`} more after it was accepted`,
      );
    }
  }
  return out;
}

function again(p: PartFlow, a: Attempt): string {
  const next = p.attempts.find((o) => o.repeat > a.repeat);
  if (next === undefined) return '';
  const seconds = (next.segment.time - a.segment.time) / 1e9;
  const after = Number.isNaN(seconds) ? '' : ` ${seconds.toFixed(seconds < 10 ? 1 : 0)} s later`;
  return `; it was sent again${after}`;
}
