// Receipts that quote no id, or one of 256: whom they speak of.

import { describe, expect, test } from 'vitest';
import { type Coverage, coverageOf, whyMissing } from '../../analysis/flows/coverage.ts';
import { messageFlow } from '../../analysis/flows/flow.ts';
import { tieLoose } from '../../analysis/flows/loose.ts';
import { samples } from '../../analysis/flows/samples.ts';
import { answerBook } from '../../analysis/flows/store.ts';
import { EMPTY } from '../../dissectors/base/bytemap.ts';
import type { Answer, Bearer, Receipt } from '../../dissectors/base/message.ts';
import type { Joined, Segment } from '../../dissectors/sms/joined.ts';

const S = 1e9;

const segment = (time: number, over: Partial<Segment> = {}): Segment => ({
  part: 1,
  of: 1,
  reference: null,
  referenceBits: null,
  frame: time,
  time: time * S,
  length: 10,
  status: 'used',
  operation: 'SMS-SUBMIT',
  pdu: EMPTY,
  dissector: 'x',
  chosenBy: 'x',
  answerKey: `c/${time}`,
  ...over,
});

const joined = (segments: readonly Segment[], over: Partial<Joined> = {}): Joined => ({
  bearer: 'at',
  operation: 'SMS-SUBMIT',
  direction: 'mo',
  from: null,
  to: { value: '491701000001', type: 'international' },
  smsc: null,
  imsi: null,
  ports: null,
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

const report = (time: number, messageId: string | null, over: Partial<Receipt> = {}): Receipt => ({
  bearer: 'at',
  operation: 'SMS-STATUS-REPORT',
  time: time * S,
  frame: time,
  messageId,
  from: { value: '491701000001', type: 'international' },
  to: null,
  state: 'failed',
  code: 'TP-ST 0x46',
  text: 'permanent error: validity period expired',
  ...over,
});

const ok = (answerKey: string, bearer: Bearer, messageId: string | null): Answer => ({
  bearer,
  operation: 'answer',
  answerKey,
  time: 1.5 * S,
  frame: 2,
  ok: true,
  temporary: false,
  code: null,
  text: 'accepted',
  messageId,
});

/** Ends of the messages once the receipts are tied. */
function ends(messages: readonly { joined: Joined; number: string | null }[], receipts: readonly Receipt[]): string[] {
  const book = answerBook();
  for (const { joined: j } of messages) book.claim(j.segments.map((s) => s.answerKey));
  for (const r of receipts) book.receipt(r);
  tieLoose(messages, book);
  return messages.map((m, i) => messageFlow(`m${i}`, m.joined, book).outcome);
}

const plain = (j: Joined) => ({ joined: j, number: null });

describe('status reports quote TP-MR', () => {
  test('the part with that number, not another one', () => {
    const a = joined([segment(1, { messageReference: 7 })]);
    const b = joined([segment(2, { messageReference: 8 })]);
    expect(ends([plain(a), plain(b)], [report(9, '8')])).toEqual(['unconfirmed', 'expired']);
  });
  test('numbers come round: the last one before the report', () => {
    const a = joined([segment(1, { messageReference: 7 })]);
    const b = joined([segment(100, { messageReference: 7 })]);
    expect(ends([plain(a), plain(b)], [report(9, '7')])).toEqual(['expired', 'unconfirmed']);
    expect(ends([plain(a), plain(b)], [report(109, '7')])).toEqual(['unconfirmed', 'expired']);
  });
  test('another recipient, or a report from before, is nobody of ours', () => {
    const a = joined([segment(10, { messageReference: 7 })]);
    expect(ends([plain(a)], [report(19, '7', { from: { value: '491702222222', type: 'international' } })])).toEqual([
      'unconfirmed',
    ]);
    expect(ends([plain(a)], [report(9, '7')])).toEqual(['unconfirmed']);
  });
  test('a national writing of the number is the same number', () => {
    const a = joined([segment(1, { messageReference: 7 })]);
    const from = { value: '01701000001', type: 'national' } as const;
    expect(ends([plain(a)], [report(9, '7', { from })])).toEqual(['expired']);
  });
});

describe('a receipt is not the end when the part is sent again', () => {
  const twice = joined([
    segment(1, { answerKey: 'c/1', messageReference: 7 }),
    segment(50, { answerKey: 'c/2', messageReference: 7 }),
  ]);
  const outcome = (secondOk: boolean, reportAt: number) => {
    const book = answerBook();
    book.claim(['c/1', 'c/2']);
    book.answer(ok('c/1', 'smpp', 'a'));
    book.answer({ ...ok('c/2', 'smpp', 'b'), time: 51 * S, frame: 51, ok: secondOk });
    book.receipt(
      report(reportAt, 'a', { bearer: 'smpp', operation: 'deliver_sm', code: '1', text: 'absent subscriber' }),
    );
    return messageFlow('m1', twice, book);
  };
  test('refused, told, sent again and taken: the second sending counts', () => {
    const flow = outcome(true, 9);
    expect([flow.outcome, flow.failure]).toEqual(['accepted', null]);
    expect(flow.events.filter((e) => e.what === 'receipt').map((e) => e.ok)).toEqual([false]);
  });
  test('the second sending was refused, or the receipt came behind it: it failed', () => {
    expect(outcome(false, 9).outcome).toBe('failed');
    expect(outcome(true, 90).outcome).toBe('failed');
  });
});

describe('outcomes told to the register', () => {
  const outcome = (time: number) =>
    report(time, null, {
      bearer: 'gsm-map',
      operation: 'reportSM-DeliveryStatus',
      code: 'sm-DeliveryOutcome 1',
      text: 'absentSubscriber',
    });
  test('the last part sent to the IMSI whose number is known', () => {
    const imsi = { to: null, imsi: '262019876543210', bearer: 'gsm-map' as const };
    const a = { joined: joined([segment(1)], imsi), number: '491701000001' };
    const b = { joined: joined([segment(2)], imsi), number: '491701000009' };
    expect(ends([a, b], [outcome(9)])).toEqual(['failed', 'unconfirmed']);
  });
  test('not after ten minutes', () => {
    expect(ends([plain(joined([segment(1)]))], [outcome(700)])).toEqual(['unconfirmed']);
  });
});

describe('ids made of number and time stamp', () => {
  test.each([
    { bearer: 'ucp' as const, answered: '491701000001:231126112027', quoted: '491701000001:231126112027' },
    { bearer: 'ucp' as const, answered: '00491701000001:231126112027', quoted: '491701000001:231126112027' },
    { bearer: 'cimd2' as const, answered: '+491701000001:261123112027', quoted: '491701000001:261123112027' },
  ])('$bearer $answered', ({ bearer, answered, quoted }) => {
    const book = answerBook();
    const j = joined([segment(1)], { bearer });
    book.claim(['c/1']);
    book.answer(ok('c/1', bearer, answered));
    book.receipt(report(9, quoted, { bearer, code: '107', text: 'failed: Absent subscriber' }));
    expect(messageFlow('m1', j, book)).toMatchObject({ outcome: 'failed', failure: { bearer, code: '107' } });
  });
});

describe('what the capture can not show', () => {
  const coverage = (over: Partial<Parameters<typeof coverageOf>[0]> = {}): Coverage =>
    coverageOf({ firstTime: 0, lastTime: 1000 * S, findings: [], cutFrames: 0, truncated: [], ...over });
  const lacking = (missing: readonly number[], time: number) =>
    joined([segment(time, { part: 2, of: 3 })], { missing, state: 'incomplete' });
  test('near its ends, or where octets were lost, parts may have been sent', () => {
    expect(whyMissing(coverage(), lacking([1], 500))).toBeNull();
    expect(whyMissing(coverage(), lacking([1], 2))).toContain('begins 2.0 s before');
    expect(whyMissing(coverage(), lacking([3], 998))).toContain('ends 2.0 s later');
    expect(whyMissing(coverage(), lacking([1], 998))).toBeNull();
    expect(whyMissing(coverage({ cutFrames: 3 }), lacking([1], 500))).toContain('frames are cut');
    expect(whyMissing(coverage({ truncated: ['a.pcap'] }), lacking([1], 500))).toContain('ends before its end');
  });
  test('a part that is missing without such a reason was never sent', () => {
    const nothingLost = () => true;
    const flow = messageFlow('m1', lacking([1], 500), answerBook(), { endOf: () => undefined, nothingLost });
    expect(flow).toMatchObject({
      outcome: 'unconfirmed',
      failure: { said: 'silence', text: 'part 1 of 3 never sent' },
    });
    expect(messageFlow('m1', lacking([1], 500), answerBook()).failure).toBeNull();
  });
});

test('medians of a million durations stay near the truth in little memory', () => {
  const s = samples(1000);
  for (let i = 0; i < 200_000; i += 1) s.add((i * 7919) % 200_000, `m${i}`);
  const f = s.figures();
  expect(f.count).toBe(200_000);
  expect(Math.abs(f.median - 100_000)).toBeLessThan(8000);
  expect(Math.abs(f.p95 - 190_000)).toBeLessThan(8000);
  expect(f.slowest).toBe(199_999);
});
