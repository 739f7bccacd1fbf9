// How a window comes to be, with browsers and an Electron that only write down how they were called.

import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { findChromium } from '../../cli/window/browser.ts';
import { findElectron } from '../../cli/window/electron.ts';
import { built, checkout } from '../project/built.ts';
import { pushOctets } from './messages.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'otascope-open-'));
afterAll(() => rmSync(folder, { recursive: true }));
const programs = join(folder, 'bin');
const push = join(folder, 'push.wsp');
writeFileSync(push, pushOctets());

beforeEach(() => {
  rmSync(programs, { recursive: true, force: true });
  mkdirSync(programs);
});

/** A program that writes its arguments down, one a line, stays a while and ends. */
function program(name: string, seconds: number, status = 0, where = programs): string {
  const path = join(where, name);
  writeFileSync(path, `#!/bin/sh\nprintf '%s\\n' "$@" > '${path}.called'\n/bin/sleep ${seconds}\nexit ${status}\n`);
  chmodSync(path, 0o755);
  return path;
}
const called = (name: string): string[] =>
  readFileSync(join(programs, `${name}.called`), 'utf8')
    .trim()
    .split('\n');

interface Ran {
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `otascope open` with these programs only, until it ends. */
const open = (env: Readonly<Record<string, string>>, ...files: readonly string[]): Promise<Ran> =>
  run(process.execPath, [built('cli/otascope.js'), 'open', ...files], {
    cwd: folder,
    timeout: 30_000,
    killSignal: 'SIGKILL',
    env: { PATH: programs, ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent', ...env },
  });

describe('which program', () => {
  test('a Chromium on the path, the first of the known names', () => {
    expect(findChromium({ PATH: programs }, 'linux')).toBeUndefined();
    program('google-chrome', 0);
    expect(findChromium({ PATH: programs }, 'linux')).toBe(join(programs, 'google-chrome'));
    program('chromium', 0);
    expect(findChromium({ PATH: `/nowhere:${programs}` }, 'linux')).toBe(join(programs, 'chromium'));
  });

  test('Electron where its binary is, in the package or the folder that is named', () => {
    expect(findElectron(folder, {}, 'linux')).toBeUndefined();
    expect(findElectron(folder, { ELECTRON_OVERRIDE_DIST_PATH: programs }, 'linux')).toBeUndefined();
    program('electron', 0);
    expect(findElectron(folder, { ELECTRON_OVERRIDE_DIST_PATH: programs }, 'linux')).toBe(join(programs, 'electron'));
    const dist = join(folder, 'node_modules', 'electron', 'dist');
    mkdirSync(dist, { recursive: true });
    program('electron', 0, 0, dist);
    expect(findElectron(folder, {}, 'linux')).toBe(join(dist, 'electron'));
  });
});

describe('otascope open', () => {
  test('shows the page in a window of its own and ends with it', async () => {
    program('chromium', 2);
    const { stdout, stderr } = await open({ DISPLAY: ':99' }, push);
    const url = stdout.trim();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?t=[0-9a-f]{32}$/);
    expect(stderr).toContain('Electron is not installed here');
    const args = called('chromium');
    expect(args).toContain(`--app=${url}`);
    expect(args.filter((a) => /sandbox|disable-web-security/.test(a))).toEqual([]);
    const profile = args.find((a) => a.startsWith('--user-data-dir='))?.split('=')[1];
    expect(existsSync(profile ?? '')).toBe(false);
  });

  test('starts Electron where it is installed, with absolute paths', async () => {
    program('electron', 0);
    const { stdout } = await open(
      { ELECTRON_OVERRIDE_DIST_PATH: programs },
      'push.wsp',
      '--decode-as',
      'tcp.port=9000:smpp',
    );
    expect(stdout).toBe('');
    expect(called('electron')).toEqual([checkout.replace(/\/$/, ''), '--decode-as=tcp.port=9000:smpp', push]);
  });

  test('serves a browser when Electron does not start', async () => {
    program('electron', 0, 1);
    program('chromium', 2);
    const { stderr, stdout } = await open({ ELECTRON_OVERRIDE_DIST_PATH: programs, DISPLAY: ':99' }, push);
    expect(stderr).toContain('Electron did not start');
    expect(called('chromium')).toContain(`--app=${stdout.trim()}`);
  });
});
