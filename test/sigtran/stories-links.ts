// The same message on every kind of link, and through connections.

import * as b from './build.ts';
import type { Story } from './story.ts';

const MT = b.mapContext('mt', 3);
const mt = (content: string) => b.invoke(1, 44, b.mtForward(b.deliver(content)));
const question = b.begin({ from: '00000701', dialogue: b.aarq(MT), components: [mt('61')] });
const answer = b.end({ to: '00000701', dialogue: b.aare(MT), components: [b.error(1, 31)] });
const asked = b.udt(question);
const answered = b.udt(answer, { called: b.SMSC, calling: b.MSC });
const BACK = { opc: 2000, dpc: 1000 };

const found: Pick<Story, 'messages' | 'answers'> = {
  messages: ['mt-forwardSM 1234>262019876543210 via 491710760000: 61'],
  answers: ['mt-forwardSM returnError 1: MAP error 31 subscriberBusyForMT-SMS, for now'],
};

const m2ua = (message: Uint8Array) => b.xua(6, 1, b.parameter(1, b.u32(7)), b.parameter(0x300, message));
const m2pa = (message: Uint8Array) => b.xua(11, 1, '00 000001 00 000002', '00', message);

/** SUA address: on global title. */
const suaGt = (tag: number, digits: string) =>
  b.parameter(
    tag,
    '0001 0007',
    b.parameter(0x8001, '000000 04', b.u8(digits.length), '00 01 04', b.tbcd(digits, '0')),
    b.parameter(0x8003, '000000 08'),
  );
const suaPc = (tag: number, pc: number) =>
  b.parameter(tag, '0002 0003', b.parameter(0x8002, b.u32(pc)), b.parameter(0x8003, '000000 08'));
const cldt = (data: Uint8Array, to: Uint8Array, from: Uint8Array, ...more: Uint8Array[]) =>
  b.xua(7, 1, b.parameter(6, b.u32(100)), b.parameter(0x115, '00000080'), from, to, ...more, b.parameter(0x10b, data));
const segmentation = (first: boolean, remaining: number) =>
  b.parameter(0x117, b.u8((first ? 0x80 : 0) | remaining), '000777');

/** Sequence numbers, length indicator, level 3. */
const mtp2 = (message: Uint8Array) => b.join('80 81', b.u8(Math.min(63, message.length)), message);
const extended = (message: Uint8Array) => b.join('0080 0181', b.le(b.u16(message.length)), message);

/** Labels of 24-bit and of 16-bit point codes, low octets first. */
const wide = (message: Uint8Array, opc: number, dpc: number) =>
  b.join('83', b.le(b.u32(dpc).slice(2)), b.le(b.u32(opc).slice(2)), '05', message);
const japanese = (message: Uint8Array, opc: number, dpc: number) =>
  b.join('83', b.le(b.u16(dpc)), b.le(b.u16(opc)), '05', message);

/** ANSI address: national bit, subsystem before point code. */
const ansi = (pc: number) => b.join('c3 08', b.le(b.u32(pc).slice(2)));
const ansiGt = (digits: string) => b.join('85 08 0a 12', b.tbcd(digits, '0'));

const over = (protocol: number, there: Uint8Array, back: Uint8Array) => {
  const link = new b.Link({ from: 3000, to: 3001 });
  return [link.user(there, false, protocol), link.user(back, true, protocol)];
};

export const links: readonly Story[] = [
  { name: 'M2UA', in: over(2, m2ua(b.mtp3(asked)), m2ua(b.mtp3(answered, BACK))), ...found },
  {
    name: 'M2UA, the TTC form',
    in: over(
      2,
      b.xua(6, 1, b.parameter(0x301, '3f', b.mtp3(asked))),
      b.xua(6, 1, b.parameter(0x301, '3f', b.mtp3(answered, BACK))),
    ),
    ...found,
  },
  { name: 'M2PA', in: over(5, m2pa(b.mtp3(asked)), m2pa(b.mtp3(answered, BACK))), ...found },
  {
    name: 'M2PA, link status and acknowledgement',
    in: over(5, b.xua(11, 2, '00 000001 00 000002', b.u32(4)), b.xua(11, 1, '00 000001 00 000002')),
  },
  {
    name: 'SUA',
    in: over(
      4,
      cldt(question, suaGt(0x103, '491720000001'), suaGt(0x102, b.CENTRE)),
      cldt(answer, suaGt(0x103, b.CENTRE), suaGt(0x102, '491720000001')),
    ),
    ...found,
  },
  {
    name: 'SUA, on point codes',
    in: over(
      4,
      cldt(question, suaPc(0x103, 2000), suaPc(0x102, 1000)),
      cldt(answer, suaPc(0x103, 1000), suaPc(0x102, 2000)),
    ),
    ...found,
  },
  {
    name: 'SUA, in segments',
    in: (() => {
      const link = new b.Link({ from: 3000, to: 3001 });
      const parts = [question.subarray(0, 60), question.subarray(60)];
      return parts.map((part, i) => {
        const s = segmentation(i === 0, 1 - i);
        return link.user(cldt(part, suaGt(0x103, '491720000001'), suaGt(0x102, b.CENTRE), s), false, 4);
      });
    })(),
    messages: found.messages ?? [],
    notCompared: 'tshark does not put segments of SUA together',
  },
  {
    name: 'SUA, given back',
    in: over(
      4,
      cldt(question, suaGt(0x103, '491720000001'), suaGt(0x102, b.CENTRE)),
      b.xua(
        7,
        2,
        b.parameter(0x106, '0000 01 02'),
        suaGt(0x102, '491720000001'),
        suaGt(0x103, b.CENTRE),
        b.parameter(0x10b, question),
      ),
    ),
    messages: found.messages ?? [],
    answers: ['given back 1: SCCP return cause 2 given back by the network: subsystem congestion, for now'],
  },
  {
    name: 'MTP3 frames',
    in: [
      { bytes: b.mtp3(asked), link: 141 },
      { bytes: b.mtp3(answered, BACK), link: 141 },
    ],
    ...found,
  },
  {
    name: 'MTP2 frames, with fill-in and status units between',
    in: [
      { bytes: b.hex('80 81 00'), link: 140 },
      { bytes: b.hex('80 81 01 04'), link: 140 },
      { bytes: mtp2(b.mtp3(asked)), link: 140 },
      { bytes: mtp2(b.mtp3(answered, BACK)), link: 140 },
    ],
    ...found,
  },
  {
    name: 'MTP2 frames with pseudo-header',
    in: [
      { bytes: b.join('01 00 0007', mtp2(b.mtp3(asked))), link: 139 },
      { bytes: b.join('00 00 0007', mtp2(b.mtp3(answered, BACK))), link: 139 },
    ],
    ...found,
  },
  {
    name: 'MTP2 frames with extended sequence numbers',
    in: [
      { bytes: b.join('01 01 0007', extended(b.mtp3(asked))), link: 139 },
      { bytes: b.join('00 01 0007', extended(b.mtp3(answered, BACK))), link: 139 },
    ],
    ...found,
  },
  {
    name: 'point codes of 24 bits, addresses of ANSI networks',
    in: [
      { bytes: wide(b.udt(question, { called: ansi(70_000), calling: ansi(80_000) }), 80_000, 70_000), link: 141 },
      { bytes: wide(b.udt(answer, { called: ansi(80_000), calling: ansi(70_000) }), 70_000, 80_000), link: 141 },
    ],
    ...found,
    notCompared: 'tshark has to be told that the network is of ANSI',
  },
  {
    name: 'global titles of ANSI networks',
    in: [
      {
        bytes: wide(b.udt(question, { called: ansiGt('15551230001'), calling: ansiGt('15551230002') }), 1, 2),
        link: 141,
      },
      {
        bytes: wide(b.udt(answer, { called: ansiGt('15551230002'), calling: ansiGt('15551230001') }), 2, 1),
        link: 141,
      },
    ],
    ...found,
    notCompared: 'tshark has to be told that the network is of ANSI',
  },
  {
    name: 'point codes of 16 bits',
    in: [
      { bytes: japanese(asked, 1000, 2000), link: 141 },
      { bytes: japanese(answered, 2000, 1000), link: 141 },
    ],
    ...found,
    notCompared: 'tshark has to be told that the network is Japanese',
  },
  {
    name: 'M3UA: a destination is unavailable, and an error',
    in: (() => {
      const link = new b.Link();
      return [
        link.user(b.xua(2, 1, b.parameter(6, b.u32(100)), b.parameter(0x12, b.u32(2000), b.u32(2001)))),
        link.user(b.xua(0, 0, b.parameter(0xc, b.u32(0x19)))),
        link.user(b.xua(3, 3, b.parameter(9, '616263'))),
      ];
    })(),
    codes: ['M3UA-UNAVAILABLE', 'M3UA-ERROR'],
    said: ['point code 2000, 2001', 'invalid routing context'],
  },
  {
    name: 'M3UA without a payload protocol identifier, by its port',
    in: (() => {
      const link = new b.Link();
      return [link.user(b.m3ua(asked), false, 0), link.user(b.m3ua(answered, BACK), true, 0)];
    })(),
    ...found,
  },
  {
    name: 'other users of MTP are left alone',
    in: [new b.Link().user(b.m3ua(b.hex('0100 01 00 20 01 0a 00'), { si: 5 }))],
  },
  {
    name: 'other subsystems are left alone',
    in: [new b.Link().sccp(b.udt(question, { called: b.gt('491720000001', 146), calling: b.gt(b.CENTRE, 146) }))],
    notCompared: 'tshark reads MAP there',
  },
  {
    name: 'a subsystem that is not known: what it is shows in the first octet',
    in: [new b.Link().sccp(b.udt(question, { called: b.gt('491720000001', 0), calling: b.gt(b.CENTRE, 0) }))],
    messages: found.messages ?? [],
    notCompared: 'tshark goes by subsystem numbers alone',
  },
  {
    name: 'short messages of ANSI-41',
    in: [new b.Link().tcap(b.hex('e2 16 c7 04 00000001 e8 0e e9 0c cf 01 01 d1 02 0935 30 03 890101'))],
    codes: ['TCAP-ANSI-41'],
    notCompared: 'tshark reads ANSI-41, this program does not',
  },
  {
    name: 'something else comes to a transaction user',
    in: [new b.Link().tcap(b.hex('000102030405'))],
    codes: ['TCAP-MESSAGE'],
    notCompared: 'there is nothing to compare',
  },
];

/** CR, CC, DT1, DT2, RLSD, RLC. */
const cr = (reference: string, data: Uint8Array, ssn = 254) =>
  b.join('01', reference, '02 02 06 04 43 d007', b.u8(ssn), '0f', b.u8(data.length), data, '00');
const cc = (to: string, reference: string) => b.join('02', to, reference, '02 00');
const dt1 = (to: string, data: Uint8Array, more = false) =>
  b.join('06', to, more ? '01' : '00', '01', b.u8(data.length), data);
const dt2 = (to: string, data: Uint8Array) => b.join('07', to, '0000 01', b.u8(data.length), data);
const rlsd = (to: string, from: string) => b.join('04', to, from, '00 01 00');
const rlc = (to: string, from: string) => b.join('05', to, from);

/** What a connection carries, as whoever reads subsystem 254 sees it: 'direction: octets'. */
export const connections: readonly {
  name: string;
  in: readonly b.Frame[];
  out: readonly string[];
  codes?: string[];
}[] = (() => {
  const there = (link: b.Link, m: Uint8Array) => link.user(b.m3ua(m));
  const back = (link: b.Link, m: Uint8Array) => link.user(b.m3ua(m, BACK), true);
  const cm = b.hex('00 02 57 01');
  const down = b.hex('01 03 02 09 01');
  return [
    {
      name: 'from request to release',
      in: (() => {
        const link = new b.Link();
        return [
          there(link, cr('aa0001', cm)),
          back(link, cc('aa0001', 'bb0002')),
          back(link, dt1('aa0001', down)),
          there(link, dt2('bb0002', b.hex('01 03 01 04'))),
          back(link, rlsd('aa0001', 'bb0002')),
          there(link, rlc('bb0002', 'aa0001')),
          back(link, dt1('aa0001', b.hex('ff'))),
        ];
      })(),
      out: ['0 sccp 1: 00025701', '1 sccp 1: 0103020901', '0 sccp 1: 01030104'],
    },
    {
      name: 'data in three pieces',
      in: (() => {
        const link = new b.Link();
        return [
          there(link, cr('aa0001', cm)),
          back(link, dt1('aa0001', b.hex('0103'), true)),
          back(link, dt1('aa0001', b.hex('0209'), true)),
          back(link, dt1('aa0001', b.hex('01'))),
        ];
      })(),
      out: ['0 sccp 1: 00025701', '1 sccp 1: 0103020901'],
    },
    {
      name: 'a connection that began before the capture: what it is shows in the data',
      in: (() => {
        const link = new b.Link();
        return [back(link, dt1('aa0001', down)), back(link, dt1('aa0001', b.hex('01 03 05 09 01')))];
      })(),
      out: ['0 sctp: 0103020901'],
    },
    {
      name: 'the reference is used again',
      in: (() => {
        const link = new b.Link();
        return [there(link, cr('aa0001', cm)), there(link, cr('aa0001', cm)), back(link, dt1('aa0001', down))];
      })(),
      out: ['0 sccp 1: 00025701', '0 sccp 2: 00025701', '1 sccp 2: 0103020901'],
    },
    {
      name: 'refused',
      in: (() => {
        const link = new b.Link();
        return [there(link, cr('aa0001', cm)), back(link, b.join('03', 'aa0001', '05 00'))];
      })(),
      out: ['0 sccp 1: 00025701'],
      codes: ['SCCP-REFUSED'],
    },
  ];
})();
