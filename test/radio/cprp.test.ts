// CP and RP messages of 3GPP TS 24.011.

import { describe, expect, test } from 'vitest';
import { formatAddress } from '../../dissectors/base/message.ts';
import { cp, decodeCp, looksLikeCp } from '../../dissectors/bearer/cprp/cp.ts';
import { rp } from '../../dissectors/bearer/cprp/index.ts';
import { newRpMemory } from '../../dissectors/bearer/cprp/memory.ts';
import { hex, toHex } from '../sms/support.ts';
import { codesOf, DELIVER, type Read, read, SUBMIT, sweep, uncovered } from './support.ts';

const lv = (text: string): string => {
  const octets = text.replace(/\s+/g, '');
  return (octets.length / 2).toString(16).padStart(2, '0') + octets;
};
const CENTRE = '07 91 947101670000';
const DATA_MT = `01 07 ${CENTRE} 00 ${lv(DELIVER)}`;
const DATA_MO = `00 21 00 ${CENTRE} ${lv(SUBMIT)}`;
const CP_DATA_MT = `09 01 ${lv(DATA_MT)}`;
const CP_DATA_MO = `19 01 ${lv(DATA_MO)}`;

const rps = (...pdus: readonly string[]): Read =>
  read(
    rp.decode,
    pdus.map((p) => ({ bytes: hex(p) })),
  );
const cps = (...pdus: readonly string[]): Read =>
  read(
    cp.decode,
    pdus.map((p) => ({ bytes: hex(p) })),
  );

describe('RP-DATA', () => {
  const cases: readonly { name: string; in: string; out: Record<string, unknown>; codes?: string[] }[] = [
    {
      name: 'to the phone',
      in: DATA_MT,
      out: {
        operation: 'SMS-DELIVER',
        direction: 'mt',
        dcs: 0xf5,
        udhi: true,
        dissector: 'sm-rp',
        smsc: '+491710760000',
      },
    },
    {
      name: 'from the phone',
      in: DATA_MO,
      out: { operation: 'SMS-SUBMIT', direction: 'mo', dcs: 0, udhi: false, smsc: '+491710760000' },
    },
    {
      name: 'without a service centre',
      in: `01 07 00 00 ${lv(DELIVER)}`,
      out: { smsc: null },
      codes: ['SMRP-NO-SERVICE-CENTRE'],
    },
    {
      name: 'with the address of the phone',
      in: `01 07 ${CENTRE} ${CENTRE} ${lv(DELIVER)}`,
      out: { smsc: '+491710760000' },
      codes: ['SMRP-ADDRESS-MISPLACED'],
    },
    { name: 'spare bits set', in: DATA_MT.replace('01', '09'), out: { direction: 'mt' }, codes: ['SMRP-SPARE-BITS'] },
    { name: 'octets behind', in: `${DATA_MT} ff`, out: { direction: 'mt' }, codes: ['SMRP-TRAILING-OCTETS'] },
    {
      name: 'user data cut: the beginning is there',
      in: DATA_MT.replace(/\s+/g, '').slice(0, -4),
      out: { direction: 'mt' },
      codes: ['SMRP-USER-DATA-LENGTH', 'TPDU-UDL'],
    },
  ];
  for (const c of cases) {
    test(c.name, () => {
      const r = rps(c.in);
      expect(r.messages).toHaveLength(1);
      const m = r.messages[0]!;
      expect({ ...m, smsc: m.smsc === null ? null : formatAddress(m.smsc) }).toMatchObject(c.out);
      expect(codesOf(r)).toEqual(c.codes ?? []);
      expect(m.pdu.map).toEqual([{ start: 0, length: m.pdu.bytes.length, frame: 1, offset: 0 }]);
    });
  }
  test('its octets are all in the tree, and lead back to the frame', () => {
    const r = rps(DATA_MT);
    expect(uncovered(r.rows, hex(DATA_MT).length)).toEqual([]);
    const m = r.messages[0]!;
    const at = m.userData.map[0]!.offset;
    expect(toHex(hex(DATA_MT).slice(at, at + m.userData.bytes.length))).toBe(toHex(m.userData.bytes));
  });
  test('without user data it is no message', () => {
    const r = rps(`01 07 ${CENTRE} 00 00`);
    expect(r.messages).toEqual([]);
    expect(r.codes).toEqual(['SMRP-NO-USER-DATA']);
  });
  test('SMS-STATUS-REPORT is a receipt', () => {
    const r = rps(`01 07 ${CENTRE} 00 ${lv('06 05 0691942143 62112261405540 62112261405540 00')}`, '02 07');
    expect(r.messages).toEqual([]);
    expect(r.answers).toEqual([]);
    expect(r.receipts).toMatchObject([{ messageId: '5', state: 'delivered' }]);
  });
});

describe('answers', () => {
  test('the phone has it', () => {
    const r = rps(DATA_MT, '02 07');
    expect(r.answers).toMatchObject([{ ok: true, code: null, operation: 'RP-ACK', frame: 2 }]);
    expect(r.answers[0]?.answerKey).toBe(r.messages[0]?.answerKey);
  });
  const errors: readonly { name: string; in: string; code: string; text: string; temporary: boolean }[] = [
    { name: 'memory', in: '04 07 01 16', code: 'RP-ERROR 22', text: 'memory capacity exceeded', temporary: true },
    {
      name: 'memory, with the extension bit',
      in: '04 07 01 96',
      code: 'RP-ERROR 22',
      text: 'memory capacity exceeded',
      temporary: true,
    },
    {
      name: 'with a diagnostic',
      in: '04 07 02 51 05',
      code: 'RP-ERROR 81',
      text: 'invalid short message transfer reference value',
      temporary: false,
    },
    {
      name: 'with SMS-DELIVER-REPORT',
      in: '04 07 01 16 41 03 00 d3 00',
      code: 'RP-ERROR 22',
      text: 'memory capacity exceeded, TP-FCS 0xd3: memory capacity exceeded',
      temporary: true,
    },
    { name: 'unknown cause', in: '04 07 01 05', code: 'RP-ERROR 5', text: 'reserved cause 5', temporary: false },
    { name: 'no cause', in: '04 07 00', code: 'RP-ERROR ?', text: 'without a cause', temporary: false },
  ];
  for (const e of errors) {
    test(`refused: ${e.name}`, () => {
      const r = rps(DATA_MT, e.in);
      expect(r.answers).toMatchObject([{ ok: false, code: e.code, text: e.text, temporary: e.temporary }]);
      expect(r.answers[0]?.answerKey).toBe(r.messages[0]?.answerKey);
    });
  }
  test('the way matters: the network acknowledges what the phone sent', () => {
    const r = rps(DATA_MT, DATA_MO.replace('00 21', '00 07'), '03 07', '02 07');
    expect(r.answers.map((a) => a.answerKey)).toEqual([r.messages[1]?.answerKey, r.messages[0]?.answerKey]);
    expect(r.answers[0]).toMatchObject({ messageId: '5', text: 'accepted' });
  });
  test('a reference used again is another message', () => {
    const r = rps(DATA_MT, '02 07', DATA_MT, '04 07 01 1b');
    expect(new Set(r.messages.map((m) => m.answerKey)).size).toBe(2);
    expect(r.answers.map((a) => [a.ok, a.answerKey])).toEqual([
      [true, r.messages[0]?.answerKey],
      [false, r.messages[1]?.answerKey],
    ]);
  });
  test('an error for nothing is told', () => {
    expect(rps('04 07 01 16').codes).toEqual(['SMRP-ERROR-UNTIED']);
    expect(rps('02 07').codes).toEqual([]);
  });
  test('RP-SMMA, acknowledged', () => {
    const r = rps('06 09', '03 09');
    expect(r.findings.map((x) => x.finding.rule.code)).toEqual(['SMRP-SMMA']);
    expect(r.answers).toEqual([]);
  });
  test('type 7 is reserved', () => expect(rps('07 07').codes).toContain('SMRP-TYPE'));
});

describe('CP', () => {
  test('CP-DATA carries the message, octets in the tree', () => {
    const r = cps(CP_DATA_MT);
    expect(r.messages).toMatchObject([{ dissector: 'sm-cp', direction: 'mt' }]);
    expect(toHex(r.messages[0]!.pdu.bytes)).toBe(toHex(hex(CP_DATA_MT)));
    expect(uncovered(r.rows, hex(CP_DATA_MT).length)).toEqual([]);
    expect(codesOf(r)).toEqual([]);
  });
  test('CP-ACK says nothing of the message', () => expect(cps(CP_DATA_MT, '89 04').answers).toEqual([]));
  test('RP-ACK inside CP-DATA', () => {
    const r = cps(CP_DATA_MT, '89 04', '89 01 02 02 07', '09 04');
    expect(r.answers).toMatchObject([{ ok: true, frame: 3 }]);
  });
  test('CP-ERROR refuses what its transaction carried', () => {
    const r = cps(CP_DATA_MT, CP_DATA_MO, '89 10 16');
    expect(r.answers).toMatchObject([{ ok: false, temporary: true, code: 'CP-ERROR 22', text: 'congestion' }]);
    expect(r.answers[0]?.answerKey).toBe(r.messages[0]?.answerKey);
    const other = cps(CP_DATA_MT, CP_DATA_MO, '99 10 6f');
    expect(other.answers).toMatchObject([{ code: 'CP-ERROR 111', temporary: false }]);
    expect(other.answers[0]?.answerKey).toBe(other.messages[1]?.answerKey);
  });
  test('the flag tells whose transaction it is, where the way is known', () => {
    const memory = newRpMemory();
    const pdus = [CP_DATA_MT, '09 10 16', '89 10 16'].map((p) => ({ bytes: hex(p) }));
    const r = read(
      (c, ctx) => decodeCp(c, ctx, { bearer: 'gsmtap', memory, direction: ctx.frame === 1 ? 'mt' : 'mo' }),
      pdus,
    );
    expect(r.answers.map((a) => a.frame)).toEqual([3]);
    expect(r.codes).toEqual(['SMCP-ERROR']);
  });
  test('an extended transaction identifier', () => {
    const r = cps(`79 88 01 ${lv(DATA_MT)}`);
    expect(r.messages).toHaveLength(1);
    expect(looksLikeCp(hex('79 88 01'), 0, 3)).toBe(true);
  });
  const faults: readonly [string, string, string[]][] = [
    ['CP-ERROR without its transaction', '89 10 16', ['SMCP-ERROR']],
    ['reserved type', '09 02', ['SMCP-TYPE']],
    ['another protocol', '05 04', ['SMCP-DISCRIMINATOR']],
    ['octets behind', '09 04 2b', ['SMCP-TRAILING-OCTETS']],
    ['nothing behind the discriminator', '09', ['BASE-TRUNCATED']],
  ];
  for (const [name, input, codes] of faults) test(name, () => expect(codesOf(cps(input))).toEqual(codes));
  test('CP-User-Data longer than the message', () => {
    const short = hex(CP_DATA_MT).slice(0, -3);
    expect(codesOf(cps(toHex(short)))).toContain('SMCP-USER-DATA-LENGTH');
  });
  test('cut by the capture: the sender is not blamed', () => {
    const memory = newRpMemory();
    const r = read(
      (c, ctx) => decodeCp(c, ctx, { bearer: 'gsmtap', memory, cut: true }),
      [{ bytes: hex(CP_DATA_MT).slice(0, -3) }],
    );
    expect(r.messages).toMatchObject([{ cut: true }]);
    expect(codesOf(r)).toEqual([]);
  });
});

describe('damage', () => {
  sweep(rp.decode, { 'RP to the phone': [DATA_MT, '04 07 01 16 41 03 00 d3 00'], 'RP from it': [DATA_MO, '03 21'] });
  sweep(cp.decode, { 'CP to the phone': [CP_DATA_MT, '89 04', '89 10 16'], 'CP from it': [CP_DATA_MO] });
});
