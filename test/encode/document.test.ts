import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isFault, type WbxmlForm, writableCharset, writeDocument } from '../../analysis/encode/document.ts';
import { placeOf } from '../../analysis/encode/place.ts';
import type { TreeElement, TreeNode } from '../../dissectors/content/tree.ts';
import { encodeWbxml } from '../../dissectors/content/wbxml/encode.ts';
import { OTA_SETTINGS, SYNC_SETTINGS } from '../../dissectors/content/wbxml/tables/ota.ts';
import { PROV } from '../../dissectors/content/wbxml/tables/prov.ts';
import { CO, DRMREL, EMN, SI, SL } from '../../dissectors/content/wbxml/tables/push.ts';
import { DEVINF_12, SYNCML_12 } from '../../dissectors/content/wbxml/tables/syncml.ts';
import { anyText, treeOf } from '../content/trees.ts';
import { read, SETTINGS, toHex, utf8 } from './support.ts';

const utf16 = (text: string, little: boolean): Uint8Array =>
  Uint8Array.from([...text].flatMap((c) => (little ? [c.charCodeAt(0), 0] : [0, c.charCodeAt(0)])));

describe('documents by their root element', () => {
  const cases = [
    { in: '<wap-provisioningdoc/>', type: 'application/vnd.wap.connectivity-wbxml', out: '030b6a0005' },
    {
      in: '<si><indication href="http://www.a.com/" action="delete">Hi</indication></si>',
      type: 'application/vnd.wap.sic',
      out: '03056a0045c60d0361008509010348690001',
    },
    { in: '<sl href="https://a.org/"/>', type: 'application/vnd.wap.slc', out: '03066a0085' },
    { in: '<co><invalidate-object uri="http://a/"/></co>', type: 'application/vnd.wap.coc', out: '03076a0045' },
    { in: '<emn mailbox="mailat:a@b.com"/>', type: 'application/vnd.wap.emn+wbxml', out: '030d6a0085' },
    { in: '<o-ex:rights/>', type: 'application/vnd.oma.drm.rights+wbxml', out: '030e6a0005' },
    {
      in: '<CHARACTERISTIC-LIST><CHARACTERISTIC TYPE="ADDRESS"/></CHARACTERISTIC-LIST>',
      type: 'application/x-wap-prov.browser-settings',
      out: '03016a0045860601',
    },
    {
      in: '<CHARACTERISTIC-LIST><CHARACTERISTIC TYPE="BOOKMARK"/></CHARACTERISTIC-LIST>',
      type: 'application/x-wap-prov.browser-bookmarks',
      out: '03016a0045867f01',
    },
    { in: '<SyncSettings/>', type: 'application/vnd.nokia.syncset+wbxml', out: '03016a0015' },
  ];
  for (const c of cases) {
    test(c.in, () => {
      const out = writeDocument(utf8(c.in));
      if (isFault(out)) throw new Error(out.fault);
      expect(out.mediaType).toBe(c.type);
      expect(toHex(out.body)).toMatch(new RegExp(`^${c.out}`));
      expect(read(out.body, out.mediaType).xml).toBe(c.in);
    });
  }

  test('the version of SyncML: by the document type, else by VerDTD, else the last', () => {
    const publicId = (xml: string): string => {
      const out = writeDocument(utf8(xml));
      return isFault(out) ? out.fault : `${out.mediaType} ${toHex(out.body.subarray(1, 4))}`;
    };
    const dm = 'application/vnd.syncml.dm+wbxml';
    expect(publicId('<SyncML xmlns="SYNCML:SYNCML1.2"/>')).toBe(`${dm} a4016a`);
    expect(publicId('<SyncML><SyncHdr><VerDTD>1.1</VerDTD></SyncHdr></SyncML>')).toBe(`${dm} 9f536a`);
    expect(publicId('<!DOCTYPE SyncML PUBLIC "-//SYNCML//DTD SyncML 1.0//EN" "x"><SyncML/>')).toBe(`${dm} 9f516a`);
  });

  test('namespace declarations that the code page stands for are left out', () => {
    const xml =
      '<SyncML xmlns="SYNCML:SYNCML1.2"><SyncHdr><Meta><MaxMsgSize xmlns="syncml:metinf">9</MaxMsgSize></Meta></SyncHdr></SyncML>';
    const out = writeDocument(utf8(xml));
    expect(isFault(out) ? out.fault : read(out.body).xml).toBe(xml.replaceAll(/ xmlns="[^"]*"/g, ''));
    const rights = '<o-ex:rights xmlns:o-ex="http://odrl.net/1.1/ODRL-EX"/>';
    const kept = writeDocument(utf8(rights));
    expect(isFault(kept) ? kept.fault : read(kept.body).xml).toBe(rights);
  });

  test('prolog, document type, comments and indentation say nothing', () => {
    const bare = writeDocument(
      utf8('<wap-provisioningdoc version="1.0"><characteristic type="NAPDEF"/></wap-provisioningdoc>'),
    );
    const dressed = writeDocument(
      utf8(
        '\ufeff<?xml version="1.0" encoding="UTF-8"?>\r\n<!DOCTYPE wap-provisioningdoc PUBLIC "-//WAPFORUM//DTD PROV 1.0//EN" ' +
          '"http://www.wapforum.org/DTD/prov.dtd">\n<!-- <x> -->\n<wap-provisioningdoc version="1.0">\n\t<characteristic ' +
          'type="NAPDEF">\n</characteristic><?x y?>\n</wap-provisioningdoc>\n',
      ),
    );
    expect(dressed).toEqual(bare);
  });

  test('entities that the document declares are not followed', () => {
    const bomb = '<!DOCTYPE sl [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><sl href="&b;"/>';
    expect(writeDocument(utf8(bomb))).toMatchObject({ unreadable: true, place: { line: 1, column: 77 } });
    expect(writeDocument(utf8('<!DOCTYPE sl SYSTEM "file:///etc/passwd"><sl href="a"/>'))).toMatchObject({
      title: 'Service loading',
    });
  });

  test('UTF-16 in, ISO-8859-1 out', () => {
    for (const little of [true, false]) {
      const out = writeDocument(utf16('<sl href="ü"/>', little), { charset: 4 });
      expect(isFault(out) ? out.fault : toHex(out.body)).toBe('03060400850803fc0001');
    }
  });

  test('white space around texts stays unless it is said to be indentation', () => {
    const xml = utf8('<si><indication href="a">\n  Hi you\n</indication></si>');
    const of = (form: WbxmlForm) => {
      const out = writeDocument(xml, form);
      return isFault(out) ? out.fault : read(out.body).xml;
    };
    expect(of({})).toBe('<si><indication href="a">\n  Hi you\n</indication></si>');
    expect(of({ trim: true })).toBe('<si><indication href="a">Hi you</indication></si>');
  });

  test('long values', () => {
    const value = 'HTTP-BASIC,'.repeat(20_000);
    for (const [xml, form] of [
      [
        `<wap-provisioningdoc><parm name="AAUTHTYPE" value="${value}x"/><parm name="${value}x"/></wap-provisioningdoc>`,
        {},
      ],
      [`<si><indication href="${value}">${value}</indication></si>`, { stringTable: true }],
    ] as const) {
      const out = writeDocument(utf8(xml), form);
      expect(isFault(out) ? out.fault : read(out.body).xml === xml).toBe(true);
    }
  });

  test('WBXML is carried as it is', () => {
    const body = Uint8Array.from(Buffer.from('030b6a054e41503100c50145018700068300010101', 'hex'));
    const good = encodeWbxml(
      { kind: 'element', name: 'sl', attributes: [{ name: 'href', value: 'a' }], children: [] },
      { table: SL },
    );
    expect(writeDocument(good)).toEqual({
      body: good,
      mediaType: 'application/vnd.wap.slc',
      title: 'Service loading',
      asGiven: true,
    });
    expect(writeDocument(good.subarray(0, 6))).toMatchObject({ unreadable: true });
    expect(isFault(writeDocument(body))).toBe(true);
  });
});

describe('what can not be encoded, and where it stands', () => {
  const cases: {
    readonly name: string;
    readonly in: string;
    readonly form?: WbxmlForm;
    readonly says: RegExp;
    readonly at: readonly [number, number] | null;
    readonly unreadable: boolean;
  }[] = [
    { name: 'nothing', in: '', says: /^it is empty$/, at: null, unreadable: true },
    { name: 'noise', in: 'hello', says: /neither XML nor WBXML/, at: null, unreadable: true },
    { name: 'no root', in: '<!-- -->', says: /No element/, at: [1, 9], unreadable: true },
    {
      name: 'cut',
      in: '<si>\n<indication>',
      says: /ends at octet 17 inside <indication>/,
      at: [2, 13],
      unreadable: true,
    },
    {
      name: 'crossed tags',
      in: '<si>\r\n <indication></si>',
      says: /while <indication> is open/,
      at: [2, 14],
      unreadable: true,
    },
    {
      name: 'attribute twice',
      in: '<sl href="a"\n href="b"/>',
      says: /href is there twice/,
      at: [2, 2],
      unreadable: true,
    },
    { name: 'no quotes', in: '<sl href=a/>', says: /not quoted/, at: [1, 5], unreadable: true },
    {
      name: 'unknown entity',
      in: '<sl href="&nbsp;"/>',
      says: /references mean nothing/,
      at: [1, 11],
      unreadable: true,
    },
    { name: 'zero character', in: '<sl href="&#0;"/>', says: /references mean nothing/, at: [1, 11], unreadable: true },
    {
      name: 'a character set nobody knows',
      in: '<?xml version="1.0" encoding="x-klingon"?><sl/>',
      says: /'x-klingon'/,
      at: [1, 1],
      unreadable: true,
    },
    {
      name: 'unknown root',
      in: '\n<wml/>',
      says: /^<wml> is no document.*<wap-provisioningdoc>/,
      at: [2, 1],
      unreadable: false,
    },
    { name: 'root in capitals', in: '<SI/>', says: /^<SI> is written <si>/, at: [1, 1], unreadable: false },
    {
      name: 'unknown element',
      in: '<wap-provisioningdoc>\n  <parameter/>\n</wap-provisioningdoc>',
      says: /^element <parameter> has no token in a provisioning document$/,
      at: [2, 3],
      unreadable: false,
    },
    {
      name: 'unknown attribute',
      in: '<sl\n\thref="a"\n\tforce="yes"/>',
      says: /^attribute force has no token/,
      at: [3, 2],
      unreadable: false,
    },
    {
      name: 'a character beyond ISO-8859-1, behind others of several octets',
      in: '<si><indication href="ü">ää €</indication></si>',
      form: { charset: 4 },
      says: /^the character U\+20AC does not exist in ISO-8859-1$/,
      at: [1, 26],
      unreadable: false,
    },
    {
      name: 'beyond ASCII',
      in: '<sl href="ü"/>',
      form: { charset: 3 },
      says: /U\+00FC/,
      at: [1, 11],
      unreadable: false,
    },
    {
      name: 'beyond UCS-2',
      in: '<sl href="😀"/>',
      form: { charset: 1000 },
      says: /U\+1F600/,
      at: [1, 11],
      unreadable: false,
    },
  ];
  for (const c of cases) {
    test(c.name, () => {
      const out = writeDocument(utf8(c.in), c.form);
      if (!isFault(out)) throw new Error('it was encoded');
      expect(out.fault).toMatch(c.says);
      expect(out.place === null ? null : [out.place.line, out.place.column]).toEqual(c.at);
      expect(out.unreadable).toBe(c.unreadable);
    });
  }

  test('names without a token are written when asked for', () => {
    const out = writeDocument(utf8('<sl href="a" force="yes"/>'), { literals: true });
    expect(isFault(out) ? out.fault : read(out.body).xml).toBe('<sl href="a" force="yes"/>');
  });

  test('no sentence holds a secret', () => {
    const xml = (tail: string) =>
      `<wap-provisioningdoc><characteristic type="NAPDEF"><parm name="AUTHSECRET" value="geheim99"/>${tail}`;
    for (const tail of [
      '',
      '</characteristic>',
      '<geheim99/>',
      '</geheim99>',
      '<parm name="AUTHSECRET" value=geheim99/>',
    ]) {
      const out = writeDocument(utf8(xml(tail)));
      expect(isFault(out) && out.fault).not.toContain('geheim99');
    }
    const out = writeDocument(
      utf8(`${xml('')}<parm name="AUTHSECRET" value="größe"/></characteristic></wap-provisioningdoc>`),
      { charset: 3 },
    );
    expect(isFault(out) && out.fault).toBe('the character U+00F6 does not exist in US-ASCII');
  });

  test('every beginning of a document is refused, none throws', () => {
    const whole = utf8(SETTINGS.trim());
    for (let n = 0; n < whole.length; n += 1) {
      expect(isFault(writeDocument(whole.subarray(0, n))), `cut at ${n}`).toBe(true);
    }
    const good = writeDocument(whole);
    if (isFault(good)) throw new Error(good.fault);
    for (let n = 0; n < good.body.length; n += 1) {
      expect(isFault(writeDocument(good.body.subarray(0, n))), `WBXML cut at ${n}`).toBe(true);
    }
  });

  test('character sets by name', () => {
    expect(['UTF-8', 'latin1', 'ucs-2', 'shift_jis', 'x'].map((n) => writableCharset(n)?.mib)).toEqual([
      106,
      4,
      1000,
      undefined,
      undefined,
    ]);
  });
});

describe('places', () => {
  test.each([
    ['a\nb', 2, 'UTF-8', [2, 1]],
    ['a\r\nb', 3, 'UTF-8', [2, 1]],
    ['a\rb', 2, 'UTF-8', [2, 1]],
    ['äöb', 4, 'UTF-8', [1, 3]],
    ['äöb', 4, 'ISO-8859-1', [1, 5]],
    ['\ufeffab', 4, 'UTF-8', [1, 2]],
    ['a', 99, null, [1, 2]],
  ] as const)('%j at %i in %s', (text, at, charset, [line, column]) => {
    expect(placeOf(utf8(text), at, charset)).toEqual({ line, column });
  });

  test('UTF-16, where a line feed octet may be half a letter', () => {
    const text = 'Ċ\nb';
    const octets = [...text].flatMap((c) => [c.charCodeAt(0) >> 8, c.charCodeAt(0) & 0xff]);
    expect(placeOf(Uint8Array.from(octets), 4, 'UTF-16BE')).toEqual({ line: 2, column: 1 });
    const swapped = octets.flatMap((_, i) => (i % 2 === 0 ? [octets[i + 1]!, octets[i]!] : []));
    expect(placeOf(Uint8Array.from(swapped), 4, 'UTF-16LE')).toEqual({ line: 2, column: 1 });
  });
});

/** What XML can say: no attribute without a value, no empty or neighbouring texts, none of white space alone. */
function sayable(e: TreeElement, root?: string): TreeElement {
  const children: TreeNode[] = [];
  for (const c of e.children) {
    if (c.kind === 'element') children.push(sayable(c));
    else if (/[^ \t\r\n]/.test(c.text) && children.at(-1)?.kind !== 'text') children.push(c);
  }
  return {
    ...e,
    name: root ?? e.name,
    attributes: e.attributes.map((a) => ({ name: a.name, value: a.value ?? '' })),
    children,
  };
}

const xmlText = anyText.filter((s) => !/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(s));

describe('WBXML, its XML, and WBXML again: the same octets', () => {
  for (const table of [PROV, SI, SL, CO, EMN, DRMREL, OTA_SETTINGS, SYNC_SETTINGS, SYNCML_12, DEVINF_12]) {
    test(table.id, () => {
      fc.assert(
        fc.property(
          treeOf(table, xmlText).map((t) => sayable(t, table.root)),
          fc.record({
            version: fc.constantFrom(1, 2, 3),
            charset: fc.constantFrom(106, 1013, 1014),
            stringTable: fc.boolean(),
            publicIdAsText: fc.boolean(),
          }),
          (root, form) => {
            const first = encodeWbxml(root, { ...form, table });
            const { xml } = read(first, table.mediaTypes[0]);
            const again = writeDocument(utf8(xml!), { ...form, literals: true });
            expect(isFault(again) ? again.fault : toHex(again.body)).toBe(toHex(first));
          },
        ),
        { numRuns: 80, seed: 20261123 },
      );
    });
  }
});
