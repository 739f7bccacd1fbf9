// libwbxml beside otascope: the XML of every sample, recorded, shared and published WBXML body, and documents each of
// the two writes, read by the other.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isFault, type WbxmlForm, writeDocument } from '../../analysis/encode/document.ts';
import { Cursor } from '../../dissectors/base/cursor.ts';
import type { DecodedDocument } from '../../dissectors/content/document.ts';
import { decodeWbxml } from '../../dissectors/content/wbxml/decode.ts';
import type { TokenTable } from '../../dissectors/content/wbxml/table.ts';
import { canonicalXml, readXml } from '../../dissectors/content/xml/index.ts';
import { peer } from '../project/peers.ts';
import { root as checkout } from '../support/shared.ts';
import { type Body, wbxmlBodies } from './bodies.ts';

/** Where the two disagree: what we find, if anything, and what they say. All of it stands in docs/peers.md. */
const EXPLAINED: readonly (readonly [ours: string, theirs: string])[] = [
  ['WBXML-TRUNCATED', 'Unexpected End Of WBXML Buffer'],
  ['WBXML-UNTERMINATED-STRING', "Bad string length, can't convert"],
  ['WBXML-STRING-TABLE-INDEX', 'Invalid String Table Index'],
  ['', 'No built-in charset converter'],
  ['WBXML-CHARSET', 'The character set cannot be found'],
  ['WBXML-UNKNOWN-PUBLIC-ID', 'Unknown Public ID'],
];

interface Ours {
  readonly document: DecodedDocument;
  readonly table: TokenTable | null;
  /** Names of unknown tokens as libwbxml writes them. */
  readonly xml: string | null;
  readonly codes: ReadonlySet<string>;
  readonly sound: boolean;
}

function ours(bytes: Uint8Array, contentType: string | null): Ours {
  const c = new Cursor(bytes, 0, bytes.length, null, [], 'body');
  const { document, table } = decodeWbxml(c, { contentType });
  return {
    document,
    table,
    xml: document.root === null ? null : canonicalXml(document.root, { plainUnknown: true }),
    codes: new Set(c.findings.map((f) => f.rule.code)),
    sound: document.root !== null && c.findings.every((f) => f.rule.severity !== 'error'),
  };
}

const canonical = (xml: Uint8Array): string | null => {
  const { root } = readXml(new Cursor(xml, 0, xml.length, null, [], 'body'));
  return root === null ? null : canonicalXml(root);
};

/** OTA settings have no public identifier; the library wants to be told. */
const language = (contentType: string | null): string[] =>
  (contentType ?? '').includes('x-wap-prov') ? ['-l', 'OTA'] : [];

function theirs(bytes: Uint8Array, contentType: string | null): { readonly xml: string | null; readonly says: string } {
  const r = spawnSync('wbxml2xml', ['-m', '0', '-k', ...language(contentType), '-o', '-', '-'], { input: bytes });
  const xml = r.status === 0 ? canonical(new Uint8Array(r.stdout)) : null;
  return { xml, says: r.stderr.toString().trim() };
}

const isExplained = (o: Ours, says: string): boolean =>
  EXPLAINED.some(([code, word]) => (code === '' || o.codes.has(code)) && says.includes(word));

const reader = peer('wbxml2xml', 'libwbxml2-utils', 'the XML of every WBXML body');
const writer = peer('xml2wbxml', 'libwbxml2-utils', 'documents that libwbxml writes');

if (reader !== undefined && writer !== undefined) {
  const bodies: readonly Body[] = await wbxmlBodies();
  const sound = bodies
    .map((b) => ({ ...b, ...ours(b.bytes, b.contentType) }))
    .filter((b) => b.sound && b.table !== null && !/unknown/.test(b.xml ?? ''));

  describe('libwbxml', () => {
    test('reads the same XML in every body, or the page says who is right', () => {
      const unexplained: string[] = [];
      let equal = 0;
      let refused = 0;
      for (const b of bodies) {
        const o = ours(b.bytes, b.contentType);
        const t = theirs(b.bytes, b.contentType);
        if (o.xml === t.xml) equal += 1;
        else if (t.xml === null && isExplained(o, t.says)) refused += 1;
        else unexplained.push(`${b.name}\n  we   ${o.xml} ${[...o.codes].join(' ')}\n  they ${t.xml} ${t.says}`);
      }
      console.info(
        `libwbxml: ${bodies.length} bodies, ${equal} with the same XML, ${refused} refused for a listed reason`,
      );
      expect(unexplained).toEqual([]);
      expect(equal).toBeGreaterThan(10);
    });

    test('every explanation stands in docs/peers.md', () => {
      const page = readFileSync(join(checkout, 'docs', 'peers.md'), 'utf8');
      for (const line of EXPLAINED) for (const word of line) expect(page).toContain(word);
    });

    test('writes documents that we read as they were', () => {
      const wrong: string[] = [];
      for (const b of sound) {
        const dtd = b.table!.publicIdText;
        const doctype = dtd === '' ? '' : `<!DOCTYPE ${b.table!.root} PUBLIC "${dtd}" "about:dtd">`;
        for (const options of [[], ['-n']]) {
          const input = `<?xml version="1.0"?>${doctype}${b.xml}`;
          const r = spawnSync('xml2wbxml', [...options, '-k', '-o', '-', '-'], { input });
          const says = r.stderr.toString();
          // Without a string table there is no place for names that have no token.
          if (options.length > 0 && says.includes("can't encode Literal")) continue;
          // Its XML reader follows namespaces, which the tokens of rights objects do not declare.
          if (/<[a-z-]+:/.test(b.xml!) && !b.xml!.includes('xmlns:') && says.includes('Parsing of XML')) continue;
          const back = ours(new Uint8Array(r.stdout), b.contentType).xml;
          if (back !== b.xml) wrong.push(`${b.name} ${options.join(' ')} ${says.trim()}\n  ${b.xml}\n  ${back}`);
        }
      }
      expect(wrong).toEqual([]);
    });

    test('reads what we write in every form as it was', () => {
      const forms: readonly WbxmlForm[] = [{}, { stringTable: true }, { publicIdAsText: true, version: 0x02 }];
      const wrong: string[] = [];
      let written = 0;
      for (const b of sound) {
        for (const form of forms) {
          const out = writeDocument(new TextEncoder().encode(b.xml!), { ...form, literals: true });
          if (isFault(out)) throw new Error(`${b.name}: ${out.fault}`);
          written += 1;
          const t = theirs(out.body, b.contentType);
          if (t.xml !== b.xml) wrong.push(`${b.name} ${JSON.stringify(form)} ${t.says}\n  ${b.xml}\n  ${t.xml}`);
        }
      }
      console.info(`libwbxml: ${written} documents that otascope wrote, read back`);
      expect(wrong).toEqual([]);
    });

    test('a management bootstrap in SyncML: the same octets', () => {
      const xml =
        '<SyncML xmlns="SYNCML:SYNCML1.2"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1</SessionID>' +
        '<MsgID>1</MsgID><Target><LocURI>IMEI:1</LocURI></Target><Source><LocURI>http://dm.example.com/</LocURI></Source>' +
        '</SyncHdr><SyncBody><Add><CmdID>1</CmdID><Item><Target><LocURI>./DMAcc/x</LocURI></Target><Meta>' +
        '<Format xmlns="syncml:metinf">node</Format></Meta></Item></Add><Final/></SyncBody></SyncML>';
      const out = writeDocument(new TextEncoder().encode(xml));
      if (isFault(out)) throw new Error(out.fault);
      const { stdout } = spawnSync('xml2wbxml', ['-n', '-o', '-', '-'], { input: `<?xml version="1.0"?>${xml}` });
      expect(stdout.toString('hex')).toBe(Buffer.from(out.body).toString('hex'));
    });
  });
}
