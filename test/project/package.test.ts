// What is given away: the layouts, what electron-builder makes of them, the command line from a package in an empty folder.

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
interface Check {
  readonly FUSES: Readonly<Record<string, boolean>>;
  faultsOfLayout(name: string, folder: string): { files: { path: string; size: number }[]; faults: string[] };
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
