import { describe, expect, test } from 'vitest';
import { flowFindings } from '../../analysis/flows/findings.ts';
import { messageFlow } from '../../analysis/flows/flow.ts';
import { answerBook } from '../../analysis/flows/store.ts';
import { buildTransactions, contentKey, type FlowMessage, RETRY_WINDOW } from '../../analysis/flows/transactions.ts';
import { EMPTY } from '../../dissectors/base/bytemap.ts';
import type { Answer, Receipt, Time } from '../../dissectors/base/message.ts';
import type { Joined, Segment } from '../../dissectors/sms/joined.ts';
import { absent, type Truth, type TruthMessage, truths } from './shared.ts';

const S = 1e9;

const segment = (part: number, of: number, time: Time, answerKey: string | null): Segment => ({
  part,
  of,
  reference: 7,
  referenceBits: 8,
  frame: Math.round(time / S),
  time,
  length: 128,
  status: 'used',
  operation: 'submit_sm',
  pdu: EMPTY,
  dissector: 'smpp',
  chosenBy: 'port 2775',
  answerKey,
});

const joined = (segments: readonly Segment[], over: Partial<Joined> = {}): Joined => ({
  bearer: 'smpp',
  operation: 'submit_sm',
  direction: 'mt',
  from: { value: '1234', type: 'unknown' },
  to: { value: '491701000001', type: 'international' },
  smsc: null,
  imsi: null,
  ports: { source: 9200, destination: 2948 },
  segments,
  missing: [],
  state: 'complete',
  firstTime: segments[0]?.time ?? Number.NaN,
  lastTime: segments.at(-1)?.time ?? Number.NaN,
  payload: 'wsp',
  data: EMPTY,
  contiguous: 0,
  text: null,
  dcs: 0xf5,
  findings: [],
  ...over,
});

const answer = (answerKey: string, time: Time, over: Partial<Answer> = {}): Answer => ({
  bearer: 'smpp',
  operation: 'submit_sm_resp',
  answerKey,
  time,
  frame: Math.round(time / S),
  ok: true,
  temporary: false,
  code: null,
  text: 'ESME_ROK',
  messageId: null,
  ...over,
});

const refusal = (key: string, time: Time, code: string, text: string, temporary: boolean): Answer =>
  answer(key, time, { ok: false, code, text, temporary });

const receipt = (messageId: string, time: Time, state: Receipt['state'], over: Partial<Receipt> = {}): Receipt => ({
  bearer: 'smpp',
  operation: 'deliver_sm',
  time,
  frame: Math.round(time / S),
  messageId,
  from: { value: '491701000001', type: 'international' },
  to: { value: '1234', type: 'unknown' },
  state,
  code: state === 'failed' ? '06B' : null,
  text: state === 'failed' ? 'UNDELIV' : 'DELIVRD',
  ...over,
});

interface Case {
  readonly name: string;
  readonly in: Joined;
  readonly answers?: readonly Answer[];
  readonly receipts?: readonly Receipt[];
  readonly outcome: string;
  readonly ends: readonly string[];
  readonly retries?: number;
  readonly failure?: object;
  readonly codes: readonly string[];
}

const two = [segment(1, 2, 1 * S, 'a1'), segment(2, 2, 2 * S, 'a2')];
const THROTTLED = ['0x00000058', 'ESME_RTHROTTLED', true] as const;

const cases: readonly Case[] = [
  {
    name: 'every part accepted',
    in: joined(two),
    answers: [answer('a1', 1.1 * S), answer('a2', 2.1 * S)],
    outcome: 'accepted',
    ends: ['accepted', 'accepted'],
    codes: [],
  },
  {
    name: 'no answers captured: nothing is claimed',
    in: joined(two),
    outcome: 'unconfirmed',
    ends: ['unanswered', 'unanswered'],
    codes: [],
  },
  {
    name: 'the capture ends before the last answer',
    in: joined(two),
    answers: [answer('a1', 1.1 * S)],
    outcome: 'unconfirmed',
    ends: ['accepted', 'unanswered'],
    codes: [],
  },
  {
    name: 'an answer is missing in the middle',
    in: joined(two),
    answers: [answer('a2', 2.1 * S)],
    outcome: 'unconfirmed',
    ends: ['unanswered', 'accepted'],
    codes: ['FLOW-NO-ANSWER'],
  },
  {
    name: 'refused for good',
    in: joined(two),
    answers: [answer('a1', 1.1 * S), refusal('a2', 2.1 * S, '0x0000000B', 'ESME_RINVDSTADR', false)],
    outcome: 'failed',
    ends: ['accepted', 'refused'],
    failure: { stage: 'submit', code: '0x0000000B', text: 'ESME_RINVDSTADR' },
    codes: ['FLOW-PART-REFUSED'],
  },
  {
    name: 'refused for now, then accepted',
    in: joined([...two, segment(2, 2, 5 * S, 'a3')]),
    answers: [answer('a1', 1.1 * S), refusal('a2', 2.1 * S, ...THROTTLED), answer('a3', 5.1 * S)],
    outcome: 'accepted',
    ends: ['accepted', 'accepted'],
    retries: 1,
    codes: ['FLOW-PART-RETRIED'],
  },
  {
    name: 'refused for now, sent again, no answer yet: not a failure',
    in: joined([...two, segment(2, 2, 5 * S, 'a3')]),
    answers: [answer('a1', 1.1 * S), refusal('a2', 2.1 * S, ...THROTTLED)],
    outcome: 'unconfirmed',
    ends: ['accepted', 'unanswered'],
    retries: 1,
    codes: ['FLOW-PART-RETRIED'],
  },
  {
    name: 'sent again though accepted: no retry',
    in: joined([...two, segment(2, 2, 5 * S, 'a3')]),
    answers: [answer('a1', 1.1 * S), answer('a2', 2.1 * S), answer('a3', 5.1 * S)],
    outcome: 'accepted',
    ends: ['accepted', 'accepted'],
    codes: ['FLOW-PART-REPEATED'],
  },
  {
    name: 'a part that never came leaves it unconfirmed',
    in: joined([segment(1, 2, 1 * S, 'a1')], { state: 'incomplete', missing: [2] }),
    answers: [answer('a1', 1.1 * S)],
    outcome: 'unconfirmed',
    ends: ['accepted'],
    codes: [],
  },
  {
    name: 'delivered',
    in: joined(two),
    answers: [answer('a1', 1.1 * S, { messageId: 'x1' }), answer('a2', 2.1 * S, { messageId: 'x2' })],
    receipts: [receipt('x1', 3 * S, 'delivered'), receipt('x2', 4 * S, 'delivered')],
    outcome: 'delivered',
    ends: ['delivered', 'delivered'],
    codes: [],
  },
  {
    name: 'undelivered',
    in: joined(two),
    answers: [answer('a1', 1.1 * S, { messageId: 'x1' }), answer('a2', 2.1 * S, { messageId: 'x2' })],
    receipts: [receipt('x1', 3 * S, 'failed')],
    outcome: 'failed',
    ends: ['undelivered', 'accepted'],
    failure: { stage: 'delivery', code: '06B', text: 'UNDELIV' },
    codes: ['FLOW-NOT-DELIVERED'],
  },
  {
    name: 'expired at the service centre',
    in: joined([segment(1, 1, 1 * S, 'a1')]),
    answers: [answer('a1', 1.1 * S, { messageId: 'x1' })],
    receipts: [receipt('x1', 9 * S, 'failed', { text: 'EXPIRED', code: null })],
    outcome: 'expired',
    ends: ['expired'],
    failure: { stage: 'delivery', code: null, text: 'EXPIRED' },
    codes: ['FLOW-NOT-DELIVERED'],
  },
  {
    name: 'buffered, then delivered',
    in: joined([segment(1, 1, 1 * S, 'a1')]),
    answers: [answer('a1', 1.1 * S, { messageId: 'x1' })],
    receipts: [receipt('x1', 2 * S, 'pending'), receipt('x1', 3 * S, 'delivered')],
    outcome: 'delivered',
    ends: ['delivered'],
    codes: [],
  },
  {
    name: 'the receipt of another recipient is not ours',
    in: joined([segment(1, 1, 1 * S, 'a1')]),
    answers: [answer('a1', 1.1 * S, { messageId: 'x1' })],
    receipts: [receipt('x1', 3 * S, 'failed', { from: { value: '491709999999', type: 'international' } })],
    outcome: 'accepted',
    ends: ['accepted'],
    codes: [],
  },
  {
    name: 'a datagram that nobody answers by its nature',
    in: joined([{ ...segment(1, 1, 1 * S, null), operation: 'Push' }], { bearer: 'udp' }),
    outcome: 'unconfirmed',
    ends: ['unanswered'],
    codes: [],
  },
  {
    name: 'refused by the phone',
    in: joined([{ ...segment(1, 1, 1 * S, 'a1'), operation: 'mt-forwardSM' }], { bearer: 'gsm-map' }),
    answers: [refusal('a1', 2 * S, 'RP-ERROR 22', 'Memory capacity exceeded', true)],
    outcome: 'failed',
    ends: ['refused'],
    failure: { stage: 'delivery', code: 'RP-ERROR 22', text: 'Memory capacity exceeded' },
    codes: ['FLOW-PART-REFUSED'],
  },
];

const run = (c: Pick<Case, 'in' | 'answers' | 'receipts'>, id = 'm1') => {
  const book = answerBook();
  for (const a of c.answers ?? []) book.answer(a);
  book.claim(c.in.segments.map((s) => s.answerKey));
  for (const r of c.receipts ?? []) book.receipt(r);
  return messageFlow(id, c.in, book);
};

describe('one message', () => {
  test.each(cases)('$name', (c) => {
    const flow = run(c);
    expect(flow.outcome).toBe(c.outcome);
    expect(flow.parts.map((p) => p.end)).toEqual(c.ends);
    expect(flow.retries).toBe(c.retries ?? 0);
    if (c.failure === undefined) expect(flow.failure).toBeNull();
    else expect(flow.failure).toMatchObject(c.failure);
    expect(flowFindings(flow).map((f) => f.rule.code)).toEqual(c.codes);
    const times = flow.events.map((e) => e.time);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  test('what befell several parts is said once', () => {
    const four = [1, 2, 3, 4].map((n) => segment(n, 4, n * S, `a${n}`));
    const refused = (...parts: number[]) =>
      four.map((s) =>
        parts.includes(s.part)
          ? refusal(`a${s.part}`, 5 * S, 'X', 'no', false)
          : answer(`a${s.part}`, 5 * S, { messageId: null }),
      );
    const said = (...parts: number[]) =>
      flowFindings(run({ in: joined(four), answers: refused(...parts) })).map((f) => f.message);
    expect(said(3)).toEqual(['Part 3 of 4 was refused: no (X)']);
    expect(said(1, 2, 4)).toEqual(['Parts 1, 2 and 4 of 4 were refused: no (X)']);
    expect(said(1, 2, 3, 4)).toEqual(['All 4 parts were refused: no (X)']);
  });

  test('it does not matter whether answers come before or after the message is known', () => {
    for (const c of cases) {
      const late = answerBook();
      for (const r of c.receipts ?? []) late.receipt(r);
      late.claim(c.in.segments.map((s) => s.answerKey));
      for (const a of c.answers ?? []) late.answer(a);
      expect(messageFlow('m1', c.in, late), c.name).toEqual(run(c));
    }
  });

  test('events in words', () => {
    const retried = cases.find((c) => c.name === 'refused for now, then accepted');
    expect(run(retried!).events.map((e) => e.text)).toEqual([
      'submit_sm, part 1 of 2',
      'submit_sm_resp, part 1 of 2: accepted',
      'submit_sm, part 2 of 2',
      'submit_sm_resp, part 2 of 2: refused for now: ESME_RTHROTTLED',
      'submit_sm, part 2 of 2, tried again',
      'submit_sm_resp, part 2 of 2: accepted',
    ]);
  });
});

describe('message ids in receipts', () => {
  const base = joined([segment(1, 1, 1 * S, 'a1')]);
  const forms = [
    { name: 'leading zeros', answered: '000042', quoted: '42' },
    { name: 'case', answered: 'ab12', quoted: 'AB12' },
    { name: 'hex answered, decimal quoted', answered: '1A2B', quoted: '6699' },
    { name: 'decimal answered, hex quoted', answered: '6699', quoted: '1A2B' },
  ];
  test.each(forms)('$name', ({ answered, quoted }) => {
    const flow = run({
      in: base,
      answers: [answer('a1', 1.1 * S, { messageId: answered })],
      receipts: [receipt(quoted, 2 * S, 'delivered')],
    });
    expect(flow.outcome).toBe('delivered');
  });

  test('an id that is another message’s own is not ours in another writing', () => {
    const book = answerBook();
    book.answer(answer('a1', 1.1 * S, { messageId: '1A2B' }));
    book.answer(answer('b1', 1.2 * S, { messageId: '6699' }));
    book.claim(['a1', 'b1']);
    book.receipt(receipt('6699', 2 * S, 'failed'));
    expect(messageFlow('m1', base, book).outcome).toBe('accepted');
    expect(messageFlow('m2', joined([segment(1, 1, 1 * S, 'b1')]), book).outcome).toBe('failed');
  });
});

describe('the book is bounded', () => {
  test('unclaimed answers and receipts are let go, oldest first, and counted', () => {
    const book = answerBook(10);
    for (let i = 0; i < 25; i += 1) {
      book.answer(answer(`k${i}`, i * S, { messageId: `id${i}` }));
      book.receipt(receipt(`r${i}`, i * S, 'delivered'));
    }
    expect(book.dropped).toEqual({ answers: 15, receipts: 15 });
    expect(book.answerTo('k14')).toBeUndefined();
    expect(book.answerTo('k15')).toBeDefined();
    expect(book.receiptsFor('r15')).toHaveLength(1);
  });
  test('claimed ones stay', () => {
    const book = answerBook(10);
    book.claim(['mine']);
    book.answer(answer('mine', 0, { messageId: 'id' }));
    for (let i = 0; i < 25; i += 1) book.answer(answer(`k${i}`, i * S));
    expect(book.answerTo('mine')?.messageId).toBe('id');
  });
});

describe('transactions', () => {
  const message = (id: string, at: number, outcome: 'ok' | 'refused' | 'open', content = 'c1'): FlowMessage => {
    const key = `${id}-k`;
    const j = joined([segment(1, 1, at * S, key)]);
    const answers =
      outcome === 'ok'
        ? [answer(key, (at + 1) * S)]
        : outcome === 'refused'
          ? [refusal(key, (at + 1) * S, ...THROTTLED)]
          : [];
    const flow = run({ in: j, answers }, id);
    return { id, recipient: '+491701000001', firstTime: at * S, lastTime: at * S, content, flow };
  };
  const grouped = (...m: FlowMessage[]) => buildTransactions(m).map((t) => `${t.messages.join('+')} ${t.outcome}`);
  const window = RETRY_WINDOW / S;

  test('a message sent again after it failed is one attempt', () => {
    const [t] = buildTransactions([message('m1', 0, 'refused'), message('m2', 60, 'ok')]);
    expect(t).toMatchObject({ id: 't1', messages: ['m1', 'm2'], outcome: 'accepted', retries: 1, failure: null });
    expect(t?.events.map((e) => `${e.message} ${e.what}`)).toEqual([
      'm1 submit',
      'm1 refusal',
      'm2 submit',
      'm2 answer',
    ]);
  });
  test('a failure of the first try is the reason when the second stays open', () => {
    const [t] = buildTransactions([message('m1', 0, 'refused'), message('m2', 60, 'open')]);
    expect(t?.outcome).toBe('unconfirmed');
    expect(t?.failure).toMatchObject({ stage: 'submit', code: THROTTLED[0], text: THROTTLED[1], said: 'answer' });
  });
  test('after success, after long, for another document or recipient it is a new one', () => {
    expect(grouped(message('m1', 0, 'ok'), message('m2', 60, 'ok'))).toEqual(['m1 accepted', 'm2 accepted']);
    expect(grouped(message('m1', 0, 'open'), message('m2', window + 5, 'ok'))).toHaveLength(2);
    expect(grouped(message('m1', 0, 'open'), message('m2', 60, 'ok', 'c2'))).toHaveLength(2);
    expect(grouped(message('m1', 0, 'open'), { ...message('m2', 60, 'ok'), recipient: '+2' })).toHaveLength(2);
    expect(
      grouped({ ...message('m1', 0, 'open'), content: null }, { ...message('m2', 1, 'ok'), content: null }),
    ).toHaveLength(2);
  });
  test('who names nobody stands alone; the order given does not matter', () => {
    const nobody = (id: string, at: number) => ({ ...message(id, at, 'refused'), recipient: null });
    expect(grouped(nobody('m1', 0), nobody('m2', 60))).toEqual(['m1 failed', 'm2 failed']);
    const a = [message('m2', 60, 'ok'), message('m1', 0, 'refused')];
    expect(grouped(...a)).toEqual(grouped(...[...a].reverse()));
  });
  test('equal octets have equal names', () => {
    expect(contentKey(Uint8Array.of(1, 2))).toBe(contentKey(Uint8Array.of(1, 2)));
    expect(contentKey(Uint8Array.of(1, 2))).not.toBe(contentKey(Uint8Array.of(2, 1)));
  });
});

/** Feeds the flow what the testers wrote down about segments and answers. */
function fromTruth(t: Truth, m: TruthMessage) {
  const ns = (iso: string | null): number =>
    iso === null ? Number.NaN : Date.parse(`${iso.slice(0, 19)}Z`) * 1e6 + Number(iso.slice(20, 29));
  const base = ns(t.messages[0]!.firstTime);
  const book = answerBook();
  const segments: Segment[] = [];
  for (const [i, s] of (m.segments ?? []).entries()) {
    const key = `${t.name}-${m.id}-${i}`;
    segments.push({ ...segment(s.index, s.total, ns(s.time) - base, key), frame: s.frames[0]! });
    if (s.status === undefined || s.status === null) continue;
    const code = `0x${s.status.toString(16).padStart(8, '0')}`;
    const at = ns(s.time) - base + 1000;
    const messageId = s.messageId ?? null;
    book.answer(s.status === 0 ? answer(key, at, { messageId }) : refusal(key, at, code, 'refused', true));
  }
  for (const r of t.receipts ?? []) {
    const state = r.stat === 'DELIVRD' ? 'delivered' : 'failed';
    const from = { value: r.src, type: 'unknown' } as const;
    book.receipt(receipt(r.id, ns(r.time) - base, state, { code: r.err, text: r.stat, from }));
  }
  const j = joined(segments, {
    to: { value: m.to ?? '', type: 'unknown' },
    state: m.complete ? 'complete' : 'incomplete',
    missing: m.missing ?? [],
  });
  book.claim(segments.map((s) => s.answerKey));
  return messageFlow(m.id, j, book);
}

const WANTED: Readonly<Record<string, string>> = {
  'segment-refused': 'FLOW-PART-RE',
  'delivery-receipt-undeliv': 'FLOW-NOT-DELIVERED',
  'no-response': 'FLOW-NO-ANSWER',
};

const told = truths().flatMap((t) =>
  t.messages
    .filter((m) => m.segments !== undefined && m.bearer === 'submit_sm')
    .map((m) => ({ name: `${t.name} ${m.id}`, t, m })),
);
if (told.length === 0) absent('captures', '120');
else {
  describe('the failures that the testers wrote down, and no others', () => {
    test.each(told)('$name', ({ t, m }) => {
      const flow = fromTruth(t, m);
      const codes = flowFindings(flow).map((f) => f.rule.code);
      const failures = (m.failures ?? []).filter((f) => f.code in WANTED);
      for (const f of failures) {
        const wanted = WANTED[f.code] ?? '';
        expect(
          codes.filter((c) => c.startsWith(wanted)),
          f.code,
        ).not.toHaveLength(0);
      }
      if (failures.length === 0) expect(codes.filter((c) => c !== 'FLOW-PART-REPEATED')).toEqual([]);
      const undelivered = failures.some((f) => f.code === 'delivery-receipt-undeliv');
      const final = flow.parts.some((p) => p.end === 'refused');
      expect(flow.outcome === 'failed').toBe(undelivered || final);
    });
    test('outcomes of the captures made for this', () => {
      const of = (name: string) => told.filter((c) => c.t.name === name).map((c) => fromTruth(c.t, c.m).outcome);
      expect(of('fail-status-retry')).toEqual(['accepted', 'failed']);
      expect(of('kannel-smpp-dlr-undeliv')).toEqual(['failed', 'delivered']);
      expect(of('kannel-smpp-invalid-dest')).toEqual(['failed']);
      expect(of('kannel-smpp-throttled-retry')).toEqual(['accepted']);
      expect(of('fail-connection-lost')).toEqual(['accepted']);
      expect(of('fail-missing-segment')).toEqual(['unconfirmed', 'accepted']);
      expect(of('perl-net-smpp-open')).toEqual(['accepted', 'accepted', 'failed']);
    });
  });
}
