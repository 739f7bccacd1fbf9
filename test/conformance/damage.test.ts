import { describe, expect, test } from 'vitest';
import { EXAMPLES } from '../../analysis/conformance/examples.ts';
import { checkDocument } from '../../analysis/conformance/index.ts';
import type { Finding } from '../../captures/finding.ts';
import { Cursor } from '../../dissectors/base/cursor.ts';
import { decodeBody } from '../../dissectors/content/index.ts';
import { encodeWbxml } from '../../dissectors/content/wbxml/encode.ts';
import { PROV } from '../../dissectors/content/wbxml/tables/prov.ts';

const TYPE = { contentType: 'application/vnd.wap.connectivity-wbxml' };

function check(bytes: Uint8Array): { readonly syntax: readonly Finding[]; readonly found: readonly Finding[] } {
  const syntax: Finding[] = [];
  const { provisioning, document } = decodeBody(new Cursor(bytes, 0, bytes.length, null, syntax, 'body'), TYPE);
  return { syntax, found: provisioning === null ? [] : checkDocument(provisioning, syntax, document?.length) };
}

function encoded(xml: string): Uint8Array | null {
  const bytes = new TextEncoder().encode(xml);
  const { document } = decodeBody(new Cursor(bytes, 0, bytes.length, null, [], 'body'), TYPE);
  return document?.root == null ? null : encodeWbxml(document.root, { table: PROV });
}

/** In so many documents every seventh octet meets every kind of token. */
const STEP = 7;

const documents = [...new Set(EXAMPLES.map((e) => e.passes))].flatMap((xml) => encoded(xml) ?? []);

describe('documents that were right before they were damaged', () => {
  test('cut short: what may have stood behind the end is not called missing', () => {
    const wrong = new Set<string>();
    for (const bytes of documents) {
      const whole = new Set(check(bytes).found.map((f) => f.rule.code));
      for (let n = 6 + (bytes.length % STEP); n < bytes.length; n += STEP) {
        const { syntax, found } = check(bytes.subarray(0, n));
        expect(syntax.length).toBeGreaterThan(0);
        for (const f of found) if (!whole.has(f.rule.code)) wrong.add(`${f.rule.code}: ${f.message}`);
      }
    }
    expect([...wrong].sort()).toEqual([]);
  });

  test('octets changed: nothing throws, and ranges stay inside', () => {
    for (const bytes of documents) {
      for (let n = 4; n < bytes.length; n += 2 * STEP) {
        for (const bit of [0x01, 0x80]) {
          const flipped = bytes.slice();
          flipped[n] = flipped[n]! ^ bit;
          for (const f of check(flipped).found) {
            if (f.start < 0 || f.length < 0 || f.start + f.length > flipped.length) throw new Error(f.message);
          }
        }
      }
    }
    expect(documents.length).toBeGreaterThan(60);
  });
});
