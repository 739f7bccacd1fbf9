// User data headers.

import { describe, expect, test } from 'vitest';
import { Cursor, runLayer } from '../../dissectors/base/cursor.ts';
import { recordInto, type TreeRow } from '../../dissectors/base/recorder.ts';
import { elementName } from '../../dissectors/sms/elements.ts';
import { decodeUdh, looksLikeUdh } from '../../dissectors/sms/udh.ts';
import { hex } from './support.ts';

const cases: readonly {
  name: string;
  in: string;
  ids?: number[];
  out?: Record<string, unknown>;
  codes?: string[];
}[] = [
  {
    name: 'ports, then concatenation',
    in: '0b 05040b8423f0 0003420201 48',
    ids: [5, 0],
    out: {
      length: 12,
      ports: { destination: 2948, source: 9200 },
      concatenation: { reference: 0x42, bits: 8, total: 2, part: 1 },
    },
  },
  { name: 'concatenation, then ports', in: '0b 0003420201 05040b8423f0', ids: [0, 5], out: { length: 12 } },
  {
    name: '16-bit reference',
    in: '06 0804 1234 03 02 48',
    ids: [8],
    out: { concatenation: { reference: 0x1234, bits: 16, total: 3, part: 2 } },
  },
  { name: '8-bit ports', in: '04 0402 f5 f4', ids: [4], out: { ports: { destination: 0xf5, source: 0xf4 } } },
  { name: 'national language', in: '06 240103 250101', ids: [36, 37], out: { singleShift: 3, lockingShift: 1 } },
  { name: 'text after the header is left alone', in: '05 0003420201 48656c', ids: [0], out: { length: 6 } },
  {
    name: 'element claims more than the header holds',
    in: '04 00034202 48',
    ids: [0],
    out: { concatenation: null },
    codes: ['UDH-ELEMENT-OVERRUN'],
  },
  { name: 'cut inside an element header', in: '01 00 48', ids: [], codes: ['UDH-STRAY-OCTET'] },
  { name: 'header longer than the data', in: '0b 0003420201', ids: [0], out: { length: 6 }, codes: ['UDH-OVERRUN'] },
  { name: 'empty header', in: '00 48', ids: [], out: { length: 1 }, codes: ['UDH-EMPTY'] },
  {
    name: 'part 0',
    in: '05 0003420200',
    out: { concatenation: { reference: 0x42, bits: 8, total: 2, part: 0 } },
    codes: ['UDH-PART-NUMBER'],
  },
  { name: 'part above the total', in: '05 0003420203', codes: ['UDH-PART-NUMBER'] },
  { name: 'no parts at all', in: '05 0003420000', codes: ['UDH-TOTAL-ZERO'] },
  { name: '16-bit element padded by a sender of 8-bit ones', in: '06 0804 d2020100', codes: ['UDH-PART-NUMBER'] },
  {
    name: 'concatenation of two octets',
    in: '04 00024202',
    out: { concatenation: null },
    codes: ['UDH-ELEMENT-LENGTH'],
  },
  {
    name: 'ports with an octet too many',
    in: '07 05050b8423f000',
    out: { ports: { destination: 2948, source: 9200 } },
    codes: ['UDH-ELEMENT-LENGTH'],
  },
  {
    name: 'an element twice, equal',
    in: '0a 0003420201 0003420201',
    out: { concatenation: { reference: 0x42, bits: 8, total: 2, part: 1 } },
    codes: ['UDH-REPEATED-ELEMENT'],
  },
  {
    name: 'an element twice, different: the last counts',
    in: '0a 0003420201 0003420202',
    out: { concatenation: { reference: 0x42, bits: 8, total: 2, part: 2 } },
    codes: ['UDH-REPEATED-ELEMENT', 'UDH-CONTRADICTION'],
  },
  {
    name: 'both widths of concatenation: the last counts',
    in: '0b 0003420201 08040042 0201',
    out: { concatenation: { reference: 0x42, bits: 16, total: 2, part: 1 } },
    codes: ['UDH-REPEATED-ELEMENT'],
  },
  {
    name: 'both widths of ports that disagree',
    in: '0a 05040b8423f0 0402f5f4',
    out: { ports: { destination: 0xf5, source: 0xf4 } },
    codes: ['UDH-REPEATED-ELEMENT', 'UDH-CONTRADICTION'],
  },
  { name: 'indications may be repeated', in: '08 01028001 01028101', ids: [1, 1] },
  { name: 'a reserved element', in: '03 0201ff', ids: [2], codes: ['UDH-RESERVED-ELEMENT'] },
  { name: 'elements of others are skipped by length', in: '0a 8003010203 7000 c001ff', ids: [0x80, 0x70, 0xc0] },
  { name: 'text formatting and a reply address', in: '0c 0a03000510 22050491214365', ids: [0x0a, 0x22] },
];

describe('decodeUdh', () => {
  test.each(cases)('$name', (c) => {
    const told = new Cursor(hex(c.in), 0, undefined, recordInto([]));
    const bare = new Cursor(hex(c.in));
    const out = runLayer(told, decodeUdh);
    if (c.ids !== undefined) expect(out?.elements.map((e) => e.id)).toEqual(c.ids);
    expect(out).toMatchObject(c.out ?? {});
    expect(told.findings.map((x) => x.rule.code)).toEqual(c.codes ?? []);
    expect(runLayer(bare, decodeUdh)).toEqual(out);
    expect(bare.findings).toEqual(told.findings);
    expect(told.pos).toBe(out?.length);
  });

  test('every truncation stays within what is there', () => {
    for (const c of cases) {
      const whole = hex(c.in);
      for (let n = 0; n < whole.length; n += 1) {
        const cursor = new Cursor(whole.subarray(0, n));
        const out = runLayer(cursor, decodeUdh);
        expect(out === undefined).toBe(n === 0);
        expect(cursor.pos).toBeLessThanOrEqual(n);
        for (const x of cursor.findings) expect(x.start + x.length).toBeLessThanOrEqual(Math.max(n, 1));
      }
    }
  });

  test('every element identifier has a name, and every octet of the header is in the tree', () => {
    for (let id = 0; id < 256; id += 1) {
      expect(elementName(id)).not.toBe('');
      const rows: TreeRow[] = [];
      const bytes = Uint8Array.from([7, id, 5, 1, 2, 3, 4, 5]);
      const c = new Cursor(bytes, 0, undefined, recordInto(rows));
      decodeUdh(c);
      const leaves = rows.filter((r) => r.field.kind !== 'group');
      expect(leaves.reduce((n, r) => n + r.length, 0)).toBe(8);
    }
  });
});

describe('looksLikeUdh', () => {
  const yes = ['0b 05040b8423f0 0003420201 00', '05 0003420201 48', '06 080412340302 48', '06 05040b8423f0 01'];
  const no = [
    '',
    '05 0003420201',
    '05 0003420200 48',
    '05 0003420103 48',
    '05 0003420101 48',
    '05 0003420201',
    '06 0003420201 48 48',
    '05 0203420201 48',
    '03 240103 48',
    '48656c6c6f20776f726c64',
    '01062f1f2db69181923441',
    'ff 0003420201 48',
  ];
  test.each(yes)('%s', (text) => expect(looksLikeUdh(hex(text), 0, hex(text).length)).toBe(true));
  test.each(no.filter((t) => t !== '05 0003420201'))('not %s', (text) => {
    expect(looksLikeUdh(hex(text), 0, hex(text).length)).toBe(false);
  });
  test('ordinary text never does', () => {
    const words = 'Your code is 1234. Der schnelle Fuchs. @£$¥ 0003420201 (C) 2026'.split('');
    for (let i = 0; i < words.length; i += 1) {
      const bytes = Uint8Array.from(words.slice(i).join(''), (x) => x.charCodeAt(0) & 0xff);
      expect(looksLikeUdh(bytes, 0, bytes.length)).toBe(false);
    }
  });
});
