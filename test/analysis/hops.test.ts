import { describe, expect, test } from 'vitest';
import { type Hop, hopFindings } from '../../analysis/flows/hops.ts';
import { buildTransactions, type FlowMessage, HOP_WINDOW } from '../../analysis/flows/transactions.ts';

const SECOND = 1e9;
const hop = (over: Partial<Hop> = {}): Hop => ({
  message: 'm1',
  bearer: 'smpp',
  operation: 'submit_sm',
  time: 0,
  place: 'frame 3',
  sec: 1,
  mac: 'AA',
  ports: { source: 9200, destination: 2948 },
  dcs: 4,
  parts: 3,
  missing: [],
  ...over,
});

describe('what changes between two hops', () => {
  const cases: { name: string; after: Partial<Hop>; codes: string[] }[] = [
    { name: 'nothing', after: {}, codes: [] },
    { name: 'the MAC is stripped', after: { mac: null, sec: null }, codes: ['HOP-MAC-LOST'] },
    { name: 'SEC is rewritten', after: { sec: 0 }, codes: ['HOP-MAC-CHANGED'] },
    { name: 'the port is gone', after: { ports: null }, codes: ['HOP-PORTS-CHANGED'] },
    { name: 'only the source port differs', after: { ports: { source: 1, destination: 2948 } }, codes: [] },
    { name: 'octets become characters', after: { dcs: 0 }, codes: ['HOP-DCS-CHANGED'] },
    { name: 'a road without data coding', after: { dcs: null }, codes: [] },
    { name: 'a part is lost', after: { missing: [2] }, codes: ['HOP-PART-LOST'] },
    { name: 'segmented anew', after: { parts: 4 }, codes: ['HOP-SEGMENTED-ANEW'] },
  ];
  test.each(cases)('$name', ({ after, codes }) => {
    const found = hopFindings(hop(), hop({ place: 'frame 9', operation: 'mt-forwardSM', ...after }));
    expect(found.map((f) => f.rule.code)).toEqual(codes);
    for (const f of found) expect(f.message).toMatch(/frame 3.*frame 9/);
  });
});

describe('hops make one transaction', () => {
  const message = (id: string, at: number, road: string, over: Partial<FlowMessage> = {}): FlowMessage => ({
    id,
    recipient: '+4915550100',
    firstTime: at,
    lastTime: at,
    content: 'x',
    road,
    flow: { message: id, outcome: 'accepted', parts: [], events: [], retries: 0, failure: null },
    ...over,
  });
  const grouped = (...m: FlowMessage[]) => buildTransactions(m).map((t) => t.hops);

  test('on two roads within the window, however the number is written', () => {
    const second = message('m2', 5 * SECOND, 'gsm-map', { recipient: '4915550100' });
    expect(grouped(message('m1', 0, 'smpp'), second)).toEqual([[['m1', 'm2']]]);
  });
  test('not later than the window', () => {
    expect(grouped(message('m1', 0, 'smpp'), message('m2', HOP_WINDOW + 1, 'gsm-map'))).toEqual([[['m1']], [['m2']]]);
  });
  test('the same road again is another transaction, or a retry of a failed one', () => {
    expect(grouped(message('m1', 0, 'smpp'), message('m2', SECOND, 'smpp'))).toEqual([[['m1']], [['m2']]]);
    const failed = message('m1', 0, 'smpp', {
      flow: { message: 'm1', outcome: 'failed', parts: [], events: [], retries: 0, failure: null },
    });
    expect(grouped(failed, message('m2', SECOND, 'smpp'))).toEqual([[['m1'], ['m2']]]);
  });
  test('other content or another recipient is another transaction', () => {
    expect(grouped(message('m1', 0, 'smpp'), message('m2', 1, 'gsm-map', { content: 'y' }))).toHaveLength(2);
    expect(grouped(message('m1', 0, 'smpp'), message('m2', 1, 'gsm-map', { recipient: '+4915550101' }))).toHaveLength(
      2,
    );
  });
});
