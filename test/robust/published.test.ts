// Faults that were published of other decoders of these protocols, each as an input of the same kind for ours.

import { describe, expect, test } from 'vitest';
import { maskedXml } from '../../analysis/report/index.ts';
import { Cursor } from '../../dissectors/base/cursor.ts';
import { decodeBody } from '../../dissectors/content/decode.ts';
import { dissectors } from '../../dissectors/index.ts';
import { recordDecoders } from '../../dissectors/sms/log.ts';
import { decodeWsp } from '../../dissectors/wap/wsp/index.ts';
import { hex } from '../content/support.ts';
import { decoderTargets } from '../fuzz/decoders.ts';
import { Seen } from '../fuzz/target.ts';

const nothing = { windows: new Map(), frames: [], joined: [], files: [], records: [] };
const targets = new Map(decoderTargets(nothing).map((t) => [t.name, t]));

/** One PDU of a protocol by itself; the names of what it made the decoder say. */
async function pdu(name: string, octets: string): Promise<string[]> {
  const seen = new Seen();
  await targets.get(name)!.run([{ way: 0, bytes: hex(octets) }], seen);
  return [...seen.names];
}

const codesOf = (octets: string, decode: (c: Cursor) => unknown): string[] => {
  const bytes = hex(octets);
  const c = new Cursor(bytes, 0, bytes.length, null, [], 'body');
  decode(c);
  return c.findings.map((f) => f.rule.code);
};
const wbxml = (octets: string) =>
  codesOf(octets, (c) => decodeBody(c, { contentType: 'application/vnd.wap.connectivity-wbxml' }));
const wsp = (octets: string) => codesOf(octets, (c) => decodeWsp(c, {}));
const tpdu = (octets: string) => codesOf(octets, (c) => recordDecoders['sms-tpdu-mt']!(c));

describe('WBXML', () => {
  const cases: [string, string, RegExp][] = [
    [
      'CVE-2022-0585, issue 17925: OPAQUE length wraps round an offset',
      '030b6a0045c38fffffff7f41',
      /WBXML-(TRUNCATED|INTEGER)/,
    ],
    ['CVE-2017-7702, CVE-2017-11410: lengths that make no progress', '030b6a0045c300c300c300', /WBXML/],
    ['CVE-2016-5359: string table index beyond the document', '030b6a004583ffffffff7f01', /WBXML/],
    ['CVE-2006-5469: document of a header only', '030b6a', /WBXML/],
    ['libwbxml test/fuzz: ENTITY of 0xFFFFFFFF', '030b6a0045028fffffff7f01', /WBXML-ENTITY/],
    ['libwbxml test/fuzz: an attribute value without an attribute', '030b6a0045c685850101', /WBXML/],
    ['libwbxml test/fuzz: a literal tag of an empty string table', '030b6a004504000401', /WBXML/],
    ['libwbxml PR 2, 9, 14: an unknown attribute', '030b6a0045c67f06033100010101', /WBXML-UNKNOWN/],
    ['libwbxml#41: unknown tag without a name', '030b6a00453f01', /WBXML-UNKNOWN-TAG/],
    ['SWITCH_PAGE as the last octet', '030b6a004500', /WBXML-TRUNCATED/],
  ];
  test.each(cases)('%s', (_, octets, codes) => expect(wbxml(octets).join()).toMatch(codes));
});

describe('WSP', () => {
  const cases: [string, string, RegExp][] = [
    ['CVE-2016-6506: a header of length 0 repeated', '010604b68000800041', /./],
    ['CVE-2017-7748: value length beyond the headers', '010604b6841fffffffff7f', /WSP/],
    ['CVE-2005-3249: headers beyond the end', '01067fb6', /WSP/],
  ];
  test.each(cases)('%s', (_, octets, codes) => expect(wsp(octets).join()).toMatch(codes));
});

describe('SMS', () => {
  test('CVE-2008-3137: UDHL larger than UDL', () =>
    expect(tpdu('400491214300f562112261405540 03 ff0003').join()).toMatch(/UDH/));
  test('gnokii: parameter indicators with the extension bit to the end', () =>
    expect(tpdu('0205049121436211226140554062112261405540 00 e79fcbffff').join()).toMatch(/TPDU|TRUNCATED|SHORT/));
  test('our own case: time stamps with month 13, digits A to F, zones beyond a day', () => {
    for (const time of ['62312132132440', '62A1B2C1D1E1F0', '6211321191837F', '992113219183F9']) {
      const found = tpdu(`000491214300F5${time} 03 41e190`);
      expect(found.join(), time).toMatch(/TIME|SCTS|TPDU/);
    }
  });
  test('CVE-2008-3145: parts that overlap and contradict each other', async () => {
    const part = (reference: number, total: number, number: number, text: string): string =>
      `440491214300F562112261405540 ${(6 + text.length / 2).toString(16).padStart(2, '0')}0500 03 ${[reference, total, number].map((n) => n.toString(16).padStart(2, '0')).join('')}${text}`;
    const lines = [
      part(1, 3, 1, '4141'),
      part(1, 3, 1, '4242'),
      part(1, 2, 2, '4343'),
      part(1, 3, 4, '44'),
      part(1, 0, 1, '45'),
    ];
    const seen = new Seen();
    await targets.get('records')!.run(
      lines.map((l) => ({ way: 0, bytes: hex(l) })),
      seen,
    );
    expect([...seen.names].join()).toMatch(/CONCAT|UDH|JOIN|joined incomplete/);
  });
  test('Mulliner and Miller: every information element, of every length up to the end', () => {
    for (let id = 0; id < 256; id += 1) {
      for (const length of [0, 1, 2, 3, 4, 5, 0x7f, 0xff]) {
        const element = `${id.toString(16).padStart(2, '0')}${length.toString(16).padStart(2, '0')}0102`;
        expect(() => tpdu(`440491214300F562112261405540 08 04${element}414243`)).not.toThrow();
      }
    }
  });
  test('CVE-2019-1747: every data coding, with and without a header, every language', () => {
    for (let v = 0; v < 256; v += 1) {
      const o = v.toString(16).padStart(2, '0');
      expect(() => tpdu(`000491214300${o}62112261405540 05 c8329bfd06`)).not.toThrow();
      for (const ie of ['24', '25'])
        expect(() => tpdu(`40049121430000 62112261405540 0a 03${ie}01${o} c8329bfd06`)).not.toThrow();
    }
  });
});

describe('what is shown', () => {
  const cp = (value: string, charset = '6a'): Uint8Array =>
    hex(`030b${charset}0045c60001550187360000060305${value}000101010101`.replace(/ /g, ''));
  const read = (bytes: Uint8Array) => {
    const c = new Cursor(bytes, 0, bytes.length, null, [], 'body');
    return decodeBody(c, { contentType: 'application/vnd.wap.connectivity-wbxml' });
  };
  const utf8 = (s: string): string => Buffer.from(s, 'utf8').toString('hex');
  test.each([
    ['markup in a value', '<img src=x onerror=alert(1)>'],
    ['a link that is a script', 'javascript:alert(1)'],
    ['marks that turn the direction', '\u202egnp.exe\u2066'],
    ['the end of a CDATA section', ']]><x>'],
  ])('our own case: %s stays text', (_, value) => {
    const { root } = read(cp(utf8(value))).document ?? {};
    expect(root).toBeDefined();
    const { text } = maskedXml(root!, true);
    expect(text).not.toMatch(/<img|<x>/);
    expect(text).toMatch(/<parm/);
  });
  test('our own case: charsets 3, 4, 106, 1000, 1015 and unknown, broken UTF-8 in STR_I', () => {
    for (const charset of ['03', '04', '6a', '8768', '8777', 'ff7f', '00']) {
      for (const value of ['c3', 'ff', 'eda080', 'f0808080', 'fe41', '80']) {
        const out = read(cp(value, charset));
        expect(out.kind, `${charset} ${value}`).toBeDefined();
      }
    }
    expect(wbxml('030b6a0045c6550187360000060305c328000101').join()).toMatch(/CHARSET|UTF|TEXT|STRING|WBXML/);
  });
});

describe('bearers', () => {
  test('SMPP command_length 0 to 15 and 2^31 (osmo-mgw b6f01e77): no PDU begins there', () => {
    const smpp = dissectors.find((d) => d.id === 'smpp');
    if (smpp?.kind !== 'stream') throw new Error('smpp reads streams');
    for (const n of [...Array(16).keys(), 0x7fffffff, 0x80000000, 0xffffffff]) {
      const b = hex(`${n.toString(16).padStart(8, '0')}00000004000000000000000100000000`);
      expect(smpp.frame(b, 0, b.length, false), String(n)).toBe(-1);
    }
  });
  test('SMPP sm_length 0 with UDHI (openbsc dc50388c)', async () =>
    expect(
      (
        await pdu(
          'smpp',
          '00000021 00000004 00000000 00000001 00 0000 00 0101 3100 40 00 00 00 00 00 00 04 00 00'.replace(/ /g, ''),
        )
      ).join(),
    ).toMatch(/UDH-NO-USER-DATA|SMPP/));
  test.each([
    ['CVE-2012-5599: WTP item lengths', 'wtp', '8a 00 01 12 ff ff ff ff ff ff'],
    ['CVE-2026-6870: RP-DATA that ends in its addresses', 'sm-rp', '01 05 0b 91'],
    ['CVE-2016-4417: tag 0xFF last', 'tcap', '62 03 48 01 ff'],
    ['BER length of 4 GB', 'tcap', '62 84 ff ff ff ff 48 04'],
    ['DNS name that points to itself', 'dns', '0001 0000 0001 0000 0000 0000 c00c 0001 0001'],
  ])('%s', async (_, name, octets) => expect(Array.isArray(await pdu(name, octets))).toBe(true));
});
