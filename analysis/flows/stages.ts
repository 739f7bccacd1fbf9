// The legs of a message's way: when each began and ended, and how.

import type { FrameId } from '../../dissectors/base/bytemap.ts';
import type { Time } from '../../dissectors/base/message.ts';
import type { Joined } from '../../dissectors/sms/joined.ts';
import type { Coverage } from './coverage.ts';
import { type Attempt, legOf, type MessageFlow, type PartFlow } from './flow.ts';

export type StageName =
  | 'submit'
  | 'relay'
  | 'delivery'
  | 'receipt'
  | 'notification'
  | 'activation'
  | 'name'
  | 'connection'
  | 'dm-session'
  | 'retrieval';

export interface Stage {
  readonly stage: StageName;
  readonly bearer: string;
  readonly t0: Time;
  /** NaN when its end was not seen. */
  readonly t1: Time;
  readonly frames: readonly FrameId[];
  readonly result: 'ok' | 'refused' | 'failed' | 'expired' | 'not-seen';
  readonly code: string | null;
  /** What came with the code, or what is missing. */
  readonly text: string;
  /** Why its end was not seen; null where it was, or should have been. */
  readonly reason: string | null;
  readonly message: string;
}

/** A leg as words that begin a line. */
export const STAGE_WORDS: Readonly<Record<StageName, string>> = {
  submit: 'Submission',
  relay: 'Relay',
  delivery: 'Delivery',
  receipt: 'Delivery receipt',
  notification: 'Result notification',
  activation: 'Access point',
  name: 'Name lookup',
  connection: 'Connection',
  'dm-session': 'Device management session',
  retrieval: 'Retrieval',
};

const BEARER_WORDS: Readonly<Record<string, string>> = {
  smpp: 'SMPP',
  ucp: 'UCP',
  cimd2: 'CIMD2',
  udp: 'UDP',
  wtp: 'WTP',
  'gsm-map': 'MAP',
  gsmtap: 'the radio',
  gsup: 'GSUP',
  sgsap: 'SGs',
  s1ap: 'S1',
  bssap: 'the A interface',
  sip: 'SIP',
  'diameter-sgd': 'Diameter',
  'ota-http': 'HTTP push',
  http: 'HTTP',
  pap: 'PAP',
  'kannel-box': "Kannel's box protocol",
  at: 'AT commands',
  'sim-apdu': 'the card',
  'exported-pdu': 'exported PDUs',
  'text-log': 'a log',
  file: 'a file',
  gtp: 'GTP',
  dns: 'DNS',
  tcp: 'TCP',
  wsp: 'WSP',
};

export const bearerWords = (bearer: string): string => BEARER_WORDS[bearer] ?? bearer.toUpperCase();

/** 'Submission over SMPP'. */
export const stageLabel = (stage: StageName, bearer: string): string => {
  const by = stage === 'receipt' || stage === 'notification' ? 'by' : 'over';
  return `${STAGE_WORDS[stage]} ${by} ${bearerWords(bearer)}`;
};

const later = (a: Time, b: Time): Time => (Number.isNaN(a) || b > a ? b : a);
const sooner = (a: Time, b: Time): Time => (Number.isNaN(a) || b < a ? b : a);

const RESULTS: Readonly<Record<PartFlow['end'], Stage['result']>> = {
  delivered: 'ok',
  accepted: 'ok',
  refused: 'refused',
  undelivered: 'ok',
  expired: 'ok',
  unanswered: 'not-seen',
};

/** The worst end of the parts decides: one refused part is enough. */
function worst(parts: readonly PartFlow[]): PartFlow | undefined {
  return parts.find((p) => p.end === 'refused') ?? parts.find((p) => p.end === 'unanswered') ?? parts[0];
}

function carried(flow: MessageFlow, j: Joined, hop: number, coverage: Coverage): Stage {
  const attempts = flow.parts.flatMap((p) => p.attempts);
  const bad = worst(flow.parts);
  const taken = bad !== undefined && attemptTaken(bad);
  const result = bad === undefined ? 'not-seen' : taken ? 'ok' : RESULTS[bad.end];
  const last = bad?.attempts.at(-1)?.answer ?? null;
  const answered = attempts.flatMap((a) => (a.answer === null ? [] : [a.answer]));
  const leg = legOf(j.operation);
  const sent = attempts.reduce((t, a) => later(t, a.segment.time), Number.NaN);
  const open = result === 'not-seen';
  return {
    stage: leg === 'submit' && hop > 1 ? 'relay' : leg,
    bearer: j.bearer,
    t0: attempts.reduce((t, a) => sooner(t, a.segment.time), Number.NaN),
    t1: open ? Number.NaN : answered.reduce((t, a) => later(t, a.time), Number.NaN),
    frames: [...attempts.map((a) => a.segment.frame), ...answered.map((a) => a.frame)],
    result,
    code: result === 'refused' ? (last?.code ?? null) : null,
    text: result === 'refused' ? (last?.text ?? '') : '',
    reason: open ? whyUnanswered(attempts, bad?.attempts.at(-1), coverage, sent) : null,
    message: flow.message,
  };
}

/** A receipt that came later does not undo that the next hop took the part. */
const attemptTaken = (p: PartFlow): boolean => p.attempts.some((a) => a.answer?.ok === true) && p.end !== 'refused';

function whyUnanswered(
  attempts: readonly Attempt[],
  last: Attempt | undefined,
  coverage: Coverage,
  sent: Time,
): string {
  if (attempts.every((a) => a.segment.answerKey === null)) return 'nothing answers this kind of message';
  if (last?.broken != null) return `the connection was ${last.broken.what} before an answer came`;
  return coverage.after(sent) ?? 'no answer is in the capture';
}

function reported(flow: MessageFlow): Stage[] {
  const all = flow.parts.flatMap((p) => p.attempts.flatMap((a) => a.receipts.map((receipt) => ({ receipt, p, a }))));
  const [first] = all;
  if (first === undefined) return [];
  const final = all.filter(({ receipt }) => receipt.state === 'delivered' || receipt.state === 'failed');
  const bad = final.find(({ p }) => p.end === 'undelivered' || p.end === 'expired');
  const good = final.findLast(({ receipt }) => receipt.state === 'delivered');
  const told = (bad ?? good ?? final.at(-1) ?? first).receipt;
  // Without a good word the bad one stands, though a later sending may have ended well.
  const ended = good !== undefined ? 'ok' : final.length > 0 ? 'failed' : 'not-seen';
  const result = bad === undefined ? ended : bad.p.end === 'expired' ? 'expired' : 'failed';
  const { bearer } = told;
  return [
    {
      stage: bearer === 'pap' ? 'notification' : 'receipt',
      bearer,
      // The network has the message from its answer on.
      t0: all.reduce((t, { a }) => sooner(t, a.answer?.time ?? a.segment.time), Number.NaN),
      t1: result === 'not-seen' ? Number.NaN : final.reduce((t, { receipt }) => later(t, receipt.time), Number.NaN),
      frames: all.map(({ receipt }) => receipt.frame),
      result,
      code: result === 'ok' || result === 'not-seen' ? null : told.code,
      text: told.text,
      reason: result === 'not-seen' ? `the last word is: ${told.text}` : null,
      message: flow.message,
    },
  ];
}

/** The stages of one message; `hop`: 1-based, of its attempt. */
export const stagesOf = (flow: MessageFlow, j: Joined, hop: number, coverage: Coverage): Stage[] => [
  carried(flow, j, hop, coverage),
  ...reported(flow),
];
