// Files that are one document, and pasted text.

import { describe, expect, test } from 'vitest';
import type { LogRecord } from '../../../captures/reader.ts';
import { openPasted, openText } from '../../../captures/text/open.ts';
import { DOCUMENT, FIRST, hex, inSteps, octets, PUSH, readBytes, UDS, utf16, XML } from './samples.ts';

describe('single documents', () => {
  const utf8 = new TextEncoder().encode(XML);
  const si = '<!-- x --><!DOCTYPE si PUBLIC "-//WAPFORUM//DTD SI 1.0//EN" "si.dtd"><si><indication href="x"/></si>';
  const files: readonly { name: string; in: Uint8Array; format: string | undefined; content?: string }[] = [
    { name: 'WBXML', in: octets(DOCUMENT), format: 'wbxml', content: 'wbxml' },
    { name: 'push', in: octets(PUSH), format: 'wsp', content: 'wsp' },
    { name: 'user data with its header', in: octets(UDS[0]), format: 'user-data', content: 'user-data' },
    { name: 'TPDU in octets', in: octets(FIRST.pdu), format: 'tpdu', content: 'tpdu-sc' },
    { name: 'XML', in: utf8, format: 'xml', content: 'xml' },
    { name: 'XML, UTF-8 mark', in: Uint8Array.of(0xef, 0xbb, 0xbf, ...utf8), format: 'xml', content: 'xml' },
    { name: 'XML, UTF-16 little-endian', in: utf16(XML, false), format: 'xml', content: 'xml' },
    { name: 'XML, UTF-16 big-endian', in: utf16(XML, true), format: 'xml', content: 'xml' },
    { name: 'XML, UTF-16 without a mark', in: utf16(XML, false).slice(2), format: 'xml', content: 'xml' },
    { name: 'SI behind comment and document type', in: new TextEncoder().encode(si), format: 'xml', content: 'xml' },
    {
      name: 'a picture',
      in: octets('89504E470D0A1A0A0000000D49484452000000100000001008060000001FF3FF61'),
      format: undefined,
    },
    {
      name: 'an archive',
      in: octets('504B03041400000008000000210000000000000000000000000000000B000000'),
      format: undefined,
    },
    { name: 'nothing', in: new Uint8Array(0), format: undefined },
    {
      name: 'random octets',
      in: Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919 + (i >> 3) * 104729) & 255),
      format: undefined,
    },
    { name: 'HTML', in: new TextEncoder().encode('<!DOCTYPE html><html><body>x</body></html>'), format: undefined },
    { name: 'a letter', in: new TextEncoder().encode('Dear all,\nnothing to see here.\n'), format: undefined },
  ];
  for (const f of files) {
    test(f.name, async () => {
      const out = await readBytes(f.in);
      expect(out?.reader.format).toBe(f.format);
      if (f.content === undefined) return;
      expect(out!.records).toHaveLength(1);
      expect(out!.records[0]!.content).toBe(f.content);
      expect(out!.records[0]!.bytes).toEqual(f.in);
      expect(out!.records[0]!.time).toBeNaN();
      expect(out!.reader.base).toBeNull();
    });
  }

  test('a document longer than the head is read to its end', async () => {
    const long = new TextEncoder().encode(XML.replace('</wap', `<!-- ${'x'.repeat(200_000)} --></wap`));
    const reader = await openText(inSteps('doc', long, 999), long.slice(0, 1 << 16));
    for await (const b of reader!.batches()) if (b.kind === 'records') expect(b.records[0]!.bytes).toEqual(long);
  });
});

test('pasted text', async () => {
  const reader = await openPasted(`${FIRST.pdu}\n`, 'pasted');
  const out: LogRecord[] = [];
  for await (const b of reader!.batches()) if (b.kind === 'records') out.push(...b.records);
  expect(out.map((r) => hex(r.bytes))).toEqual([FIRST.pdu]);
});
