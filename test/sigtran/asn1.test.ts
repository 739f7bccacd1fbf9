// Basic encoding rules: elements, lengths, values, and what is wrong with them.

import { describe, expect, test } from 'vitest';
import { type Element, eachElement, inside, leaf, readElement, tagText } from '../../dissectors/asn1/ber.ts';
import { bitOf, integerOf, objectIdentifierOf } from '../../dissectors/asn1/values.ts';
import { Cursor, runLayer } from '../../dissectors/base/cursor.ts';
import { fields } from '../../dissectors/base/fields.ts';
import { recordInto, type TreeRow } from '../../dissectors/base/recorder.ts';
import { hex } from './build.ts';

const f = fields('t', {
  group: { kind: 'group', label: 'Group' },
  value: { kind: 'bytes', label: 'Value' },
});

/** '30(02=05 04=6162)': tags, contents of the primitive ones. */
function outline(c: Cursor): string {
  const out: string[] = [];
  eachElement(c, (e) => {
    if (e.constructed) {
      inside(c, f.group, e, (inner) => out.push(`${e.tag.toString(16)}(${outline(inner)})`));
    } else {
      leaf(c, f.value, e, null);
      const octets = [...c.bytes.subarray(e.start, e.end)].map((v) => v.toString(16).padStart(2, '0')).join('');
      out.push(`${e.tag.toString(16).padStart(2, '0')}=${octets}`);
    }
    return true;
  });
  return out.join(' ');
}

const cases = [
  { name: 'primitive', in: '02 01 05', out: '02=05', codes: [] },
  { name: 'constructed', in: '30 06 020105 0401ff', out: '30(02=05 04=ff)', codes: [] },
  { name: 'empty', in: '05 00', out: '05=', codes: [] },
  { name: 'length in two octets', in: '04 8103 616263', out: '04=616263', codes: [] },
  { name: 'length in five octets', in: '04 8400000001 61', out: '04=61', codes: [] },
  { name: 'identifier in two octets', in: '9f69 01 07', out: '9f69=07', codes: [] },
  { name: 'identifier in four octets', in: '5f838102 01 07', out: '5f838102=07', codes: [] },
  { name: 'indefinite length', in: '30 80 020105 0000 0500', out: '30(02=05) 05=', codes: [] },
  { name: 'indefinite in indefinite', in: '30 80 a0 80 0500 0000 020101 0000', out: '30(a0(05=) 02=01)', codes: [] },
  { name: 'indefinite without end', in: '30 80 020105', out: '30(02=05)', codes: ['BER-INDEFINITE'] },
  { name: 'longer than what holds it', in: '30 04 040361 62', out: '30(04=6162)', codes: ['BER-LENGTH'] },
  { name: 'longer than everything', in: '04 8700ffffffffffff 61', out: '04=61', codes: ['BER-LENGTH'] },
  { name: 'identifier without length', in: '020105 30', out: '', codes: ['BASE-TRUNCATED'] },
  { name: 'length cut', in: '04 82 01', out: '', codes: ['BASE-TRUNCATED'] },
];

describe('elements', () => {
  for (const x of cases) {
    test(x.name, () => {
      const rows: TreeRow[] = [];
      const told = new Cursor(hex(x.in), 0, undefined, recordInto(rows));
      const bare = new Cursor(hex(x.in));
      const out = runLayer(bare, outline) ?? '';
      expect([out, bare.findings.map((y) => y.rule.code)]).toEqual([x.out, x.codes]);
      expect(runLayer(told, outline) ?? '').toBe(out);
      expect(told.findings).toEqual(bare.findings);
      const all = hex(x.in);
      for (let n = 0; n <= all.length; n++) {
        runLayer(new Cursor(all.subarray(0, n)), outline);
        const flipped = all.slice();
        if (n < all.length) flipped[n]! ^= 0xff;
        runLayer(new Cursor(flipped, 0, undefined, recordInto([])), outline);
      }
    });
  }

  test('nested deeper than is followed', () => {
    const c = new Cursor(hex('3080'.repeat(100) + '0000'.repeat(100)));
    const e = readElement(c);
    expect(c.findings.map((y) => y.rule.code)).toEqual(['BER-INDEFINITE']);
    expect(e.end).toBe(c.end);
  });

  test('every octet is told to the recorder', () => {
    const bytes = hex('30 80 020105 a0 03 0401ff 0000 9f6900');
    const rows: TreeRow[] = [];
    outline(new Cursor(bytes, 0, undefined, recordInto(rows)));
    const covered = new Uint8Array(bytes.length);
    for (const r of rows) if (r.field.kind !== 'group') covered.fill(1, r.start, r.start + r.length);
    expect(covered.indexOf(0)).toBe(-1);
  });
});

const elementOf = (text: string): [Cursor, Element] => {
  const c = new Cursor(hex(text));
  return [c, readElement(c)];
};

describe('values', () => {
  const integers = [
    { in: '02 01 05', out: 5 },
    { in: '02 01 ff', out: -1 },
    { in: '02 02 0080', out: 128 },
    { in: '02 02 ff7f', out: -129 },
    { in: '02 06 7fffffffffff', out: 140_737_488_355_327 },
    { in: '02 00', out: null },
    { in: '02 07 01020304050607', out: null },
  ];
  for (const x of integers) {
    test(`integer ${x.in}`, () => {
      const [c, e] = elementOf(x.in);
      expect(integerOf(c, e)).toBe(x.out);
      expect(c.findings.length).toBe(x.out === null ? 1 : 0);
    });
  }
  const identifiers = [
    { in: '04000001001903', out: '0.4.0.0.1.0.25.3' },
    { in: '00118605010101', out: '0.0.17.773.1.1.1' },
    { in: '2a864886f70d', out: '1.2.840.113549' },
    { in: '8837', out: '2.999' },
    { in: '0486', out: '0.4' },
    { in: '', out: '' },
  ];
  for (const x of identifiers) {
    test(`object identifier ${x.in}`, () => {
      const b = hex(x.in);
      expect(objectIdentifierOf(b, 0, b.length)).toBe(x.out);
    });
  }
  test('bits', () => {
    const [c, e] = elementOf('03 02 04 50');
    expect([0, 1, 2, 3, 8].map((n) => bitOf(c.bytes, e, n))).toEqual([false, true, false, true, false]);
  });
  test('tags in words', () => {
    expect([0x02, 0x61, 0xa1, 0xe2, 0x9f69, 0x9f8102].map(tagText)).toEqual([
      'universal 2',
      'application 1',
      'context 1',
      'private 2',
      'context 105',
      'context 130',
    ]);
  });
});
