// Whatever is given to lint: it answers, and its places are in the file.

import { expect, test } from 'vitest';
import { isFault, writeDocument } from '../../analysis/encode/document.ts';
import { writePush } from '../../analysis/encode/push.ts';
import { lint } from '../../analysis/lint/lint.ts';
import { damaged } from '../content/support.ts';
import { SETTINGS, utf8 } from './support.ts';

const xml = utf8(SETTINGS.replace('value="NAP1"/>\n    <characteristic', 'value="NAP9"/>\n    <characteristic'));
const document = writeDocument(xml);
if (isFault(document)) throw new Error(document.fault);
const push = writePush(document, { security: { method: 'USERPIN', imsi: null, pin: '1234' }, headers: [] });
if (isFault(push)) throw new Error(push.fault);

test.each([
  ['xml', xml],
  ['wbxml', document.body],
  ['push', push.bytes],
] as const)('%s', (format, bytes) => {
  expect(lint(bytes)?.findings.some((f) => f.severity === 'error' && f.message.includes('NAP9'))).toBe(true);
  expect(lint(bytes)?.format).toBe(format);
  let answered = 0;
  let turn = 0;
  for (const { what, bytes: broken } of damaged(bytes)) {
    // One in nine: all of them take longer than they tell.
    turn += 1;
    if (turn % 9 !== 0) continue;
    const out = lint(broken);
    if (out === null) continue;
    answered += 1;
    for (const f of out.findings) {
      const inside = f.start >= 0 && f.length >= 0 && f.start + f.length <= broken.length;
      if (!inside) throw new Error(`${what}: ${f.code} at ${f.start}+${f.length} of ${broken.length}`);
      if ((f.line === null) !== (out.format !== 'xml')) throw new Error(`${what}: ${f.code} has line ${f.line}`);
    }
  }
  expect(answered).toBeGreaterThan(bytes.length / 9);
});

test('UTF-16 is counted in characters', () => {
  const wide = Uint8Array.from([
    0xff,
    0xfe,
    ...[...SETTINGS.replace('"NAP1"/>\n    <c', '"NAP9"/>\n    <c')].flatMap((c) => [c.charCodeAt(0), 0]),
  ]);
  const narrow = lint(xml)?.findings.map((f) => [f.code, f.line, f.column]);
  expect(lint(wide)?.findings.map((f) => [f.code, f.line, f.column])).toEqual(narrow);
});

test('what is no document', () => {
  for (const text of ['', 'hello', '0041000C91947100', '\u0000\u0000\u0000']) expect(lint(utf8(text))).toBeNull();
});
