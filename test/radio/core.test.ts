// Short messages on SGs, S1, A and Abis.

import { describe, expect, test } from 'vitest';
import { writePcap } from '../../captures/write/pcap.ts';
import { bssap } from '../../dissectors/bearer/bssap/index.ts';
import { gsmtap } from '../../dissectors/bearer/gsmtap/index.ts';
import { rsl } from '../../dissectors/bearer/gsmtap/rsl.ts';
import { s1ap } from '../../dissectors/bearer/s1ap/index.ts';
import { nas } from '../../dissectors/bearer/s1ap/nas.ts';
import { sgsap } from '../../dissectors/bearer/sgsap/index.ts';
import { hex, readCapture, toHex } from '../sms/support.ts';
import { eth, ipv4, tcp, u16, u32, udp } from '../stack/build.ts';
import * as m from './core.ts';
import { codesOf, type Read, read, sweep, uncovered } from './support.ts';
import { established, gsmtapFrame, iFrames } from './um.ts';

const udpFrame = (payload: string): Uint8Array => eth(0x0800, ipv4(17, udp(44_000, 4729, hex(payload))));

type Decoder = Parameters<typeof read>[0];
const run = (decode: Decoder, ...pdus: readonly string[]): Read =>
  read(
    decode,
    pdus.map((p) => ({ bytes: hex(p) })),
  );

/** Each road with a message to the phone, and the phone's two answers. */
const ACK = m.cpAnswer('02 07');
const ERROR = m.cpAnswer('04 07 01 16');
const ROADS: readonly {
  name: string;
  decode: Decoder;
  bearer: string;
  dissector: string;
  data: string;
  ack: string;
  error: string;
}[] = [
  {
    name: 'SGs',
    decode: sgsap.decode,
    bearer: 'sgsap',
    dissector: 'sgsap',
    data: m.sgsData(7, m.cpData()),
    ack: m.sgsData(8, ACK),
    error: m.sgsData(8, ERROR),
  },
  {
    name: 'S1, plain',
    decode: s1ap.decode,
    bearer: 's1ap',
    dissector: 's1ap',
    data: m.s1Nas(11, m.nasTransport(m.cpData())),
    ack: m.s1Nas(13, m.nasTransport(ACK, false)),
    error: m.s1Nas(13, m.nasTransport(ERROR, false)),
  },
  {
    name: 'S1, integrity protected',
    decode: s1ap.decode,
    bearer: 's1ap',
    dissector: 's1ap',
    data: m.s1Nas(11, m.nasSecured(m.nasTransport(m.cpData()))),
    ack: m.s1Nas(13, m.nasSecured(m.nasTransport(ACK, false))),
    error: m.s1Nas(13, m.nasSecured(m.nasTransport(ERROR, false))),
  },
  {
    name: 'S1, null ciphering',
    decode: s1ap.decode,
    bearer: 's1ap',
    dissector: 's1ap',
    data: m.s1Nas(11, m.nasSecured(m.nasTransport(m.cpData()), 2)),
    ack: m.s1Nas(13, m.nasSecured(m.nasTransport(ACK, false), 2)),
    error: m.s1Nas(13, m.nasSecured(m.nasTransport(ERROR, false), 2)),
  },
  {
    name: 'NAS alone',
    decode: nas.decode,
    bearer: 'gsmtap',
    dissector: 'sm-cp',
    data: m.nasTransport(m.cpData()),
    ack: m.nasTransport(ACK, false),
    error: m.nasTransport(ERROR, false),
  },
  {
    name: 'A interface',
    decode: bssap.decode,
    bearer: 'bssap',
    dissector: 'bssap',
    data: m.dtap(m.cpData()),
    ack: m.dtap(ACK),
    error: m.dtap(ERROR),
  },
  {
    name: 'RSL',
    decode: rsl.decode,
    bearer: 'gsmtap',
    dissector: 'rsl',
    data: m.rslData(1, m.cpData()),
    ack: m.rslData(2, ACK),
    error: m.rslData(2, ERROR),
  },
  {
    name: 'GSMTAP Abis, LAPD',
    decode: gsmtap.decode,
    bearer: 'gsmtap',
    dissector: 'rsl',
    data: gsmtapFrame(`0003 0000 ${m.rslData(1, m.cpData())}`, { type: 2 }),
    ack: gsmtapFrame(`0003 0200 ${m.rslData(2, ACK)}`, { type: 2, up: true }),
    error: gsmtapFrame(`0003 0200 ${m.rslData(2, ERROR)}`, { type: 7, channel: 1 }),
  },
  {
    name: 'GSMTAP Abis, RSL',
    decode: gsmtap.decode,
    bearer: 'gsmtap',
    dissector: 'rsl',
    data: gsmtapFrame(m.rslData(1, m.cpData()), { type: 2 }),
    ack: gsmtapFrame(m.rslData(2, ACK), { type: 2 }),
    error: gsmtapFrame(m.rslData(2, ERROR), { type: 2 }),
  },
  {
    name: 'GSMTAP Abis, layer 3',
    decode: gsmtap.decode,
    bearer: 'gsmtap',
    dissector: 'sm-cp',
    data: gsmtapFrame(m.cpData(), { type: 2 }),
    ack: gsmtapFrame(ACK, { type: 2, up: true }),
    error: gsmtapFrame(ERROR, { type: 2, up: true }),
  },
];

describe.each(ROADS)('$name', ({ decode, bearer, dissector, data, ack, error }) => {
  test('a message to the phone, all octets in the tree', () => {
    const r = run(decode, data);
    expect(r.messages).toMatchObject([{ bearer, dissector, direction: 'mt', operation: 'SMS-DELIVER', udhi: true }]);
    expect(codesOf(r)).toEqual([]);
    expect(uncovered(r.rows, hex(data).length)).toEqual([]);
    const at = r.messages[0]!.userData.map[0]!.offset;
    expect(toHex(hex(data).slice(at, at + 5))).toBe('0b05040b84');
  });
  test('acknowledged', () => {
    const r = run(decode, data, ack);
    expect(r.answers).toMatchObject([{ bearer, ok: true, answerKey: r.messages[0]?.answerKey }]);
    expect(codesOf(r)).toEqual([]);
  });
  test('refused', () => {
    const r = run(decode, data, error);
    expect(r.answers).toMatchObject([{ bearer, ok: false, code: 'RP-ERROR 22', temporary: true }]);
    expect(r.answers[0]?.answerKey).toBe(r.messages[0]?.answerKey);
  });
});

describe('SGs', () => {
  test('the subscriber is named', () => {
    expect(run(sgsap.decode, m.sgsData(7, m.cpData())).messages).toMatchObject([{ imsi: m.IMSI }]);
  });
  test('each subscriber has references of their own', () => {
    const other = m.sgs(8, m.tlv(1, '29 26108967452302'), m.tlv(0x16, ACK));
    expect(run(sgsap.decode, m.sgsData(7, m.cpData()), other).answers).toEqual([]);
  });
  test('CP-ERROR of the phone', () => {
    const r = run(sgsap.decode, m.sgsData(7, m.cpData()), m.sgsData(8, '89 10 16'));
    expect(r.answers).toMatchObject([{ ok: false, code: 'CP-ERROR 22' }]);
  });
  const told: readonly [string, string, string[]][] = [
    ['paging refused', m.sgs(2, m.tlv(1, m.IDENTITY), m.tlv(8, '06')), ['SGSAP-UNREACHABLE']],
    ['unreachable', m.sgs(31, m.tlv(1, m.IDENTITY), m.tlv(8, '0e')), ['SGSAP-UNREACHABLE']],
    ['paging', m.sgs(1, m.tlv(1, m.IDENTITY), m.tlv(2, '0161'), m.tlv(0x20, '02')), []],
    ['no container', m.sgs(7, m.tlv(1, m.IDENTITY)), ['SGSAP-NO-CONTAINER']],
    ['no subscriber', m.sgs(8, m.tlv(0x16, '89 04')), ['SGSAP-NO-IMSI']],
    ['element beyond the message', '01 01 20 29', ['SGSAP-ELEMENT-LENGTH']],
  ];
  for (const [name, pdu, codes] of told) test(name, () => expect(codesOf(run(sgsap.decode, pdu))).toEqual(codes));
});

describe('S1', () => {
  test('ciphered messages are told once', () => {
    const secret = m.s1Nas(11, m.nasSecured('5a 4b 3c 2d 1e 0f', 2));
    const r = run(s1ap.decode, secret, secret, m.s1Nas(13, m.nasSecured('00 11 22', 4)));
    expect(codesOf(r)).toEqual(['NAS-CIPHERED']);
    expect(r.messages).toEqual([]);
  });
  test('attach request and identity response name the subscriber of the connection', () => {
    const attach = m.s1(12, m.s1Element(8, '40 0123'), m.s1Element(26, `0c 07 41 71 ${m.lv(m.IDENTITY)}`));
    const r = run(s1ap.decode, attach, m.s1Nas(11, m.nasTransport(m.cpData())));
    expect(r.identities).toMatchObject([{ imsi: m.IMSI, text: 'Attach request' }]);
    expect(r.messages).toMatchObject([{ imsi: m.IMSI }]);
    const answer = m.s1Nas(13, `07 56 ${m.lv(m.IDENTITY)}`);
    expect(run(s1ap.decode, answer).identities).toMatchObject([{ text: 'Identity response' }]);
    const secured = m.s1Nas(13, m.nasSecured(`07 56 ${m.lv(m.IDENTITY)}`, 2));
    expect(run(s1ap.decode, secured).identities).toHaveLength(1);
  });
  test('phones do not mix', () => {
    const r = run(
      s1ap.decode,
      m.s1Nas(11, m.nasTransport(m.cpData()), '00 01'),
      m.s1Nas(11, m.nasTransport(m.cpData()), '00 02'),
      m.s1Nas(13, m.nasTransport(ACK, false), '00 02'),
    );
    expect(r.answers.map((a) => a.answerKey)).toEqual([r.messages[1]?.answerKey]);
  });
  const told: readonly [string, string, string[]][] = [
    ['not delivered', m.s1(16, m.s1Element(0, '00 01'), m.s1Element(8, '00 01')), ['S1AP-NOT-DELIVERED']],
    ['service request', m.s1Nas(12, 'c7 45 1234'), []],
    ['another procedure', m.s1(17, m.s1Element(59, '00')), []],
    ['successful outcome', `20 09 00 03 000000`, []],
    ['a length beyond the message', '00 0b 40 20 00 0001 001a 00 04 03', ['S1AP-LENGTH', 'S1AP-LENGTH', 'S1AP-LENGTH']],
    ['pieces', '00 0b 40 c1 00', ['S1AP-FRAGMENTED']],
    ['container beyond the message', m.s1Nas(11, '07 62 20 09 01'), ['NAS-CONTAINER-LENGTH', 'BASE-TRUNCATED']],
  ];
  for (const [name, pdu, codes] of told) test(name, () => expect(codesOf(run(s1ap.decode, pdu))).toEqual(codes));
});

describe('A and Abis', () => {
  test('BSSMAP names the subscriber', () => {
    const complete = m.bssmap(`57 05 08 00 62f2100001 0002 17 ${m.lv(`06 27 00 03 535892 ${m.lv(m.IDENTITY)}`)}`);
    const r = run(bssap.decode, complete, m.dtap(m.cpData()));
    expect(r.identities).toMatchObject([{ imsi: m.IMSI, text: 'Paging Response' }]);
    expect(r.messages).toMatchObject([{ imsi: m.IMSI }]);
    const common = run(bssap.decode, m.bssmap(`2f ${m.tlv(8, m.IDENTITY)}`), m.dtap(m.cpData()));
    expect(common.identities).toMatchObject([{ text: 'BSSMAP Common ID' }]);
    expect(common.messages).toMatchObject([{ imsi: m.IMSI }]);
  });
  test('a DTAP length beyond the message', () => {
    expect(codesOf(run(bssap.decode, '01 03 20 09 04'))).toEqual(['BSSAP-LENGTH']);
  });
  test('Abis: a repeated frame of LAPD is one message', () => {
    const frame = gsmtapFrame(`0003 0000 ${m.rslData(1, m.cpData())}`, { type: 2 });
    const next = gsmtapFrame(`0003 0200 ${m.rslData(1, m.cpData('08'))}`, { type: 2 });
    expect(run(gsmtap.decode, frame, frame, next).messages).toHaveLength(2);
  });
  test('RSL: the phone names itself when the link is established; another link is another connection', () => {
    const paging = `06 27 00 03 535892 ${m.lv(m.IDENTITY)}`;
    const r = run(
      rsl.decode,
      m.rslData(6, paging, 0),
      m.rslData(1, m.cpData()),
      m.rslData(6, '06 27 00', 0),
      m.rslData(2, ACK),
    );
    expect(r.messages).toMatchObject([{ imsi: m.IMSI }]);
    expect(r.answers).toEqual([]);
  });
  test('other RSL messages are passed over', () => {
    expect(codesOf(run(rsl.decode, '08 28 01 41 1b 05', '11 16 01 90', '03 07 01 41 02 03 14 00'))).toEqual([]);
  });
});

describe('on the wire', () => {
  /** RFC 9260 3.3.1: one DATA chunk, whole. */
  const sctp = (port: number, protocol: number, tsn: number, payload: string): Uint8Array => {
    const data = hex(payload);
    const length = 16 + data.length;
    const padding = '00'.repeat(-length & 3);
    const ends = `${u16(40_000)}${u16(port)} 00000001 00000000`;
    const chunk = `00 03 ${u16(length)} ${u32(tsn)} 0001 0000 ${u32(protocol)} ${toHex(data)} ${padding}`;
    return eth(0x0800, ipv4(132, hex(`${ends} ${chunk}`)));
  };
  /** RFC 4666 3.3.1, ITU-T Q.713 4.7: SCCP DT1 in an M3UA DATA message. */
  const dt1 = (bssap: string): string => {
    const sccp = `06 000102 00 01 ${m.lv(bssap)}`;
    const padding = '00'.repeat(-hex(sccp).length & 3);
    const data = `0210 ${u16(16 + hex(sccp).length)} 00000001 00000002 03 02 00 05 ${sccp} ${padding}`;
    return `01 00 01 01 ${u32(8 + hex(data).length)} ${data}`;
  };
  const frames: readonly [string, string, Uint8Array][] = [
    ['DTAP over SCCP', 'bssap', sctp(2905, 3, 4, dt1(m.dtap(m.cpData())))],
    ['SGs by its port', 'sgsap', sctp(29_118, 0, 1, m.sgsData(7, m.cpData()))],
    ['S1 by its protocol', 's1ap', sctp(1234, 18, 2, m.s1Nas(11, m.nasTransport(m.cpData())))],
    ['S1 by its port', 's1ap', sctp(36_412, 0, 3, m.s1Nas(11, m.nasTransport(m.cpData())))],
    ['NAS in GSMTAP', 'gsmtap', udpFrame(gsmtapFrame(m.nasTransport(m.cpData()), { type: 18 }))],
  ];
  for (const [name, bearer, frame] of frames) {
    test(name, async () => {
      const { messages, findings } = await readCapture(
        'made.pcap',
        writePcap([{ bytes: frame, time: 0n }], { linkType: 1 }),
      );
      expect(messages).toMatchObject([{ bearer, direction: 'mt', frame: 1 }]);
      const piece = messages[0]!.userData.map[0]!;
      expect(toHex(frame.slice(piece.offset, piece.offset + 5))).toBe('0b05040b84');
      expect(findings).toEqual([]);
    });
  }
  test('RSL in IPA', async () => {
    const payload = hex(m.rslData(1, m.cpData()));
    const segment = hex(`${u16(payload.length)} 00 ${toHex(payload)}`);
    const frame = eth(0x0800, ipv4(6, tcp(40_000, 3003, segment, { flags: 0x18 })));
    const { messages } = await readCapture('made.pcap', writePcap([{ bytes: frame, time: 0n }], { linkType: 1 }));
    expect(messages).toMatchObject([{ bearer: 'gsmtap', dissector: 'rsl', chosenBy: 'ipa.proto 0' }]);
  });
  test('a message whose end is not in the capture is told when the capture ends', async () => {
    const all = [established(), ...iFrames(m.cpData()).slice(0, 2)].map(udpFrame);
    const bytes = writePcap(
      all.map((b, i) => ({ bytes: b, time: BigInt(i) })),
      { linkType: 1 },
    );
    const { messages, findings } = await readCapture('made.pcap', bytes);
    expect(messages).toMatchObject([{ bearer: 'gsmtap', cut: true, frame: 3 }]);
    expect(messages[0]!.findings.concat(findings.map((f) => f.finding)).map((f) => f.rule.code)).toEqual([
      'LAPDM-INCOMPLETE',
    ]);
  });
});

describe('damage', () => {
  for (const { name, decode, data, ack } of ROADS) sweep(decode, { [name]: [data, ack] });
});
