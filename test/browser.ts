// The browser that tests drive: the one of the system, else the one that ships in a registry package.

import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Nothing that reaches for the network or asks the user. */
export const BROWSER_ARGS: readonly string[] = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

async function runnable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function onPath(): Promise<string | null> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of NAMES) {
      const path = join(folder, name);
      if (folder !== '' && (await runnable(path))) return path;
    }
  }
  for (const path of MAC) if (await runnable(path)) return path;
  return null;
}

async function shipped(): Promise<{ path: string; args: readonly string[] } | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const { default: packaged } = await import('@sparticuz/chromium');
  const path = await packaged.executablePath();
  return { path, args: packaged.args };
}

/** CHROME_PATH, the system's Chromium or Chrome, or the packaged one. Rejects saying what to install. */
export async function findBrowser(): Promise<{ readonly path: string; readonly args: readonly string[] }> {
  const named = process.env.CHROME_PATH;
  if (named !== undefined && named !== '') {
    if (await runnable(named)) return { path: named, args: BROWSER_ARGS };
    throw new Error(`CHROME_PATH names ${named}, which can't be run.`);
  }
  const own = await onPath();
  if (own !== null) return { path: own, args: BROWSER_ARGS };
  const packaged = await shipped().catch((e: unknown) => String(e));
  if (packaged !== null && typeof packaged !== 'string') {
    return { path: packaged.path, args: [...new Set([...packaged.args, ...BROWSER_ARGS])] };
  }
  throw new Error(
    'The browser tests found no browser. Install Chromium or Chrome, or set CHROME_PATH to one; ' +
      `the one in @sparticuz/chromium did not work here${packaged === null ? ' (Linux on x64 only)' : `: ${packaged}`}.`,
  );
}

export async function launchBrowser(): Promise<Browser> {
  const { path, args } = await findBrowser();
  return chromium.launch({ executablePath: path, args: [...args], headless: true });
}
