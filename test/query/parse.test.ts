// The filter language: what is taken, what is refused and where, and that its full form means the same.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { declaredFields } from '../../dissectors/base/fields.ts';
import '../../dissectors/index.ts';
import { deepFields } from '../../analysis/query/deep.ts';
import { COLUMN_FIELDS, fieldLookup } from '../../analysis/query/fields.ts';
import { type ParseOptions, parse } from '../../analysis/query/parse.ts';
import { shapeError } from '../../analysis/query/pattern.ts';
import { show } from '../../analysis/query/show.ts';
import { tokens } from '../../analysis/query/token.ts';

// 2026-01-02T11:59:00Z
const BASE = 1_767_355_140_000_000_000n;
const options: ParseOptions = { lookup: fieldLookup(deepFields(declaredFields())), base: BASE };

const typed = (text: string): string => {
  const p = parse(text, options);
  if (!p.ok) return `${p.error.start}-${p.error.end} ${p.error.message}`;
  return p.node === null ? '' : show(p.node);
};

describe('what a filter means', () => {
  const TAKEN: readonly (readonly [string, string])[] = [
    ['', ''],
    ['  ', ''],
    ['prov.security == USERPIN and not mac.ok', 'prov.security == USERPIN and not mac.ok'],
    ['sms.from ~ "^\\+3725" and parts.missing > 0', 'sms.from ~ "^\\\\+3725" and parts.missing > 0'],
    [
      'finding.severity >= warn and finding.code in {UDH-OVERRUN, WSP-LENGTH}',
      'finding.severity >= warning and finding.code in {UDH-OVERRUN, WSP-LENGTH}',
    ],
    [
      'time in 12:00..12:05 and (push.type contains "connectivity" or wdp.port == 2948)',
      'time in 1min..6min and (push.type contains connectivity or wdp.port == 2948)',
    ],
    ['time >= 2026-01-02T12:00:00.5Z', 'time >= 60.5s'],
    ['time > 250us', 'time > 250us'],
    ['duration > 1.8s', 'duration > 1.8s'],
    ['internet.example', '"internet.example"'],
    ['"two words"', '"two words"'],
    ['a b', '"a" and "b"'],
    ['a or b c', '"a" or ("b" and "c")'],
    ['from:372 -kind:text', 'sms.from contains 372 and not kind contains text'],
    ['-proxy', 'not "proxy"'],
    ['type:"application/vnd.wap"', 'push.type contains application/vnd.wap'],
    ['http://x.example/', '"http://x.example/"'],
    ['worst:warn', 'finding.severity >= warning'],
    ['port:2948..2949', 'wdp.port in 2948..2949'],
    ['verdict:invalid', 'mac.verdict == invalid'],
    ['PROV.SECURITY=netwpin', 'prov.security == NETWPIN'],
    ['!mac.ok && !(state == incomplete)', 'not mac.ok and not state == incomplete'],
    ['not (a or b)', 'not ("a" or "b")'],
    ['sms.imsi', 'sms.imsi'],
    ['wdp.port == 0xb84', 'wdp.port == 2948'],
    ['parm.nap-address contains internet', 'parm.NAP-ADDRESS contains internet'],
    ['smpp.command_id', '"smpp.command_id"'],
    ['sms.reference == 4', 'sms.reference == 4'],
    ["sms.text contains 'PIN is'", 'sms.text contains "PIN is"'],
  ];
  test.each(TAKEN)('%s', (text, full) => expect(typed(text)).toBe(full));

  const REFUSED: readonly (readonly [string, string])[] = [
    ['sms.fron == 1', '0-8 There is no field sms.fron.'],
    ['wdp.port == abc', '12-15 Expected a number, as 2948 or 0x0b84.'],
    ['prov.security == PIN', '17-20 Expected one of NETWPIN, USERPIN, USERNETWPIN, USERPINMAC.'],
    ['prov.security > NETWPIN', '14-15 prov.security has names in no order: use ==, != or in.'],
    ['mac.ok == 1', '7-9 mac.ok is true or false by itself: write mac.ok or not mac.ok.'],
    ['(a', '0-1 This ( is not closed.'],
    ['a)', '1-2 There is no ( for this ).'],
    ['sms.from ==', '9-11 sms.from == needs a value behind it, as in sms.from ~ "^\\+3725".'],
    ['sms.from in {1', '12-13 This { is not closed.'],
    ['"open', '0-5 This quote is not closed.'],
    ['a and', '5-5 Something is missing here: a field or a word.'],
    ['wdp.port contains 2', '9-17 wdp.port is a number: use == != < <= > >= or in.'],
    ['sms.from ~ "(a+)+"', '11-18 A repeated group must hold no repetition or choice: that can run without end.'],
    ['sms.from in a..b', '12-16 sms.from is text and has no ranges: use {a, b}.'],
    ['kind:', '0-5 kind: needs a value, as in kind:….'],
    ['== 3', '0-2 Expected a field or a word, not ==.'],
  ];
  test.each(REFUSED)('%s is refused', (text, why) => expect(typed(text)).toBe(why));

  test('every field has an example that is taken', () => {
    for (const f of [...COLUMN_FIELDS, ...deepFields(declaredFields()).values()]) {
      expect(typed(f.example), f.path).not.toMatch(/^\d+-\d+ /);
    }
  });

  test('the full form means the same', () => {
    for (const [, full] of TAKEN) expect(typed(full)).toBe(full);
  });

  test('nothing typed makes it throw, and every error lies in the text', () => {
    const piece = fc.constantFrom(
      '(',
      ')',
      '{',
      '}',
      ',',
      '"',
      'and',
      'or',
      'not ',
      '!',
      '-',
      'in ',
      '..',
      ':',
      '==',
      '~',
      '<',
      ' ',
      'a',
      'sms.from',
      'time',
      'mac.ok',
      'kind',
      '12:00',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
        const text = pieces.join('');
        const p = parse(text, options);
        if (p.ok) {
          if (p.node !== null) expect(typed(show(p.node))).toBe(show(p.node));
        } else expect(p.error.start >= 0 && p.error.end <= text.length && p.error.start <= p.error.end).toBe(true);
        const all = tokens(text);
        expect(all.at(-1)?.kind).toBe('end');
      }),
      { numRuns: 2000, seed: 7 },
    );
  });

  test('a filter nested without end is refused', () => {
    expect(typed('('.repeat(5000))).toMatch(/nested too deeply/);
    expect(typed('not '.repeat(5000))).toMatch(/nested too deeply/);
    expect(typed('a '.repeat(5000))).toMatch(/at most 256 terms/);
  });
});

describe('regular expressions', () => {
  test.each(['^\\+3725', '(ab)+c', '[a+]{2}', 'a|b', 'x.*y', '(?:a|b)c'])('%s is taken', (p) =>
    expect(shapeError(p)).toBeNull(),
  );
  test.each(['(a+)+', '(a|a)*', '((a*)b)*', '(\\w*)\\1', '(', 'a'.repeat(600), '.*.*.*.*.*.*.*x'])('%s is not', (p) =>
    expect(shapeError(p)).not.toBeNull(),
  );
});

describe('the page on the filter', () => {
  const page = readFileSync(new URL('../../docs/filter.md', import.meta.url), 'utf8');
  test('lists every field with its example', () => {
    for (const f of COLUMN_FIELDS) {
      expect(page, f.path).toContain(`| \`${f.path}\` | ${f.label} | \`${f.example.replaceAll('|', '\\|')}\` |`);
    }
  });
  test('shows filters that are taken', () => {
    const shown = /```\n([^`]+)```/.exec(page)?.[1]?.trim().split('\n') ?? [];
    expect(shown.length).toBe(5);
    for (const text of shown) expect(typed(text), text).not.toMatch(/^\d+-\d+ /);
  });
});
