// GTP-C and DNS: what they tell, damaged or not.

import { describe, expect, test } from 'vitest';
import { Cursor } from '../../dissectors/base/cursor.ts';
import type { Context, DatagramDissector } from '../../dissectors/base/dissector.ts';
import type { Activity, ActivityAnswer, FrameFinding, Identity } from '../../dissectors/base/message.ts';
import { recordInto, type TreeRow } from '../../dissectors/base/recorder.ts';
import { dns } from '../../dissectors/bearer/dns/index.ts';
import { readName } from '../../dissectors/bearer/dns/name.ts';
import { gtp } from '../../dissectors/bearer/gtp/index.ts';
import { hex } from '../stack/build.ts';
import {
  createPdpRequest,
  createPdpResponse,
  createSessionRequest,
  createSessionResponse,
  dnsMessage,
} from './build.ts';

interface Heard {
  readonly activities: Activity[];
  readonly answers: ActivityAnswer[];
  readonly identities: Identity[];
  readonly findings: FrameFinding[];
}

/** Decodes datagrams of one conversation; those at odd places go back. */
function hear(d: DatagramDissector, datagrams: readonly Uint8Array[], rows?: TreeRow[]): Heard {
  const heard: Heard = { activities: [], answers: [], identities: [], findings: [] };
  const states = new Map<string, unknown>();
  const nothing = () => {};
  datagrams.forEach((bytes, i) => {
    const ends = ['10.0.0.1', '10.0.0.2'] as const;
    const ctx: Context = {
      time: i * 1e9,
      frame: i,
      sourceAddress: ends[i % 2 === 0 ? 0 : 1],
      destinationAddress: ends[i % 2 === 0 ? 1 : 0],
      sourcePort: 1000,
      destinationPort: 53,
      conversation: 'udp a:1 b:2 #1',
      direction: i % 2 === 0 ? 0 : 1,
      chosenBy: 'port',
      sink: {
        shortMessage: nothing,
        datagram: nothing,
        answer: nothing,
        receipt: nothing,
        identity: (x) => heard.identities.push(x),
        finding: (x) => heard.findings.push(x),
        activity: (x) => heard.activities.push(x),
        activityAnswer: (x) => heard.answers.push(x),
      },
      origin: (start, length) => [{ start, length, frame: i, offset: start }],
      state<T>(init: () => T): T {
        if (!states.has(d.id)) states.set(d.id, init());
        return states.get(d.id) as T;
      },
      next: () => false,
    };
    const c = new Cursor(bytes, 0, bytes.length, rows === undefined ? null : recordInto(rows), [], 'pdu');
    d.decode(c, ctx);
    expect(c.pos).toBeLessThanOrEqual(bytes.length);
  });
  return heard;
}

const PHONE = { imsi: '262019876543210', msisdn: '491701000001', apn: 'internet.example' };

const CASES: readonly {
  readonly name: string;
  readonly d: DatagramDissector;
  readonly in: readonly Uint8Array[];
  readonly activity: Partial<Activity>;
  readonly answer: Partial<ActivityAnswer>;
}[] = [
  {
    name: 'GTPv1 accepted',
    d: gtp,
    in: [createPdpRequest(9, PHONE), createPdpResponse(9, 128, '10.20.30.40')],
    activity: { what: 'activation', target: PHONE.apn, imsi: PHONE.imsi, msisdn: PHONE.msisdn },
    answer: { ok: true, code: null, addresses: ['10.20.30.40'] },
  },
  {
    name: 'GTPv1, the access point is not known',
    d: gtp,
    in: [createPdpRequest(9, PHONE), createPdpResponse(9, 219)],
    activity: { operation: 'Create PDP Context Request' },
    answer: { ok: false, code: 'GTPv1 cause 219', text: 'missing or unknown APN', addresses: [] },
  },
  {
    name: 'GTPv2 accepted',
    d: gtp,
    in: [createSessionRequest(0x1234, PHONE), createSessionResponse(0x1234, 16, '10.20.30.41')],
    activity: { what: 'activation', target: PHONE.apn, imsi: PHONE.imsi, msisdn: PHONE.msisdn },
    answer: { ok: true, addresses: ['10.20.30.41'] },
  },
  {
    name: 'GTPv2, no subscription',
    d: gtp,
    in: [createSessionRequest(7, PHONE), createSessionResponse(7, 93)],
    activity: { operation: 'Create Session Request' },
    answer: { ok: false, code: 'GTPv2 cause 93' },
  },
  {
    name: 'DNS with an address behind a pointer',
    d: dns,
    in: [
      dnsMessage({ id: 5, name: 'mms.example.com' }),
      dnsMessage({ id: 5, name: 'mms.example.com', response: true, addresses: ['192.0.2.80', '192.0.2.81'] }),
    ],
    activity: { what: 'name', target: 'mms.example.com', from: '10.0.0.1', operation: 'DNS query A' },
    answer: { ok: true, addresses: ['192.0.2.80', '192.0.2.81'] },
  },
  {
    name: 'DNS, no such name',
    d: dns,
    in: [
      dnsMessage({ id: 5, name: 'mmsc.example' }),
      dnsMessage({ id: 5, name: 'mmsc.example', response: true, rcode: 3 }),
    ],
    activity: { target: 'mmsc.example' },
    answer: { ok: false, code: 'DNS 3', addresses: [] },
  },
];

describe('what it tells', () => {
  test.each(CASES)('$name', ({ d, in: datagrams, activity, answer }) => {
    const heard = hear(d, datagrams);
    expect(heard.activities).toMatchObject([activity]);
    expect(heard.answers).toMatchObject([answer]);
    expect(heard.findings).toEqual([]);
    expect(heard.answers[0]?.key).toBe(heard.activities[0]?.key);
  });
  test('the same with and without a recorder, and the tree has every octet', () => {
    for (const { d, in: datagrams } of CASES) {
      for (const bytes of datagrams) {
        const rows: TreeRow[] = [];
        expect(hear(d, [bytes], rows)).toEqual(hear(d, [bytes]));
        const seen = new Uint8Array(bytes.length);
        for (const r of rows) if (r.field.kind !== 'group') seen.fill(1, r.start, r.start + r.length);
        expect([...seen].indexOf(0), d.id).toBe(-1);
      }
    }
  });
  test('a request sent again is one; an answer without its question is none', () => {
    const request = createPdpRequest(9, PHONE);
    expect(hear(gtp, [request, new Uint8Array(0), request]).activities).toHaveLength(1);
    expect(hear(dns, [new Uint8Array(0), dnsMessage({ id: 5, name: 'a.b', response: true })]).answers).toEqual([]);
  });
  test('who activates names IMSI and number', () => {
    expect(hear(gtp, [createPdpRequest(1, PHONE)]).identities).toMatchObject([
      { imsi: PHONE.imsi, msisdn: PHONE.msisdn },
    ]);
    expect(hear(gtp, [createSessionRequest(1, PHONE)]).identities).toMatchObject([{ imsi: PHONE.imsi }]);
  });
});

describe('damage', () => {
  test('every truncation ends, and is told at most once', () => {
    for (const { d, in: datagrams } of CASES) {
      for (const bytes of datagrams) {
        for (let n = 0; n < bytes.length; n += 1) {
          expect(hear(d, [bytes.subarray(0, n)]).findings.length).toBeLessThanOrEqual(1);
        }
      }
    }
  });
  test('every flipped bit ends', () => {
    for (const { d, in: datagrams } of CASES) {
      for (const bytes of datagrams) {
        for (let bit = 0; bit < bytes.length * 8; bit += 1) {
          const flipped = bytes.slice();
          flipped[bit >> 3]! ^= 1 << (bit & 7);
          hear(d, [flipped]);
        }
      }
    }
  });
  test.each([
    { name: 'a pointer to itself', in: 'c000', out: null },
    { name: 'a pointer forward', in: 'c004 0000 0161 00', out: null },
    { name: 'a loop of pointers', in: '0161 c000', out: null },
    { name: 'a label of a reserved kind', in: '4161 00', out: null },
    { name: 'the end before the root', in: '0161', out: null },
    { name: 'the root', in: '00', out: { text: '', length: 1 } },
    { name: 'two labels', in: '0161 0162 00', out: { text: 'a.b', length: 5 } },
  ])('names: $name', ({ in: text, out }) => {
    const bytes = hex(text);
    const start = text === '0161 c000' ? 2 : 0;
    expect(readName(bytes, start, 0, bytes.length)).toEqual(out === null ? null : out);
  });
});
