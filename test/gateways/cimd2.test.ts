// CIMD2 between a gateway and its message centre.

import { describe, expect, test } from 'vitest';
import { cimd2 } from '../../dissectors/bearer/cimd2/index.ts';
import { latin1, toHex } from '../sms/support.ts';
import { cimdPdu } from './cimd2.ts';
import { codesOf, damaged, decode, play, survives, unread } from './support.ts';

const UDH = '0B05040B840B8400031A0301';
type Parameters = readonly (readonly [number, string])[];
const BASE: Parameters = [
  [21, '491701000021'],
  [23, '1234'],
];
const submit = (more: Parameters, packet = 3): Uint8Array => cimdPdu(3, packet, [...BASE, ...more]);
const BINARY: Parameters = [
  [32, UDH],
  [34, '0106AA'],
  [30, '4'],
];

describe('messages', () => {
  const cases: readonly {
    name: string;
    in: Uint8Array;
    out: Record<string, unknown>;
    data?: string;
    codes?: string[];
  }[] = [
    {
      name: 'binary data with a header',
      in: submit(BINARY),
      out: {
        bearer: 'cimd2',
        operation: 'Submit message',
        direction: 'mt',
        from: { value: '1234', type: 'unknown' },
        to: { value: '491701000021', type: 'unknown' },
        dcs: 4,
        udhi: true,
      },
      data: `${UDH}0106AA`,
    },
    {
      name: 'class 1',
      in: submit([
        [32, UDH],
        [34, '01'],
        [30, '245'],
      ]),
      out: { dcs: 0xf5 },
    },
    { name: 'binary without a data coding', in: submit([[34, '01']]), out: { dcs: 4, udhi: false }, data: '01' },
    { name: 'text', in: submit([[33, 'Hello']]), out: { dcs: 0 }, data: toHex(latin1('Hello')) },
    { name: 'nothing in it', in: submit([]), out: { udhi: false }, data: '' },
    { name: 'a header alone', in: submit([[32, UDH]]), out: { udhi: true }, data: UDH },
    {
      name: 'a sender by name',
      in: submit([
        [27, 'Operator'],
        [33, 'x'],
      ]),
      out: { from: { value: 'Operator', type: 'alphanumeric' } },
    },
    {
      name: 'an international recipient',
      in: cimdPdu(3, 3, [
        [21, '+491701'],
        [33, 'x'],
      ]),
      out: { to: { value: '491701', type: 'international' }, from: null },
    },
    {
      name: 'delivered by the centre, with the IMSI',
      in: cimdPdu(20, 2, [...BASE, [26, '262019876543210'], [33, 'x']]),
      out: { operation: 'Deliver message', direction: 'mo', imsi: '262019876543210' },
    },
    { name: 'an IMSI that is none', in: cimdPdu(20, 2, [...BASE, [26, 'none'], [33, 'x']]), out: { imsi: null } },
    { name: 'no hex digits', in: submit([[34, '01XX']]), out: {}, data: '01', codes: ['CIMD2-HEX'] },
    {
      name: 'a parameter without a number',
      in: latin1(String.fromCharCode(...submit([])).replace('023:', '02x:')),
      out: { from: null },
      codes: ['CIMD2-PARAMETER', 'CIMD2-CHECKSUM'],
    },
    {
      name: 'twice: the first counts',
      in: submit([
        [33, 'one'],
        [33, 'two'],
      ]),
      out: {},
      data: toHex(latin1('one')),
    },
  ];
  test.each(cases)('$name', (c) => {
    const told = decode(cimd2, [[0, c.in]]);
    expect(told.messages).toHaveLength(1);
    const [m] = told.messages;
    expect(m).toMatchObject(c.out);
    if (c.data !== undefined) expect(toHex(m!.userData.bytes).toUpperCase()).toBe(c.data.toUpperCase());
    expect([...codesOf(told), ...told.rest]).toEqual(c.codes ?? []);
    expect(decode(cimd2, [[0, c.in]], false).messages).toEqual(told.messages);
  });

  test('octets lead back to the digits that spell them', () => {
    const bytes = submit(BINARY);
    const text = String.fromCharCode(...bytes);
    const maps = decode(cimd2, [[0, bytes]]).messages[0]!.userData.map;
    expect(maps.map((p) => text.slice(p.offset, p.offset + 2 * p.length))).toEqual([UDH, '0106AA']);
  });

  test('a checksum may be left out, not wrong', () => {
    const text = String.fromCharCode(...submit(BINARY));
    const without = latin1(`${text.slice(0, -3)}\x03`);
    expect(codesOf(decode(cimd2, [[0, without]]))).toEqual([]);
    const wrong = latin1(`${text.slice(0, -3)}ZZ\x03`);
    expect(codesOf(decode(cimd2, [[0, wrong]]))).toEqual(['CIMD2-CHECKSUM']);
  });
});

describe('answers', () => {
  const told = (...answers: readonly Uint8Array[]) =>
    decode(cimd2, [[0, submit(BINARY)], ...answers.map((a): [1, Uint8Array] => [1, a])]);
  const cases: readonly [string, Uint8Array, Record<string, unknown>][] = [
    [
      'accepted',
      cimdPdu(53, 3, [
        [21, '491701000021'],
        [60, '261123112005'],
      ]),
      {
        ok: true,
        code: null,
        text: 'accepted',
        messageId: '491701000021:261123112005',
        operation: 'Submit message response',
      },
    ],
    [
      'a wrong address',
      cimdPdu(53, 3, [
        [900, '300'],
        [901, 'no'],
      ]),
      { ok: false, temporary: false, code: '300', text: 'Incorrect destination address' },
    ],
    [
      'congestion',
      cimdPdu(53, 3, [[900, '10']]),
      { ok: false, temporary: true, code: '10', text: 'Temporary congestion error' },
    ],
    ['an error nobody assigned', cimdPdu(53, 3, [[900, '777']]), { ok: false, temporary: false, text: 'error 777' }],
    ['a general error', cimdPdu(98, 3, [[900, '2']]), { ok: false, code: '2', text: 'Syntax error' }],
    [
      'a nack',
      cimdPdu(99, 3, []),
      { ok: false, temporary: true, code: 'nack', text: 'not understood, to be sent again' },
    ],
  ];
  test.each(cases)('%s', (_, pdu, out) => {
    const h = told(pdu);
    expect(h.answers).toMatchObject([{ answerKey: h.messages[0]!.answerKey, ...out }]);
  });
  test('of another packet, or of the same side', () => {
    expect(told(cimdPdu(53, 5, [])).answers).toEqual([]);
    expect(
      decode(cimd2, [
        [0, submit(BINARY)],
        [0, cimdPdu(53, 3, [])],
      ]).answers,
    ).toEqual([]);
  });
  test('packet numbers are used again', () => {
    const ok = cimdPdu(53, 3, []);
    const h = decode(cimd2, [
      [0, submit(BINARY)],
      [1, ok],
      [0, submit(BINARY)],
      [1, ok],
    ]);
    expect(h.answers.map((a) => a.answerKey)).toEqual(h.messages.map((m) => m.answerKey));
    expect(new Set(h.answers.map((a) => a.answerKey)).size).toBe(2);
  });
});

describe('status reports', () => {
  const cases: readonly [string, Parameters, Record<string, unknown>][] = [
    ['delivered', [[61, '4']], { state: 'delivered', code: null, text: 'Delivery successful' }],
    [
      'expired',
      [
        [61, '2'],
        [62, '27'],
      ],
      { state: 'failed', code: '27', text: 'Validity period expired' },
    ],
    ['in process', [[61, '1']], { state: 'pending' }],
    ['unknown', [[61, '99']], { state: 'unknown', text: 'Unknown status' }],
  ];
  test.each(cases)('%s', (_, parameters, out) => {
    const pdu = cimdPdu(23, 2, [[21, '491701000021'], [60, '261123112005'], ...parameters]);
    const h = decode(cimd2, [[1, pdu]]);
    expect(h.receipts).toMatchObject([
      { bearer: 'cimd2', messageId: '491701000021:261123112005', from: { value: '491701000021' }, ...out },
    ]);
    expect(h.messages).toEqual([]);
  });
});

test('a session through the driver', () => {
  const text = String.fromCharCode(...submit(BINARY));
  const h = play([
    ['client', text.slice(0, 20)],
    ['client', text.slice(20)],
    ['server', cimdPdu(53, 3, [[60, '1']])],
    ['client', cimdPdu(40, 5, [])],
    ['server', cimdPdu(90, 5, [])],
  ]);
  expect(h.messages).toMatchObject([{ frame: 4, chosenBy: 'content' }]);
  expect(h.messages[0]!.pdu.map.map((p) => p.frame)).toEqual([3, 4]);
  expect(h.answers).toHaveLength(1);
  expect(codesOf(h)).toEqual([]);
});

describe('trees', () => {
  const login = cimdPdu(1, 1, [
    [10, 'user'],
    [11, 'geheim'],
  ]);
  const all = [
    submit([
      [32, UDH],
      [34, '01'],
    ]),
    login,
    cimdPdu(53, 3, [[900, '2']]),
    cimdPdu(23, 2, [[61, '4']]),
  ];
  test('all characters are in one, but delimiters', () => {
    for (const bytes of all) {
      const { rows } = decode(cimd2, [[0, bytes]]);
      const left = unread(rows, bytes.length).map((i) => String.fromCharCode(bytes[i]!));
      expect(left.filter((c) => !'\x02\x03\t:'.includes(c))).toEqual([]);
    }
  });
  test('passwords are secret', () => {
    const { rows } = decode(cimd2, [[0, login]]);
    const shown = rows.filter((r) => `${r.value} ${r.text}`.includes('geheim'));
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.every((r) => r.field.secret)).toBe(true);
  });
  test('cut and flipped, nothing throws', () => {
    for (const bytes of all) {
      for (const bad of damaged(bytes)) survives(cimd2, submit(BINARY), bad);
    }
  });
});
