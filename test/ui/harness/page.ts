// The built page in a real browser: built once for all test files, opened over any engine, looked at by axe.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import { expect } from 'vitest';
import type { Engine } from '../../../analysis/engine/contract.ts';
import { launchBrowser } from '../../browser.ts';
import { checkout } from '../../project/built.ts';
import { createFakeEngine } from '../fake-engine.ts';
import { type Harness, startHarness } from './server.ts';

/** Machines that test are busy, ms. */
export const PATIENCE = 30_000;
export const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: PATIENCE });

/** What the page is made of; a change of any of it makes another page. */
const SOURCES = ['ui', 'analysis', 'dissectors', 'captures', 'vite.config.ts', 'package-lock.json'];
const HOUR = 3_600_000;

function fingerprint(): string {
  const hash = createHash('sha256');
  const take = (path: string): void => {
    const s = statSync(path);
    if (s.isDirectory()) for (const name of readdirSync(path).sort()) take(join(path, name));
    else hash.update(`${path} ${s.size} ${s.mtimeMs}\n`);
  };
  for (const name of SOURCES) take(join(checkout, name));
  return hash.digest('hex').slice(0, 16);
}

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Folder of the built page. Test files run side by side: the first one builds, the others wait for it. */
export async function builtPage(): Promise<string> {
  const home = join(checkout, 'dist', 'test-page');
  mkdirSync(home, { recursive: true });
  const folder = join(home, fingerprint());
  const lock = `${folder}.lock`;
  for (let waited = 0; !existsSync(folder); waited += 100) {
    try {
      mkdirSync(lock);
    } catch {
      // A builder that died leaves its lock behind.
      if (waited > 60_000) rmSync(lock, { recursive: true, force: true });
      await sleep(100);
      continue;
    }
    try {
      if (existsSync(folder)) break;
      const aside = `${folder}.aside`;
      await build({
        configFile: join(checkout, 'vite.config.ts'),
        logLevel: 'error',
        build: { outDir: aside, emptyOutDir: true },
      });
      renameSync(aside, folder);
      for (const name of readdirSync(home)) {
        const old = join(home, name);
        if (old !== folder && Date.now() - statSync(old).mtimeMs > HOUR) rmSync(old, { recursive: true, force: true });
      }
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
  }
  return folder;
}

export type Theme = 'light' | 'dark' | 'contrast';

export interface OpenOptions extends BrowserContextOptions {
  /** What follows `#` in the address. */
  readonly hash?: string;
  /** Left out: made-up traffic. */
  readonly engine?: Engine;
  /** How long the made-up traffic takes to load. */
  readonly loadMs?: number;
  /** Runs in the page before its own scripts; the page then has no server of its own. */
  readonly init?: string;
  readonly theme?: Theme;
}

export interface Opened {
  readonly page: Page;
  readonly url: string;
  /** What the browser complained about. */
  readonly complaints: string[];
  /** Takes the server away. */
  cut(): Promise<void>;
}

export interface Pages {
  open(options?: OpenOptions): Promise<Opened>;
  close(): Promise<void>;
}

export async function startPages(): Promise<Pages> {
  const folder = await builtPage();
  const browser: Browser = await launchBrowser();
  const harnesses: Harness[] = [];
  return {
    async open({ hash = '', engine, loadMs = 0, init, theme = 'light', ...context } = {}) {
      const harness = await startHarness(folder, engine ?? createFakeEngine({ loadMs }), { token: init === undefined });
      harnesses.push(harness);
      const c = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        reducedMotion: 'reduce',
        colorScheme: theme === 'dark' ? 'dark' : 'light',
        ...context,
      });
      if (init !== undefined) await c.addInitScript(init);
      if (theme === 'contrast') {
        await c.addInitScript(() => {
          localStorage.getItem('otascope.page') ?? localStorage.setItem('otascope.page', '{"theme":"contrast"}');
        });
      }
      const page = await c.newPage();
      page.setDefaultTimeout(PATIENCE);
      const complaints: string[] = [];
      page.on('console', (m) => {
        if (m.type() === 'error' || m.type() === 'warning') complaints.push(m.text());
      });
      page.on('pageerror', (e) => complaints.push(e.message));
      await page.goto(`${harness.url}${hash === '' ? '' : `#${hash}`}`);
      return { page, url: harness.url, complaints, cut: () => harness.close() };
    },
    async close() {
      await browser.close();
      for (const h of harnesses) await h.close();
    },
  };
}

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
let axe: string | null = null;

/** What axe finds wrong, a line a rule, with what it is wrong about. */
export async function violations(page: Page): Promise<string[]> {
  axe ??= await readFile(AXE, 'utf8');
  // Into the page past its CSP, as an extension would be.
  await page.evaluate(axe);
  return page.evaluate(async () => {
    interface AxeViolation {
      id: string;
      nodes: { html: string; failureSummary?: string }[];
    }
    const run = (globalThis as unknown as { axe: { run(): Promise<{ violations: AxeViolation[] }> } }).axe.run;
    const found = await run();
    return found.violations.map(
      (v) => `${v.id}: ${v.nodes.map((n) => `${n.html.slice(0, 160)} | ${n.failureSummary ?? ''}`).join('\n    ')}`,
    );
  });
}

export const selectedTitle = (page: Page) => page.locator('.inspector-head h2');
export const waitForMessages = (page: Page) => page.locator('.label-name').first().waitFor();
/** The page's tabs of a message, in their order. */
export const TAB_NAMES = ['Summary', 'Settings', 'XML', 'Tree', 'Bytes', 'Verify', 'Findings'] as const;
