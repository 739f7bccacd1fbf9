// Single PDUs of WTP: headers, items, concatenation.

import { describe, expect, test } from 'vitest';
import { type Cursor, runLayer } from '../../dissectors/base/cursor.ts';
import { beginsWtp, eachPdu } from '../../dissectors/bearer/wtp/concatenation.ts';
import { abortReason } from '../../dissectors/bearer/wtp/names.ts';
import { type Pdu, readPdu } from '../../dissectors/bearer/wtp/pdu.ts';
import { both, damaged, hex, toHex } from '../content/support.ts';

const read = (s: string) => both(hex(s), 'pdu', (c) => runLayer(c, readPdu));

const dataOf = (s: string, pdu: Pdu | undefined): string =>
  pdu === undefined ? '' : toHex(hex(s).subarray(pdu.data.start, pdu.data.start + pdu.data.length));

const cases: readonly { name: string; in: string; out: Partial<Pdu>; data?: string; codes?: string[] }[] = [
  {
    name: 'Invoke, class 2, user acknowledgement',
    in: '0e 0021 12 01',
    out: {
      type: 1,
      trailer: 3,
      retransmission: false,
      tid: 0x21,
      response: false,
      invoke: { version: 0, tidNew: false, userAck: true, transactionClass: 2 },
      number: null,
    },
    data: '01',
  },
  { name: 'Invoke again', in: '0f 0000 31 07', out: { retransmission: true }, data: '07' },
  {
    name: 'a new identifier',
    in: '0e 0001 31 07',
    out: { invoke: { version: 0, tidNew: true, userAck: true, transactionClass: 1 } },
    data: '07',
  },
  { name: 'the first of several packets', in: '08 0456 11 07', out: { trailer: 0, tid: 0x456 }, data: '07' },
  { name: 'another version', in: '0e 0001 51 07', out: {}, data: '07', codes: ['WTP-VERSION'] },
  { name: 'Result', in: '16 8021 02', out: { type: 2, tid: 0x21, response: true }, data: '02' },
  {
    name: 'Segmented Invoke, sent again',
    in: '29 0456 01 aa',
    out: { type: 5, number: 1, retransmission: true },
    data: 'aa',
  },
  { name: 'Segmented Invoke, the last', in: '2a 0456 02 aa', out: { trailer: 1, number: 2 }, data: 'aa' },
  {
    name: 'Segmented Result, the last of a group',
    in: '34 8456 03 aa',
    out: { type: 6, trailer: 2, number: 3 },
    data: 'aa',
  },
  { name: 'Ack', in: '18 8456', out: { type: 3, verification: false, number: null } },
  { name: 'Ack again', in: '19 8456', out: { retransmission: true } },
  { name: 'Ack for verification', in: '1c 8456', out: { verification: true } },
  { name: 'Ack of a group', in: '98 8456 19 04', out: { number: 4 } },
  { name: 'Abort by the provider', in: '20 8456 08', out: { type: 4, abort: { type: 0, reason: 8 } } },
  { name: 'Abort by the user', in: '21 8456 eb', out: { abort: { type: 1, reason: 0xeb } } },
  { name: 'Negative Ack', in: '38 8456 02 01 03', out: { type: 7, missing: [1, 3] } },
  { name: 'Negative Ack of the last', in: '38 8456 00', out: { missing: [] } },
  { name: 'Negative Ack with too few', in: '38 8456 05 01', out: { missing: [1] }, codes: ['WTP-NACK-LENGTH'] },
  {
    name: 'items: an option of 8 bits length, then a short one',
    in: '8e 0001 31 94 05 01 00000578 09 aa 07',
    out: { number: null },
    data: '07',
  },
  { name: 'an item without a value', in: '8e 0001 31 08 07', out: {}, data: '07' },
  { name: 'an item longer than the PDU', in: '8e 0001 31 14 ff 01', out: {}, data: '', codes: ['WTP-ITEM-LENGTH'] },
  { name: 'items announced, none there', in: '8e 0001 31', out: undefined as never, codes: ['BASE-TRUNCATED'] },
  { name: 'cut in the identifier', in: '0e 00', out: undefined as never, codes: ['BASE-TRUNCATED'] },
];

describe('PDUs', () => {
  test.each(cases)('$name', (c) => {
    const { out, codes } = read(c.in);
    if (c.out === undefined) expect(out).toBeUndefined();
    else expect(out).toMatchObject(c.out);
    expect(codes).toEqual(c.codes ?? []);
    if (c.data !== undefined) expect(dataOf(c.in, out)).toBe(c.data);
  });

  test('every octet is in the tree', () => {
    for (const c of cases) {
      const { out, rows } = read(c.in);
      const covered = new Set(
        rows.filter((r) => r.value !== null).flatMap((r) => Array.from({ length: r.length }, (_, i) => r.start + i)),
      );
      const header = out === undefined ? 0 : out.data.start;
      for (let i = 0; i < header; i += 1) expect(covered.has(i), `${c.name}, octet ${i}`).toBe(true);
    }
  });

  test('cut and flipped', () => {
    let n = 0;
    for (const c of cases) {
      for (const d of damaged(hex(c.in))) {
        both(d.bytes, 'pdu', (cursor) => runLayer(cursor, readPdu));
        n += 1;
      }
    }
    expect(n).toBeGreaterThan(500);
  });
});

describe('concatenation', () => {
  const pieces = (s: string) =>
    both(hex(s), 'pdu', (c: Cursor) => {
      const out: string[] = [];
      runLayer(c, () =>
        eachPdu(c, (w, last) => out.push(`${toHex(w.bytes.subarray(w.pos, w.end))}${last ? '.' : ''}`)),
      );
      return out;
    });
  const table: readonly { name: string; in: string; out: string[]; codes?: string[] }[] = [
    { name: 'one PDU alone', in: '188456', out: ['188456.'] },
    { name: 'two', in: '00 03 188456 05 0e00013107', out: ['188456', '0e00013107.'] },
    { name: 'a length of 15 bits', in: '00 8003 188456', out: ['188456.'] },
    { name: 'longer than the datagram', in: '00 7f 188456', out: ['188456.'], codes: ['WTP-CONCATENATION'] },
    { name: 'the longest length', in: '00 ffff 188456', out: ['188456.'], codes: ['WTP-CONCATENATION'] },
    { name: 'an empty PDU', in: '00 00 03 188456', out: ['188456.'], codes: ['WTP-CONCATENATION'] },
    { name: 'only empty ones', in: '00 00 00 00', out: [], codes: Array(3).fill('WTP-CONCATENATION') },
    { name: 'a concatenation in a concatenation', in: '00 05 0003188456', out: [], codes: ['WTP-CONCATENATION'] },
    { name: 'cut in a length', in: '00 80', out: [], codes: ['BASE-TRUNCATED'] },
  ];
  test.each(table)('$name', (c) => {
    const { out, codes } = pieces(c.in);
    expect(out).toEqual(c.out);
    expect(codes).toEqual(c.codes ?? []);
  });
  test('cut and flipped', () => {
    for (const c of table) for (const d of damaged(hex(c.in))) pieces(toHex(d.bytes));
  });
});

test('what WTP begins with', () => {
  const begins = (s: string): boolean => beginsWtp(hex(s), 0, hex(s).length);
  for (const s of ['0e00013107', '188456', '20845608', '38845600', '0003188456']) expect(begins(s), s).toBe(true);
  for (const s of ['', '00', '0003', '0106', '40000000', '780000', '0e00']) expect(begins(s), s).toBe(false);
});

test('reasons of aborts', () => {
  const words = (type: number, reason: number) => {
    const r = abortReason(type, reason);
    return `${r.code} ${r.name} ${r.temporary}`;
  };
  expect(words(0, 8)).toBe('provider abort 0x08 NORESPONSE true');
  expect(words(0, 9)).toBe('provider abort 0x09 MESSAGETOOLARGE false');
  expect(words(1, 0xeb)).toBe('user abort 0xEB USERRFS false');
  expect(words(1, 0xed)).toBe('user abort 0xED USERDCR true');
  expect(words(1, 0x99)).toBe('user abort 0x99 0x99 false');
  expect(words(5, 0)).toBe('provider abort 0x00 UNKNOWN false');
});
