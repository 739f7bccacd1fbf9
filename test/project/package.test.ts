// What is given away: the layouts, the settings of the installers, the command line from a package in an empty folder.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { built, checkout } from './built.ts';

interface Shipped {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text?: string;
  readonly where: readonly string[];
}
interface Config {
  readonly electronFuses: Readonly<Record<string, boolean>>;
  readonly [key: string]: unknown;
}
interface Check {
  readonly FUSES: Readonly<Record<string, boolean>>;
  faultsOfConfig(config: unknown, electronVersion: string): string[];
  faultsOfLayout(name: string, folder: string): { files: { path: string; size: number }[]; faults: string[] };
  faultsOfSchema(config: unknown): Promise<string[] | undefined>;
  builderConfig(): Config;
}
const script = (name: string): string => join(checkout, 'scripts', name);
const check = (await import(script('package-check.mjs'))) as Check;
const pack = (await import(script('package.mjs'))) as {
  layOut(name: string, folder: string, shipped: readonly Shipped[]): void;
};
const licences = (await import(script('licences.mjs'))) as { shippedPackages(): Promise<Shipped[]> };

const folder = mkdtempSync(join(tmpdir(), 'otascope-package-'));
const app = join(folder, 'app');
const command = join(folder, 'npm');
let shipped: readonly Shipped[] = [];

beforeAll(async () => {
  built('cli/otascope.js');
  shipped = await licences.shippedPackages();
  pack.layOut('app', app, shipped);
  pack.layOut('npm', command, shipped);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

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

test('what electron-builder makes of them, where it is installed', { timeout: 120_000 }, async () => {
  const { trial } = (await import(script('package-trial.mjs'))) as {
    trial(fuses: unknown, files: unknown): Promise<{ archive: { path: string }[]; faults: string[] } | undefined>;
  };
  if (!existsSync(join(checkout, 'dist', 'package', 'app')))
    pack.layOut('app', join(checkout, 'dist', 'package', 'app'), shipped);
  const { files } = check.faultsOfLayout('app', join(checkout, 'dist', 'package', 'app'));
  const made = await trial(check.FUSES, files);
  if (made === undefined) console.warn('NOT TRIED: electron-builder is not installed in packaging/.');
  else expect([made.archive.length, made.faults]).toEqual([files.length, []]);
});

describe('the layouts', () => {
  test('hold what belongs there', () => {
    for (const [name, at] of [
      ['app', app],
      ['npm', command],
    ] as const) {
      expect(check.faultsOfLayout(name, at).faults).toEqual([]);
    }
  });

  test('say so when a file does not', () => {
    const stray = ['dist/ui/assets/index.js.map', 'test/x.ts', 'node_modules/x/index.js', '.npmrc'];
    for (const path of stray) {
      mkdirSync(join(app, path, '..'), { recursive: true });
      writeFileSync(join(app, path), '');
      expect(check.faultsOfLayout('app', app).faults).toEqual([`app: ${path} does not belong there.`]);
      rmSync(join(app, path));
    }
  });

  test('carry the terms of every package whose code is inside', () => {
    const text = (at: string) => readFileSync(join(at, 'THIRD-PARTY.txt'), 'utf8');
    for (const p of shipped) {
      expect(text(app).includes(`${p.name} ${p.version} (${p.licence})`)).toBe(
        p.where.some((w) => w === 'electron' || w === 'ui'),
      );
      expect(text(command).includes(p.text ?? 'no text')).toBe(p.where.some((w) => w === 'cli' || w === 'ui'));
    }
  });

  test('of the window starts from where it lies', () => {
    const boot = (name: string) => join(checkout, 'test', 'electron', 'boot', name);
    const out = execFileSync(
      process.execPath,
      ['--import', boot('register.mjs'), boot('main.mjs'), join(app, 'dist', 'electron', 'main.js')],
      { encoding: 'utf8', cwd: folder },
    );
    const seen = JSON.parse(out);
    expect([seen.page.status, seen.outside]).toEqual([200, 404]);
    expect(JSON.stringify(seen.menu)).toContain('Open Sample');
  });
});

describe('the command line as a package', () => {
  const npm = (args: readonly string[], cwd: string): string =>
    execFileSync('npm', [...args], {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });

  test('is packed, installed into an empty folder without the network, and reads a capture there', () => {
    const [packed] = JSON.parse(npm(['pack', '--json', '--pack-destination', folder], command));
    const files: string[] = packed.files.map((f: { path: string }) => f.path);
    expect(files.sort()).toEqual(check.faultsOfLayout('npm', command).files.map((f) => f.path));
    const home = join(folder, 'empty');
    mkdirSync(home);
    writeFileSync(join(home, 'package.json'), '{}');
    npm(['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', join(folder, packed.filename)], home);
    const bin = join(home, 'node_modules', '.bin', 'otascope');
    expect(existsSync(bin)).toBe(true);
    const sample = join(home, 'node_modules', 'otascope', 'dist', 'ui', 'samples', 'netwpin-welcome.pcap');
    const shell = process.platform === 'win32';
    const report = JSON.parse(execFileSync(bin, ['scan', sample, '--json'], { cwd: home, encoding: 'utf8', shell }));
    const here = JSON.parse(
      execFileSync(process.execPath, [built('cli/otascope.js'), 'scan', sample, '--json'], { encoding: 'utf8' }),
    );
    expect(report.messages.length).toBeGreaterThan(0);
    expect(report).toEqual(here);
    expect(execFileSync(bin, ['--version'], { encoding: 'utf8', shell }).trim()).toContain(packed.version);
  });
});
