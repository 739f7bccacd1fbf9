// Bodies cut at every octet and with octets flipped: nothing throws, nothing loops, ranges stay inside.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Cursor } from '../../dissectors/base/cursor.ts';
import { decodeBody } from '../../dissectors/content/index.ts';
import { element } from '../../dissectors/content/tree.ts';
import { decodeWbxml } from '../../dissectors/content/wbxml/decode.ts';
import { encodeWbxml } from '../../dissectors/content/wbxml/encode.ts';
import { PROV } from '../../dissectors/content/wbxml/tables/prov.ts';
import { SI } from '../../dissectors/content/wbxml/tables/push.ts';
import { canonicalXml } from '../../dissectors/content/xml/index.ts';
import { namesIn, readJson, sharedFolder } from '../support/shared.ts';
import { both, damaged, hex } from './support.ts';

const CP = 'application/vnd.wap.connectivity-wbxml';
const utf8 = (s: string): Uint8Array => new TextEncoder().encode(s);

const own: { name: string; contentType: string; bytes: Uint8Array }[] = [
  {
    name: 'provisioning',
    contentType: CP,
    bytes: encodeWbxml(
      element(
        'wap-provisioningdoc',
        { version: '1.0' },
        element(
          'characteristic',
          { type: 'NAPDEF' },
          element('parm', { name: 'NAPID', value: 'N1' }),
          element('parm', { name: 'AUTHSECRET', value: 'geheim' }),
        ),
        element(
          'characteristic',
          { type: 'APPLICATION' },
          element('parm', { name: 'TO-NAPID', value: 'N1' }),
          element('odd', { a: 'b' }),
        ),
      ),
      { table: PROV, stringTable: true },
    ),
  },
  {
    name: 'service indication',
    contentType: 'application/vnd.wap.sic',
    bytes: encodeWbxml(
      element(
        'si',
        {},
        element('indication', { href: 'http://www.a.com/b', 'si-expires': '1999-06-30T00:00:00Z' }, 'Text'),
      ),
      { table: SI },
    ),
  },
  {
    name: 'provisioning as text',
    contentType: 'text/vnd.wap.connectivity-xml',
    bytes: utf8(
      '<?xml version="1.0"?><!DOCTYPE a PUBLIC "x" "y"><wap-provisioningdoc><characteristic type="A"><parm name="B" value="&#65;&amp;"/></characteristic><!-- c --></wap-provisioningdoc>',
    ),
  },
  {
    name: 'MMS notification',
    contentType: 'application/vnd.wap.mms-message',
    bytes: hex(
      '8c82 98 543100 8d90 89 0a 80 2b34392f5459504500 8a80 8e020400 88 05 81 03 03f480 83 687474703a2f2f612f00',
    ),
  },
  {
    name: 'session initiation',
    contentType: 'application/vnd.wap.sia',
    bytes: hex('00 02 84 82 08 c4 03 23 f1 7f 00 00 01'),
  },
  {
    name: 'DM notification',
    contentType: 'application/vnd.syncml.notification',
    bytes: hex(`${'ab'.repeat(16)} 0318000000 0001 04 73727631`),
  },
  { name: 'SUPL INIT', contentType: 'application/vnd.omaloc-supl-init', bytes: hex('0008 010000 aabbcc') },
];

describe('damaged bodies', () => {
  for (const o of own) {
    test(o.name, () => {
      const whole = both(o.bytes, 'body', (c) => decodeBody(c, { contentType: o.contentType }));
      expect(whole.out.kind).not.toBe('unknown');
      for (const d of damaged(o.bytes)) {
        const { out } = both(d.bytes, 'body', (c) => decodeBody(c, { contentType: o.contentType }));
        // Whatever was decoded can be written.
        if (out.document?.root) expect(canonicalXml(out.document.root).length).toBeGreaterThan(0);
        both(d.bytes, 'body', (c) => decodeBody(c, { contentType: null }));
      }
    });
  }

  test('each beginning of a WBXML document has one finding that says it is cut', () => {
    const { bytes } = own[0]!;
    const cut = new Set(['WBXML-TRUNCATED', 'WBXML-UNTERMINATED-STRING', 'WBXML-HUGE-STRING-TABLE', 'WBXML-EMPTY']);
    for (let n = 0; n < bytes.length; n += 1) {
      const { codes } = both(bytes.slice(0, n), 'body', (c) => decodeWbxml(c, { contentType: CP }));
      expect(
        codes.filter((x) => cut.has(x)),
        `cut at ${n}`,
      ).toHaveLength(1);
    }
  });

  test('a longer beginning never shows less', () => {
    const { bytes } = own[0]!;
    let before = 0;
    for (let n = 0; n <= bytes.length; n += 1) {
      const { out } = both(bytes.slice(0, n), 'body', (c) => decodeWbxml(c, { contentType: CP }));
      const shown = out.document.root === null ? 0 : (canonicalXml(out.document.root).match(/[<=]/g) ?? []).length;
      expect(shown).toBeGreaterThanOrEqual(before);
      before = shown;
    }
  });
});

const folder = sharedFolder('captures', 'damage to the bodies of recorded captures');

if (folder === null) {
  test('shared captures absent: damage to 60 bodies not tried', () => expect(folder).toBeNull());
} else {
  test('bodies of recorded captures, cut at every octet and flipped', () => {
    const seen = new Map<string, string>();
    for (const name of namesIn(folder, '.truth.json')) {
      const truth = readJson<{ messages: readonly { bodyHex?: string; contentType?: string }[] }>(join(folder, name));
      for (const m of truth.messages) if (m.bodyHex) seen.set(m.bodyHex, m.contentType ?? CP);
    }
    let tried = 0;
    for (const [body, contentType] of seen) {
      const bytes = hex(body);
      for (let n = 0; n < bytes.length; n += 1) {
        decodeBodyOnce(bytes.subarray(0, n), contentType);
        const flipped = bytes.slice();
        flipped[n] = flipped[n]! ^ 0xff;
        decodeBodyOnce(flipped, contentType);
        tried += 2;
      }
    }
    console.log(`${seen.size} different bodies, ${tried} damaged ones decoded`);
    expect(tried).toBeGreaterThan(10_000);
  });

  test('documents of other decoders, cut and flipped', () => {
    const vectors = join(folder, '..', 'vectors');
    for (const source of ['gecko-wappush', 'nokia-s40-example', 'sailfish-provisioning']) {
      for (const name of namesIn(join(vectors, source), '.wbxml')) {
        const bytes = new Uint8Array(readFileSync(join(vectors, source, name)));
        if (bytes.length > 250) continue;
        for (const d of damaged(bytes)) decodeBodyOnce(d.bytes, CP);
      }
    }
  });
}

let runs = 0;

/** Every sixteenth with the recorder as well: comparing costs more than decoding. */
function decodeBodyOnce(bytes: Uint8Array, contentType: string): void {
  runs += 1;
  if (runs % 16 === 0) both(bytes, 'body', (c) => decodeBody(c, { contentType }));
  else decodeBody(new Cursor(bytes, 0, bytes.length, null, [], 'body'), { contentType });
}
