import { describe, expect, test } from 'vitest';
import { OTA } from '../../dissectors/content/ota-settings/rules.ts';
import { WBXML } from '../../dissectors/content/wbxml/rules.ts';
import { XML } from '../../dissectors/content/xml/rules.ts';
import { WSP } from '../../dissectors/wap/wsp/rules.ts';
import { type Encoded, findingsOf, octetsOf } from './forms.ts';
import { SECURITY_EXAMPLES } from './security.ts';
import { OTA_EXAMPLES, XML_EXAMPLES } from './texts.ts';
import { WBXML_EXAMPLES } from './wbxml.ts';

const codes = (example: string, e: Encoded): string[] => findingsOf(example, e.form).map((f) => f.rule.code);

const GROUPS: readonly (readonly [string, readonly Encoded[], readonly string[]])[] = [
  ['WBXML', WBXML_EXAMPLES, Object.values(WBXML).map((r) => r.code)],
  ['XML', XML_EXAMPLES, Object.values(XML).map((r) => r.code)],
  ['settings before Client Provisioning', OTA_EXAMPLES, Object.values(OTA).map((r) => r.code)],
  [
    'SEC and MAC',
    SECURITY_EXAMPLES,
    Object.values(WSP)
      .map((r) => r.code)
      .filter((c) => /^WSP-(SEC|MAC)-/.test(c)),
  ],
];

for (const [name, examples, rules] of GROUPS) {
  describe(`${name}: each rule has octets it accepts and such it does not`, () => {
    test.each(examples)('$code', (e) => {
      const good = codes(e.passes, e);
      const bad = codes(e.fails, e);
      expect(good).not.toContain(e.code);
      expect(bad).toContain(e.code);
      const more = new Set(bad.filter((c) => c !== e.code && !good.includes(c)));
      expect([...more].sort()).toEqual([...(e.also ?? [])].sort());
      for (const f of findingsOf(e.fails, e.form)) {
        expect(f.start >= 0 && f.length >= 0 && f.start + f.length <= octetsOf(e.fails).length, f.message).toBe(true);
      }
    });
    test('no rule without an example, no example without a rule', () => {
      expect([...new Set(examples.map((e) => e.code))].sort()).toEqual([...rules].sort());
      expect(new Set(rules).size).toBe(rules.length);
    });
  });
}
