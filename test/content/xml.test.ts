import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { element, type TreeElement } from '../../dissectors/content/tree.ts';
import { canonicalXml, prettyXml, readXml } from '../../dissectors/content/xml/index.ts';
import { both, damaged, hex } from './support.ts';

const utf8 = (s: string): Uint8Array => new TextEncoder().encode(s);
const read = (bytes: Uint8Array, charset: number | null = null) => both(bytes, 'body', (c) => readXml(c, charset));

interface Case {
  readonly name: string;
  readonly in: string | Uint8Array;
  readonly out: string | null;
  readonly codes?: readonly string[];
}

const cases: readonly Case[] = [
  { name: 'an element', in: '<a/>', out: '<a/>' },
  { name: 'attributes in both quotes', in: `<a b="1" c='2"'/>`, out: '<a b="1" c="2&quot;"/>' },
  { name: 'white space between elements is dropped', in: '<a>\n  <b/>\r\n</a>\n', out: '<a><b/></a>' },
  { name: 'text keeps its own', in: '<a> x <b/> y</a>', out: '<a> x <b/> y</a>' },
  {
    name: 'the five entities and character references',
    in: '<a b="&lt;&gt;&amp;&quot;&apos;">&#65;&#x42;</a>',
    out: '<a b="&lt;&gt;&amp;&quot;\'">AB</a>',
  },
  { name: 'CDATA', in: '<a><![CDATA[<&]]></a>', out: '<a>&lt;&amp;</a>' },
  {
    name: 'declaration, document type, comment, instruction',
    in: '<?xml version="1.0"?><!DOCTYPE a PUBLIC "-//X" "u"><!-- c --><?p i?><a/><!-- d -->',
    out: '<a/>',
  },
  { name: 'a mark', in: new Uint8Array([0xef, 0xbb, 0xbf, ...utf8('<a/>')]), out: '<a/>' },
  { name: 'UTF-16 with a mark', in: hex('feff 003c 0061 002f 003e'), out: '<a/>' },
  { name: 'UTF-16, low octet first', in: hex('fffe 3c00 e400 2f00 3e00'), out: '<ä/>' },
  {
    name: 'the declaration names the character set',
    in: new Uint8Array([...utf8('<?xml version="1.0" encoding="ISO-8859-1"?><a b="'), 0xe4, ...utf8('"/>')]),
    out: '<a b="ä"/>',
  },
  {
    name: 'not UTF-8',
    in: new Uint8Array([...utf8('<a b="'), 0xe4, ...utf8('"/>')]),
    out: '<a b="ä"/>',
    codes: ['XML-CHARSET-MISMATCH'],
  },
  {
    name: 'an unknown character set',
    in: '<?xml version="1.0" encoding="EBCDIC"?><a/>',
    out: '<a/>',
    codes: ['XML-UNKNOWN-CHARSET'],
  },
  { name: 'empty', in: '', out: null, codes: ['XML-EMPTY'] },
  { name: 'only white space', in: ' \n', out: null, codes: ['XML-NO-ROOT'] },
  { name: 'only text', in: 'hello', out: null, codes: ['XML-MARKUP', 'XML-NO-ROOT'] },
  { name: 'cut in an element', in: '<a><b>', out: '<a><b/></a>', codes: ['XML-TRUNCATED'] },
  { name: 'cut in a tag', in: '<a b="1" c', out: '<a b="1" c=""/>', codes: ['XML-ATTRIBUTE', 'XML-TRUNCATED'] },
  { name: 'cut in a value', in: '<a b="1" c="2', out: '<a b="1"/>', codes: ['XML-TRUNCATED'] },
  { name: 'cut in a comment', in: '<a><!-- ', out: '<a/>', codes: ['XML-TRUNCATED'] },
  { name: 'another end tag', in: '<a><b></c></b></a>', out: '<a><b/></a>', codes: ['XML-END-TAG'] },
  { name: 'an end tag forgotten', in: '<a><b><c/></a>', out: '<a><b><c/></b></a>', codes: ['XML-END-TAG'] },
  { name: 'no quotes', in: '<a b=1 c=2/>', out: '<a b="1" c="2"/>', codes: ['XML-ATTRIBUTE', 'XML-ATTRIBUTE'] },
  { name: 'no value', in: '<a b c="1"/>', out: '<a b="" c="1"/>', codes: ['XML-ATTRIBUTE'] },
  { name: 'twice', in: '<a b="1" b="2"/>', out: '<a b="1" b="2"/>', codes: ['XML-DUPLICATE-ATTRIBUTE'] },
  { name: 'an unknown entity stays', in: '<a b="&nbsp;&"/>', out: '<a b="&amp;nbsp;&amp;"/>', codes: ['XML-ENTITY'] },
  {
    name: 'a reference to no character',
    in: '<a>&#0;&#xD800;&#x110000;</a>',
    out: '<a>&amp;#0;&amp;#xD800;&amp;#x110000;</a>',
    codes: ['XML-ENTITY'],
  },
  { name: 'a bare less-than', in: '<a> < b</a>', out: '<a> b</a>', codes: ['XML-MARKUP'] },
  { name: 'a tag inside a tag', in: '<a <b/></a>', out: '<a><b/></a>', codes: ['XML-MARKUP'] },
  { name: 'something behind the root', in: '<a/>x', out: '<a/>', codes: ['XML-TRAILING-BYTES'] },
  { name: 'a zero behind the root', in: '<a/>\0', out: '<a/>', codes: ['XML-TRAILING-BYTES'] },
  {
    name: 'declared entities are not expanded',
    in: '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]><a>&y;</a>',
    out: '<a>&amp;y;</a>',
    codes: ['XML-DOCTYPE-SUBSET', 'XML-ENTITY'],
  },
  { name: 'a value over lines is one line', in: '<a b="1\n2"/>', out: '<a b="1 2"/>' },
];

describe('reading', () => {
  for (const c of cases) {
    test(c.name, () => {
      const { out, codes } = read(typeof c.in === 'string' ? utf8(c.in) : c.in);
      expect(out.root === null ? null : canonicalXml(out.root)).toBe(c.out);
      expect(codes).toEqual(c.codes ?? []);
    });
  }

  test('the transport names the character set', () => {
    const bytes = new Uint8Array([...utf8('<a b="'), 0xe4, ...utf8('"/>')]);
    expect(canonicalXml(read(bytes, 4).out.root!)).toBe('<a b="ä"/>');
  });

  test('octets of elements, attributes and values', () => {
    const { out } = read(utf8('<a>\n<p name="ä" value="x">t</p></a>'));
    expect(out.root).toMatchObject({ start: 0, length: 36 });
    expect(out.root?.children[0]).toMatchObject({
      start: 4,
      length: 28,
      attributes: [
        { start: 7, length: 9, valueRange: { start: 13, length: 2 } },
        { start: 17, length: 9, valueRange: { start: 24, length: 1 } },
      ],
      children: [{ kind: 'text', text: 't', start: 27, length: 1 }],
    });
  });

  test('values of secret parms are secret in the tree', () => {
    const { rows } = read(utf8('<p name="AUTHSECRET" value="pw"/>'));
    expect(rows.filter((r) => String(r.value).includes('pw')).map((r) => r.field.secret)).toEqual([true]);
  });

  test('depth and size are bounded', () => {
    const deep = read(utf8('<a>'.repeat(100_000)));
    expect(deep.codes).toEqual(['XML-DEPTH-LIMIT']);
    const wide = read(utf8(`<a>${'<b/>'.repeat(140_000)}</a>`));
    expect(wide.codes).toEqual(['XML-BUDGET']);
  });

  test('every beginning and every flipped octet of each case', () => {
    for (const c of cases) {
      const bytes = typeof c.in === 'string' ? utf8(c.in) : c.in;
      if (bytes.length > 80) continue;
      for (const d of damaged(bytes)) {
        const { out } = read(d.bytes);
        if (out.root !== null) expect(canonicalXml(out.root)).toMatch(/^</);
      }
    }
  });
});

const name = fc.stringMatching(/^[A-Za-z_][-A-Za-z0-9._]{0,8}$/);
// Characters XML has; white space alone would be dropped, and line ends in values become spaces.
const text = fc.string({ unit: 'grapheme-ascii', maxLength: 10 }).map((s) => `x${s}`);
const { node } = fc.letrec<{ node: TreeElement }>((tie) => ({
  node: fc.record({
    kind: fc.constant('element' as const),
    name,
    attributes: fc.uniqueArray(fc.record({ name, value: text }), { selector: (a) => a.name, maxLength: 3 }),
    children: fc.oneof(
      { depthSize: 'small' },
      fc.constant([]),
      fc.array(
        fc.oneof(
          tie('node'),
          text.map((t) => ({ kind: 'text' as const, text: t })),
        ),
        { maxLength: 3 },
      ),
    ),
  }),
}));

describe('writing', () => {
  test('what is written can be read again', () => {
    fc.assert(
      fc.property(node, (root) => {
        const xml = canonicalXml(root);
        const { out, codes } = read(utf8(xml));
        expect(codes).toEqual([]);
        expect(canonicalXml(out.root!)).toBe(xml);
      }),
      { numRuns: 200, seed: 5 },
    );
  });

  test('line ends and tabs in values survive', () => {
    const xml = canonicalXml(element('a', { b: '1\n2\t3' }));
    expect(xml).toBe('<a b="1&#10;2&#9;3"/>');
    expect(read(utf8(xml)).out.root?.attributes[0]?.value).toBe('1\n2\t3');
  });

  test('what XML can not hold is replaced', () => {
    expect(canonicalXml(element('a b', { '1<': 'x\0\ud800' }, 'y\u0001'))).toBe(
      '<a_b _1_="x\ufffd\ufffd">y\ufffd</a_b>',
    );
  });

  test('plain names of unknown tokens', () => {
    const e = element('unknown-0:2F', { 'unknown-1:7E': null });
    expect(canonicalXml(e)).toBe('<unknown-0:2F unknown-1:7E=""/>');
    expect(canonicalXml(e, { plainUnknown: true })).toBe('<unknown unknown=""/>');
  });

  test('indented, with the octets of each line', () => {
    const source = '<a><b c="1"><d/>  </b><e>x\ny</e></a>';
    const { text: pretty, ranges } = prettyXml(read(utf8(source)).out.root!);
    const of = ranges.map((r) => (r === null ? null : source.slice(r.start, r.start + r.length)));
    expect(pretty.split('\n')).toEqual(['<a>', '  <b c="1">', '    <d/>', '  </b>', '  <e>x', 'y</e>', '</a>']);
    expect(of).toEqual(['<a>', '<b c="1">', '<d/>', '  </b>', '<e>x\ny</e>', '<e>x\ny</e>', '</a>']);
  });
});
