// The bodies of the shared captures, without reading a capture: bodyHex decoded gives documentXml.

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decodeBody } from '../../dissectors/content/index.ts';
import { canonicalXml } from '../../dissectors/content/xml/index.ts';
import { namesIn, readJson, sharedFolder } from '../support/shared.ts';
import { both, hex } from './support.ts';

interface TruthCharacteristic {
  readonly type: string | null;
  readonly parms: readonly (readonly [string | null, string | null])[];
  readonly characteristics: readonly TruthCharacteristic[];
}

interface TruthMessage {
  readonly id: string;
  readonly case?: string;
  readonly contentType?: string;
  readonly dstPort?: number;
  readonly kind?: string;
  readonly bodyHex?: string;
  readonly documentXml?: string | null;
  readonly documentXmlSource?: string;
  readonly document?: { readonly version: string | null; readonly characteristics: readonly TruthCharacteristic[] };
  readonly wbxml?: { readonly version: string; readonly publicId: number; readonly charset: number };
  readonly wbxmlDecoderError?: string;
  readonly failures?: readonly { readonly code: string; readonly severity?: string }[];
  readonly input?: { readonly inputXml?: string };
}

/** The truth's name of a damage and the rule that tells it. */
const RULE_OF: Readonly<Record<string, string>> = {
  'wbxml-truncated': 'WBXML-TRUNCATED',
  'wbxml-string-table-index': 'WBXML-STRING-TABLE-INDEX',
  'wbxml-unknown-tag': 'WBXML-UNKNOWN-TAG',
  'wbxml-unknown-attribute': 'WBXML-UNKNOWN-ATTRIBUTE',
  'wbxml-wrong-charset': 'WBXML-CHARSET-MISMATCH',
  'wbxml-unknown-public-id': 'WBXML-UNKNOWN-PUBLIC-ID',
  'wbxml-huge-string-table': 'WBXML-HUGE-STRING-TABLE',
  'wbxml-empty': 'WBXML-EMPTY',
  'wbxml-unterminated-string': 'WBXML-UNTERMINATED-STRING',
  'wbxml-code-page-9': 'WBXML-CODE-PAGE',
  'wbxml-literal-tag': 'WBXML-LITERAL',
  'wbxml-opaque-value': 'WBXML-OPAQUE',
  'wbxml-deep': 'WBXML-DEEP',
  'wbxml-charset-utf16': 'WBXML-CHARSET',
  'wbxml-version-1.1': 'WBXML-VERSION',
  'wbxml-entity': 'WBXML-ENTITY',
  'wbxml-trailing-bytes': 'WBXML-TRAILING-BYTES',
};

const KIND_OF: Readonly<Record<string, string>> = {
  'application/vnd.wap.connectivity-wbxml': 'client-provisioning',
  'application/vnd.wap.sic': 'service-indication',
  'application/vnd.wap.slc': 'service-loading',
  'application/x-wap-prov.browser-settings': 'ota-settings',
  'application/x-wap-prov.browser-bookmarks': 'ota-settings',
};

const squeeze = (xml: string): string =>
  xml
    .replace(/<\?.*?\?>|<!DOCTYPE[^>]*>/g, '')
    .replace(/>\s+</g, '><')
    .trim();

const folder = sharedFolder('captures', 'the bodies of the recorded captures');

if (folder === null) {
  test('shared captures absent: 162 comparisons not run', () => expect(folder).toBeNull());
} else {
  const counts = { bodies: 0, 'documents equal': 0, 'models equal': 0, 'damages told': 0, 'no document to compare': 0 };

  for (const name of namesIn(folder, '.truth.json')) {
    const truth = readJson<{ messages: readonly TruthMessage[] }>(join(folder, name));
    const messages = truth.messages.filter((m) => m.bodyHex !== undefined);
    if (messages.length === 0) continue;
    test(`${name.replace('.truth.json', '')}: ${messages.length} bodies`, () => {
      for (const m of messages) {
        counts.bodies += 1;
        compare(m, `${name} ${m.id}`);
      }
    });
  }

  function compare(m: TruthMessage, where: string): void {
    const hint = { contentType: m.contentType ?? null, ...(m.dstPort === undefined ? {} : { port: m.dstPort }) };
    const { out, findings } = both(hex(m.bodyHex ?? ''), 'body', (c) => decodeBody(c, hint));
    const root = out.document?.root ?? null;
    const xml = root === null ? null : canonicalXml(root, { plainUnknown: true });
    const damages = (m.failures ?? []).filter((x) => x.code.startsWith('wbxml-'));
    for (const d of damages) {
      const told = findings.filter((x) => x.rule.code.startsWith('WBXML-'));
      expect(
        told.map((x) => x.rule.code),
        where,
      ).toEqual([RULE_OF[d.code]]);
      expect(told[0]?.rule.severity, where).toBe(d.severity);
      counts['damages told'] += 1;
    }
    expect(out.kind, where).toBe(KIND_OF[m.contentType ?? '']);
    // Where the decoder behind the truth gave up, the document is what the sender meant, not what was sent.
    if (m.documentXmlSource !== undefined) {
      expect(
        findings.some((x) => x.rule.severity === 'error'),
        where,
      ).toBe(true);
      counts['no document to compare'] += 1;
    } else if (typeof m.documentXml === 'string') {
      expect(xml, where).toBe(m.documentXml);
      counts['documents equal'] += 1;
    } else if (m.input?.inputXml?.includes('CHARACTERISTIC-LIST') === true) {
      expect(xml, where).toBe(squeeze(m.input.inputXml));
      counts['documents equal'] += 1;
    } else {
      expect(findings.length, where).toBeGreaterThan(0);
      counts['no document to compare'] += 1;
    }
    // Notes say what a push is for, not that it is wrong.
    const faults = findings.filter((x) => x.rule.severity !== 'note');
    if (damages.length === 0 && m.documentXmlSource === undefined) expect(faults, where).toEqual([]);
    if (m.wbxml !== undefined && m.case !== 'charset-utf16') {
      expect(out.document, where).toMatchObject({
        publicId: m.wbxml.publicId,
        wbxmlVersion: m.wbxml.version,
        charset: m.wbxml.charset,
      });
    }
    if (m.document !== undefined && m.documentXmlSource === undefined) {
      // A name or type that is missing is null in the truth.
      const model = (c: TruthCharacteristic): unknown => ({
        type: c.type ?? '',
        parms: c.parms.map(([n, v]) => ({ name: n ?? '', value: v })),
        characteristics: c.characteristics.map(model),
      });
      expect(out.provisioning, where).toMatchObject({
        version: m.document.version,
        characteristics: m.document.characteristics.map(model),
      });
      counts['models equal'] += 1;
    }
  }

  test('the table of counts', () => {
    console.table(counts);
    expect(counts.bodies).toBe(counts['documents equal'] + counts['no document to compare']);
    expect(counts['documents equal']).toBeGreaterThanOrEqual(151);
    expect(counts['damages told']).toBe(17);
  });
}
