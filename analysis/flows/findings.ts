// What the fate of a message means for its list of findings.

import { type Finding, type Rule, rules } from '../../captures/finding.ts';
import type { Bearer } from '../../dissectors/base/message.ts';
import { list } from '../summary/words.ts';
import type { Attempt, MessageFlow, PartFlow } from './flow.ts';

const SMPP = 'SMPP 3.4 5.1.3';

const RELAY = '3GPP TS 24.011 8.2.5.4';

/** Where each road says how a part is answered. */
const ANSWERS: Readonly<Partial<Record<Bearer, string>>> = {
  ucp: 'EMI-UCP 4.0 7.1',
  cimd2: 'CIMD 8.0 6.2',
  'gsm-map': '3GPP TS 29.002 12.9, 17.6.7',
  'diameter-sgd': '3GPP TS 29.338 7.3',
  gsup: RELAY,
  gsmtap: RELAY,
  sgsap: RELAY,
  s1ap: RELAY,
  bssap: RELAY,
  sip: 'RFC 3261 21; 3GPP TS 24.341 5.3',
  'ota-http': 'WAP-235-PushOTA 9',
  http: 'RFC 9110 15',
  pap: 'WAP-247-PAP 9',
  wtp: 'WAP-224-WTP 8.3',
  at: '3GPP TS 27.005 3.2.5',
  'sim-apdu': 'ETSI TS 102 221 10.2',
  'kannel-box': 'the protocol between the boxes of Kannel',
};

const cited = new Map<string, Rule>();

/** The rule as it reads on a bearer: codes are the same, clauses are not. */
function onBearer(rule: Rule, bearer: Bearer): Rule {
  const clause = rule.clause === SMPP ? ANSWERS[bearer] : undefined;
  if (clause === undefined) return rule;
  const key = `${rule.code} ${bearer}`;
  let own = cited.get(key);
  if (own === undefined) {
    own = { ...rule, clause };
    cited.set(key, own);
  }
  return own;
}

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

/** What is said of one part, or of several alike. */
interface Remark {
  readonly rule: Rule;
  readonly part: PartFlow;
  readonly say: (g: Grammar) => string;
}

interface Grammar {
  readonly was: string;
  readonly has: string;
  readonly it: string;
}

const ONE: Grammar = { was: 'was', has: 'has', it: 'it was' };
const SEVERAL: Grammar = { was: 'were', has: 'have', it: 'they were' };

/** Numbers that a sentence lists. */
const LISTED = 12;

function numbers(parts: readonly number[]): string {
  const more = parts.length - LISTED;
  return list(parts.length > LISTED ? [...parts.slice(0, LISTED).map(String), `${more} more`] : parts.map(String));
}

function subject(parts: readonly PartFlow[]): string {
  const [first] = parts;
  if (first === undefined || (first.of === 1 && first.part === 1)) return 'The message';
  if (parts.length === 1) return `Part ${first.part} of ${first.of}`;
  if (parts.length === first.of) return first.of === 2 ? 'Both parts' : `All ${first.of} parts`;
  return `Parts ${numbers(parts.map((p) => p.part))} of ${first.of}`;
}

const coded = (code: string | null, text: string): string =>
  code === null ? text : text === '' || text.includes(code) ? text || code : `${text} (${code})`;

/** Another sending, later than this one, was answered: the capture was seeing answers. */
const answeredAfter = (all: readonly Attempt[], a: Attempt): boolean =>
  all.some((o) => o.answer !== null && o.segment.time >= a.segment.time && o !== a);

const NOTHING: readonly Finding[] = [];

/** Findings of one message's flow over a bearer; they point at no octets, the frames are in the flow's events. */
export function flowFindings(flow: MessageFlow, bearer: Bearer = 'smpp'): readonly Finding[] {
  const all = flow.parts.flatMap((p) => p.attempts);
  const found = flow.parts.flatMap((p) => remarksOn(p, all));
  if (found.length === 0) return NOTHING;
  const alike = new Map<string, Remark[]>();
  for (const remark of found) {
    const key = `${remark.rule.code} ${remark.say(ONE)}`;
    const same = alike.get(key);
    if (same === undefined) alike.set(key, [remark]);
    else if (!same.some((r) => r.part === remark.part)) same.push(remark);
  }
  return [...alike.values()].map((remarks) => {
    const { rule, say } = remarks[0]!;
    const message = `${subject(remarks.map((r) => r.part))} ${say(remarks.length === 1 ? ONE : SEVERAL)}`;
    return { rule: onBearer(rule, bearer), message, of: 'pdu', start: 0, length: 0 };
  });
}

function remarksOn(p: PartFlow, all: readonly Attempt[]): Remark[] {
  const out: Remark[] = [];
  const add = (rule: Rule, say: Remark['say']) => out.push({ rule, part: p, say });
  const refusals = p.attempts.map((a) => a.answer).filter((a) => a !== null && !a.ok);
  const said = [...new Set(refusals.map((a) => coded(a?.code ?? null, a?.text ?? '')))].join(', then ');
  if (p.end === 'refused') add(FLOW_RULES.refused, (g) => `${g.was} refused: ${said}`);
  else if (refusals.length > 0) {
    const times = refusals.length === 1 ? 'once' : `${refusals.length} times`;
    add(FLOW_RULES.refusedFirst, (g) => {
      const then = p.end === 'unanswered' ? `${g.has} no answer since` : `${g.was} then accepted`;
      return `${g.was} refused ${times} (${said}) and ${then}`;
    });
  }
  for (const a of p.attempts) {
    if (a.answer === null && a.segment.answerKey !== null && answeredAfter(all, a)) {
      const why = a.broken === null ? '' : `, the connection was ${a.broken.what}`;
      add(FLOW_RULES.unanswered, (g) => `${g.has} no answer in the capture${why}${again(p, a, g)}`);
    }
  }
  if (p.end === 'undelivered' || p.end === 'expired') {
    const bad = p.attempts.flatMap((a) => a.receipts).findLast((r) => r.state === 'failed');
    if (bad !== undefined) add(FLOW_RULES.undelivered, () => `did not reach the phone: ${coded(bad.code, bad.text)}`);
  }
  const firstAccepted = p.attempts.findIndex((o) => o.answer?.ok === true);
  const repeats = firstAccepted < 0 ? 0 : p.attempts.length - 1 - firstAccepted;
  if (repeats > 0) {
    const times = repeats === 1 ? 'once' : `${repeats} times`;
    add(FLOW_RULES.repeated, (g) => `${g.was} sent ${times} more after ${g.it} accepted`);
  }
  return out;
}

function again(p: PartFlow, a: Attempt, g: Grammar): string {
  const next = p.attempts.find((o) => o.repeat > a.repeat);
  if (next === undefined) return '';
  const seconds = (next.segment.time - a.segment.time) / 1e9;
  const after = Number.isNaN(seconds) ? '' : ` ${seconds.toFixed(seconds < 10 ? 1 : 0)} s later`;
  return `; ${g.it} sent again${after}`;
}
