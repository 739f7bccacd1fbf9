// Documents other people wrote: test suites of public decoders, field messages, examples of specifications.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Cursor } from '../../dissectors/base/cursor.ts';
import { decodeBody } from '../../dissectors/content/index.ts';
import { canonicalXml, readXml } from '../../dissectors/content/xml/index.ts';
import { namesIn, readJson, sharedFolder } from '../support/shared.ts';
import { both, hex } from './support.ts';

const CP = 'application/vnd.wap.connectivity-wbxml';

/** Our own reader takes declaration, document type and white space away; text is trimmed as the encoder did. */
function plain(xml: string): string {
  const bytes = new TextEncoder().encode(xml);
  const c = new Cursor(bytes, 0, bytes.length, null, [], 'body');
  const { root } = readXml(c);
  expect(c.findings).toEqual([]);
  return root === null ? '' : canonicalXml(root).replace(/>\s+/g, '>').replace(/\s+</g, '<');
}

function decoded(
  bytes: Uint8Array,
  contentType: string | null,
): { xml: string; codes: readonly string[]; kind: string } {
  const { out, codes } = both(bytes, 'body', (c) => decodeBody(c, { contentType }));
  const root = out.document?.root ?? null;
  return { xml: root === null ? '' : canonicalXml(root), codes, kind: out.kind };
}

const bytesOf = (...path: string[]): Uint8Array => new Uint8Array(readFileSync(join(...path)));
const textOf = (...path: string[]): string => readFileSync(join(...path), 'utf8');

const folder = sharedFolder('vectors', 'the documents of other decoders');
const spec = sharedFolder('spec', 'the published bootstrap messages');

if (folder === null || spec === null) {
  test('shared vectors absent: some 30 comparisons not run', () => expect([folder, spec]).toContain(null));
} else {
  describe('documents with the XML another decoder made of them', () => {
    for (const source of ['gecko-wappush', 'nokia-s40-example', 'sailfish-provisioning', 'mihini-sms']) {
      for (const name of namesIn(join(folder, source), '.wbxml')) {
        test(`${source}/${name}`, () => {
          const out = decoded(bytesOf(folder, source, name), CP);
          expect(out.xml).toBe(plain(textOf(folder, source, name.replace('.wbxml', '.wbxml2xml.xml'))));
          // Its sender wrote the word APN out.
          expect(out.codes).toEqual(source === 'mihini-sms' ? ['WBXML-WRITTEN-OUT'] : []);
          expect(out.kind).toBe('client-provisioning');
        });
      }
    }
  });

  describe('gecko service indications', () => {
    for (const name of namesIn(join(folder, 'gecko-wappush'), '.json')) {
      const v = readJson<{ content_type?: string; wbxml_hex: string; expected_xml?: string }>(
        join(folder, 'gecko-wappush', name),
      );
      test(name, () => {
        const out = decoded(hex(v.wbxml_hex), v.content_type ?? CP);
        if (v.expected_xml !== undefined) {
          const codes = name === 'si-plain-empty.json' ? ['SI-NO-INDICATION'] : [];
          expect(out).toEqual({ xml: v.expected_xml, codes, kind: 'service-indication' });
        } else if (name.startsWith('netwpin')) {
          expect(out.xml).toBe('<wap-provisioningdoc/>');
        } else {
          expect(out.xml).toContain('type="VENDORCONFIG"');
          expect(out.codes).toEqual(['WBXML-TRUNCATED']);
        }
      });
    }
  });

  describe('the XML the library encoded', () => {
    const types: Readonly<Record<string, string>> = {
      prov: CP,
      si: 'application/vnd.wap.sic',
      sl: 'application/vnd.wap.slc',
      emn: 'application/vnd.wap.emn+wbxml',
      ota: 'application/x-wap-prov.browser-settings',
    };
    for (const name of namesIn(join(folder, 'libwbxml'), '.derived.wbxml')) {
      test(name, () => {
        const out = decoded(bytesOf(folder, 'libwbxml', name), types[name.split('-')[0] ?? ''] ?? null);
        expect(out.xml).toBe(plain(textOf(folder, 'libwbxml', name.replace('.derived.wbxml', '.xml'))));
        const disputed = name.startsWith('emn') ? ['WBXML-DISPUTED-TOKEN'] : [];
        expect(out.codes.filter((x) => x !== 'WBXML-VERSION')).toEqual(disputed);
      });
    }
  });

  describe('published bootstrap messages', () => {
    const path = join(spec, 'test-vectors.json');
    for (const v of existsSync(path) ? readJson<readonly { id: string; body_hex: string }[]>(path) : []) {
      test(v.id, () => {
        const out = decoded(hex(v.body_hex), CP);
        expect(out.kind).toBe('client-provisioning');
        expect(out.xml).toMatch(/^<wap-provisioningdoc.*<\/wap-provisioningdoc>$/);
        expect(out.xml).not.toContain('unknown');
        expect(out.codes).toEqual([]);
      });
    }
  });

  describe('MMS notifications', () => {
    const details = (name: string): Record<string, string> => {
      const { out, codes } = both(bytesOf(folder, 'mms-engine', name), 'body', (c) =>
        decodeBody(c, { contentType: 'application/vnd.wap.mms-message' }),
      );
      expect(codes).toEqual([]);
      expect(out.kind).toBe('mms-notification');
      return Object.fromEntries(out.details.map((d) => [d.label, d.value]));
    };

    test('m-notification_1.ind', () => {
      expect(details('m-notification_1.ind')).toEqual({
        Type: 'm-notification-ind',
        Transaction: 'm10l9m7u03mct2jbc12@mms.beeline.ru',
        Version: '1.0',
        From: '+79050000000/TYPE=PLMN',
        Class: 'Personal',
        Size: '25031 octets',
        Expiry: '259199 s',
        'Content location': 'http://mmsr5/?message-id=m10l9m7u03mct2jbc12',
      });
    });

    test('m-notification_3.ind', () => {
      expect(details('m-notification_3.ind')).toMatchObject({
        Version: '1.2',
        'Delivery report': 'No',
        Size: '137105 octets',
        'Content location': 'http://mmsc42:10021/mmsc/4_2?Ad0b9pXNC_Be1I_VQ',
      });
    });
  });

  describe('documents testers edit by hand', () => {
    test('wap-prov10.xml', () => {
      const out = both(bytesOf(folder, 'umts-tools', 'wap-prov10.xml'), 'body', (c) =>
        decodeBody(c, { contentType: 'text/vnd.wap.connectivity-xml' }),
      );
      expect(out.codes).toEqual([]);
      expect(out.out.provisioning?.characteristics.map((c) => [c.type, c.parms.length])).toEqual([
        ['PXLOGICAL', 3],
        ['NAPDEF', 5],
        ['APPLICATION', 3],
      ]);
    });

    test('wap-si.xml', () => {
      const out = both(bytesOf(folder, 'umts-tools', 'wap-si.xml'), 'body', (c) =>
        decodeBody(c, { contentType: 'text/vnd.wap.si' }),
      );
      expect(out.codes).toEqual([]);
      expect(out.out.kind).toBe('service-indication');
      expect(out.out.details.map((d) => [d.label, d.value])).toEqual([
        ['Text', 'This message is powered by umts-tools!'],
        ['Address', 'http://umts-tools.jerryweb.org/wap/'],
        ['Identifier', 'si@jerryweb.org'],
        ['Expires', '2010-02-06T15:35:00Z'],
      ]);
    });
  });
}
