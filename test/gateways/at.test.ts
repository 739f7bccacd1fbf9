// AT sessions with modems behind serial servers.

import { describe, expect, test } from 'vitest';
import { describeCms, isTemporaryCms } from '../../dissectors/bearer/at/codes.ts';
import { CTRL_Z, frameAt, looksLikeAt } from '../../dissectors/bearer/at/frame.ts';
import { at } from '../../dissectors/bearer/at/index.ts';
import { valuesOf } from '../../dissectors/bearer/at/lines.ts';
import { latin1, toHex } from '../sms/support.ts';
import { codesOf, damaged, decode, play, type Step, unread } from './support.ts';

const Z = String.fromCharCode(CTRL_Z);
const ESC = '\x1b';
/** SUBMIT to 491701000022, 8-bit data 01 02 03, no service centre address in front of it. */
const SUBMIT = '01 00 0c 81 947110000022 00 04 03 010203'.replace(/\s+/g, '').toUpperCase();
const OCTETS = SUBMIT.length / 2;
/** DELIVER from +4915, with a service centre address. */
const DELIVER = '04 91 9471F1 04 04 91 9451 00 04 62113281155100 02 AABB'.replace(/\s+/g, '');
const DELIVER_OCTETS = DELIVER.length / 2 - 5;
const REPORT = `00 06 30 04 91 9451 62113281155100 62113281165100 46`.replace(/\s+/g, '');

const sent = (octets = OCTETS, pdu = `00${SUBMIT}`): string => `AT+CMGS=${octets}\r${pdu}${Z}`;

const session = (...answer: string[]): Step[] => [
  ['client', `AT+CMGS=${OCTETS}\r`],
  ['server', '\r\n> '],
  ['client', `00${SUBMIT}`],
  ['client', Z],
  ...answer.map((a): Step => ['server', a]),
];

describe('sending', () => {
  test('a message and its answer', () => {
    const h = play(session('\r\n+CMGS: 48\r\n\r\nOK\r\n'));
    expect(h.messages).toHaveLength(1);
    const [m] = h.messages;
    expect(m).toMatchObject({
      bearer: 'at',
      operation: 'AT+CMGS',
      direction: 'mo',
      from: null,
      to: { value: '491701000022', type: 'unknown' },
      smsc: null,
      dcs: 4,
      frame: 6,
      chosenBy: 'content',
      findings: [],
    });
    expect(toHex(m!.userData.bytes)).toBe('010203');
    expect(m!.userData.map).toEqual([{ start: 0, length: 3, frame: 5, offset: 54 + SUBMIT.length + 2 - 6, width: 2 }]);
    expect(m!.pdu.map.map((p) => p.frame)).toEqual([3, 5, 6]);
    expect(h.answers).toMatchObject([
      { answerKey: m!.answerKey, operation: '+CMGS', ok: true, messageId: '48', frame: 7 },
    ]);
    expect(h.findings).toEqual([]);
  });

  test('the modem echoes everything', () => {
    const command = `AT+CMGS=${OCTETS}\r`;
    const h = play([
      ['client', command],
      ['server', `${command}\r\n> `],
      ['client', `00${SUBMIT}${Z}`],
      ['server', `00${SUBMIT}${Z}`],
      ['server', '\r\n+CMGS: 5\r\n\r\nOK\r\n'],
    ]);
    expect(h.messages).toHaveLength(1);
    expect(h.answers.map((a) => a.messageId)).toEqual(['5']);
    expect(h.findings).toEqual([]);
  });

  test('the capture begins in the middle', () => {
    const h = play([...session('\r\n+CMGS: 48\r\n\r\nOK\r\n'), ...session('\r\n+CMGS: 49\r\n\r\nOK\r\n')], {
      midway: true,
    });
    expect(h.answers.map((a) => [a.messageId, a.answerKey])).toEqual([
      ['48', h.messages[0]?.answerKey],
      ['49', h.messages[1]?.answerKey],
    ]);
  });

  test('octet by octet', () => {
    const text = sent();
    const h = play([
      ['client', 'AT+CSMS=1\r'],
      ...[...text].map((c): Step => ['client', c]),
      ['server', '\r\n+CMGS: 1\r\n'],
    ]);
    expect(h.messages).toHaveLength(1);
    expect(h.answers).toHaveLength(1);
  });

  const refusals: readonly { name: string; in: string; code: string; text: string; temporary: boolean }[] = [
    {
      name: 'by the network',
      in: '+CMS ERROR: 38',
      code: '+CMS ERROR 38',
      text: 'network out of order',
      temporary: true,
    },
    {
      name: 'by the centre',
      in: '+CMS ERROR: 193',
      code: '+CMS ERROR 193',
      text: 'no service centre subscription',
      temporary: false,
    },
    {
      name: 'by the modem',
      in: '+CMS ERROR: 331',
      code: '+CMS ERROR 331',
      text: 'no network service',
      temporary: true,
    },
    { name: 'unknown', in: '+CMS ERROR: 500', code: '+CMS ERROR 500', text: 'unknown error', temporary: false },
    {
      name: 'in words',
      in: '+CMS ERROR: memory full',
      code: '+CMS ERROR memory full',
      text: 'memory full',
      temporary: false,
    },
    { name: 'equipment', in: '+CME ERROR: 30', code: '+CME ERROR 30', text: '30', temporary: false },
    { name: 'without a reason', in: 'ERROR', code: 'ERROR', text: 'refused without a reason', temporary: false },
  ];
  test.each(refusals)('refused $name', (r) => {
    const h = play(session(`\r\n${r.in}\r\n`));
    expect(h.answers).toMatchObject([
      { ok: false, code: r.code, text: r.text, temporary: r.temporary, answerKey: h.messages[0]?.answerKey },
    ]);
  });

  test('an error of another command is not that of the message', () => {
    const h = play([...session(), ['client', 'AT+CSMS=9\r'], ['server', '\r\nERROR\r\n']]);
    expect(h.messages).toHaveLength(1);
    expect(h.answers).toEqual([]);
  });

  test('a late number is that of the message, whatever was asked meanwhile', () => {
    const h = play([...session(), ['client', 'AT+CSQ\r'], ['server', '\r\n+CMGS: 7\r\n\r\nOK\r\n']]);
    expect(h.answers).toMatchObject([{ answerKey: h.messages[0]?.answerKey, messageId: '7' }]);
  });

  test('the modem refused before the PDU', () => {
    const h = play([
      ['client', 'AT+CMGS=15\r'],
      ['server', '\r\nERROR\r\n'],
      ['client', 'AT+CSQ\r'],
      ['server', '\r\nOK\r\n'],
    ]);
    expect(h.messages).toEqual([]);
    expect(h.answers).toEqual([]);
    expect(codesOf(h)).toEqual([]);
  });

  test('given up', () => {
    const h = play([['client', `AT+CMGS=${OCTETS}\r00${SUBMIT}${ESC}`]]);
    expect(h.messages).toEqual([]);
    expect(codesOf(h)).toEqual(['AT-CANCELLED']);
  });

  test('stored', () => {
    const h = play([
      ['client', sent().replace('CMGS', 'CMGW')],
      ['server', '\r\n+CMGW: 5\r\n\r\nOK\r\n'],
    ]);
    expect(h.messages[0]!.operation).toBe('AT+CMGW');
    expect(h.answers).toMatchObject([{ ok: true, text: 'stored at 5', messageId: null }]);
  });

  const cases: readonly { name: string; in: string; messages: number; codes: string[]; smsc?: string }[] = [
    {
      name: 'with the address of a service centre',
      in: sent(OCTETS, `07919471060040F4${SUBMIT}`),
      messages: 1,
      codes: [],
      smsc: '49176000044',
    },
    { name: 'without any', in: sent(OCTETS, SUBMIT), messages: 1, codes: [] },
    {
      name: 'in small letters, with a line feed',
      in: sent().toLowerCase().replace('\r', '\r\n'),
      messages: 1,
      codes: [],
    },
    { name: 'length of all octets', in: sent(OCTETS + 1, `00${SUBMIT}`), messages: 1, codes: ['AT-LENGTH'] },
    { name: 'length in digits', in: sent(2 * OCTETS), messages: 1, codes: ['AT-LENGTH'] },
    { name: 'an odd digit', in: sent(OCTETS, `00${SUBMIT}0`), messages: 1, codes: ['AT-HEX'] },
    { name: 'text mode', in: `AT+CMGS="+491701"\rHello${Z}`, messages: 0, codes: ['AT-TEXT-MODE'] },
    { name: 'no TPDU', in: sent(1, '00FF'), messages: 0, codes: ['AT-TPDU', 'TPDU-RESERVED-TYPE', 'BASE-TRUNCATED'] },
  ];
  test.each(cases)('$name', (c) => {
    const h = play([
      ['client', 'AT\r'],
      ['client', c.in],
    ]);
    expect(h.messages).toHaveLength(c.messages);
    expect(codesOf(h)).toEqual(c.codes);
    if (c.smsc !== undefined) expect(h.messages[0]!.smsc?.value).toBe(c.smsc);
  });

  test('findings stand where the digits do', () => {
    const text = sent(2 * OCTETS);
    const [m] = decode(at, [[0, text]]).messages;
    const [x] = m!.findings;
    expect(text.slice(x!.start, x!.start + x!.length)).toBe(`00${SUBMIT}`);
  });
});

describe('receiving', () => {
  const told = (header: string, pdu: string): Step[] => [
    ['client', 'AT\r'],
    ['server', `\r\n${header}\r\n${pdu}\r\n`],
  ];
  test('+CMT', () => {
    const h = play(told(`+CMT: ,${DELIVER_OCTETS}`, DELIVER));
    expect(h.messages).toMatchObject([
      {
        operation: '+CMT',
        direction: 'mt',
        from: { value: '4915', type: 'international' },
        to: null,
        smsc: { value: '49171' },
        answerKey: null,
      },
    ]);
    expect(codesOf(h)).toEqual([]);
  });
  test('the first thing in the capture', () => {
    const h = play([['server', `\r\n+CMT: ,${DELIVER_OCTETS}\r\n${DELIVER}\r\n`]], { midway: true });
    expect(h.messages).toHaveLength(1);
  });
  test('+CMT with a name, +CMGR, +CMGL with several', () => {
    expect(play(told(`+CMT: "Bob, the",${DELIVER_OCTETS}`, DELIVER)).messages).toHaveLength(1);
    expect(play(told(`+CMGR: 0,,${DELIVER_OCTETS}`, DELIVER)).messages).toMatchObject([{ direction: 'mt' }]);
    const stored = `+CMGL: 1,1,,${DELIVER_OCTETS}\r\n${DELIVER}\r\n+CMGL: 2,2,,${OCTETS}\r\n00${SUBMIT}`;
    expect(
      play([
        ['client', 'AT+CMGL=4\r'],
        ['server', `\r\n${stored}\r\n\r\nOK\r\n`],
      ]).messages,
    ).toMatchObject([
      { operation: '+CMGL', direction: 'mt' },
      { operation: '+CMGL', direction: 'mo', to: { value: '491701000022' } },
    ]);
  });
  test('+CDS: what became of a message', () => {
    const h = play([...session('\r\n+CMGS: 48\r\n\r\nOK\r\n'), ['server', `\r\n+CDS: 21\r\n${REPORT}\r\n`]]);
    expect(h.receipts).toMatchObject([
      { bearer: 'at', state: 'failed', messageId: '48', code: 'TP-ST 0x46', from: { value: '4915' } },
    ]);
  });
  test('text mode is left out, and said once', () => {
    const text = '+CMGR: "REC READ","+4915",,"26/11/23,11:18:51+04"\r\nCAFE';
    const h = play([
      ['client', 'AT\r'],
      ['server', `\r\n${text}\r\n\r\nOK\r\n${text}\r\n`],
    ]);
    expect(h.messages).toEqual([]);
    expect(codesOf(h)).toEqual(['AT-TEXT-MODE']);
  });
  test('notices of arrival are no messages', () => {
    const h = play([
      ['client', 'AT\r'],
      ['server', '\r\n+CMTI: "SM",3\r\n\r\nRING\r\n'],
    ]);
    expect([h.messages, codesOf(h)]).toEqual([[], []]);
  });
});

describe('who the modem is', () => {
  const asked: Step[] = [
    ['client', 'AT+CIMI\r'],
    ['server', '\r\n262019876543210\r\n\r\nOK\r\n'],
  ];
  test('AT+CIMI', () => {
    expect(play(asked).identities).toMatchObject([{ imsi: '262019876543210', msisdn: null, frame: 4 }]);
    expect(
      play([
        ['client', 'AT+CIMI\r'],
        ['server', 'AT+CIMI\r\r\n262019876543210\r\n'],
      ]).identities,
    ).toHaveLength(1);
  });
  test('with its number, and what it receives', () => {
    const h = play([
      ['client', 'AT+CNUM\r'],
      ['server', '\r\n+CNUM: "",+491701000022,145\r\n\r\nOK\r\n'],
      ...asked,
      ['server', `\r\n+CMT: ,${DELIVER_OCTETS}\r\n${DELIVER}\r\n`],
    ]);
    expect(h.identities).toMatchObject([{ imsi: '262019876543210', msisdn: '491701000022' }]);
    expect(h.messages).toMatchObject([
      { imsi: '262019876543210', to: { value: '491701000022', type: 'international' } },
    ]);
  });
  test('digits nobody asked for', () => {
    expect(
      play([
        ['client', 'AT+CGSN\r'],
        ['server', '\r\n490154203237518\r\n\r\nOK\r\n'],
      ]).identities,
    ).toEqual([]);
  });
});

describe('framing', () => {
  const lengths = (text: string, last = false): number[] => {
    const b = latin1(text);
    const out: number[] = [];
    for (let i = 0; i < b.length; ) {
      const n = frameAt(b, i, b.length, last);
      out.push(n);
      if (n <= 0) break;
      i += n;
    }
    return out;
  };
  const cases: readonly [string, number[]][] = [
    ['\r\n> ', [2, 2]],
    ['AT\r\r\nOK\r\n', [3, 2, 3, 1]],
    ['AT+CMGS=1', [0]],
    ['AT+CMGS=1\r', [0]],
    ['AT+CMGS=1\r0', [0]],
    [`AT+CMGS=1\r00${Z}AT`, [13, 0]],
    ['AT+CMGS=1\rAT\r', [10, 3]],
    ['AT+CMGS=1\r\r\n> ', [10, 2, 2]],
    ['AT+CMGS=1\r0011\rAT+CSQ\r', [10, 5, 7]],
    ['+CMT: ,2\r\n0011\r\n', [15, 1]],
    ['+CMT: ,2\r\n', [0]],
    ['+CMTI: "SM",1\r\n', [14, 1]],
    ['hello', [-1]],
    ['a longer line without an end', [0]],
    ['\x16\x03\x01', [-1]],
    ['text\x02', [-1]],
  ];
  test.each(cases)('%j', (text, out) => expect(lengths(text)).toEqual(out));
  test('nothing more comes', () => {
    expect(lengths('AT+CMGS=1\r0011', true)).toEqual([14]);
    expect(lengths('hello', true)).toEqual([5]);
  });
  test('lines are bounded', () => {
    expect(lengths('x'.repeat(5000))).toEqual([-1]);
    expect(lengths(`AT+CMGS=1\r${'0'.repeat(5000)}`)[0]).toBe(10);
    expect(lengths('\r'.repeat(5000)).every((n) => n > 0)).toBe(true);
  });
  test('how a session begins', () => {
    const looks = (s: string): boolean => looksLikeAt(latin1(s), 0, s.length);
    for (const s of [
      'AT\r',
      'ATZ\r',
      'ATE0\r',
      'AT+CMGF=0\r',
      'at+cmgs=12\r',
      'AT+CIMI\r',
      '\r\n+CMT: ,22\r\n',
      '+CDS: 5\r\n',
    ]) {
      expect(looks(s), s).toBe(true);
    }
    for (const s of [
      '',
      'A',
      'AT',
      'ATTACH 1234567890\r',
      'ATOM\n',
      'GET / HTTP/1.1\r\n',
      '\r\nOK\r\n',
      '+OK POP3\r\n',
      'AT+1\r',
    ]) {
      expect(looks(s), s).toBe(false);
    }
  });
});

describe('trees', () => {
  const units: readonly (readonly [0 | 1, string])[] = [
    [0, sent(OCTETS, `07919471060040F4${SUBMIT}`)],
    [1, '+CMGS: 48\r'],
    [1, `+CMT: ,${DELIVER_OCTETS}\r\n${DELIVER}\r`],
    [1, '> '],
    [1, '\r\n'],
    [0, `AT+CMGS="1"\rHello${Z}`],
    [1, `00AA${Z}`],
  ];
  test('every octet is in one', () => {
    for (const [direction, text] of units) {
      const { rows } = decode(at, [[direction, text]]);
      expect(unread(rows, text.length), JSON.stringify(text)).toEqual([]);
    }
  });
  test('with and without a recorder', () => {
    const told = decode(at, units);
    const bare = decode(at, units, false);
    expect([bare.messages, bare.answers, bare.rest]).toEqual([told.messages, told.answers, told.rest]);
  });
  test('PINs and passwords are secret', () => {
    const { rows } = decode(at, [
      [0, 'AT+CPIN="1234"\r'],
      [1, 'AT+CPIN="1234"\r'],
      [0, 'AT+CLCK="SC",1,"1234"\r'],
    ]);
    const shown = rows.filter((r) => typeof r.value === 'string' && r.value.includes('1234'));
    expect(shown.map((r) => r.field.secret)).toEqual([true, true, true]);
  });
  test('cut and flipped, nothing throws', () => {
    for (const [direction, text] of units) {
      for (const bytes of damaged(latin1(text))) {
        expect(() =>
          decode(at, [
            [0, 'AT\r'],
            [direction, bytes],
          ]),
        ).not.toThrow();
        for (const last of [false, true]) {
          const n = frameAt(bytes, 0, bytes.length, last);
          expect(n === -1 || (n >= 0 && n <= bytes.length)).toBe(true);
          if (last && bytes.length > 0) expect(n).not.toBe(0);
        }
      }
    }
  });
});

test('numbers of +CMS ERROR', () => {
  expect([1, 22, 42, 211, 322, 512, 400].map(describeCms)).toEqual([
    'unassigned (unallocated) number',
    'memory capacity exceeded',
    'congestion',
    'memory capacity exceeded',
    'memory full',
    'of the manufacturer',
    'reserved',
  ]);
  expect([1, 42, 193, 192, 330, 332].map(isTemporaryCms)).toEqual([false, true, false, true, false, true]);
});

test('values of an answer', () => {
  expect(valuesOf('1,"REC, READ",,22')).toEqual(['1', '"REC, READ"', '', '22']);
  expect(valuesOf(',26')).toEqual(['', '26']);
  expect(valuesOf('')).toEqual(['']);
  expect(valuesOf('"a')).toEqual(['"a']);
  expect(valuesOf('1,')).toEqual(['1', '']);
});
