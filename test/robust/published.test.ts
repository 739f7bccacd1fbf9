// Faults that were published of other decoders of these protocols, each as an input of the same kind for ours.

import { describe, expect, test } from 'vitest';
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
  test('CVE-2019-1747: every data coding, with and without a header, every language', () => {
    for (let v = 0; v < 256; v += 1) {
      const o = v.toString(16).padStart(2, '0');
      expect(() => tpdu(`000491214300${o}62112261405540 05 c8329bfd06`)).not.toThrow();
      for (const ie of ['24', '25'])
        expect(() => tpdu(`40049121430000 62112261405540 0a 03${ie}01${o} c8329bfd06`)).not.toThrow();
    }
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
