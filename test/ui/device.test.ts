// The device view in a real browser over the real engine: by keyboard, in every theme, with nothing and with many.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Keys } from '../../analysis/engine/contract.ts';
import { hostEngine } from '../../cli/host/engine.ts';
import { launchBrowser } from '../browser.ts';
import { type Harness, startHarness } from './harness/server.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const ROOT = new URL('../../', import.meta.url).pathname;
const PATIENCE = 30_000;
const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: PATIENCE });

const KEYS: Keys = { imsi: ['001010000000230'], pin: ['5524'] };

let folder: string;
let browser: Browser;
let axe: string;
const harnesses: Harness[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'otascope-device-page-'));
  await build({
    configFile: join(ROOT, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, minify: false },
  });
  axe = await readFile(AXE, 'utf8');
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  for (const h of harnesses) await h.close();
  await rm(folder, { recursive: true, force: true });
});

interface Options {
  readonly width?: number;
  readonly theme?: 'light' | 'dark' | 'contrast';
}

async function open(samples: readonly string[], { width = 1440, theme = 'light' }: Options = {}) {
  const engine = hostEngine();
  await engine.openPaths(samples.map((s) => join(ROOT, 'captures', 'samples', s)));
  await engine.request({ op: 'keys', keys: KEYS });
  const harness = await startHarness(folder, engine);
  harnesses.push(harness);
  const context = await browser.newContext({
    viewport: { width, height: width === 1440 ? 900 : 640 },
    colorScheme: theme === 'dark' ? 'dark' : 'light',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  if (theme === 'contrast') {
    await context.addInitScript(() => localStorage.setItem('otascope.page', '{"theme":"contrast"}'));
  }
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const complaints: string[] = [];
  page.on('console', (m) => {
    if (m.type() === 'error' || m.type() === 'warning') complaints.push(m.text());
  });
  page.on('pageerror', (e) => complaints.push(e.message));
  await page.goto(harness.url);
  await page.locator('.main-head').waitFor();
  await page.keyboard.press('4');
  return { page, complaints };
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe: own } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const found = await own.run();
    return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`);
  });
}

const told = (page: Page) => page.locator('.phone-after');
const clipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());

describe('no accessibility violations', { retry: 2 }, () => {
  const cases = [
    { theme: 'light', width: 1440 },
    { theme: 'dark', width: 1024 },
    { theme: 'contrast', width: 1440 },
  ] as const;
  for (const c of cases) {
    test(`${c.theme}, ${c.width}`, async () => {
      const { page, complaints } = await open(['phone-life.pcap', 'bad-line.pcap'], c);
      await page.locator('.phone').waitFor();
      await page.getByLabel('Find a number or IMSI').fill('0230');
      await eventually(() => page.locator('.device-row').count()).toBe(1);
      await page.locator('.device-row').click();
      await eventually(() => page.locator('.device-step').count()).toBe(5);
      for (const pane of ['What it holds', 'This message', 'Changes']) {
        await page.getByRole('tab', { name: pane }).click();
        expect(await violations(page), pane).toEqual([]);
      }
      expect(complaints).toEqual([]);
      await page.context().close();
    });
  }
});

describe('one phone', { retry: 2 }, () => {
  test('by keyboard from message to message, and from a value to its octets', async () => {
    const { page, complaints } = await open(['phone-life.pcap']);
    await eventually(() => told(page).textContent()).toContain('After message 5 of 5, the last: refused.');
    await page.locator('.device-step[aria-current]').focus();
    await page.keyboard.press('ArrowLeft');
    await eventually(() => told(page).textContent()).toContain(
      'After message 4 of 5: Adds access point mms.example.com',
    );
    await page.keyboard.press('Home');
    await eventually(() => told(page).textContent()).toContain('After message 1 of 5');
    expect(await page.locator('.route').count()).toBe(2);
    await page.keyboard.press('End');
    await eventually(() => page.locator('.route').count()).toBe(3);
    await page.getByRole('button', { name: 'mms.example.com', exact: true }).first().click();
    await eventually(() => page.locator('.inspector .settings-table .chosen').textContent()).toContain(
      'mms.example.com',
    );
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('what changed between any two messages', async () => {
    const { page } = await open(['phone-life.pcap']);
    await page.getByRole('tab', { name: 'Changes' }).click();
    await eventually(() => page.locator('.phone-panel').textContent()).toContain('Nothing that a phone would act on');
    await page.getByLabel('From').selectOption('0');
    await eventually(() => page.locator('.consequences').textContent()).toContain('MMS now goes over access point');
    await page.context().close();
  });

  test('passwords are hidden until asked for, on screen and in what is copied', async () => {
    const { page } = await open(['phone-life.pcap']);
    await page.locator('.thing').first().waitFor();
    const copy = async (what: string): Promise<void> => {
      await page.locator('.phone .copy-menu > button').click();
      await page.getByRole('menuitem', { name: what }).click();
      await page.locator('.phone .copy-table small').waitFor();
    };
    await copy('For a spreadsheet');
    await eventually(() => clipboard(page)).toContain('Password\t***');
    expect(await clipboard(page)).toContain('MMSC\thttp://mms.example.com/mms');
    await page.getByRole('button', { name: 'Show passwords' }).click();
    await eventually(() => page.locator('.phone-panel').textContent()).not.toContain('***');
    await copy('For a ticket or a wiki');
    await eventually(() => clipboard(page)).toContain('| Password | mobile |');
    await page.context().close();
  });

  test('the settings of a message are copied from its tab', async () => {
    const { page } = await open(['phone-life.pcap']);
    await page
      .getByRole('button', { name: /^Message m1, which set/ })
      .first()
      .click();
    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.locator('.inspector .copy-menu > button').click();
    await page.getByRole('menuitem', { name: 'For a spreadsheet' }).click();
    await eventually(() => clipboard(page)).toContain('APN\tinternet.example.com');
    await page.context().close();
  });
});

test('a capture without settings says so', { retry: 2 }, async () => {
  const { page } = await open(['indication-chain.pcap']);
  await eventually(() => page.locator('.device-empty').textContent()).toBe(
    'No settings were sent to any phone in this capture.',
  );
  await page.context().close();
});
