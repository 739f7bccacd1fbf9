// Known vulnerabilities and the list of what otascope is made of.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkout } from './built.ts';

const script = (name: string): string => join(checkout, 'scripts', name);

const licences = (await import(script('licences.mjs'))) as {
  lockFiles(): { manifest: unknown; lock: { packages: Record<string, { version: string }> } }[];
  locked(lock: unknown): { name: string; version: string }[];
};

interface Argument {
  readonly id: string;
  readonly package: string;
  readonly why: string;
  readonly until: string;
}
interface Advisory {
  readonly id: string;
  readonly package: string;
  readonly fixed: readonly string[];
  readonly what: string;
}
const { readAudit, accepted, known, affects, faultsByHeart } = (await import(script('audit.mjs'))) as {
  known(): Advisory[];
  affects(advisory: Pick<Advisory, 'fixed'>, version: string): boolean;
  faultsByHeart(packages: readonly { name: string; version: string }[], advisories: readonly Advisory[]): string[];
  readAudit(
    text: string,
    accepted: readonly Partial<Argument>[],
    today: string,
  ): { checked: boolean; reason: string; faults: string[] };
  accepted(): Argument[];
};

describe('known vulnerabilities', () => {
  const report = JSON.stringify({
    vulnerabilities: {
      a: {
        name: 'a',
        via: [
          {
            source: 1,
            name: 'a',
            title: 'Reads too far',
            url: 'advisories/GHSA-aaaa-bbbb-cccc',
            severity: 'low',
            range: '<2',
          },
        ],
      },
      b: { name: 'b', via: ['a'] },
    },
  });
  const argument = { id: 'GHSA-aaaa-bbbb-cccc', package: 'a', until: '2027-01-31' };

  test('fail with their name, once, whatever depends on it', () => {
    expect(readAudit(report, [], '2026-11-23')).toEqual({
      checked: true,
      reason: '',
      faults: ['a (<2): Reads too far [low, GHSA-aaaa-bbbb-cccc]: update it, or argue in scripts/audit-accepted.json.'],
    });
  });
  test('pass where they are argued, until a day', () => {
    expect(readAudit(report, [argument], '2026-11-23').faults).toEqual([]);
    expect(readAudit(report, [{ ...argument, package: 'c' }], '2026-11-23').faults.length).toBe(1);
    expect(readAudit(report, [argument], '2027-02-01').faults).toEqual([expect.stringContaining('2027-01-31')]);
  });
  test('are not said to be absent when nobody answered', () => {
    for (const text of ['', 'npm error', '{"message":"405 Method Not Allowed"}', '{"error":{"summary":"offline"}}']) {
      expect(readAudit(text, [], '2026-11-23')).toMatchObject({ checked: false, reason: expect.stringMatching(/\w/) });
    }
    expect(readAudit('{"vulnerabilities":{}}', [], '2026-11-23')).toEqual({ checked: true, reason: '', faults: [] });
  });
  test('are argued in whole sentences', () => {
    for (const a of accepted()) {
      expect(a.id).toMatch(/^GHSA(-\w{4}){3}$/);
      expect(a.until).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(a.why.length).toBeGreaterThan(30);
    }
  });
});

describe('advisories known by heart', () => {
  const cases: readonly [readonly string[], string, boolean][] = [
    [['1.1.12', '2.0.2'], '1.1.11', true],
    [['1.1.12', '2.0.2'], '1.1.12', false],
    [['1.1.12', '2.0.2'], '0.9.0', true],
    [['1.1.12', '2.0.2'], '2.0.1', true],
    [['1.1.12', '2.0.2'], '2.1.0', false],
    [['1.1.12', '2.0.2'], '3.0.0', false],
    [['1.1.12', '3.0.2'], '2.9.9', true],
    [['4.0.4'], '10.0.0', false],
    [['4.0.4'], '4.0.4-beta.1', false],
  ];
  for (const [fixed, version, is] of cases) {
    test(`mended in ${fixed.join(', ')}: ${version} is ${is ? '' : 'not '}affected`, () =>
      expect(affects({ fixed }, version)).toBe(is));
  }
  test('are no fault of what is locked, and would be of what is older', () => {
    const { lockFiles, locked } = licences;
    const packages = lockFiles().flatMap((l) => locked(l.lock));
    expect(faultsByHeart(packages, known())).toEqual([]);
    // Each is about something that is locked: an advisory for what nobody uses is taken out.
    expect(known().filter((a) => !packages.some((p) => p.name === a.package))).toEqual([]);
    for (const a of known()) {
      expect(a.id).toMatch(/^(CVE-\d{4}-\d+|GHSA(-\w{4}){3})$/);
      expect(faultsByHeart([{ name: a.package, version: '0.0.1' }], [a])).toEqual([expect.stringContaining(a.id)]);
    }
  });
});

test('Electron is no older than SECURITY.md says', () => {
  const text = readFileSync(join(checkout, 'SECURITY.md'), 'utf8');
  const { devDependencies } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'));
  const least = Number(/Electron (\d+) or newer/.exec(text)?.[1]);
  expect(Number.parseInt(devDependencies.electron, 10)).toBeGreaterThanOrEqual(least);
});

describe('the list of parts', async () => {
  const { bom } = (await import(script('sbom.mjs'))) as {
    bom(
      manifest: unknown,
      lock: unknown,
      shipped: readonly unknown[],
    ): { components: Record<string, unknown>[]; dependencies: { dependsOn: string[] }[] };
  };
  const { lockFiles } = licences;
  const { manifest, lock } = lockFiles()[0]!;
  const preact = lock.packages['node_modules/preact']!.version;
  const made = bom(manifest, lock, [{ name: 'preact', version: preact, where: ['ui'] }]);

  test('names each package of the lock file once, with digest and terms', () => {
    const refs = made.components.map((c) => c['bom-ref']);
    expect(new Set(refs).size).toBe(refs.length);
    expect(refs).toEqual([...refs].sort());
    for (const c of made.components) {
      expect(c).toMatchObject({
        purl: expect.stringMatching(/^pkg:npm\//),
        hashes: [{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) }],
        licenses: [expect.any(Object)],
      });
    }
  });
  test('sets what is shipped apart from what only builds', () => {
    const required = made.components.filter((c) => c.scope === 'required').map((c) => c.name);
    expect(required).toEqual(['electron', 'preact']);
    expect(made.dependencies[0]?.dependsOn.length).toBe(2);
  });
  test('is the same each time', () => {
    expect(JSON.stringify(bom(manifest, lock, [{ name: 'preact', version: preact, where: ['ui'] }]))).toBe(
      JSON.stringify(made),
    );
  });
});
