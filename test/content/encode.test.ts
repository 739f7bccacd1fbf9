import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { Cursor } from '../../dissectors/base/cursor.ts';
import { element, type TreeElement } from '../../dissectors/content/tree.ts';
import { decodeWbxml } from '../../dissectors/content/wbxml/decode.ts';
import { type EncodeOptions, encodeWbxml } from '../../dissectors/content/wbxml/encode.ts';
import type { TokenTable } from '../../dissectors/content/wbxml/table.ts';
import { PROV } from '../../dissectors/content/wbxml/tables/prov.ts';
import { EMN, SI, SL } from '../../dissectors/content/wbxml/tables/push.ts';
import { canonicalXml, readXml } from '../../dissectors/content/xml/index.ts';
import { peer } from '../project/peers.ts';
import { both, toHex } from './support.ts';
import { anyText, asciiText, treeOf } from './trees.ts';

const decode = (bytes: Uint8Array, table: TokenTable) =>
  both(bytes, 'body', (c) => decodeWbxml(c, { contentType: table.mediaTypes[0] ?? null }));

describe('what is written', () => {
  const nap = element(
    'wap-provisioningdoc',
    { version: '1.0' },
    element(
      'characteristic',
      { type: 'NAPDEF' },
      element('parm', { name: 'NAPID', value: 'NAP1' }),
      element('parm', { name: 'BEARER', value: 'GSM-GPRS' }),
    ),
  );
  const cases: { name: string; root: TreeElement; options: EncodeOptions; out: string }[] = [
    {
      name: 'tokens for what has them',
      root: nap,
      options: { table: PROV },
      out: '030b6a00 c54601 c65501 8711 06034e41503100 01 8710 06ab 01 01 01',
    },
    {
      name: 'repeated strings in the table',
      root: element(
        'wap-provisioningdoc',
        {},
        element('parm', { name: 'NAPID', value: 'NAP1' }),
        element('parm', { name: 'TO-NAPID', value: 'NAP1' }),
      ),
      options: { table: PROV, stringTable: true },
      out: '030b6a05 4e41503100 45 8711 068300 01 8722 068300 01 01',
    },
    {
      name: 'no tokens at all',
      root: element('wap-provisioningdoc', { version: '1.0' }),
      options: { table: PROV, tokens: false },
      out: `030b6a1c ${toHex(new TextEncoder().encode('wap-provisioningdoc\0version\0'))} 8400 0414 03312e3000 01`,
    },
    {
      name: 'one attribute page switch for an application',
      root: element(
        'wap-provisioningdoc',
        {},
        element('characteristic', { type: 'APPLICATION' }, element('parm', { name: 'APPID', value: 'w2' })),
      ),
      options: { table: PROV },
      out: '030b6a00 45 c6 0001 5501 8736 06 03773200 01 01 01',
    },
    {
      name: 'a composed value on one page',
      root: element('wap-provisioningdoc', {}, element('parm', { name: 'AAUTHTYPE', value: 'HTTP-BASIC,HTTP-DIGEST' })),
      options: { table: PROV },
      out: '030b6a00 45 87 000133 06 9192 90 9193 01 01',
    },
    {
      name: 'address pieces and dates of a service indication',
      root: element(
        'si',
        {},
        element('indication', { href: 'http://www.xyz.com/a', 'si-expires': '1999-06-30T00:00:00Z' }, 'Hi'),
      ),
      options: { table: SI, version: 2 },
      out: '02056a00 45 c6 0d 0378797a00 85 036100 10 c304 19990630 01 03486900 01 01',
    },
    {
      name: 'WBXML 1.0 has no character set',
      root: element('sl', { href: 'https://a' }),
      options: { table: SL, version: 0 },
      out: '000600 85 0b 036100 01',
    },
    {
      name: 'UCS-2',
      root: element('sl', { href: 'ä' }),
      options: { table: SL, charset: 1000 },
      out: '0306876800 85 08 03 00e4 0000 01',
    },
    {
      name: 'the public identifier as text',
      root: element('sl'),
      options: { table: SL, publicIdAsText: true },
      out: `0300006a1c ${toHex(new TextEncoder().encode('-//WAPFORUM//DTD SL 1.0//EN\0'))} 05`,
    },
  ];
  for (const c of cases) {
    test(c.name, () => {
      const bytes = encodeWbxml(c.root, c.options);
      expect(toHex(bytes)).toBe(c.out.replace(/\s+/g, ''));
      const back = decode(bytes, c.options.table);
      expect(canonicalXml(back.out.document.root!)).toBe(canonicalXml(c.root));
    });
  }

  test('a character set that can not be written', () => {
    expect(() => encodeWbxml(nap, { table: PROV, charset: 17 })).toThrow(RangeError);
  });
});

describe('round trips', () => {
  for (const table of [PROV, SI, SL, EMN]) {
    test(table.id, () => {
      fc.assert(
        fc.property(
          treeOf(table, anyText),
          fc.record({
            version: fc.constantFrom(0, 1, 2, 3),
            charset: fc.constantFrom(106, 1000, 1013, 1014),
            stringTable: fc.boolean(),
            tokens: fc.boolean(),
            publicIdAsText: fc.boolean(),
            extensions: fc.boolean(),
          }),
          (root, options) => {
            // 1.0 states no character set: the receiver assumes UTF-8
            const charset = options.version === 0 ? 106 : options.charset;
            const { out } = decode(encodeWbxml(root, { ...options, charset, table }), table);
            expect(out.document.root).not.toBeNull();
            expect(canonicalXml(out.document.root!)).toBe(canonicalXml(root));
          },
        ),
        { numRuns: 150, seed: 20261123 },
      );
    });
  }

  test('ISO-8859-1 and US-ASCII', () => {
    fc.assert(
      fc.property(treeOf(PROV, asciiText), fc.constantFrom(3, 4), (root, charset) => {
        const { out, codes } = decode(encodeWbxml(root, { table: PROV, charset }), PROV);
        expect(canonicalXml(out.document.root!)).toBe(canonicalXml(root));
        expect(codes).not.toContain('WBXML-CHARSET-MISMATCH');
      }),
      { numRuns: 50, seed: 7 },
    );
  });
});

const canonicalOf = (xml: string): string => {
  const bytes = new TextEncoder().encode(xml);
  return canonicalXml(readXml(new Cursor(bytes, 0, bytes.length, null, [], 'body')).root!);
};

const reader = peer('wbxml2xml', 'libwbxml2-utils', 'reading documents with libwbxml');
const writer = peer('xml2wbxml', 'libwbxml2-utils', 'writing documents with libwbxml');
if (reader !== undefined && writer !== undefined) {
  describe('against libwbxml', () => {
    const dir = mkdtempSync(join(tmpdir(), 'otascope-wbxml-'));
    afterAll(() => rmSync(dir, { recursive: true }));
    // Values without blanks at their ends, which that library trims; no tokens it misspells; no text nodes, which
    // documents of this type do not have.
    const value = fc.stringMatching(/^[!-~]{1,12}$/);
    const known = [...PROV.pages.values()].flatMap((p) => [...p.starts.values()]);
    const parm = fc
      .record({
        name: fc.constantFrom(
          ...new Set(known.filter((s) => s.name === 'name' && s.prefix !== '').map((s) => s.prefix)),
        ),
        value,
      })
      .map((a) => element('parm', { name: a.name, value: a.value }));
    const type = fc.constantFrom('NAPDEF', 'PXLOGICAL', 'APPLICATION', 'APPAUTH', 'BOOTSTRAP', 'VENDOR');
    const characteristic = fc
      .tuple(
        type,
        fc.array(parm, { minLength: 1, maxLength: 5 }),
        fc.array(fc.tuple(type, fc.array(parm, { maxLength: 3 })), { maxLength: 2 }),
      )
      .map(([t, parms, inner]) =>
        element(
          'characteristic',
          { type: t },
          ...parms,
          ...inner.map(([it, ip]) => element('characteristic', { type: it }, ...ip)),
        ),
      );
    const document = fc
      .array(characteristic, { minLength: 1, maxLength: 3 })
      .map((cs) => element('wap-provisioningdoc', { version: '1.1' }, ...cs));

    test('it reads what we write', () => {
      const samples = fc.sample(fc.tuple(document, fc.boolean()), { numRuns: 40, seed: 11 });
      for (const [root, stringTable] of samples) {
        writeFileSync(join(dir, 'a.wbxml'), encodeWbxml(root, { table: PROV, stringTable }));
        execFileSync('wbxml2xml', ['-m', '0', '-o', join(dir, 'a.xml'), join(dir, 'a.wbxml')], { stdio: 'ignore' });
        expect(canonicalOf(readFileSync(join(dir, 'a.xml'), 'utf8'))).toBe(canonicalXml(root));
      }
    });

    test('we read what it writes', () => {
      const samples = fc.sample(document, { numRuns: 40, seed: 12 });
      for (const root of samples) {
        const xml = canonicalXml(root);
        const head =
          '<?xml version="1.0"?><!DOCTYPE wap-provisioningdoc PUBLIC "-//WAPFORUM//DTD PROV 1.0//EN" "http://www.wapforum.org/DTD/prov.dtd">';
        writeFileSync(join(dir, 'b.xml'), head + xml);
        execFileSync('xml2wbxml', ['-o', join(dir, 'b.wbxml'), join(dir, 'b.xml')], { stdio: 'ignore' });
        const { out, codes } = decode(new Uint8Array(readFileSync(join(dir, 'b.wbxml'))), PROV);
        expect(canonicalXml(out.document.root!)).toBe(xml);
        expect(codes).toEqual([]);
      }
    });
  });
}
