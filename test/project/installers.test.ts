// The settings of the installers: fuses, archive, languages, kinds of files.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkout } from './built.ts';

interface Config {
  readonly electronFuses: Readonly<Record<string, boolean>>;
  readonly [key: string]: unknown;
}
interface Check {
  readonly FUSES: Readonly<Record<string, boolean>>;
  faultsOfConfig(config: unknown, electronVersion: string): string[];
  faultsOfSchema(config: unknown): Promise<string[] | undefined>;
  builderConfig(): Config;
}
const check = (await import(join(checkout, 'scripts', 'package-check.mjs'))) as Check;

describe('the settings of the installers', () => {
  const config = check.builderConfig();
  const { devDependencies } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'));

  test('are the safe ones', () => expect(check.faultsOfConfig(config, devDependencies.electron)).toEqual([]));

  for (const [fuse, value] of Object.entries(check.FUSES)) {
    test(`say so when the fuse ${fuse} is turned or left out`, () => {
      const { [fuse]: _, ...without } = config.electronFuses;
      for (const electronFuses of [{ ...without, [fuse]: !value }, without]) {
        expect(check.faultsOfConfig({ ...config, electronFuses }, devDependencies.electron)).toEqual([
          expect.stringContaining(fuse),
        ]);
      }
    });
  }

  const unsafe: readonly { name: string; change: Record<string, unknown> }[] = [
    { name: 'no archive', change: { asar: false } },
    { name: 'no digest', change: { disableAsarIntegrity: true } },
    { name: 'files beside the archive', change: { asarUnpack: ['**/*.js'] } },
    { name: 'more files', change: { extraResources: ['x'] } },
    { name: 'publishing', change: { publish: { provider: 'github' } } },
    { name: 'another Electron', change: { electronVersion: '44.0.0' } },
    { name: 'all languages', change: { linux: { target: ['deb'] } } },
    { name: 'a kind of file forgotten', change: { fileAssociations: [{ ext: 'pcap' }] } },
  ];
  for (const c of unsafe) {
    test(`say so at ${c.name}`, () => {
      expect(check.faultsOfConfig({ ...config, ...c.change }, devDependencies.electron).length).toBe(1);
    });
  }

  test('fit the schema of electron-builder, where that is installed', async () => {
    const faults = await check.faultsOfSchema(config);
    if (faults === undefined) console.warn('NOT COMPARED with the schema of electron-builder: packaging/ has it not.');
    else {
      expect(faults).toEqual([]);
      expect(await check.faultsOfSchema({ ...config, electronFuses: { runAsNodes: false } })).not.toEqual([]);
    }
  });
});

test('what SECURITY.md says of the fuses is how they are set', () => {
  const text = readFileSync(join(checkout, 'SECURITY.md'), 'utf8');
  const told = [...text.matchAll(/^\| (\w+) \| (on|off) \|/gm)].map((m) => [m[1], m[2] === 'on']);
  expect(Object.fromEntries(told)).toEqual(check.FUSES);
});
