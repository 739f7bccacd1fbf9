// SMPP PDUs: what they say, and what is wrong with them.

import { describe, expect, test } from 'vitest';
import { Cursor } from '../../dissectors/base/cursor.ts';
import { smpp } from '../../dissectors/bearer/smpp/index.ts';
import { isTemporary, STATUS_NAMES } from '../../dissectors/bearer/smpp/values.ts';
import { connection, hex, latin1, listen, toHex } from '../sms/support.ts';
import { cat, data, deliver, PART_ONE, pdu, response, submit, tlv, u16, u32, z } from './build.ts';
import { codesOf, read } from './read.ts';

const SAR = (reference: number, total: number, part: number): Uint8Array[] => [
  tlv(0x020c, u16(reference)),
  tlv(0x020e, [total]),
  tlv(0x020f, [part]),
];
const PORTS = [tlv(0x020a, u16(9200)), tlv(0x020b, u16(2948))];
const PUSH = hex('01062f1f2db6');

describe('messages', () => {
  const cases: readonly {
    name: string;
    in: Uint8Array;
    out: Record<string, unknown>;
    codes?: string[];
    data?: string;
  }[] = [
    {
      name: 'submit_sm with a header',
      in: submit({ esm: 0x40, dcs: 0xf5, content: PART_ONE }),
      out: {
        operation: 'submit_sm',
        direction: 'mt',
        udhi: true,
        dcs: 0xf5,
        to: { value: '491703000001', type: 'international', plan: 1 },
      },
      data: toHex(PART_ONE),
    },
    {
      name: 'esm_class 72: the indicator is a bit',
      in: submit({ esm: 0x48, dcs: 4, content: PART_ONE }),
      out: { udhi: true },
    },
    {
      name: 'esm_class 0xC3: reply path and header',
      in: submit({ esm: 0xc3, dcs: 4, content: PART_ONE }),
      out: { udhi: true },
    },
    {
      name: 'header without its indicator',
      in: submit({ esm: 0, dcs: 4, content: PART_ONE }),
      out: { udhi: true },
      codes: ['UDH-INDICATOR-MISSING'],
    },
    {
      name: 'text that only begins like a header',
      in: submit({ esm: 0, dcs: 0, content: hex('05 0003420201') }),
      out: { udhi: true },
      codes: ['UDH-INDICATOR-MISSING'],
    },
    { name: 'text is text', in: submit({ dcs: 0, content: latin1('\x05\x00\x03Hello') }), out: { udhi: false } },
    {
      name: 'message_payload with ports',
      in: submit({ dcs: 4, tlvs: [...PORTS, tlv(0x0424, PUSH)] }),
      out: { udhi: false, ports: { destination: 2948, source: 9200 } },
      data: toHex(PUSH),
    },
    {
      name: 'message_payload with a header in it',
      in: submit({ esm: 0x40, dcs: 4, tlvs: [tlv(0x0424, PART_ONE)] }),
      out: { udhi: true },
      data: toHex(PART_ONE),
    },
    {
      name: 'segmentation parameters',
      in: submit({ dcs: 4, content: PUSH, tlvs: [...PORTS, ...SAR(0x1234, 3, 2)] }),
      out: { concatenation: { reference: 0x1234, bits: 16, total: 3, part: 2 }, udhi: false },
    },
    {
      name: 'segmentation parameters without a number',
      in: submit({ dcs: 4, content: PUSH, tlvs: SAR(1, 3, 2).slice(0, 2) }),
      out: { concatenation: undefined },
      codes: ['SMPP-SAR-INCOMPLETE'],
    },
    {
      name: 'segment above the total',
      in: submit({ dcs: 4, content: PUSH, tlvs: SAR(1, 3, 4) }),
      out: { concatenation: { reference: 1, bits: 16, total: 3, part: 4 } },
      codes: ['SMPP-SAR-NUMBER'],
    },
    {
      name: 'a header and segmentation parameters that agree',
      in: submit({ esm: 0x40, dcs: 4, content: PART_ONE, tlvs: SAR(0x42, 2, 1) }),
      out: { udhi: true },
      codes: ['SMPP-SAR-AND-UDH'],
    },
    {
      name: 'a header and ports that contradict',
      in: submit({ esm: 0x40, dcs: 4, content: PART_ONE, tlvs: [tlv(0x020b, u16(9200))] }),
      out: { udhi: true },
      codes: ['SMPP-PORTS-CONTRADICT'],
    },
    {
      name: 'header announced, nothing there',
      in: submit({ esm: 0x40, dcs: 4 }),
      out: { udhi: true },
      codes: ['UDH-NO-USER-DATA'],
    },
    {
      name: 'sm_length beyond the PDU',
      in: submit({ dcs: 4, content: PUSH, smLength: 200 }),
      out: { udhi: false },
      data: toHex(PUSH),
      codes: ['SMPP-SM-LENGTH'],
    },
    {
      name: 'two payloads',
      in: submit({ dcs: 4, content: PUSH, tlvs: [tlv(0x0424, hex('00'))] }),
      out: {},
      data: toHex(PUSH),
      codes: ['SMPP-TWO-PAYLOADS'],
    },
    {
      name: 'a parameter longer than the PDU',
      in: submit({ dcs: 4, content: PUSH, tlvs: [hex('0424 ffff 0102')] }),
      out: {},
      codes: ['SMPP-TLV-OVERRUN', 'SMPP-TWO-PAYLOADS'],
    },
    {
      name: 'octets behind the parameters',
      in: submit({ dcs: 4, content: PUSH, tlvs: [hex('000000')] }),
      out: {},
      codes: ['SMPP-TRAILING-OCTETS'],
    },
    {
      name: 'a port of one octet',
      in: submit({ dcs: 4, content: PUSH, tlvs: [hex('020b 0001 0b')] }),
      out: { ports: { destination: 11, source: null } },
      codes: ['SMPP-TLV-LENGTH'],
    },
    {
      name: 'a parameter twice: the first counts',
      in: submit({ dcs: 4, content: PUSH, tlvs: [tlv(0x020b, u16(2948)), tlv(0x020b, u16(1))] }),
      out: { ports: { destination: 2948, source: null } },
      codes: ['SMPP-TLV-REPEATED'],
    },
    {
      name: 'a request with a status and sequence number 0',
      in: submit({ dcs: 0, content: latin1('hi'), status: 8, sequence: 0 }),
      out: {},
      codes: ['SMPP-REQUEST-STATUS', 'SMPP-SEQUENCE'],
    },
    {
      name: 'an address too long for its field',
      in: submit({ dcs: 0, from: [5, 0, 'A sender of 30 characters......'], content: latin1('hi') }),
      out: { from: { value: 'A sender of 30 characters......', type: 'alphanumeric', plan: 0 } },
      codes: ['SMPP-STRING-LONG'],
    },
    {
      name: 'a plus sign makes a number international',
      in: submit({ dcs: 0, from: [0, 0, '+4917012'], content: latin1('hi') }),
      out: { from: { value: '4917012', type: 'international', plan: 0 } },
    },
    { name: 'no sender', in: submit({ dcs: 0, from: [0, 0, ''], content: latin1('hi') }), out: { from: null } },
    {
      name: 'deliver_sm to a client',
      in: deliver({ dcs: 0, content: latin1('hi') }),
      out: { operation: 'deliver_sm', direction: 'mo' },
    },
    { name: 'deliver_sm to a phone', in: deliver({ esm: 0x40, dcs: 4, content: PART_ONE }), out: { direction: 'mt' } },
    {
      name: 'data_sm',
      in: data({ tlvs: [...PORTS, tlv(0x0424, PUSH)] }),
      out: { operation: 'data_sm', direction: 'mt', ports: { destination: 2948, source: 9200 } },
      data: toHex(PUSH),
    },
    {
      name: 'data_sm without its address terminated',
      in: pdu(0x103, latin1('abcdefgh123')),
      out: {},
      codes: ['SMPP-STRING-UNTERMINATED', 'BASE-TRUNCATED'],
    },
  ];
  test.each(cases)('$name', (c) => {
    const told = read([[0, c.in]]);
    expect(told.messages).toHaveLength(1);
    const [m] = told.messages;
    expect(m).toMatchObject(Object.fromEntries(Object.entries(c.out).filter(([, v]) => v !== undefined)));
    for (const [name, v] of Object.entries(c.out)) if (v === undefined) expect(m).not.toHaveProperty(name);
    if (c.data !== undefined) expect(toHex(m!.userData.bytes)).toBe(c.data);
    expect(codesOf(told)).toEqual(c.codes ?? []);
    expect(told.codes).toEqual([]);
    for (const x of m!.findings)
      expect([x.of, x.start >= 0, x.start + x.length <= c.in.length]).toEqual(['pdu', true, true]);
    const bare = read([[0, c.in]], undefined, false);
    expect(bare.messages).toEqual(told.messages);
  });

  test('a contradiction between header and parameters says so', () => {
    const r = read([[0, submit({ esm: 0x40, dcs: 4, content: PART_ONE, tlvs: SAR(7, 5, 3) })]]);
    expect(r.messages[0]?.findings.map((x) => x.message)).toEqual([
      'they contradict: the header says part 1 of 2, the parameters 3 of 5',
    ]);
  });

  test('submit_multi: one message and one answer for each destination', () => {
    const body = cat(
      z(''),
      [0, 1],
      z('1234'),
      [3, 1, 1, 1],
      z('491701'),
      [1, 1, 1],
      z('491702'),
      [2],
      z('list'),
      [0x40, 0, 0],
      z(''),
      z(''),
      [1, 0, 4, 0, PART_ONE.length],
      PART_ONE,
    );
    const answer = cat(z('m1'), [1, 1, 1], z('491702'), u32(0x0b));
    const r = read([
      [0, pdu(0x21, body)],
      [1, pdu(0x80000021, answer)],
    ]);
    expect(r.messages.map((m) => m.to?.value)).toEqual(['491701', '491702', 'list']);
    expect(new Set(r.messages.map((m) => m.answerKey)).size).toBe(3);
    expect(r.answers.map((a) => [a.answerKey, a.ok, a.code, a.messageId])).toEqual([
      [r.messages[0]?.answerKey, true, null, 'm1'],
      [r.messages[1]?.answerKey, false, '0x0000000b', 'm1'],
      [r.messages[2]?.answerKey, true, null, 'm1'],
    ]);
  });

  test('255 destinations that are not there', () => {
    const r = read([[0, pdu(0x21, cat(z(''), [0, 1], z('1234'), [255, 1, 1, 1], z('491701')))]]);
    expect(r.messages.map((m) => m.to?.value)).toEqual(['491701']);
    expect(codesOf(r)).toEqual(['BASE-TRUNCATED']);
  });
});

describe('answers', () => {
  test('a response is tied to its request by number and direction', () => {
    const r = read([
      [0, submit({ sequence: 5, content: latin1('a') })],
      [1, submit({ sequence: 5, content: latin1('b'), id: 5 })],
      [1, response(4, 5, 'id5')],
      [0, response(5, 5, '')],
    ]);
    expect(r.answers.map((a) => [a.operation, a.answerKey, a.messageId])).toEqual([
      ['submit_sm_resp', r.messages[0]?.answerKey, 'id5'],
      ['deliver_sm_resp', r.messages[1]?.answerKey, null],
    ]);
  });

  test('keys are unique though a client always counts 1', () => {
    const one = submit({ sequence: 1, content: latin1('a') });
    const r = read([
      [0, one],
      [1, response(4, 1, 'x')],
      [0, one],
      [1, response(4, 1, '-', 0x58)],
    ]);
    expect(new Set(r.messages.map((m) => m.answerKey)).size).toBe(2);
    expect(r.answers.map((a) => [a.answerKey, a.ok, a.temporary])).toEqual([
      [r.messages[0]?.answerKey, true, false],
      [r.messages[1]?.answerKey, false, true],
    ]);
  });

  test('a response that was captured before its request', () => {
    const r = read([
      [1, response(4, 9, 'id9')],
      [0, submit({ sequence: 9, content: latin1('a') })],
    ]);
    expect(r.answers).toMatchObject([{ answerKey: r.messages[0]?.answerKey, messageId: 'id9', frame: 1 }]);
  });

  test('an old response is not tied to a new request', () => {
    const heard = listen();
    const link = connection(heard.sink);
    smpp.decode(new Cursor(response(4, 9, 'old')), link.context(1, 1, 0));
    smpp.decode(new Cursor(submit({ sequence: 9, content: latin1('a') })), link.context(0, 2, 60e9));
    expect(heard.answers).toEqual([]);
  });

  test('generic_nack answers what it names, and is reported when it names nothing', () => {
    const r = read([
      [0, submit({ sequence: 3, content: latin1('a') })],
      [1, pdu(0x80000000, new Uint8Array(0), { sequence: 3, status: 2 })],
      [1, pdu(0x80000000, new Uint8Array(0), { sequence: 0, status: 3 })],
    ]);
    expect(r.answers).toMatchObject([
      { operation: 'generic_nack', ok: false, code: '0x00000002', answerKey: r.messages[0]?.answerKey },
    ]);
    expect(r.codes).toEqual(['SMPP-GENERIC-NACK']);
  });

  test('a refused bind is reported', () => {
    const bind = pdu(9, cat(z('user'), z('secret'), z(''), [0x34, 0, 0], z('')));
    const r = read([
      [0, bind],
      [1, pdu(0x80000009, new Uint8Array(0), { status: 0x0e })],
    ]);
    expect(r.codes).toEqual(['SMPP-BIND-REFUSED']);
    expect(r.answers).toEqual([]);
    const password = r.rows.find((x) => x.field.path === 'smpp.password');
    expect(password?.field.secret).toBe(true);
  });

  test('status names and what may be tried again', () => {
    expect(STATUS_NAMES[0x112]).toBe('ESME_RINVBCASTCHANIND');
    expect(Object.keys(STATUS_NAMES).length).toBe(67);
    expect([0x14, 0x58, 0x64].map(isTemporary)).toEqual([true, true, true]);
    expect([0x0b, 0x65, 0x66, 0x45].map(isTemporary)).toEqual([false, false, false, false]);
  });
});

describe('other PDUs', () => {
  const cases: readonly (readonly [string, Uint8Array, string])[] = [
    ['query_sm', pdu(3, cat(z('id'), [0, 0], z('1234'))), 'smpp.messageId'],
    ['query_sm_resp', pdu(0x80000003, cat(z('id'), z(''), [2, 0])), 'smpp.messageState'],
    ['cancel_sm', pdu(8, cat(z(''), z('id'), [0, 0], z('1'), [1, 1], z('49'))), 'smpp.destinationAddress'],
    ['replace_sm', pdu(7, cat(z('id'), [0, 0], z('1'), z(''), z(''), [1, 0, 2], latin1('hi'))), 'smpp.content'],
    ['outbind', pdu(0x0b, cat(z('sys'), z('pw'))), 'smpp.password'],
    ['alert_notification', pdu(0x102, cat([1, 1], z('49'), [0, 0], z('me'), tlv(0x0422, [0]))), 'smpp.value8'],
    [
      'broadcast_sm',
      pdu(0x111, cat(z(''), [0, 0], z('1'), z(''), [0], z(''), z(''), [0, 0, 0], tlv(0x0606, hex('00')))),
      'smpp.tag',
    ],
    ['enquire_link', pdu(0x15, new Uint8Array(0)), 'smpp.sequence'],
    ['submit_sm_resp with a parameter', pdu(0x80000004, cat(z('id'), tlv(0x001d, z('full')))), 'smpp.valueText'],
  ];
  test.each(cases)('%s', (_, bytes, path) => {
    const r = read([[0, bytes]]);
    expect(r.codes).toEqual([]);
    expect(r.rows.map((x) => x.field.path)).toContain(path);
    expect(r.rows[0]).toMatchObject({ start: 0, length: bytes.length });
  });
});

describe('cut and broken', () => {
  const good = [
    submit({ esm: 0x40, dcs: 4, content: PART_ONE, tlvs: [...PORTS, ...SAR(1, 2, 1)] }),
    deliver({ esm: 4, content: latin1('id:1 sub:001 stat:DELIVRD err:000') }),
    data({ esm: 0x40, tlvs: [tlv(0x0424, PART_ONE)] }),
    pdu(9, cat(z('user'), z('pw'), z('t'), [0x34, 0, 0], z(''))),
    pdu(0x80000021, cat(z('m1'), [1, 1, 1], z('491702'), u32(0x0b))),
  ];
  test('every truncation is read as what was captured, and blames nobody', () => {
    for (const bytes of good) {
      for (let n = 0; n < bytes.length; n += 1) {
        const told = read([[0, bytes]], n);
        const bare = read([[0, bytes]], n, false);
        expect(bare.messages).toEqual(told.messages);
        expect(bare.codes).toEqual(told.codes);
        const all = [...told.codes, ...codesOf(told)];
        expect(all.filter((x) => x === 'SMPP-CUT' || x === 'BASE-TRUNCATED').length, `${n}`).toBe(1);
        for (const m of told.messages) expect(m.cut).toBe(true);
      }
    }
  });

  test('command_length that lies the other way: what is there is read', () => {
    for (const bytes of good) {
      for (let n = 16; n < bytes.length; n += 1) {
        const lie = bytes.slice();
        lie.set(u32(n), 0);
        const told = read([[0, lie]]);
        for (const m of told.messages) expect(m.pdu.bytes.length).toBe(n);
      }
    }
  });

  test('every octet changed', () => {
    for (const bytes of good) {
      for (let at = 4; at < bytes.length; at += 1) {
        for (const v of [0, 0x7f, 0x80, 0xff]) {
          const changed = bytes.slice();
          changed[at] = v;
          expect(() => read([[0, changed]])).not.toThrow();
        }
      }
    }
  });
});
