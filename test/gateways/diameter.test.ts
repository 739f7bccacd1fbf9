// Diameter SGd, Gdd and S6c.

import { describe, expect, test } from 'vitest';
import { diameter, diameterOverSctp } from '../../dissectors/bearer/diameter/index.ts';
import { type Heard, hex, toHex } from '../sms/support.ts';
import { avp, group, type Made, message } from './diameter.ts';
import { codesOf, damaged, decode, play, survives, unread } from './support.ts';

const MT = 8388646;
const MO = 8388645;
const ROUTING = 8388647;
const STATUS = 8388649;
/** DELIVER from 1234, 8-bit data 01 06 AA. */
const DELIVER = '04 04 81 2143 00 04 62113281155100 03 0106AA';
const SUBMIT = '01 00 0c 81 947110000022 00 04 03 010203';
const IMSI = "'262019876543210";
const BASE = [avp(263, "'smsc.example;1;0;1"), avp(1, IMSI), avp(3300, '947101670000')];

const mt = (hop = 1, ...more: Uint8Array[]): Uint8Array =>
  message({ command: MT, request: true, hop }, ...BASE, ...more, avp(3301, DELIVER));
const answer = (m: Partial<Made>, ...avps: Uint8Array[]): Uint8Array =>
  message({ command: MT, request: false, hop: 1, ...m }, avp(263, "'smsc.example;1;0;1"), ...avps);
const result = (code: number): Uint8Array => avp(268, code.toString(16).padStart(8, '0'));
const experimental = (code: number): Uint8Array =>
  group(297, avp(266, '000028af'), avp(298, code.toString(16).padStart(8, '0')));
const number = (code: number, value: number): Uint8Array => avp(code, value.toString(16).padStart(8, '0'));

describe('requests', () => {
  const cases: readonly {
    name: string;
    in: Uint8Array;
    out: Record<string, unknown>;
    data?: string;
    codes?: string[];
  }[] = [
    {
      name: 'MT-Forward',
      in: mt(),
      out: {
        bearer: 'diameter-sgd',
        operation: 'MT-Forward-Short-Message-Request',
        direction: 'mt',
        from: { value: '1234', type: 'unknown' },
        to: null,
        imsi: '262019876543210',
        smsc: { value: '491710760000', type: 'international' },
        dcs: 4,
      },
      data: '0106aa',
    },
    {
      name: 'with the number of the subscriber',
      in: mt(1, avp(701, '947110000022')),
      out: { to: { value: '491701000022', type: 'international' } },
    },
    {
      name: 'the subscriber in a group',
      in: mt(1, group(3102, avp(701, '947110000022'))),
      out: { to: { value: '491701000022' } },
    },
    {
      name: 'MO-Forward',
      in: message({ command: MO, request: true }, ...BASE, avp(701, '947110000022'), avp(3301, SUBMIT)),
      out: { direction: 'mo', from: { value: '491701000022' }, to: { value: '491701000022', type: 'unknown' } },
      data: '010203',
    },
    {
      name: 'a name that is no IMSI',
      in: message({ command: MT, request: true }, avp(1, "'bob"), avp(3301, DELIVER)),
      out: { imsi: null },
    },
    { name: 'AVPs nobody knows', in: mt(1, avp(9999, 'aabbcc'), avp(40000, '', false)), out: {}, data: '0106aa' },
  ];
  test.each(cases)('$name', (c) => {
    const told = decode(diameter, [[0, c.in]]);
    expect(told.messages).toHaveLength(1);
    expect(told.messages[0]).toMatchObject(c.out);
    if (c.data !== undefined) expect(toHex(told.messages[0]!.userData.bytes)).toBe(c.data);
    expect([...codesOf(told), ...told.rest]).toEqual(c.codes ?? []);
    expect(decode(diameter, [[0, c.in]], false).messages).toEqual(told.messages);
  });

  const broken: readonly [string, Uint8Array, string[]][] = [
    ['no payload', message({ command: MT, request: true }, ...BASE), ['DIAMETER-NO-SM-RP-UI']],
    [
      'an AVP longer than the message',
      message({ command: MT, request: true }, hex('00000001 40 0000ff 3132')),
      ['DIAMETER-AVP-LENGTH', 'DIAMETER-NO-SM-RP-UI'],
    ],
    [
      'an AVP shorter than its header',
      message({ command: MT, request: true }, hex('00000001 40 000004')),
      ['DIAMETER-AVP-LENGTH', 'DIAMETER-NO-SM-RP-UI'],
    ],
    ['a header cut', hex('01 000014 c0 800006 0100'), ['BASE-TRUNCATED']],
  ];
  test.each(broken)('%s', (_, bytes, codes) => {
    const told = decode(diameter, [[0, bytes]]);
    expect(told.messages).toEqual([]);
    expect(told.rest).toEqual(codes);
  });

  test('groups in groups end somewhere', () => {
    let inner = number(3304, 0);
    for (let i = 0; i < 12; i += 1) inner = group(297, inner);
    const told = decode(diameter, [[0, mt(1, inner)]]);
    expect(codesOf(told)).toEqual(['DIAMETER-DEPTH']);
  });
});

describe('answers', () => {
  const told = (...avps: Uint8Array[]): Heard =>
    decode(diameter, [
      [0, mt()],
      [1, answer({}, ...avps)],
    ]);
  const cases: readonly [string, Uint8Array[], Record<string, unknown>][] = [
    [
      'success',
      [result(2001)],
      {
        ok: true,
        temporary: false,
        code: null,
        text: 'DIAMETER_SUCCESS',
        operation: 'MT-Forward-Short-Message-Answer',
      },
    ],
    [
      'absent user',
      [experimental(5550), number(3322, 1)],
      {
        ok: false,
        temporary: true,
        code: 'Experimental-Result 5550',
        text: 'DIAMETER_ERROR_ABSENT_USER: IMSI detached',
      },
    ],
    [
      'absent user, reason not assigned',
      [experimental(5550), number(3322, 99)],
      { text: 'DIAMETER_ERROR_ABSENT_USER: diagnostic 99' },
    ],
    [
      'delivery failure in a group',
      [experimental(5555), group(3303, number(3304, 0), avp(3305, 'd3'))],
      {
        ok: false,
        temporary: true,
        code: 'Experimental-Result 5555',
        text: 'DIAMETER_ERROR_SM_DELIVERY_FAILURE: memory capacity exceeded',
      },
    ],
    ['illegal user', [experimental(5553)], { ok: false, temporary: false, text: 'DIAMETER_ERROR_ILLEGAL_USER' }],
    ['too busy', [result(3004)], { ok: false, temporary: true, code: 'Result-Code 3004', text: 'DIAMETER_TOO_BUSY' }],
    ['with words', [result(5012), avp(281, "'no route")], { ok: false, text: 'DIAMETER_UNABLE_TO_COMPLY: no route' }],
    ['unknown', [experimental(5999)], { ok: false, text: 'result 5999' }],
  ];
  test.each(cases)('%s', (_, avps, out) => {
    const h = told(...avps);
    expect(h.answers).toMatchObject([{ answerKey: h.messages[0]!.answerKey, ...out }]);
  });
  test('no result, another identifier, the same side', () => {
    expect(told().answers).toEqual([]);
    expect(
      decode(diameter, [
        [0, mt()],
        [1, answer({ hop: 2 }, result(2001))],
      ]).answers,
    ).toEqual([]);
    expect(
      decode(diameter, [
        [0, mt()],
        [0, answer({}, result(2001))],
      ]).answers,
    ).toEqual([]);
  });
  test('out of order', () => {
    const h = decode(diameter, [
      [0, mt(1)],
      [0, mt(2)],
      [1, answer({ hop: 2 }, result(2001))],
      [1, answer({ hop: 1 }, experimental(5550))],
    ]);
    expect(h.answers.map((a) => [a.answerKey, a.ok])).toEqual([
      [h.messages[1]!.answerKey, true],
      [h.messages[0]!.answerKey, false],
    ]);
  });
});

test('routing info: the answer to a question for a number names the IMSI', () => {
  const ask = message({ command: ROUTING, request: true, application: 16777312 }, avp(701, '947110000022'));
  const say = message({ command: ROUTING, request: false, application: 16777312 }, result(2001), avp(1, IMSI));
  const h = play(
    [
      ['client', ask],
      ['server', say],
    ],
    { port: 3868 },
  );
  expect(h.identities).toMatchObject([{ msisdn: '491701000022', imsi: '262019876543210', frame: 4 }]);
  expect([h.messages, h.answers]).toEqual([[], []]);
});

test('outcomes of S6c are read in their groups', () => {
  const outcome = group(3316, group(3317, number(3321, 1), number(3322, 5)));
  const { rows, rest } = decode(diameter, [[0, message({ command: STATUS, request: true }, avp(1, IMSI), outcome)]]);
  expect(rest).toEqual([]);
  expect(rows.find((r) => r.field.path === 'diameter.absent')?.value).toBe(5);
});

test('over TCP in pieces, and over SCTP as messages', () => {
  const bytes = mt();
  const h = play(
    [
      ['client', bytes.slice(0, 3)],
      ['client', bytes.slice(3, 60)],
      ['client', bytes.slice(60)],
      ['server', answer({}, result(2001))],
    ],
    { port: 3868 },
  );
  expect(h.messages).toMatchObject([{ frame: 5, chosenBy: 'port 3868' }]);
  expect(h.answers).toHaveLength(1);
  expect(decode(diameterOverSctp, [[0, bytes]]).messages).toHaveLength(1);
  expect(diameterOverSctp.looksLike?.(bytes, 0, bytes.length)).toBe(1);
});

describe('trees', () => {
  const all = [
    mt(),
    answer({}, experimental(5550), number(3322, 1)),
    answer({}, experimental(5555), group(3303, number(3304, 0), avp(3305, 'd3'))),
  ];
  test('every octet is in one', () => {
    for (const bytes of all) expect(unread(decode(diameter, [[0, bytes]]).rows, bytes.length)).toEqual([]);
  });
  test('cut and flipped, nothing throws', () => {
    for (const bytes of all) {
      for (const bad of damaged(bytes)) survives(diameter, mt(), bad, true);
    }
  });
});
