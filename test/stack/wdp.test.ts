import { describe, expect, test } from 'vitest';
import { dissectors } from '../../dissectors/index.ts';
import { batchOf, eth, hex, ipv4, udp } from './build.ts';
import { rig } from './rig.ts';

const push = hex('01 06 03 03ae81ea 48656c6c6f');
const frame = (from: number, to: number, payload = push): Uint8Array => eth(0x0800, ipv4(17, udp(from, to, payload)));
const run = (...frames: Uint8Array[]) => rig({ dissectors }).run(batchOf(frames));

const cases: { name: string; from: number; to: number; in?: string; out: number; codes: string[] }[] = [
  { name: 'push port', from: 9200, to: 2948, out: 1, codes: [] },
  { name: 'push on the connectionless port', from: 50000, to: 9200, out: 1, codes: [] },
  { name: 'settings of old', from: 9200, to: 49999, out: 1, codes: [] },
  { name: 'from a session port to the push port', from: 9201, to: 2948, out: 1, codes: [] },
  { name: 'confirmed push', from: 9200, to: 2948, in: '01 07 00', out: 1, codes: [] },
  { name: 'secured push', from: 9202, to: 2949, out: 0, codes: ['WDP-SECURED'] },
  { name: 'secured connectionless', from: 50000, to: 9202, out: 0, codes: ['WDP-SECURED'] },
  { name: 'secured session', from: 9203, to: 50000, out: 0, codes: ['WDP-SECURED'] },
  { name: 'the session port is not its own', from: 50000, to: 9201, out: 0, codes: ['WTP-FOREIGN'] },
  {
    name: 'a Get on the connectionless port',
    from: 50000,
    to: 9200,
    in: '01 40 05 68656c6c6f',
    out: 0,
    codes: ['WDP-NOT-PUSH'],
  },
  {
    name: 'a WTP invoke on the push port',
    from: 9201,
    to: 2948,
    in: '0e 00 21 12 01',
    out: 0,
    codes: ['WDP-NOT-PUSH'],
  },
  { name: 'one octet', from: 9200, to: 2948, in: '01', out: 0, codes: ['WDP-NOT-PUSH'] },
  { name: 'nothing', from: 9200, to: 2948, in: '', out: 0, codes: ['WDP-NOT-PUSH'] },
];

describe('ports and PDU types', () => {
  for (const c of cases) {
    test(c.name, () => {
      const f = frame(c.from, c.to, c.in === undefined ? push : hex(c.in));
      const r = run(f, f);
      expect([r.datagrams.length, r.codes()]).toEqual([2 * c.out, c.codes]);
    });
  }
});

test('what a datagram says', () => {
  const [d] = run(frame(9200, 2948)).datagrams;
  expect({ ...d, data: null, pdu: null }).toEqual({
    bearer: 'udp',
    operation: 'WDP datagram',
    direction: 'mt',
    from: { value: '192.0.2.1', type: 'ip' },
    to: { value: '192.0.2.2', type: 'ip' },
    imsi: null,
    ports: { source: 9200, destination: 2948 },
    time: Number.NaN,
    frame: 0,
    content: 'wsp',
    data: null,
    pdu: null,
    dissector: 'wdp',
    chosenBy: 'port 2948',
    answerKey: null,
    findings: [],
  });
  expect(d!.data.bytes).toEqual(push);
  expect(d!.data.map).toEqual([{ start: 0, length: push.length, frame: 0, offset: 42 }]);
});

test('any port on request, secured ports too', () => {
  const decodeAs = [
    { table: 'udp.port', key: 5000, dissector: 'wdp' },
    { table: 'udp.port', key: 2949, dissector: 'wdp' },
  ] as const;
  const r = rig({ dissectors, decodeAs }).run(batchOf([frame(1, 5000), frame(1, 2949)]));
  expect(r.datagrams.map((d) => d.chosenBy)).toEqual(['decode as', 'decode as']);
});

test('cut by the snapshot length', () => {
  const f = frame(9200, 2948);
  const r = rig({ dissectors }).run(batchOf([{ bytes: f.subarray(0, f.length - 4), wire: f.length }]));
  expect(r.datagrams[0]!.findings.map((x) => [x.rule.code, x.message])).toEqual([
    ['WDP-CUT', '8 of 12 octets are in the capture'],
  ]);
});
