// Shows an address in a browser: in a window without tabs where a Chromium is there, else in the default browser.

import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import type { Terminal } from '../terminal.ts';

export interface Shown {
  /** One sentence for the user, when what was wanted was not possible. */
  readonly note: string | undefined;
  /** Resolves when the window was closed; undefined where that can't be known. */
  readonly closed: Promise<void> | undefined;
}

type Env = Terminal['env'];

const CHROMIUMS: Readonly<Record<string, readonly string[]>> = {
  linux: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

const DEFAULT: Readonly<Record<string, readonly [string, ...string[]]>> = {
  linux: ['xdg-open'],
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** A Chromium's path, undefined when none is installed. */
export function findChromium(env: Env, platform: string = process.platform): string | undefined {
  for (const candidate of CHROMIUMS[platform] ?? []) {
    const found = onPath(candidate, env);
    if (found !== undefined) return found;
  }
  return undefined;
}

function onPath(name: string, env: Env): string | undefined {
  const folders = /[\\/]/.test(name) ? [''] : (env.PATH ?? '').split(delimiter).filter((f) => f !== '');
  for (const folder of folders) {
    const path = folder === '' ? name : join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not here.
    }
  }
  return undefined;
}

const NO_SCREEN = 'there is no display to open a window on; open the address above in a browser';

/** 'window': one of its own, known to be closed. 'tab': wherever the user's browser puts it. */
export async function openAddress(url: string, as: 'window' | 'tab', env: Env): Promise<Shown> {
  if (process.platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY)
    return { note: NO_SCREEN, closed: undefined };
  const chromium = as === 'window' ? findChromium(env) : undefined;
  if (chromium !== undefined) {
    const shown = await appWindow(chromium, url);
    if (shown !== undefined) return shown;
  }
  const [program, ...args] = DEFAULT[process.platform] ?? DEFAULT.linux!;
  const ok = await began(program, [...args, url]);
  return { note: ok ? undefined : 'no browser could be started; open the address above in one', closed: undefined };
}

/** Undefined when it ended at once, as Chromium does for a superuser. */
async function appWindow(chromium: string, url: string): Promise<Shown | undefined> {
  // A profile of its own: closing the window ends this browser, and the address stays out of the user's history.
  const profile = mkdtempSync(join(tmpdir(), 'otascope-window-'));
  const child = spawn(
    chromium,
    [
      `--app=${url}`,
      `--user-data-dir=${profile}`,
      '--no-first-run',
      '--no-default-browser-check',
      '--window-size=1440,900',
    ],
    { stdio: 'ignore' },
  );
  const closed = new Promise<void>((done) => {
    const ended = () => {
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
      done();
    };
    child.once('error', ended);
    child.once('exit', ended);
  });
  const early = await Promise.race([closed.then(() => true), later(1500).then(() => false)]);
  if (early) return undefined;
  process.once('exit', () => child.kill());
  return { note: undefined, closed };
}

/** Whether a helper such as xdg-open could be started and did not fail at once. */
function began(program: string, args: readonly string[]): Promise<boolean> {
  return new Promise((done) => {
    const child = spawn(program, [...args], { stdio: 'ignore', detached: true });
    child.once('error', () => done(false));
    child.once('exit', (code) => done(code === 0));
    child.unref();
    void later(1500).then(() => done(true));
  });
}

const later = (ms: number): Promise<void> =>
  new Promise((done) => {
    setTimeout(done, ms).unref();
  });
