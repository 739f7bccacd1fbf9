// A large log with nothing in it costs seconds, and so does one made to be slow.

import { describe, expect, test } from 'vitest';
import type { Source } from '../../../captures/source.ts';
import { openText } from '../../../captures/text/open.ts';

const MB = 1 << 20;

/** `line` over and over, made while it is read. */
function repeated(line: (i: number) => string, size: number): Source {
  let text = '';
  for (let i = 0; text.length < MB; i += 1) text += line(i);
  const bytes = new TextEncoder().encode(text);
  return {
    name: 'generated',
    size,
    async read(at, into) {
      const n = Math.max(0, Math.min(into.length, size - at));
      for (let done = 0; done < n; ) {
        const from = (at + done) % bytes.length;
        const part = bytes.subarray(from, from + n - done);
        into.set(part, done);
        done += part.length;
      }
      return n;
    },
  };
}

async function seconds(line: (i: number) => string, megabytes: number): Promise<number> {
  const source = repeated(line, megabytes * MB);
  const head = new Uint8Array(1 << 16);
  await source.read(0, head);
  const start = performance.now();
  const reader = await openText(source, head);
  let consumed = 0;
  for await (const b of reader!.batches()) consumed = b.consumed;
  expect(consumed).toBe(megabytes * MB);
  return (performance.now() - start) / 1000;
}

describe('time', () => {
  test('64 MB of ordinary log', async () => {
    const s = await seconds(
      (i) => `2026-11-23 11:19:38.${i % 1000} INFO [worker-${i % 16}] handled request ${i} of user ${i % 77}, 200\n`,
      64,
    );
    console.log(`ordinary log: ${(64 / s).toFixed(0)} MB/s`);
    expect(s).toBeLessThan(20);
  });

  /** Each of these is slow if a search begins again at every character or a text is joined again at every line. */
  const slow: Readonly<Record<string, (i: number) => string>> = {
    'one endless line': () => 'word after word ',
    'endless hex in one line': () => '0123456789abcdef',
    'dashes in a table': () => `UDH,UD\n${'-'.repeat(5000)}x\n`,
    'open quotes in a table': () => `UDH,UD\n"${'x\n'.repeat(300)}`,
    'an XML document that never ends': () => `text <si>\n${'<a>\n'.repeat(3000)}`,
    'hex documents that go on': () => '030B6A0045C65501\n0102030405060708\n',
    'question marks': () => `udh=${'?a'.repeat(3000)}\n`,
    'names and values': () => `udh=05 ${'a=b,'.repeat(300)}\n`,
    'headers without PDUs': () => '+CMT: ,155\nx\n',
    'dumps of many threads': (i) => `2026-11-23 11:19:38 [1] [${i}] DEBUG: SMPP PDU 0x1 dump:\n`,
    'line ends written out': () => `${'\\n'.repeat(3000)}0791\n`,
    'a dump without end': (i) => `${((i % 4096) * 16).toString(16).padStart(8, '0')}  ${'61 '.repeat(16)}\n`,
    'only line ends': () => '\r\n\r\r\n',
  };
  for (const [name, line] of Object.entries(slow)) {
    test(`4 MB of ${name}`, async () => {
      expect(await seconds(line, 4)).toBeLessThan(20);
    });
  }
});
