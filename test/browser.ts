// The browser that tests drive: the one of the system, else the one that ships in a registry package.

import { access, constants, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
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

export interface Found {
  readonly path: string;
  /** What it needs in its environment. */
  readonly env: Readonly<Record<string, string>>;
}

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

/**
 * Unpacks the browser of @sparticuz/chromium, with the libraries and the font a bare system lacks, into a folder of its
 * own. Another process may do the same at this moment, so it is done aside and moved into place when it is whole.
 */
async function shipped(): Promise<Found | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  // Of build/cjs/index.js; a checkout may lie in a folder called build itself.
  const manifest = join(dirname(entry), '..', '..', 'package.json');
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
  const home = join(tmpdir(), `otascope-browser-${version}`);
  if (!(await runnable(join(home, 'chromium')))) {
    const aside = await mkdtemp(`${home}-`);
    await unpack(aside);
    const fonts = `<fontconfig><dir>${join(home, 'fonts')}</dir><cachedir>${join(home, 'cache')}</cachedir></fontconfig>`;
    await writeFile(join(aside, 'fonts.conf'), `<?xml version="1.0"?>\n${fonts}\n`);
    await rename(aside, home).catch(() => rm(aside, { recursive: true, force: true }));
  }
  const hasFonts = await access('/etc/fonts/fonts.conf').then(
    () => true,
    () => false,
  );
  return {
    path: join(home, 'chromium'),
    env: {
      LD_LIBRARY_PATH: [join(home, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH ?? '']
        .filter((p) => p !== '')
        .join(delimiter),
      ...(hasFonts ? {} : { FONTCONFIG_FILE: join(home, 'fonts.conf') }),
    },
  };
}

/** The package looks at the environment to know where to unpack, and whether the libraries are wanted too. */
async function unpack(folder: string): Promise<void> {
  const wanted = { TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' };
  const touched = [...Object.keys(wanted), 'LD_LIBRARY_PATH', 'FONTCONFIG_PATH', 'HOME'];
  const old = touched.map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, wanted);
  try {
    const { default: packaged } = await import('@sparticuz/chromium');
    await packaged.executablePath();
  } finally {
    for (const [name, value] of old) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

/** CHROME_PATH, the system's Chromium or Chrome, or the packaged one. Rejects saying what to install. */
export async function findBrowser(): Promise<Found> {
  const named = process.env.CHROME_PATH;
  if (named !== undefined && named !== '') {
    if (await runnable(named)) return { path: named, env: {} };
    throw new Error(`CHROME_PATH names ${named}, which can't be run.`);
  }
  const own = await onPath();
  if (own !== null) return { path: own, env: {} };
  const packaged = await shipped().catch((e: unknown) => String(e));
  if (packaged !== null && typeof packaged !== 'string') return packaged;
  throw new Error(
    'The browser tests found no browser. Install Chromium or Chrome, or set CHROME_PATH to one; ' +
      `the one in @sparticuz/chromium did not work here${packaged === null ? ' (Linux on x64 only)' : `: ${packaged}`}.`,
  );
}

export async function launchBrowser(): Promise<Browser> {
  const { path, env } = await findBrowser();
  const known = Object.fromEntries(
    Object.entries(process.env).filter((e): e is [string, string] => e[1] !== undefined),
  );
  return chromium.launch({ executablePath: path, args: [...BROWSER_ARGS], headless: true, env: { ...known, ...env } });
}
