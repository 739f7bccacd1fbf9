// Copies and packets of one transaction become one message.

import { describe, expect, test } from 'vitest';
import type { Datagram, TransactionPart } from '../../dissectors/base/message.ts';
import type { AssemblerOptions } from '../../dissectors/sms/assemble.ts';
import type { Joined, Segment } from '../../dissectors/sms/joined.ts';
import { assemble, hex, mapped, toHex } from '../sms/support.ts';

interface Made extends Partial<Datagram> {
  readonly at: number;
  readonly octets: string;
  readonly of: TransactionPart;
}

/** `at`: frame and time in seconds. The packet has two octets in front of its data. */
function datagram({ at, octets, of, ...more }: Made): Datagram {
  const pdu = mapped(hex(`ffff${octets}`), at);
  return {
    bearer: 'wtp',
    operation: 'Invoke',
    direction: 'mt',
    from: { value: '192.0.2.1', type: 'ip' },
    to: { value: '192.0.2.2', type: 'ip' },
    imsi: null,
    ports: { source: 9201, destination: 40001 },
    time: at * 1e9,
    frame: at,
    content: 'wsp',
    connectionOriented: true,
    transaction: of,
    data: { bytes: pdu.bytes.subarray(2), map: [{ start: 0, length: pdu.bytes.length - 2, frame: at, offset: 2 }] },
    pdu,
    dissector: 'wtp',
    chosenBy: 'port 9201',
    answerKey: `k${at}`,
    findings: [],
    ...more,
  };
}

const feed = (all: readonly Made[], options?: AssemblerOptions): Joined[] =>
  assemble((a) => {
    for (const d of all) a.datagram(datagram(d));
  }, options);
const codes = (j: Joined): string[] => j.findings.map((x) => x.rule.code);
const statuses = (j: Joined): string[] => j.segments.map((s) => `${s.part}/${s.of} ${s.status} ${s.answerKey}`);
const of = (part: number, total: number, key = 'a'): TransactionPart => ({ key, part, total });

describe('transactions', () => {
  test('copies', () => {
    const out = feed([1, 5, 9].map((at) => ({ at, octets: '0706', of: of(1, 1) })));
    expect(out).toHaveLength(1);
    expect(out[0]).toMatchObject({ state: 'complete', payload: 'wsp', connectionOriented: true, missing: [] });
    expect([out[0]!.firstTime, out[0]!.lastTime]).toEqual([1e9, 9e9]);
    expect(statuses(out[0]!)).toEqual(['1/1 used k1', '1/1 duplicate k5', '1/1 duplicate k9']);
    expect(codes(out[0]!)).toEqual(['TRANSACTION-DUPLICATE']);
    expect(toHex(out[0]!.data.bytes)).toBe('0706');
    expect(out[0]!.data.map).toEqual([{ start: 0, length: 2, frame: 1, offset: 2 }]);
  });
  test('packets whose number only the last one tells', () => {
    const out = feed([
      { at: 1, octets: '0701', of: of(1, 0) },
      { at: 2, octets: '02', of: of(2, 0) },
      { at: 3, octets: '02', of: of(2, 0) },
      { at: 4, octets: '03', of: of(3, 3) },
    ]);
    expect(out).toHaveLength(1);
    expect(statuses(out[0]!)).toEqual(['1/3 used k1', '2/3 used k2', '2/3 duplicate k3', '3/3 used k4']);
    expect(toHex(out[0]!.data.bytes)).toBe('07010203');
    expect(out[0]!.state).toBe('complete');
  });
  test('the last one came first', () => {
    const out = feed([
      { at: 1, octets: '02', of: of(2, 2) },
      { at: 2, octets: '0701', of: of(1, 2) },
    ]);
    expect(toHex(out[0]!.data.bytes)).toBe('070102');
    expect(codes(out[0]!)).toEqual(['TRANSACTION-OUT-OF-ORDER']);
  });
  test('a hole', () => {
    const out = feed([
      { at: 1, octets: '0701', of: of(1, 0) },
      { at: 2, octets: '03', of: of(3, 3) },
    ]);
    expect(out[0]).toMatchObject({ state: 'incomplete', missing: [2], contiguous: 2 });
    expect(codes(out[0]!)).toEqual(['TRANSACTION-MISSING-PACKET']);
  });
  test('the last one never came', () => {
    const out = feed([
      { at: 1, octets: '0701', of: of(1, 0) },
      { at: 2, octets: '03', of: of(3, 0) },
    ]);
    expect(out[0]).toMatchObject({ state: 'incomplete', missing: [2, 4] });
    expect(out[0]!.findings.map((f) => f.message)).toEqual(['parts 2, 4 and perhaps more are missing']);
    expect(statuses(out[0]!)).toEqual(['1/4 used k1', '3/4 used k2']);
  });
  test('keys and bearers tell transactions apart', () => {
    const out = feed([
      { at: 1, octets: '07', of: of(1, 1, 'a') },
      { at: 2, octets: '07', of: of(1, 1, 'b') },
      { at: 3, octets: '07', of: of(1, 1, 'a'), bearer: 'ota-http' },
    ]);
    expect(out.map((j) => j.segments.length)).toEqual([1, 1, 1]);
  });
  test('one packet after the message was given out is late, all of them are another message', () => {
    const late: string[] = [];
    const two = (at: number) => [
      { at, octets: '07', of: of(1, 2) },
      { at: at + 1, octets: '08', of: of(2, 2) },
    ];
    const options = { onLate: (_: Joined, s: Segment) => late.push(`${s.part}/${s.of} ${s.status}`) };
    expect(feed([...two(1), ...two(400).slice(0, 1)], options)).toHaveLength(1);
    expect(late).toEqual(['1/2 duplicate']);
    expect(feed([...two(1), ...two(400)]).map(codes)).toEqual([[], ['CONCAT-SENT-AGAIN']]);
  });
  test('content type, cut and ports go through', () => {
    const out = feed([{ at: 1, octets: '0306', of: of(1, 1), content: 'wbxml', contentType: 'a/b', cut: true }]);
    expect(out[0]).toMatchObject({ payload: 'wbxml', contentType: 'a/b', state: 'incomplete' });
    expect(out[0]!.ports).toEqual({ source: 9201, destination: 40001 });
  });
});
