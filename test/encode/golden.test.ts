// Documents of other encoders, decoded to XML and encoded again: the same octets wherever they were written in a form
// that encode has, and for each other one the reason why not.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isFault, type WbxmlForm, writeDocument } from '../../analysis/encode/document.ts';
import { readJson, sharedFolder } from '../support/shared.ts';
import { read, toHex, utf8 } from './support.ts';

const vectors = sharedFolder('vectors', 'octets of other encoders');
const spec = sharedFolder('spec', 'octets of published messages');

const TABLE: WbxmlForm = { stringTable: true };
const V12: WbxmlForm = { version: 0x02 };

/** How the document has to be written to give its own octets. */
const SAME: Readonly<Record<string, WbxmlForm>> = {
  'gecko-wappush/si-href-date.json': V12,
  'gecko-wappush/si-href.json': V12,
  'gecko-wappush/si-plain-empty.json': V12,
  'libwbxml/ota-001.derived.wbxml': {},
  'libwbxml/prov-001.derived.wbxml': TABLE,
  'libwbxml/prov-005.derived.wbxml': {},
  'libwbxml/si-001.derived.wbxml': {},
  'libwbxml/si-011.derived.wbxml': {},
  'libwbxml/sl-001.derived.wbxml': {},
  'sailfish-provisioning/prov_beeline_2.wbxml': {},
  'sailfish-provisioning/prov_dna_1.wbxml': {},
  'sailfish-provisioning/prov_moi_1.wbxml': {},
  'sailfish-provisioning/prov_moi_2.wbxml': {},
  'PUB-PROVCONT-EX1-USERPIN': TABLE,
  'PUB-NOWSMS-NETWPIN': TABLE,
  'PUB-VN-VIETTEL-USERPIN': {},
  'CALC-NETWPIN-15': TABLE,
  'CALC-NETWPIN-14': TABLE,
  'CALC-USERNETWPIN': TABLE,
  'CALC-USERPINMAC': TABLE,
};

/** What another form has that XML does not tell: the octets differ, the document is the same. */
const OTHER: Readonly<Record<string, string>> = {
  'gecko-wappush/netwpin-empty-doc.json': 'an empty element with the content flag',
  'gecko-wappush/oma-provcont-1.1-appendix-c.wbxml': 'an empty element with the content flag',
  'gecko-wappush/si-string-table.json': 'strings that occur once in the string table',
  'libwbxml/emn-001.derived.wbxml': 'an empty element with the content flag',
  'libwbxml/prov-003.derived.wbxml': 'strings of one letter and parts of strings in the string table',
  'libwbxml/prov-007.derived.wbxml': 'parts of strings in the string table',
  'mihini-sms/omacp-4part-reassembled.wbxml': 'strings where there are tokens',
  'nokia-s40-example/appendix-b.wbxml': 'a change of code page for a token that the page in force has',
  'PUB-VN-MOBIFONE-USERPIN': 'a change of code page for a token that the page in force has',
  'PUB-VN-VINAPHONE-USERPIN': 'a change of code page for a token that the page in force has',
};

function bodyOf(name: string): Uint8Array {
  const octets = (hex: string) => new Uint8Array(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'));
  if (!name.includes('/')) {
    const all = readJson<readonly { id: string; body_hex: string }[]>(join(spec!, 'test-vectors.json'));
    return octets(all.find((v) => v.id === name)!.body_hex);
  }
  const path = join(vectors!, name);
  return name.endsWith('.json')
    ? octets(readJson<{ wbxml_hex: string }>(path).wbxml_hex)
    : new Uint8Array(readFileSync(path));
}

function again(name: string, form: WbxmlForm): { readonly given: Uint8Array; readonly written: Uint8Array } {
  const given = bodyOf(name);
  const { xml, charset } = read(given);
  const out = writeDocument(utf8(xml!), { version: given[0]!, charset, ...form });
  if (isFault(out)) throw new Error(out.fault);
  expect(read(out.body).xml).toBe(xml);
  return { given, written: out.body };
}

if (vectors === null || spec === null) {
  test('shared vectors absent: 30 documents not encoded again', () => expect([vectors, spec]).toContain(null));
} else {
  describe('the same octets', () => {
    test.each(Object.entries(SAME))('%s', (name, form) => {
      const { given, written } = again(name, form);
      expect(toHex(written)).toBe(toHex(given));
    });
  });

  describe('the same document in other octets', () => {
    test.each(Object.entries(OTHER))('%s: %s', (name) => {
      for (const form of [{}, TABLE]) {
        const { given, written } = again(name, form);
        expect(toHex(written)).not.toBe(toHex(given));
      }
    });
  });
}
