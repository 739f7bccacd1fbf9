import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { createAudit } from '../../analysis/audit/audit.ts';
import { AUDIT_EXAMPLES } from '../../analysis/audit/examples.ts';
import { auditReport, toAuditCsv, toAuditJson } from '../../analysis/audit/report.ts';
import { AREA_TITLE, severityOrder } from '../../analysis/audit/rule.ts';
import { AUDIT_RULES } from '../../analysis/audit/rules.ts';
import { auditSchemaJson } from '../../analysis/audit/schema.ts';
import { toAuditText } from '../../analysis/audit/text.ts';
import { messageOf, review } from './audit-scene.ts';

const codes = (scene: Parameters<typeof review>[0]) => review(scene).findings.map((f) => f.rule.code);
const example = (code: string) => AUDIT_EXAMPLES.find((e) => e.code === code)!;

describe('each rule has messages it lets pass and messages it does not', () => {
  test.each(AUDIT_EXAMPLES)('$code', ({ code, passes, fails }) => {
    expect(codes(passes)).not.toContain(code);
    expect(codes(fails)).toContain(code);
  });
  test('no rule without an example, no example without a rule', () => {
    // Its example is a capture of a million messages; see below.
    const all = AUDIT_RULES.map((r) => r.code).filter((c) => c !== 'AUD-BUDGET');
    expect(AUDIT_EXAMPLES.map((e) => e.code).sort()).toEqual(all.sort());
  });
});

describe('rules as data', () => {
  test('codes are unique, sentences are there, what is only recalled is no more than medium', () => {
    expect(new Set(AUDIT_RULES.map((r) => r.code)).size).toBe(AUDIT_RULES.length);
    for (const r of AUDIT_RULES) {
      expect(r.code).toMatch(/^AUD(-[A-Z]+)+$/);
      expect(r.title).toMatch(/^[A-Z].*[^.]$/);
      expect(r.why).toMatch(/^[A-Z].*\.$/);
      expect(r.todo).toMatch(/^[A-Z].*\.$/);
      expect(r.sought).toMatch(/^[A-Za-z].*[^.]$/);
      expect(AREA_TITLE[r.area]).toBeDefined();
      if (r.basis === 'recalled')
        expect(severityOrder(r.severity), r.code).toBeGreaterThanOrEqual(severityOrder('medium'));
    }
  });
});

describe('how severe', () => {
  const worst = (scene: Parameters<typeof review>[0]) => review(scene).findings[0]?.severity;
  const of = (code: string, scene: Parameters<typeof review>[0]) =>
    review(scene).findings.find((f) => f.rule.code === code)?.severity;
  const [, takeover] = example('AUD-TAKEOVER-PROXY').fails;
  const first = example('AUD-TAKEOVER-PROXY').fails[0]!;
  const proven = { ...takeover!, sec: 0, mac: 'imsi:001010000000017', verdict: 'valid' } as const;

  test('ordinary settings by NETWPIN that match are nothing to shout about', () => {
    expect(worst([first])).toBeUndefined();
    expect(review([first]).headline).toBe('Nothing that this review looks for was found.');
  });
  test('who proves to know the secret, and is the sender from before, may move the proxy', () => {
    expect(of('AUD-TAKEOVER-PROXY', [first, takeover!])).toBe('high');
    expect(of('AUD-TAKEOVER-PROXY', [first, proven])).toBe('info');
    expect(of('AUD-TAKEOVER-PROXY', [first, { ...proven, from: '32999' }])).toBe('low');
  });
  test('a PIN that came by text proves nothing', () => {
    const told = {
      ...takeover!,
      sec: 1,
      mac: 'pin:4711',
      verdict: 'valid',
      keySource: 'inferred',
      from: '32999',
    } as const;
    expect(of('AUD-TAKEOVER-PROXY', [first, told])).toBe('high');
  });
  test('one operator may send NETWPIN settings to many', () => {
    const many = Array.from({ length: 50 }, (_, i) => ({ ...first, to: `+4915550101${i + 100}` }));
    expect(codes(many)).toEqual(['AUD-NETWPIN-SHARED']);
    expect(
      codes(many.map((m, i) => ({ ...m, mac: i.toString(16).padStart(40, 'C'), verdict: 'no-key' as const }))),
    ).toEqual([]);
  });
});

describe('one finding for many messages', () => {
  const campaign = review(
    Array.from({ length: 40 }, (_, i) => ({
      ...example('AUD-UNAUTHENTICATED').fails[0]!,
      to: `+4915550102${i + 100}`,
    })),
  );
  test('counts messages and phones, keeps a few places', () => {
    const f = campaign.findings.find((x) => x.rule.code === 'AUD-UNAUTHENTICATED')!;
    expect([f.messages, f.victims]).toEqual([40, 40]);
    expect(f.evidence.length).toBe(12);
    expect(campaign.senders).toMatchObject([{ name: '32100', messages: 40, victims: 40, methods: { none: 40 } }]);
    expect(campaign.victims.length).toBe(40);
  });
  test('the same at another hop is not judged again', () => {
    const [m] = example('AUD-UNAUTHENTICATED').fails;
    const audit = createAudit();
    audit.message(messageOf(m!, 0));
    audit.message(messageOf(m!, 1), 'same');
    audit.message(messageOf(example('AUD-SEC-WITHOUT-MAC').fails[0]!, 2), 'changed');
    const r = audit.end();
    expect([r.reviewed, r.sightings]).toEqual([1, 2]);
    expect(r.findings.map((f) => [f.rule.code, f.messages])).toEqual([
      ['AUD-SEC-WITHOUT-MAC', 1],
      ['AUD-UNAUTHENTICATED', 1],
    ]);
  });
});

describe('memory is bounded, and that is said', () => {
  test('findings, phones and comparisons beyond the budget are counted', () => {
    const scene = Array.from({ length: 200 }, (_, i) => ({
      xml: `<wap-provisioningdoc><characteristic type="NAPDEF"><parm name="NAP-ADDRESS" value="n${i}"/></characteristic></wap-provisioningdoc>`,
      verdict: 'unprotected' as const,
      to: `+4915550103${i + 100}`,
    }));
    const r = review(scene, { most: { findings: 20, phones: 10, kept: 10 } });
    const most = AUDIT_RULES.map((rule) => r.findings.filter((f) => f.rule === rule).length);
    expect(Math.max(...most)).toBe(20);
    expect(r.findings.map((f) => f.rule.code)).toContain('AUD-BUDGET');
    expect(r.reviewed).toBe(200);
  });
});

describe('what is said besides', () => {
  test('what was not looked for is not called not found', () => {
    const sought = (r: ReturnType<typeof review>) => r.notFound.flatMap((n) => n.sought);
    const guessed = AUDIT_RULES.find((x) => x.code === 'AUD-PIN-GUESSED')!.sought;
    const r = review(example('AUD-PIN-OFFLINE').fails);
    expect(sought(r)).not.toContain(guessed);
    expect(r.notCheckable).toContain('1 MAC made with a PIN: short PINs were not tried.');
    expect(r.notCheckable).toContain('1 USERPIN message: without the PIN nobody can tell whether the MAC is right.');
  });
  test('an empty capture says so', () => {
    expect(review([])).toMatchObject({ headline: 'There is nothing to review.', reviewed: 0, findings: [] });
  });
});

describe('the report', () => {
  const scene = [
    { ...example('AUD-PIN-BY-SMS').fails[0]!, from: '+4915550100999' },
    { ...example('AUD-CREDENTIALS').fails[0]!, to: '+4915550100118', at: 9 },
    { ...example('AUD-LOOK-ALIKE').fails[1]!, from: '=HYPERLINK("x")', at: 11 },
  ];
  const made = (redact: boolean) =>
    auditReport(review(scene), {
      base: 1_795_391_664_120_000_000n,
      inputs: [{ file: 'day 4915550100118.pcap', error: null }],
      frameAt: (id) => ({ input: 0, number: id }),
      redact,
    });
  test('is what its schema says', () => {
    const valid = new Ajv({ strict: false }).compile(JSON.parse(auditSchemaJson()));
    expect(valid(JSON.parse(toAuditJson(made(false)))), JSON.stringify(valid.errors)).toBe(true);
    expect(valid(JSON.parse(toAuditJson(made(true)))), JSON.stringify(valid.errors)).toBe(true);
  });
  test('holds no PIN and no password, redacted no number either', () => {
    for (const out of [
      toAuditJson(made(false)),
      toAuditCsv(made(false)),
      toAuditText(made(false), { width: 80, colours: false }),
    ]) {
      expect(out).not.toContain('4711');
      expect(out).not.toContain('sesame');
      expect(out).toContain('AUD-PIN-BY-SMS');
    }
    for (const out of [
      toAuditJson(made(true)),
      toAuditCsv(made(true)),
      toAuditText(made(true), { width: null, colours: false }),
    ]) {
      expect(out).not.toMatch(/49155501/);
      expect(out).toContain('number-1');
    }
  });
  test('text begins with the verdict, lines fit, and a sender cannot colour it or make it a formula', () => {
    const text = toAuditText(made(false), { width: 80, colours: false });
    expect(text.split('\n')[0]).toMatch(/^There are \d+ serious problems\.$/);
    const prose = text.split('\n\nSenders\n')[0]!.split('\n');
    expect(prose.filter((l) => l.length > 80 && !l.startsWith('  AUD-'))).toEqual([]);
    expect(text).not.toContain('\u001b');
    expect(toAuditCsv(made(false))).toContain(`"'=HYPERLINK(""x"")"`);
  });
});

describe('what a connection is for', () => {
  const [apn, proxy] = ['NAP', 'PX'].map((id) => `${id}-1`);
  const way = (name: string, at: string) =>
    `<characteristic type="NAPDEF"><parm name="NAPID" value="${apn}"/><parm name="NAME" value="n"/>` +
    `<parm name="BEARER" value="GSM-GPRS"/><parm name="NAP-ADDRESS" value="${name}"/></characteristic>` +
    `<characteristic type="PXLOGICAL"><parm name="PROXY-ID" value="${proxy}"/><parm name="NAME" value="p"/>` +
    `<characteristic type="PXPHYSICAL"><parm name="PHYSICAL-PROXY-ID" value="1"/><parm name="PXADDR" value="${at}"/>` +
    '<parm name="PXADDRTYPE" value="IPV4"/></characteristic></characteristic>';
  const whole = (inner: string) => `<wap-provisioningdoc version="1.1">${inner}</wap-provisioningdoc>`;
  const mms =
    '<characteristic type="APPLICATION"><parm name="APPID" value="w4"/><parm name="ADDR" value="http://mms.example.com/"/></characteristic>';
  const browser =
    '<characteristic type="APPLICATION"><parm name="APPID" value="w2"/><characteristic type="RESOURCE">' +
    '<parm name="URI" value="http://start.example.com/"/><parm name="STARTPAGE"/></characteristic></characteristic>';
  const web = { xml: whole(way('internet', '192.0.2.80') + browser) };
  const messages = { xml: whole(way('mms', '198.51.100.90') + mms), at: 60, from: '32999' };

  test('settings of MMS with a proxy of its own move no proxy of the browser', () => {
    expect(codes([web, messages])).not.toContain('AUD-TAKEOVER-PROXY');
    expect(codes([web, messages])).not.toContain('AUD-TAKEOVER-APN');
  });
  test('a later browser is compared with the browser before, not with MMS in between', () => {
    const other = { xml: whole(way('evil', '203.0.113.66') + browser), at: 120, from: '32999' };
    const found = review([web, messages, other]).findings.find((f) => f.rule.code === 'AUD-TAKEOVER-PROXY');
    expect(found?.text).toBe('The proxy was 192.0.2.80 and becomes 203.0.113.66.');
  });
  test('what was for both is moved for one of them', () => {
    const both = { xml: whole(way('internet', '192.0.2.80') + browser + mms) };
    expect(codes([both, messages])).toContain('AUD-TAKEOVER-PROXY');
  });
});
