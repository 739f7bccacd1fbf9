import { describe, expect, test } from 'vitest';
import { decodeWbxml, type WbxmlHint } from '../../dissectors/content/wbxml/decode.ts';
import { canonicalXml } from '../../dissectors/content/xml/index.ts';
import { both, hex } from './support.ts';

const CP: WbxmlHint = { contentType: 'application/vnd.wap.connectivity-wbxml' };
const NONE: WbxmlHint = { contentType: null };

interface Case {
  readonly name: string;
  readonly in: string;
  readonly out: string | null;
  readonly codes: readonly string[];
  readonly hint?: WbxmlHint;
}

const run = (c: Case) => both(hex(c.in), 'body', (cursor) => decodeWbxml(cursor, c.hint ?? CP));

function check(cases: readonly Case[]): void {
  for (const c of cases) {
    test(c.name, () => {
      const { out, codes } = run(c);
      expect(out.document.root === null ? null : canonicalXml(out.document.root)).toBe(c.out);
      expect(codes).toEqual(c.codes);
    });
  }
}

const HEAD = '03 0b 6a 00';

describe('headers', () => {
  check([
    { name: 'empty body', in: '', out: null, codes: ['WBXML-EMPTY'] },
    { name: 'version alone', in: '03', out: null, codes: ['WBXML-TRUNCATED'] },
    { name: 'header alone', in: HEAD, out: null, codes: ['WBXML-TRUNCATED'] },
    { name: '1.3', in: `${HEAD} 05`, out: '<wap-provisioningdoc/>', codes: [] },
    { name: '1.2', in: '02 0b 6a 00 05', out: '<wap-provisioningdoc/>', codes: [] },
    { name: '1.1', in: '01 0b 6a 00 05', out: '<wap-provisioningdoc/>', codes: ['WBXML-VERSION'] },
    { name: '1.0 has no character set', in: '00 0b 00 05', out: '<wap-provisioningdoc/>', codes: ['WBXML-VERSION'] },
    { name: 'not yet invented', in: '04 0b 6a 00 05', out: '<wap-provisioningdoc/>', codes: ['WBXML-FUTURE-VERSION'] },
    {
      name: 'public identifier as text',
      in: `03 00 00 6a 1e ${Buffer.from('-//WAPFORUM//DTD PROV 1.0//EN\0').toString('hex')} 05`,
      out: '<wap-provisioningdoc/>',
      codes: ['WBXML-PUBLIC-ID-TEXT'],
      hint: NONE,
    },
    {
      name: 'public identifier as unknown text',
      in: '03 00 00 6a 02 58 00 05',
      out: '<wap-provisioningdoc/>',
      codes: ['WBXML-UNKNOWN-PUBLIC-ID'],
    },
    {
      name: 'public identifier whose text is not in the table',
      in: '03 00 09 6a 02 58 00 05',
      out: '<wap-provisioningdoc/>',
      codes: ['WBXML-STRING-TABLE-INDEX', 'WBXML-UNKNOWN-PUBLIC-ID'],
    },
    {
      name: 'unknown public identifier: the content type tells',
      in: '03 7d 6a 00 c5 46 01 01',
      out: '<wap-provisioningdoc version="1.0"/>',
      codes: ['WBXML-UNKNOWN-PUBLIC-ID'],
    },
    {
      name: 'unknown public identifier and type: the tokens tell',
      in: '03 7d 6a 00 85 46 01',
      out: '<wap-provisioningdoc version="1.0"/>',
      codes: ['WBXML-UNKNOWN-PUBLIC-ID'],
      hint: NONE,
    },
    {
      name: 'nothing tells: no names at all',
      in: '03 7d 6a 00 3a',
      out: '<unknown-0:3A/>',
      codes: ['WBXML-UNKNOWN-PUBLIC-ID'],
      hint: NONE,
    },
    {
      name: 'public identifier against content type',
      in: '02 05 6a 00 05',
      out: '<si/>',
      codes: ['WBXML-PUBLIC-ID-MISMATCH'],
    },
    {
      name: 'settings of port 49999 need no public identifier',
      in: '01 01 6a 00 45 c6 7f 01 87 15 11 03 57 00 01 01 01',
      out: '<CHARACTERISTIC-LIST><CHARACTERISTIC TYPE="BOOKMARK"><PARM NAME="NAME" VALUE="W"/></CHARACTERISTIC></CHARACTERISTIC-LIST>',
      codes: [],
      hint: { contentType: null, port: 49999 },
    },
    {
      name: 'string table longer than the document',
      in: '03 0b 6a ff ff 7f c5 46 01',
      out: null,
      codes: ['WBXML-HUGE-STRING-TABLE'],
    },
    {
      name: 'string table of nearly 2^32',
      in: '03 0b 6a 8f ff ff ff 7f 05',
      out: null,
      codes: ['WBXML-HUGE-STRING-TABLE'],
    },
    {
      name: 'string table length beyond 32 bits',
      in: '03 0b 6a ff ff ff ff 7f 05',
      out: null,
      codes: ['WBXML-INTEGER', 'WBXML-HUGE-STRING-TABLE'],
    },
  ]);
});

describe('elements and attributes', () => {
  const inside = (s: string): string => `${HEAD} 45 ${s} 01`;
  const around = (s: string): string => `<wap-provisioningdoc>${s}</wap-provisioningdoc>`;
  check([
    {
      name: 'a token with its value',
      in: inside('86 55 01'),
      out: around('<characteristic type="NAPDEF"/>'),
      codes: [],
    },
    { name: 'a parm without value', in: inside('87 2a 01'), out: around('<parm name="TRUST"/>'), codes: [] },
    {
      name: 'value= with nothing behind it',
      in: inside('87 08 06 01'),
      out: around('<parm name="NAP-ADDRESS" value=""/>'),
      codes: [],
    },
    {
      name: 'a value of token and string',
      in: inside('87 21 06 85 03 00 01'),
      out: around('<parm name="PXADDRTYPE" value="IPV4"/>'),
      codes: ['WBXML-EMPTY-PIECE'],
    },
    {
      name: 'a value of strings, reference and entity',
      in: '03 0b 6a 03 78 79 00 45 87 07 06 03 61 00 83 01 02 21 03 62 00 01 01',
      out: around('<parm name="NAME" value="ay!b"/>'),
      codes: ['WBXML-MIDDLE-REFERENCE', 'WBXML-ENTITY'],
    },
    {
      name: 'attribute page and tag page are two, and stay',
      in: inside('c6 00 01 55 01 87 36 06 03 77 32 00 01 01 87 00 00 07 06 03 78 00 01'),
      out: around(
        '<characteristic type="APPLICATION"><parm name="APPID" value="w2"/></characteristic><parm name="NAME" value="x"/>',
      ),
      codes: [],
    },
    {
      name: 'tag page switched, too',
      in: inside('00 01 c6 00 01 55 01 87 07 06 03 62 00 01 01'),
      out: around('<characteristic type="APPLICATION"><parm name="NAME" value="b"/></characteristic>'),
      codes: [],
    },
    {
      name: 'the page switched inside a value',
      in: inside('87 00 01 33 06 91 92 00 00 85 01'),
      out: around('<parm name="AAUTHTYPE" value="HTTP-BASICIPV4"/>'),
      codes: [],
    },
    {
      name: 'a page that does not exist',
      in: inside('c6 00 09 55 01 01'),
      out: around('<characteristic unknown-9:55=""/>'),
      codes: ['WBXML-CODE-PAGE'],
    },
    { name: 'unknown tag', in: inside('2f'), out: around('<unknown-0:2F/>'), codes: ['WBXML-UNKNOWN-TAG'] },
    {
      name: 'unknown attribute start',
      in: inside('87 7e 06 03 78 00 01'),
      out: around('<parm unknown-0:7E="" value="x"/>'),
      codes: ['WBXML-UNKNOWN-ATTRIBUTE'],
    },
    {
      name: 'unknown value token',
      in: inside('87 10 06 ff 01'),
      out: around('<parm name="BEARER" value="unknown-0:FF"/>'),
      codes: ['WBXML-UNKNOWN-VALUE'],
    },
    {
      name: 'literal tag and attribute',
      in: '03 0b 6a 06 70 61 72 6d 78 00 45 84 00 04 00 03 31 00 01 01',
      out: around('<parmx parmx="1"/>'),
      codes: ['WBXML-LITERAL', 'WBXML-LITERAL'],
    },
    {
      name: 'literal tag with attributes and content',
      in: '03 0b 6a 02 61 00 45 c4 00 06 03 31 00 01 44 00 01 04 00 01 01',
      out: around('<a value="1"><a/><a/></a>'),
      codes: ['WBXML-LITERAL', 'WBXML-LITERAL', 'WBXML-LITERAL'],
    },
    {
      name: 'a literal name that is none',
      in: '03 0b 6a 04 3c 20 31 00 45 04 00 01',
      out: around('<__1/>'),
      codes: ['WBXML-LITERAL', 'WBXML-UNEXPECTED-TOKEN'],
    },
    {
      name: 'the same attribute twice',
      in: inside('87 07 08 01'),
      out: around('<parm name="NAME" name="NAP-ADDRESS"/>'),
      codes: ['WBXML-DUPLICATE-ATTRIBUTE'],
    },
    {
      name: 'a value without an attribute',
      in: inside('87 85 07 01'),
      out: around('<parm name="NAME"/>'),
      codes: ['WBXML-UNEXPECTED-TOKEN'],
    },
    { name: 'text in content', in: inside('03 61 00 02 41'), out: around('aA'), codes: ['WBXML-ENTITY'] },
    {
      name: 'opaque text',
      in: inside('87 11 06 c3 03 4e 41 50 01'),
      out: around('<parm name="NAPID" value="NAP"/>'),
      codes: ['WBXML-OPAQUE'],
    },
    {
      name: 'opaque octets',
      in: inside('87 11 06 c3 02 00 ff 01'),
      out: around('<parm name="NAPID" value="00FF"/>'),
      codes: ['WBXML-OPAQUE'],
    },
    {
      name: 'an opaque length beyond the end',
      in: inside('87 11 06 c3 8f ff ff ff 7f'),
      out: around('<parm name="NAPID" value=""/>'),
      codes: ['WBXML-TRUNCATED'],
    },
    { name: 'extensions', in: inside('40 61 00 81 05 c2'), out: around('a5'), codes: ['WBXML-EXTENSION'] },
    {
      name: 'a processing instruction, before, inside and behind',
      in: `${HEAD} 43 05 03 78 00 01 45 43 05 01 01 43 05 01`,
      out: '<wap-provisioningdoc/>',
      codes: ['WBXML-PI', 'WBXML-PI', 'WBXML-PI'],
    },
    {
      name: 'END before the root',
      in: `${HEAD} 01 05`,
      out: '<wap-provisioningdoc/>',
      codes: ['WBXML-UNEXPECTED-TOKEN'],
    },
    {
      name: 'a string before the root',
      in: `${HEAD} 03 61 00 05`,
      out: '<wap-provisioningdoc/>',
      codes: ['WBXML-UNEXPECTED-TOKEN'],
    },
    {
      name: 'an entity that is a surrogate',
      in: inside('02 83 b0 00'),
      out: around('\ufffd'),
      codes: ['WBXML-ENTITY-RANGE'],
    },
    {
      name: 'WLAN tokens that are global tokens elsewhere',
      in: inside('87 00 01 40 01 87 43 06 03 61 00 01'),
      out: around('<parm name="PRI-H-SSID"/><parm name="NETMODE" value="a"/>'),
      codes: ['WBXML-NONSTANDARD-TOKEN'],
    },
    {
      name: 'a token outside the approved list',
      in: inside('87 10 06 bc 01'),
      out: around('<parm name="BEARER" value="WLAN"/>'),
      codes: ['WBXML-NONSTANDARD-TOKEN'],
    },
  ]);
});

describe('strings', () => {
  const cs = (n: string, s: string): string => `03 0b ${n} 00 45 87 07 06 ${s} 01 01`;
  const named = (s: string): string => `<wap-provisioningdoc><parm name="NAME" value="${s}"/></wap-provisioningdoc>`;
  check([
    { name: 'UTF-8', in: cs('6a', '03 c3 a4 00'), out: named('ä'), codes: [] },
    { name: 'US-ASCII', in: cs('03', '03 61 00'), out: named('a'), codes: [] },
    { name: 'ISO-8859-1', in: cs('04', '03 e4 00'), out: named('ä'), codes: [] },
    { name: 'ISO-8859-5', in: cs('08', '03 bf e0 d8 00'), out: named('При'), codes: ['WBXML-CHARSET'] },
    { name: 'Shift_JIS', in: cs('11', '03 93 fa 00'), out: named('日'), codes: ['WBXML-CHARSET'] },
    { name: 'Big5', in: cs('8f 6a', '03 a4 e9 00'), out: named('日'), codes: ['WBXML-CHARSET'] },
    { name: 'UCS-2', in: cs('87 68', '03 00 e4 01 00 00 00'), out: named('äĀ'), codes: ['WBXML-CHARSET'] },
    { name: 'UTF-16 with a mark', in: cs('87 77', '03 ff fe e4 00 00 00'), out: named('ä'), codes: ['WBXML-CHARSET'] },
    { name: 'character set 0 is UTF-8', in: cs('00', '03 c3 a4 00'), out: named('ä'), codes: ['WBXML-NO-CHARSET'] },
    {
      name: 'character set 0: the transport tells',
      in: cs('00', '03 e4 00'),
      out: named('ä'),
      codes: [],
      hint: { ...CP, charset: 4 },
    },
    { name: 'UTF-8 that is none', in: cs('6a', '03 e4 61 00'), out: named('äa'), codes: ['WBXML-CHARSET-MISMATCH'] },
    {
      name: 'UTF-8 called ISO-8859-1',
      in: cs('04', '03 c3 a4 00'),
      out: named('Ã¤'),
      codes: ['WBXML-CHARSET-MISMATCH'],
    },
    {
      name: 'an unknown character set',
      in: cs('83 77', '03 c3 a4 00'),
      out: named('ä'),
      codes: ['WBXML-CHARSET', 'WBXML-UNKNOWN-CHARSET'],
    },
    {
      name: 'no zero behind a string',
      in: `${HEAD} 45 87 07 06 03 61 62`,
      out: named('ab'),
      codes: ['WBXML-UNTERMINATED-STRING'],
    },
    {
      name: 'offsets into the middle of a string',
      in: '03 0b 6a 05 4e 41 50 31 00 45 87 07 06 83 01 01 01',
      out: named('AP1'),
      codes: ['WBXML-MIDDLE-REFERENCE'],
    },
    {
      name: 'an offset behind the table',
      in: '03 0b 6a 04 61 62 63 00 45 87 07 06 83 7f 01 01',
      out: named(''),
      codes: ['WBXML-STRING-TABLE-INDEX'],
    },
    {
      name: 'the last string of the table has no zero',
      in: '03 0b 6a 02 61 62 45 87 07 06 83 00 01 01',
      out: named('ab'),
      codes: ['WBXML-UNTERMINATED-STRING'],
    },
  ]);
});

describe('budgets', () => {
  test('deep nesting is told at 17 and ends at 257', () => {
    const deep = (n: number): Uint8Array => hex(`${HEAD} ${'45'.repeat(n)} ${'01'.repeat(n)}`);
    expect(both(deep(16), 'body', (c) => decodeWbxml(c, CP)).codes).toEqual([]);
    expect(both(deep(17), 'body', (c) => decodeWbxml(c, CP)).codes).toEqual(['WBXML-DEEP']);
    expect(both(deep(256), 'body', (c) => decodeWbxml(c, CP)).codes).toEqual(['WBXML-DEEP']);
    const tooDeep = both(deep(100_000), 'body', (c) => decodeWbxml(c, CP));
    expect(tooDeep.codes).toEqual(['WBXML-DEEP', 'WBXML-DEPTH-LIMIT']);
  });

  test('a string table that expands without bound', () => {
    const table = `${'61'.repeat(60_000)}00`;
    const body = hex(`03 0b 6a 83 d4 61 ${table} 45 ${'83 00'.repeat(5_000)} 01`);
    const { codes } = both(body, 'body', (c) => decodeWbxml(c, CP));
    expect(codes).toEqual(['WBXML-BUDGET']);
  });

  test('many unknown tokens are not all listed', () => {
    const body = hex(`${HEAD} 45 ${'2f'.repeat(1000)} 01`);
    const { findings } = both(body, 'body', (c) => decodeWbxml(c, CP));
    expect(findings).toHaveLength(20);
    expect(findings.at(-1)?.message).toContain('further ones are not listed');
  });

  test('an element with attributes without end', () => {
    const attributes = (n: number): Uint8Array => hex(`${HEAD} c5 ${'46'.repeat(n)} 01 01`);
    const codes = (n: number) => new Set(both(attributes(n), 'body', (c) => decodeWbxml(c, CP)).codes);
    expect(codes(256)).toEqual(new Set(['WBXML-DUPLICATE-ATTRIBUTE']));
    expect(codes(60_000)).toEqual(new Set(['WBXML-DUPLICATE-ATTRIBUTE', 'WBXML-BUDGET']));
  });

  test('many nodes', () => {
    const body = hex(`${HEAD} 45 ${'07'.repeat(200_000)} 01`);
    const { codes } = both(body, 'body', (c) => decodeWbxml(c, CP));
    expect(codes).toEqual(['WBXML-BUDGET']);
  });
});

describe('ranges and rows', () => {
  //        0  1  2  3  4  5..8       9  10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25
  const bytes = hex('03 0b 6a 05 4e 41 50 31 00 45 c6 55 01 87 11 06 83 00 01 87 0e 06 03 70 77 00 01 01 01');

  test('each element, attribute and value knows its octets', () => {
    const { out } = both(bytes, 'body', (c) => decodeWbxml(c, CP));
    const root = out.document.root!;
    expect([root.start, root.length]).toEqual([9, 20]);
    const napdef = root.children[0]!;
    expect(napdef).toMatchObject({ start: 10, length: 18 });
    expect(napdef).toHaveProperty('attributes.0', {
      name: 'type',
      value: 'NAPDEF',
      start: 11,
      length: 1,
      valueRange: { start: 11, length: 1 },
    });
    expect(napdef).toHaveProperty('children.0', {
      kind: 'element',
      name: 'parm',
      start: 13,
      length: 6,
      children: [],
      attributes: [
        { name: 'name', value: 'NAPID', start: 14, length: 1, valueRange: { start: 14, length: 1 } },
        { name: 'value', value: 'NAP1', start: 15, length: 3, valueRange: { start: 16, length: 2 } },
      ],
    });
    expect(out.document.length).toBe(bytes.length);
  });

  test('the tree names tokens and hides secrets, in the string table, too', () => {
    const { rows } = both(bytes, 'body', (c) => decodeWbxml(c, CP));
    const shown = rows.map(
      (r) => `${'  '.repeat(r.depth)}${r.field.label}: ${r.field.secret === true ? '***' : (r.text ?? r.value)}`,
    );
    expect(shown).toContain('  Element: characteristic NAPDEF');
    expect(shown).toContain('    Element: parm NAPID');
    expect(shown.filter((s) => s.includes('pw'))).toEqual([]);
    expect(shown.filter((s) => s.includes('***'))).toHaveLength(1);
    const moved = hex('03 0b 6a 03 70 77 00 45 87 0e 06 83 00 01 01');
    const secret = both(moved, 'body', (c) => decodeWbxml(c, CP)).rows.filter((r) => r.field.secret === true);
    expect(secret.map((r) => r.field.label)).toEqual(['String', 'String table reference']);
  });

  test('a value before its name is taken for a secret', () => {
    const { rows } = both(hex(`${HEAD} 45 87 06 03 70 77 00 0e 01 01`), 'body', (c) => decodeWbxml(c, CP));
    expect(rows.filter((r) => r.text === 'pw').every((r) => r.field.secret === true)).toBe(true);
  });

  test('no finding quotes a value', () => {
    const odd = hex('03 0b 04 00 45 87 0e 06 03 c3 a4 73 65 63 72 65 74 00 ff 01 01');
    const { findings } = both(odd, 'body', (c) => decodeWbxml(c, CP));
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.filter((x) => x.message.includes('secret'))).toEqual([]);
  });
});
