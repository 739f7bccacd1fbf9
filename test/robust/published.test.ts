// Faults that were published of other decoders of these protocols, each as an input of the same kind for ours.

import { describe, expect, test } from 'vitest';
import { maskedXml } from '../../analysis/report/index.ts';
import type { Finding } from '../../captures/finding.ts';
import { Cursor } from '../../dissectors/base/cursor.ts';
import { recordInto, type TreeRow } from '../../dissectors/base/recorder.ts';
import { decodeBody } from '../../dissectors/content/decode.ts';
import type { DocumentNode } from '../../dissectors/content/document.ts';
import { dissectors } from '../../dissectors/index.ts';
import { recordDecoders } from '../../dissectors/sms/log.ts';
import { decodeWsp } from '../../dissectors/wap/wsp/index.ts';
import { hex } from '../content/support.ts';
import { decoderTargets } from '../fuzz/decoders.ts';
import { Seen } from '../fuzz/target.ts';

const nothing = { windows: new Map(), frames: [], joined: [], files: [], records: [] };
const targets = new Map(decoderTargets(nothing).map((t) => [t.name, t]));

/** Findings as `CODE@start+length`. */
const placed = (list: readonly Finding[]): string => list.map((f) => `${f.rule.code}@${f.start}+${f.length}`).join(' ');

class Told extends Seen {
  readonly list: Finding[] = [];
  readonly fields: string[] = [];

  override findings(list: readonly Finding[], size: number | null): void {
    super.findings(list, size);
    this.list.push(...list);
  }

  override rows(rows: readonly TreeRow[], octets: number): void {
    super.rows(rows, octets);
    this.fields.push(...rows.map((r) => `${r.field.path}@${r.start}+${r.length}`));
  }
}

/** PDUs of a protocol by themselves: what is said, the fields that were read, and names of what was given on. */
async function pdus(name: string, octets: readonly string[], way = 0) {
  const told = new Told();
  const input = octets.map((o) => ({ way, bytes: hex(o.replace(/ /g, '')) }));
  await targets.get(name)!.run(input, told);
  // Every eighth input is read twice.
  return {
    said: [...new Set(placed(told.list).split(' '))].join(' '),
    fields: told.fields.join(' '),
    given: [...told.names].join(', '),
  };
}

function read<T>(octets: string, decode: (c: Cursor) => T) {
  const bytes = hex(octets.replace(/ /g, ''));
  const rows: TreeRow[] = [];
  const c = new Cursor(bytes, 0, bytes.length, recordInto(rows), [], 'body');
  const out = decode(c);
  return { out, said: placed(c.findings), fields: rows.map((r) => `${r.field.path}@${r.start}+${r.length}`).join(' ') };
}
const wbxml = (octets: string) =>
  read(octets, (c) => decodeBody(c, { contentType: 'application/vnd.wap.connectivity-wbxml' }));
const wsp = (octets: string) => read(octets, (c) => decodeWsp(c, {}));
const tpdu = (octets: string) => read(octets, (c) => recordDecoders['sms-tpdu-mt']!(c));

/** `name[attribute=value](children)`, text as it is. */
function shape(n: DocumentNode | null): string {
  if (n === null) return '';
  if (n.kind !== 'element') return n.text;
  const attributes = n.attributes.map((a) => `[${a.name}=${a.value}]`).join('');
  return `${n.name}${attributes}${n.children.length > 0 ? `(${n.children.map(shape).join()})` : ''}`;
}

describe('WBXML', () => {
  const DOC = 'wap-provisioningdoc';
  test.each([
    [
      'CVE-2022-0585, issue 17925: OPAQUE length wraps round an offset',
      '030b6a0045c38fffffff7f41',
      'WBXML-TRUNCATED@11+1',
      DOC,
    ],
    [
      'CVE-2017-7702, CVE-2017-11410: lengths that make no progress',
      '030b6a0045c300c300c300',
      'WBXML-OPAQUE@5+2 WBXML-TRUNCATED@11+0',
      DOC,
    ],
    [
      'CVE-2016-5359: string table index beyond the document',
      '030b6a004583ffffffff7f01',
      'WBXML-INTEGER@6+5 WBXML-STRING-TABLE-INDEX@5+6',
      DOC,
    ],
    ['CVE-2006-5469: document of a header only', '030b6a', 'WBXML-TRUNCATED@3+0', ''],
    [
      'libwbxml test/fuzz: ENTITY of 0xFFFFFFFF',
      '030b6a0045028fffffff7f01',
      'WBXML-ENTITY-RANGE@5+6',
      `${DOC}(\ufffd)`,
    ],
    [
      'libwbxml test/fuzz: an attribute value without an attribute',
      '030b6a0045c685850101',
      'WBXML-UNEXPECTED-TOKEN@6+1 WBXML-UNEXPECTED-TOKEN@7+1 WBXML-NO-ATTRIBUTES@5+1 WBXML-TRUNCATED@10+0',
      `${DOC}(characteristic)`,
    ],
    [
      'libwbxml test/fuzz: a literal tag of an empty string table',
      '030b6a0045040001',
      'WBXML-STRING-TABLE-INDEX@5+2 WBXML-LITERAL@5+2 WBXML-UNEXPECTED-TOKEN@5+2',
      `${DOC}()`,
    ],
    [
      'libwbxml PR 2, 9, 14: an unknown attribute',
      '030b6a0045c67f06033100010101',
      'WBXML-UNKNOWN-ATTRIBUTE@6+1',
      `${DOC}(characteristic[unknown-0:7F=null][value=1])`,
    ],
    ['libwbxml#41: unknown tag without a name', '030b6a00453f01', 'WBXML-UNKNOWN-TAG@5+1', `${DOC}(unknown-0:3F)`],
    ['SWITCH_PAGE as the last octet', '030b6a004500', 'WBXML-TRUNCATED@6+0', DOC],
  ])('%s', (_, octets, said, kept) => {
    const out = wbxml(octets);
    expect(out.said).toBe(said);
    expect(shape(out.out.document?.root ?? null)).toBe(kept);
  });
});

describe('WSP', () => {
  test.each([
    [
      'CVE-2016-6506: a header of length 0 repeated',
      '010604b68000800041',
      'WSP-HEADER-VALUE@5+1 WSP-TRUNCATED@6+1',
      'Accept@4+2 Accept@6+1, body 7+2',
    ],
    [
      'CVE-2017-7748: value length beyond the headers',
      '010604b6841fffffffff7f',
      'WSP-VALUE-LENGTH@5+2 WSP-HEADER-VALUE@5+2',
      'Accept-Ranges@4+3, body 7+4',
    ],
    ['CVE-2005-3249: headers beyond the end', '01067fb6', 'WSP-HEADERS-LONG@2+1', ', body 4+0'],
  ])('%s', (_, octets, said, kept) => {
    const out = wsp(octets);
    expect(out.said).toBe(said);
    const { contentType, headers, body } = out.out!;
    expect(contentType).toBe('application/vnd.wap.connectivity-wbxml');
    const named = headers.map((h) => `${h.name}@${h.start}+${h.length}`).join(' ');
    expect(`${named}, body ${body.start}+${body.length}`).toBe(kept);
  });
});

describe('SMS', () => {
  test('CVE-2008-3137: UDHL larger than UDL', () => {
    const { said, fields } = tpdu('400491214300f562112261405540 03 ff0003');
    expect(said).toBe('UDH-OVERRUN@15+1');
    expect(fields).toMatch(/sms\.originator@1\+4 .*sms\.userDataLength@14\+1/);
  });
  test('gnokii: parameter indicators with the extension bit to the end', () => {
    const { said, fields } = tpdu('0205049121436211226140554062112261405540 00 e79fcbffff');
    expect(said).toBe('TPDU-PARAMETER-INDICATOR@21+5');
    expect(fields).toMatch(/sms\.recipient@2\+4 .*sms\.status@20\+1/);
  });
  test.each([
    ['month 13', '62312132132440', 'TPDU-TIMESTAMP@7+7'],
    ['digits A to F', '62A1B2C1D1E1F0', 'TPDU-TIMESTAMP@7+7'],
    ['a zone beyond a day', '6211321191837F', 'TPDU-TIME-ZONE@13+1'],
    ['year 99 and a zone of F', '992113219183F9', 'TPDU-TIME-ZONE@13+1'],
  ])('our own case: a time stamp with %s', (_, time, said) => {
    const out = tpdu(`000491214300F5${time} 03 41e190`);
    expect(out.said).toBe(said);
    expect(out.fields).toMatch(/sms\.userData@15\+3/);
  });
  test('CVE-2008-3145: parts that overlap and contradict each other', async () => {
    const octet = (n: number): string => n.toString(16).padStart(2, '0');
    const part = (reference: number, total: number, number: number, text: string): string =>
      `440491214300F562112261405540 ${octet(6 + text.length / 2)}050003${octet(reference)}${octet(total)}${octet(number)}${text}`;
    const other = await pdus('records', [part(1, 3, 1, '4141'), part(1, 3, 1, '4242'), part(1, 3, 2, '43')]);
    expect(other.said).toBe('CONCAT-MISSING-PART@0+0 CONCAT-SPLIT-GUESS@0+0');
    // Neither reading of part 1 is given up for the other.
    expect(other.given).toMatch(/joined incomplete false.*joined incomplete true/);
    const contradicting = [part(1, 3, 1, '4141'), part(1, 2, 2, '4343'), part(1, 3, 4, '44'), part(1, 0, 1, '45')];
    const out = await pdus('records', contradicting);
    expect(out.said).toBe(
      'UDH-PART-NUMBER@18+3 UDH-TOTAL-ZERO@18+3 CONCAT-MISSING-PART@0+0 CONCAT-TOTAL-DISAGREES@0+0',
    );
    expect(out.given).toMatch(/joined complete false.*joined incomplete true/);
  });
  test('Mulliner and Miller: every information element, of every length up to the end', () => {
    for (let id = 0; id < 256; id += 1) {
      for (const length of [0, 1, 2, 3, 4, 5, 0x7f, 0xff]) {
        const element = `${id.toString(16).padStart(2, '0')}${length.toString(16).padStart(2, '0')}0102`;
        const { said, fields } = tpdu(`440491214300F562112261405540 08 04${element}414243`);
        // Two octets are left for its value.
        if (length > 2) expect(said, element).toMatch(/UDH-[A-Z-]+@(?:15|16|17)\+/);
        expect(fields, element).toMatch(/sms\.userDataLength@14\+1/);
      }
    }
  });
  test('CVE-2019-1747: every data coding, with and without a header, every language', () => {
    for (let v = 0; v < 256; v += 1) {
      const o = v.toString(16).padStart(2, '0');
      expect(tpdu(`000491214300${o}62112261405540 05 c8329bfd06`).fields, o).toMatch(/sms\.userData@15\+5/);
      for (const ie of ['24', '25'])
        expect(tpdu(`40049121430000 62112261405540 0a 03${ie}01${o} c8329bfd06`).fields, o).toMatch(/sms\.udh/);
    }
  });
});

describe('what is shown', () => {
  const cp = (value: string, charset = '6a'): Uint8Array =>
    hex(`030b${charset}0045c60001550187360000060305${value}000101010101`.replace(/ /g, ''));
  const shown = (bytes: Uint8Array) => {
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
    const { root } = shown(cp(utf8(value))).document ?? {};
    expect(root).toBeDefined();
    const { text } = maskedXml(root!, true);
    expect(text).not.toMatch(/<img|<x>/);
    expect(text).toMatch(/<parm/);
  });
  test('our own case: charsets 3, 4, 106, 1000, 1015 and unknown, broken UTF-8 in STR_I', () => {
    for (const charset of ['03', '04', '6a', '8768', '8777', 'ff7f', '00']) {
      for (const value of ['c3', 'ff', 'eda080', 'f0808080', 'fe41', '80']) {
        const out = shown(cp(value, charset));
        expect(shape(out.document?.root ?? null), `${charset} ${value}`).toMatch(
          /^wap-provisioningdoc\(characteristic\[type=/,
        );
      }
    }
    const { said, out } = wbxml('030b6a0045c6550187360000060305c32800010101');
    expect(said).toBe('WBXML-IDLE-SWITCH@10+2 WBXML-CHARSET-MISMATCH@14+1');
    // What is no UTF-8 is read octet by octet.
    expect(shape(out.document?.root ?? null)).toContain('\u00c3(]');
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
  test.each([
    [
      'SMPP sm_length 0 with UDHI (openbsc dc50388c)',
      'smpp',
      '00000022 00000004 00000000 00000001 00 0000 00 0101 3100 40 00 00 00 00 00 00 04 00 00',
      'UDH-NO-USER-DATA@0+34',
      /message submit_sm/,
      /smpp\.destinationAddress@\d+\+2/,
    ],
    [
      'SMPP sm_length 255 with UDHI, and one octet of it',
      'smpp',
      '00000023 00000004 00000000 00000001 00 0000 00 0101 3100 40 00 00 00 00 00 00 04 00 ff 41',
      'SMPP-SM-LENGTH@33+1 SMPP-SM-LENGTH-255@33+1 UDH-OVERRUN@34+1',
      /message submit_sm/,
      /smpp\.shortMessage@34\+1/,
    ],
    [
      'CVE-2012-5599: WTP item lengths',
      'wtp',
      '8a 00 01 12 ff ff ff ff ff ff',
      'WTP-ITEM-LENGTH@4+2',
      /./,
      /wtp\.tid@/,
    ],
    [
      'CVE-2026-6870: RP-DATA that ends in its addresses',
      'sm-rp',
      '01 05 00 0b 91 21',
      'BASE-TRUNCATED@5+1',
      /./,
      /smrp\.reference@1\+1/,
    ],
    [
      'RP-DATA whose user data ends before its length',
      'sm-rp',
      '01 05 02 91 21 00 09 01',
      'SMRP-USER-DATA-LENGTH@6+1',
      /./,
      /sms\.tpdu@7\+1/,
    ],
    [
      'CVE-2016-4417: tag 0xFF last, of the radio link layer of A-bis',
      'rsl',
      '03 01 01 09 02 00 ff',
      '',
      /./,
      /rsl\.rest@6\+1/,
    ],
    [
      'CVE-2016-4417: tag 0xFF last, of TCAP',
      'tcap',
      '62 04 48 01 01 ff',
      'BASE-TRUNCATED@2+4',
      /./,
      /tcap\.originatingTransaction@2\+3/,
    ],
    [
      'BER length of 4 GB',
      'tcap',
      '62 84 ff ff ff ff 48 04',
      'BER-LENGTH@0+6 BER-LENGTH@6+2',
      /./,
      /tcap\.originatingTransaction@6\+2/,
    ],
    [
      'DNS name that points to itself',
      'dns',
      '0001 0000 0001 0000 0000 0000 c00c 0001 0001',
      'DNS-UNREADABLE@0+0',
      /./,
      /dns\.questions@4\+2/,
    ],
  ])('%s', async (_, name, octets, said, given, fields) => {
    const out = await pdus(name, [octets]);
    expect(out.said).toBe(said);
    expect(out.given).toMatch(given);
    expect(out.fields).toMatch(fields);
  });
});
