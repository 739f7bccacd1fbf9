import { describe, expect, test } from 'vitest';
import { EXAMPLES } from '../../analysis/conformance/examples.ts';
import { CONTENT_RULES, checkDocument, contentRules } from '../../analysis/conformance/index.ts';
import { CHARACTERISTICS, ROOT } from '../../analysis/conformance/model.ts';
import { MOST_OF_ONE } from '../../analysis/conformance/rule.ts';
import { hasHost, isApn, isE164, isHostName, isIpv4, isIpv6 } from '../../analysis/conformance/values.ts';
import type { Finding } from '../../captures/finding.ts';
import { Cursor } from '../../dissectors/base/cursor.ts';
import type { Characteristic } from '../../dissectors/content/document.ts';
import { decodeBody } from '../../dissectors/content/index.ts';
import { absent, truths } from './shared.ts';
import { provisioningOf } from './xml.ts';

const codes = (xml: string): string[] => checkDocument(provisioningOf(xml)).map((f) => f.rule.code);

/** Codes of a document as the product reads it. */
function read(xml: string): { readonly codes: string[]; readonly outside: number } {
  const bytes = new TextEncoder().encode(xml);
  const syntax: Finding[] = [];
  const c = new Cursor(bytes, 0, bytes.length, null, syntax, 'body');
  const { provisioning, document } = decodeBody(c, { contentType: 'text/vnd.wap.connectivity-xml' });
  expect(syntax.map((f) => f.rule.code)).toEqual([]);
  const found = checkDocument(provisioning!, syntax, document?.length);
  const outside = found.filter((f) => f.start < 0 || f.length < 0 || f.start + f.length > bytes.length).length;
  return { codes: found.map((f) => f.rule.code), outside };
}

describe('each rule has a document it accepts and one it does not', () => {
  test.each(EXAMPLES)('$code', ({ code, passes, fails, also }) => {
    const good = read(passes);
    const bad = read(fails);
    expect(good.codes).not.toContain(code);
    expect(bad.codes).toContain(code);
    expect(good.outside + bad.outside).toBe(0);
    // One fault is one finding, and no other rule minds it.
    const more = new Set(bad.codes.filter((c) => c !== code && !good.codes.includes(c)));
    expect([...more].sort()).toEqual([...(also ?? [])].sort());
  });
  test('no rule without an example, no example without a rule', () => {
    expect(EXAMPLES.map((e) => e.code).sort()).toEqual(
      contentRules()
        .map((r) => r.code)
        .sort(),
    );
  });
});

describe('rules as data', () => {
  test('codes are unique and prefixed, titles and clauses are there', () => {
    const all = contentRules();
    expect(new Set(all.map((r) => r.code)).size).toBe(all.length);
    for (const r of all) {
      expect(r.code).toMatch(/^CP-[A-Z0-9]+(-[A-Z0-9]+)*$/);
      expect(r.title).toMatch(/^[A-Z].*[^.]$/);
      expect(r.clause.length).toBeGreaterThan(8);
      if (r.severity === 'error') expect(r.receivers, r.code).toBeDefined();
    }
    expect(CONTENT_RULES.length).toBeGreaterThanOrEqual(25);
  });
  test('findings survive a structured clone: no function rides along', () => {
    for (const e of EXAMPLES) {
      const found = checkDocument(provisioningOf(e.fails));
      expect(structuredClone(found)).toEqual(found);
    }
  });
  test('a model names only characteristics that have one', () => {
    for (const m of [ROOT, ...Object.values(CHARACTERISTICS)]) {
      for (const type of Object.keys(m.characteristics)) expect(CHARACTERISTICS[type], type).toBeDefined();
    }
  });
});

describe('messages and ranges', () => {
  const cut = (xml: string, code: string): [string, string] => {
    const f = checkDocument(provisioningOf(xml)).find((k) => k.rule.code === code);
    return [f?.message ?? '', xml.slice(f?.start, (f?.start ?? 0) + (f?.length ?? 0))];
  };
  const example = (code: string) => EXAMPLES.find((e) => e.code === code)!.fails;
  test('a dangling reference points at its value', () => {
    const [message, at] = cut(example('CP-DANGLING-TO-NAPID'), 'CP-DANGLING-TO-NAPID');
    expect(message).toBe('APPLICATION/TO-NAPID refers to "N2", which is nowhere defined');
    expect(at).toBe('N2');
  });
  test('what the writer may have meant is said', () => {
    const xml = example('CP-DANGLING-TO-NAPID').replace('"N2"', '"n1"');
    expect(cut(xml, 'CP-DANGLING-TO-NAPID')[0]).toContain('"N1" differs in case or spaces only');
  });
  test('a missing parm points at its characteristic', () => {
    const [message, at] = cut(example('CP-MISSING-PARM'), 'CP-MISSING-PARM');
    expect(message).toBe('NAPDEF has no NAP-ADDRESS');
    expect(at).toMatch(/^<characteristic type="NAPDEF">.*<\/characteristic>$/);
  });
  test('a needed parm that is misspelt is one finding', () => {
    const xml = example('CP-MISSING-PARM').replace('</char', '<parm name="NAP_ADDRESS" value="a.b"/></char');
    expect(cut(xml, 'CP-MISSING-PARM')[0]).toBe('NAPDEF has no NAP-ADDRESS; "NAP_ADDRESS" is probably meant to be it');
    expect(codes(xml)).not.toContain('CP-MISSPELT-PARM');
  });
  test('swapped address and type are one finding, not three', () => {
    const found = codes(example('CP-ADDRESS-SWAPPED'));
    expect(found.filter((c) => c.startsWith('CP-ADDRESS'))).toEqual(['CP-ADDRESS-SWAPPED']);
    const [message, at] = cut(example('CP-ADDRESS-SWAPPED'), 'CP-ADDRESS-SWAPPED');
    expect(message).toBe('NAPDEF/NAP-ADDRESS is "IPV6" and NAP-ADDRTYPE is "fe80::": they have changed places');
    expect(found.filter((c) => c !== 'CP-UNNAMED-DOCUMENT' && c !== 'CP-ADDRESS-SWAPPED')).toEqual([]);
    expect(at).toBe('IPV6');
  });
  test('what receivers ignore is judged once, as a whole', () => {
    const inside = '<characteristic type="NAPDEF"/>';
    for (const around of ['NAPDEF', 'NOT-KNOWN']) {
      const xml = `<wap-provisioningdoc><characteristic type="${around}">${inside.repeat(3)}</characteristic></wap-provisioningdoc>`;
      const found = checkDocument(provisioningOf(xml)).map((f) => f.message);
      expect(found.filter((m) => m.startsWith('NAPDEF/NAPDEF') || m.startsWith('NOT-KNOWN/'))).toEqual([]);
    }
  });
  test('a secret is never in a message', () => {
    for (const f of checkDocument(provisioningOf(example('CP-SECRET-IN-CLEAR')))) {
      expect(f.message).not.toContain('sesame');
    }
  });
});

describe('damage is told once', () => {
  const NAPDEF = '<characteristic type="NAPDEF"><parm name="NAPID" value="N"/></characteristic>';
  const xml = `<wap-provisioningdoc>${NAPDEF}</wap-provisioningdoc>`;
  const syntax = (code: string, at: string, severity: 'error' | 'note' = 'error'): Finding => ({
    rule: { code, severity, title: '', clause: '' },
    message: '',
    of: 'body',
    start: xml.indexOf(at),
    length: at.length,
  });
  const left = (syntaxFindings: readonly Finding[], document = xml): string[] =>
    checkDocument(provisioningOf(document), syntaxFindings, xml.indexOf('</wap')).map((f) => f.rule.code);

  test('what may have stood behind the end is not missing', () => {
    expect(left([])).toContain('CP-MISSING-PARM');
    expect(left([syntax('WBXML-TRUNCATED', '</wap')])).toEqual([]);
  });
  test('a characteristic that was closed before it lacks what it lacks', () => {
    const two = `<wap-provisioningdoc>${NAPDEF}${NAPDEF}</wap-provisioningdoc>`;
    const end = two.indexOf('</wap');
    const found = checkDocument(provisioningOf(two), [syntax('XML-TRUNCATED', '</wap')], end);
    expect(found.filter((f) => f.rule.code === 'CP-MISSING-PARM').map((f) => f.start)).toEqual([two.indexOf('<char')]);
  });
  test('a value that could not be read is not judged, its neighbours are', () => {
    const bad = xml.replace('value="N"', 'value=""');
    const parm = '<parm name="NAPID" value=""/>';
    expect(left([], bad)).toContain('CP-PARM-WITHOUT-VALUE');
    const error = { ...syntax('WBXML-STRING-TABLE-INDEX', 'x'), start: bad.indexOf(parm) + 5, length: 3 };
    expect(left([error], bad)).not.toContain('CP-PARM-WITHOUT-VALUE');
    expect(left([error], bad)).toContain('CP-MISSING-PARM');
    expect(left([{ ...error, rule: { ...error.rule, severity: 'note' } }], bad)).toContain('CP-PARM-WITHOUT-VALUE');
  });
});

describe('syntax of values', () => {
  const cases: [(v: string) => boolean, string[], string[]][] = [
    [isIpv4, ['0.0.0.0', '255.255.255.255', '010.1.2.3'], ['256.1.1.1', '1.2.3', '1.2.3.4.5', '', 'a.b.c.d', '1.2.3.']],
    [
      isIpv6,
      ['::', '::1', 'fe80::1', '2001:db8:0:0:0:0:0:1', '::ffff:192.0.2.1', '1:2:3:4:5:6:7::'],
      ['', ':', ':::', '1:2', '1::2::3', '12345::', 'g::', '1:2:3:4:5:6:7:8:9', '::1.2.3', '1:2:3:4:5:6:7:8::'],
    ],
    [
      isApn,
      ['internet', 'a.b-c.d', 'x'],
      ['', '.a', 'a..b', 'a_b', '-a', 'a b', 'a'.repeat(64), `${'a.'.repeat(50)}b`],
    ],
    [isE164, ['+491701234567', '112'], ['', '+', '12 34', '1'.repeat(16)]],
    [isHostName, ['a.example', 'A1'], ['', 'a_b', '-a', 'a..b']],
    [hasHost, ['http://a', 'x+y://h:1/p'], ['http:/a', 'a.example', '//a', 'http://', 'http:// a']],
  ];
  test.each(cases)('%o', (fits, good, bad) => {
    expect(good.filter((v) => !fits(v))).toEqual([]);
    expect(bad.filter(fits)).toEqual([]);
  });
});

describe('documents that want to hurt', () => {
  const leaf = (type: string, name: string, value: string | null): Characteristic => ({
    type,
    start: 0,
    length: 1,
    parms: [{ name, value, start: 0, length: 1, valueRange: { start: 0, length: 0 } }],
    characteristics: [],
  });
  test('depth', () => {
    let c = leaf('PXLOGICAL', 'NAME', 'x');
    for (let i = 0; i < 5000; i += 1) c = { ...leaf('PXLOGICAL', 'NAME', 'x'), characteristics: [c] };
    expect(() => checkDocument({ version: null, characteristics: [c] })).not.toThrow();
  });
  test('width: time grows with the document, and findings of one rule end', () => {
    const many = Array.from({ length: 20_000 }, () => leaf('APPLICATION', 'TO-NAPID', 'nowhere'));
    const from = process.cpuUsage();
    const found = checkDocument({ version: null, characteristics: many });
    // Of the processor: how busy the machine is says nothing about the rules.
    const { user, system } = process.cpuUsage(from);
    expect((user + system) / 1000).toBeLessThan(3000);
    const dangling = found.filter((f) => f.rule.code === 'CP-DANGLING-TO-NAPID');
    expect(dangling).toHaveLength(MOST_OF_ONE);
    expect(dangling.some((f) => f.message.endsWith('19936 more of the kind are not listed'))).toBe(true);
  });
  test('names of the language are no names of the standard', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      const inside = { ...leaf('APPLICATION', 'APPID', name), characteristics: [leaf(name, name, name)] };
      const parms = ['NAP-ADDRTYPE', 'NAP-ADDRESS', name].map((n) => leaf('NAPDEF', n, name).parms[0]!);
      const document = { version: name, characteristics: [inside, { ...leaf('NAPDEF', 'NAPID', name), parms }] };
      expect(() => checkDocument(document)).not.toThrow();
    }
  });
});

const documents = truths().flatMap((t) =>
  t.messages
    .filter((m) => m.documentXml?.startsWith('<wap-provisioningdoc') === true)
    .map((m) => ({ name: `${t.name} ${m.id}`, m })),
);
if (documents.length === 0) absent('captures', '140');
else {
  describe('documents of the captures', () => {
    test.each(documents)('$name', ({ name, m }) => {
      const found = checkDocument(provisioningOf(m.documentXml!));
      const errors = found.filter((f) => f.rule.severity === 'error').map((f) => f.message);
      for (const c of m.contentFindings ?? []) {
        if (c.code === 'missing-parameter') expect(errors).toContain(`${c.path} has no ${c.parm}`);
        if (c.code === 'dangling-reference') {
          expect(errors.filter((e) => e.startsWith(`${c.path} refers to "${c.value}"`))).toHaveLength(1);
        }
      }
      // Documents that the testers damaged on purpose are judged by the decoder first.
      if (!name.startsWith('fail-wbxml')) expect(errors).toHaveLength(m.contentFindings?.length ?? 0);
    });
  });
}
