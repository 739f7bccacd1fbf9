// Under which terms things are, and whether all is pinned: the rules, and the lock files of the project.

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkout } from './built.ts';

interface Lock {
  readonly packages: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
interface Licences {
  permits(expression: unknown, allowed: ReadonlySet<string>): boolean;
  faultsOfLock(name: string, manifest: unknown, lock: Lock): string[];
  faultsOfShipped(packages: readonly unknown[]): string[];
  lockFiles(): { name: string; manifest: unknown; lock: Lock }[];
}
const { permits, faultsOfLock, faultsOfShipped, lockFiles } = (await import(
  join(checkout, 'scripts', 'licences.mjs')
)) as Licences;

describe('terms', () => {
  const allowed = new Set(['MIT', 'ISC']);
  const cases: readonly [unknown, boolean][] = [
    ['MIT', true],
    ['(MIT OR GPL-3.0)', true],
    ['MIT AND GPL-3.0', false],
    ['MIT AND ISC', true],
    ['GPL-3.0', false],
    ['SEE LICENSE IN x', false],
    ['UNLICENSED', false],
    ['', false],
    [undefined, false],
    [{ type: 'MIT' }, false],
  ];
  for (const [expression, ok] of cases) {
    test(`${JSON.stringify(expression)} ${ok ? 'fits' : 'does not fit'}`, () =>
      expect(permits(expression, allowed)).toBe(ok));
  }
  test('of what is shipped are narrower, and come with their text', () => {
    const p = { name: 'x', version: '1.0.0', text: 'terms' };
    expect(faultsOfShipped([{ ...p, licence: 'MIT' }])).toEqual([]);
    expect(faultsOfShipped([{ ...p, licence: 'MPL-2.0' }])).toEqual([expect.stringContaining("'MPL-2.0'")]);
    expect(faultsOfShipped([{ ...p, licence: 'MIT', text: undefined }])).toEqual([
      expect.stringContaining('no licence text'),
    ]);
  });
});

describe('lock files', () => {
  for (const { name, manifest, lock } of lockFiles()) {
    test(`${name} pins all and allows all`, () => expect(faultsOfLock(name, manifest, lock)).toEqual([]));
  }

  const good = { version: '1.0.0', license: 'MIT', integrity: `sha512-${'A'.repeat(86)}==` };
  const lock = (p: Record<string, unknown>): Lock => ({ packages: { '': {}, 'node_modules/x': { ...good, ...p } } });
  const bad: readonly { name: string; p: Record<string, unknown>; says: string }[] = [
    { name: 'no digest', p: { integrity: undefined }, says: 'sha512' },
    { name: 'a weak digest', p: { integrity: 'sha1-x' }, says: 'sha512' },
    { name: 'an address', p: { resolved: 'git+ssh://x' }, says: 'address' },
    { name: 'a script', p: { hasInstallScript: true }, says: 'script' },
    { name: 'a package that was given up', p: { deprecated: 'use another' }, says: 'use another' },
    { name: 'terms nobody allowed', p: { license: 'AGPL-3.0' }, says: 'AGPL-3.0' },
    { name: 'no terms', p: { license: undefined }, says: 'undefined' },
  ];
  for (const c of bad) {
    test(`${c.name} is a fault`, () => {
      expect(faultsOfLock('l', {}, lock(c.p))).toEqual([expect.stringContaining(c.says)]);
    });
  }
  for (const range of ['^1.0.0', '~1.0.0', '1.x', 'latest', '*', 'github:a/b']) {
    test(`'${range}' is no pin`, () => {
      expect(faultsOfLock('l', { dependencies: { x: range } }, lock({}))).toEqual([expect.stringContaining('pinned')]);
      expect(faultsOfLock('l', { devDependencies: { x: '1.0.0' } }, lock({}))).toEqual([]);
    });
  }
});
