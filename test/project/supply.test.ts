// Known vulnerabilities and the list of what otascope is made of.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkout } from './built.ts';

const script = (name: string): string => join(checkout, 'scripts', name);

interface Argument {
  readonly id: string;
  readonly package: string;
  readonly why: string;
  readonly until: string;
}
const { readAudit, accepted } = (await import(script('audit.mjs'))) as {
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
  const { lockFiles } = (await import(script('licences.mjs'))) as {
    lockFiles(): { manifest: unknown; lock: { packages: Record<string, { version: string }> } }[];
  };
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
