// EMI/UCP between a gateway and its service centre.

import { describe, expect, test } from 'vitest';
import { ETX, STX } from '../../dissectors/bearer/text/delimited.ts';
import { ERRORS } from '../../dissectors/bearer/ucp/codes.ts';
import { ucp } from '../../dissectors/bearer/ucp/index.ts';
import { latin1, toHex } from '../sms/support.ts';
import { codesOf, damaged, decode, play, type Step, survives, unread } from './support.ts';
import { FIELDS, type Five, five, ucpPdu, udhField } from './ucp.ts';

const UDH = '0B05040B840B8400031903 01'.replace(' ', '');
/** Submit of one part: transparent data of class 1 behind a header. */
const part = (more: Five = {}): Uint8Array =>
  ucpPdu(
    1,
    'O',
    51,
    five({
      adc: '491701000020',
      oadc: '1234',
      mt: '4',
      nb: '24',
      message: '0106AA',
      mcls: '1',
      xser: udhField(UDH),
      ...more,
    }),
  );
const result = (trn: number, ot: number, ...fields: string[]): Uint8Array => ucpPdu(trn, 'R', ot, fields);

describe('messages', () => {
  const cases: readonly {
    name: string;
    in: Uint8Array;
    out: Record<string, unknown>;
    data?: string;
    codes?: string[];
  }[] = [
    {
      name: 'transparent data with a header',
      in: part(),
      out: {
        bearer: 'ucp',
        operation: 'Submit short message',
        direction: 'mt',
        from: { value: '1234', type: 'unknown' },
        to: { value: '491701000020', type: 'unknown' },
        dcs: 0xf5,
        udhi: true,
      },
      data: `${UDH}0106AA`,
    },
    { name: 'without a class', in: part({ mcls: '' }), out: { dcs: 0x04 } },
    { name: 'data coding among the extra services', in: part({ xser: `${udhField(UDH)}020115` }), out: { dcs: 0x15 } },
    { name: 'no header', in: part({ xser: '' }), out: { udhi: false }, data: '0106AA' },
    {
      name: 'text',
      in: part({ mt: '3', nb: '', message: '48656C6C6F', mcls: '', xser: '' }),
      out: { dcs: 0, dcsOf: 'smpp' },
      data: '48656C6C6F',
    },
    {
      name: 'digits as they are',
      in: part({ mt: '2', nb: '', message: '110', mcls: '', xser: '' }),
      out: { dcs: 0 },
      data: toHex(latin1('110')),
    },
    {
      name: 'an international sender',
      in: part({ otoa: '1139', oadc: '491712345' }),
      out: { from: { value: '491712345', type: 'international' } },
    },
    {
      name: 'an international recipient',
      in: part({ adc: '00491712345' }),
      out: { to: { value: '491712345', type: 'international' } },
    },
    {
      name: 'a sender by name',
      in: part({ otoa: '5039', oadc: '10412614190438AB4D' }),
      out: { from: { value: 'ALPHA@NUM', type: 'alphanumeric' } },
    },
    { name: 'no sender', in: part({ oadc: '' }), out: { from: null } },
    {
      name: 'delivered by the centre',
      in: ucpPdu(1, 'O', 52, five({ adc: '1234', oadc: '491701000020', mt: '3', message: '4869' })),
      out: { operation: 'Deliver short message', direction: 'mo' },
    },
    { name: 'NB that counts otherwise', in: part({ nb: '1024' }), out: {}, codes: ['UCP-BITS'] },
    { name: 'no hex digits', in: part({ message: '0106ZZ' }), out: {}, data: `${UDH}0106`, codes: ['UCP-HEX'] },
    { name: 'an odd digit', in: part({ nb: '16', message: '01060' }), out: {}, data: `${UDH}0106`, codes: ['UCP-HEX'] },
    {
      name: 'an extra service that is longer than it is',
      in: part({ xser: '01FF05000302' }),
      out: { udhi: true },
      codes: ['UCP-XSER'],
    },
    {
      name: 'too few fields',
      in: ucpPdu(1, 'O', 51, five({ adc: '4917', mt: '3', message: '4869' }).slice(0, 25)),
      out: { to: { value: '4917', type: 'unknown' } },
      codes: ['UCP-FIELDS'],
    },
  ];
  test.each(cases)('$name', (c) => {
    const told = decode(ucp, [[0, c.in]]);
    expect(told.messages).toHaveLength(1);
    const [m] = told.messages;
    expect(m).toMatchObject(c.out);
    if (c.data !== undefined) expect(toHex(m!.userData.bytes).toUpperCase()).toBe(c.data.toUpperCase());
    expect(m!.findings.map((x) => x.rule.code)).toEqual(c.codes ?? []);
    expect(told.rest).toEqual([]);
    for (const x of m!.findings) expect(x.start + x.length).toBeLessThanOrEqual(c.in.length);
    expect(decode(ucp, [[0, c.in]], false).messages).toEqual(told.messages);
  });

  test('octets lead back to the digits that spell them', () => {
    const bytes = part();
    const [m] = decode(ucp, [[0, bytes]]).messages;
    const text = String.fromCharCode(...bytes);
    const [udh, data] = m!.userData.map;
    expect(text.slice(udh!.offset, udh!.offset + 2 * udh!.length)).toBe(UDH);
    expect(text.slice(data!.offset, data!.offset + 2 * data!.length)).toBe('0106AA');
    expect([udh!.width, data!.width]).toEqual([2, 2]);
  });

  test('checksum and length', () => {
    const bytes = part();
    const wrong = bytes.slice();
    wrong[wrong.length - 2] = wrong[wrong.length - 2] === 0x30 ? 0x31 : 0x30;
    expect(codesOf(decode(ucp, [[0, wrong]]))).toEqual(['UCP-CHECKSUM']);
    const longer = latin1(String.fromCharCode(...bytes).replace(/\/\d{5}\//, '/00001/'));
    expect(codesOf(decode(ucp, [[0, longer]]))).toEqual(['UCP-LENGTH', 'UCP-CHECKSUM']);
  });
});

describe('results', () => {
  const told = (...answers: readonly Uint8Array[]) =>
    decode(ucp, [[0, part()], ...answers.map((a): [1, Uint8Array] => [1, a])]);
  test('accepted, with the name that notifications quote', () => {
    const h = told(result(1, 51, 'A', '', '491701000020:231126112003'));
    expect(h.answers).toMatchObject([
      {
        answerKey: h.messages[0]!.answerKey,
        ok: true,
        code: null,
        messageId: '491701000020:231126112003',
        operation: 'Submit short message, result',
      },
    ]);
  });
  test('refused', () => {
    const h = told(result(1, 51, 'N', '06', ' adc invalid'));
    expect(h.answers).toMatchObject([
      { ok: false, temporary: false, code: '06', text: 'AdC invalid', messageId: null },
    ]);
    expect(told(result(1, 51, 'N', '30', '')).answers).toMatchObject([{ temporary: true, text: 'Subscriber hang-up' }]);
    expect(told(result(1, 51, 'N', '77', '')).answers).toMatchObject([{ code: '77', text: 'error 77' }]);
    expect(Object.keys(ERRORS).length).toBe(36);
  });
  test('of another number, or of the same side', () => {
    expect(told(result(2, 51, 'A', '', 'x')).answers).toEqual([]);
    expect(
      decode(ucp, [
        [0, part()],
        [0, result(1, 51, 'A', '', 'x')],
      ]).answers,
    ).toEqual([]);
  });
  test('of operations that carry no message', () => {
    const alert = ucpPdu(4, 'O', 31, ['1234', '0539']);
    expect(
      decode(ucp, [
        [0, alert],
        [1, result(4, 31, 'A', '0003')],
      ]).answers,
    ).toEqual([]);
  });
  test('numbers are used again', () => {
    const h = decode(ucp, [
      [0, part()],
      [1, result(1, 51, 'A', '', 'a')],
      [0, part()],
      [1, result(1, 51, 'N', '04', '')],
    ]);
    expect(new Set(h.messages.map((m) => m.answerKey)).size).toBe(2);
    expect(h.answers.map((a) => [a.answerKey, a.ok])).toEqual([
      [h.messages[0]!.answerKey, true],
      [h.messages[1]!.answerKey, false],
    ]);
  });
});

describe('notifications', () => {
  const note = (more: Five): Uint8Array =>
    ucpPdu(
      7,
      'O',
      53,
      five({ adc: '1234', oadc: '491701000020', scts: '231126112003', mt: '3', message: '', ...more }),
    );
  const cases: readonly [string, Five, Record<string, unknown>][] = [
    ['delivered', { dst: '0', rsn: '000' }, { state: 'delivered', code: null, text: 'delivered' }],
    ['buffered', { dst: '1', rsn: '107' }, { state: 'pending', code: '107', text: 'pending: Absent subscriber' }],
    ['failed', { dst: '2', rsn: '108' }, { state: 'failed', code: '108', text: 'failed: Delivery fail' }],
    ['failed without a reason', { dst: '2', rsn: '' }, { state: 'failed', code: null, text: 'failed' }],
    ['something else', { dst: '9', rsn: '999' }, { state: 'unknown', code: '999', text: 'unknown' }],
  ];
  test.each(cases)('%s', (_, fields, out) => {
    const h = decode(ucp, [[1, note(fields)]]);
    expect(h.messages).toEqual([]);
    expect(h.receipts).toMatchObject([
      { bearer: 'ucp', messageId: '491701000020:231126112003', from: { value: '491701000020' }, ...out },
    ]);
  });
});

test('a session through the driver: two PDUs in a segment, one in three', () => {
  const [one, two] = [part(), ucpPdu(2, 'O', 51, five({ adc: '491701000020', mt: '3', message: '4869' }))];
  const bytes = (b: Uint8Array) => String.fromCharCode(...b);
  const three = bytes(part());
  const steps: Step[] = [
    ['client', bytes(one) + bytes(two)],
    ['server', result(1, 51, 'A', '', 'x')],
    ['client', three.slice(0, 5)],
    ['client', three.slice(5, 40)],
    ['client', three.slice(40)],
  ];
  const h = play(steps, { port: 5100 });
  expect(h.messages.map((m) => [m.frame, m.chosenBy])).toEqual([
    [3, 'content'],
    [3, 'content'],
    [7, 'content'],
  ]);
  expect(h.answers).toHaveLength(1);
  expect(codesOf(h)).toEqual([]);
});

test('findings of PDUs without a message name octets of their frame', () => {
  const wrong = ucpPdu(1, 'O', 31, ['1234', '0539']);
  wrong[wrong.length - 2] = 0x47;
  const h = play([['client', wrong]], { port: 5000 });
  expect(h.findings.map((x) => [x.finding.rule.code, x.finding.of, x.finding.start])).toEqual([
    ['UCP-CHECKSUM', 'frame', 54 + wrong.length - 3],
  ]);
});

describe('trees', () => {
  const login = ucpPdu(3, 'O', 60, ['user', '6', '5', '1', '70617373', '', '0100', '', '', '', '', '']);
  const all: readonly Uint8Array[] = [
    part(),
    part({ ac: 'geheim' }),
    login,
    result(1, 51, 'A', '', 'x'),
    result(1, 51, 'N', '06', 'no'),
  ];
  test('all characters are in one, but delimiters', () => {
    for (const bytes of all) {
      const direction = bytes[10] === 'R'.charCodeAt(0) ? 1 : 0;
      const { rows } = decode(ucp, [[direction, bytes]]);
      const left = unread(rows, bytes.length).map((i) => bytes[i]!);
      expect(left.filter((o) => o !== STX && o !== ETX && o !== '/'.charCodeAt(0))).toEqual([]);
    }
  });
  test('passwords are secret', () => {
    const { rows } = decode(ucp, [
      [0, login],
      [0, part({ ac: 'geheim' })],
    ]);
    for (const word of ['70617373', 'geheim']) expect(rows.find((r) => r.value === word)?.field.secret).toBe(true);
  });
  test('cut and flipped, nothing throws', () => {
    for (const bytes of all.slice(1)) {
      for (const bad of damaged(bytes)) survives(ucp, part(), bad);
    }
  });
});

test('fields of the 5x set', () => expect(FIELDS.length).toBe(33));
