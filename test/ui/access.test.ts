// Every view, with the real engine: axe in each theme, at half the window, by keyboard alone, and without colours of its own.

import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hostEngine } from '../../cli/host/engine.ts';
import { checkout } from '../project/built.ts';
import { eventually, type OpenOptions, type Pages, startPages, TAB_NAMES, violations } from './harness/page.ts';

const FILES = ['phone-life.pcap', 'content-faults.pcap', 'throttled-retry.pcap'];
const VIEWS = [
  ['o', 'overview'],
  ['1', 'timeline'],
  ['2', 'ladder'],
  ['3', 'list'],
  ['4', 'device'],
  ['5', 'review'],
] as const;

const DRAWER = [
  ['g', 'findings'],
  ['Shift+G', 'frames'],
  ['Shift+L', 'log'],
] as const;

let pages: Pages;
beforeAll(async () => {
  pages = await startPages();
});
afterAll(() => pages.close());

async function open(options: OpenOptions) {
  const engine = hostEngine();
  await engine.openPaths(FILES.map((f) => join(checkout, 'captures', 'samples', f)));
  const opened = await pages.open({ engine, hash: 'view=list&m=m2', ...options });
  await opened.page.locator('#list-row-0').waitFor();
  return opened;
}

async function show(page: Page, key: string, view: string): Promise<void> {
  await page.keyboard.press(key);
  await page.locator(`#main-tab-${view}[aria-selected=true]`).waitFor();
  await page.waitForTimeout(150);
}

describe('no accessibility violations in any view', { retry: 1 }, () => {
  for (const theme of ['light', 'dark', 'contrast'] as const) {
    test(theme, async () => {
      const { page, complaints } = await open({ theme });
      for (const [key, view] of VIEWS) {
        await show(page, key, view);
        expect(await violations(page), `${view}, ${theme}`).toEqual([]);
      }
      await page.keyboard.press('Alt+3');
      await page.getByRole('button', { name: 'As sent' }).click();
      expect(await violations(page), `as sent, ${theme}`).toEqual([]);
      await page.keyboard.press('Alt+5');
      await page.getByRole('button', { name: 'As read' }).click();
      expect(await violations(page), `as read, ${theme}`).toEqual([]);
      for (const [key, tab] of DRAWER) {
        await page.keyboard.press(key);
        await page.locator(`#drawer-tab-${tab}[aria-selected=true]`).waitFor();
        if (tab === 'frames') await page.locator('#frame-row-0').waitFor();
        expect(await violations(page), `${tab}, ${theme}`).toEqual([]);
      }
      await page.keyboard.press('Shift+L');
      for (const dialog of ['Control+k', 'Control+,', 'x', 'b']) {
        await page.keyboard.press(dialog);
        await page.locator('dialog').waitFor();
        expect(await violations(page), `${dialog}, ${theme}`).toEqual([]);
        await page.keyboard.press('Escape');
        await eventually(() => page.locator('dialog').count()).toBe(0);
      }
      expect(complaints).toEqual([]);
      await page.context().close();
    });
  }
});

/** What is cut off or scrolls sideways, of what must not. */
const cut = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const out: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth) out.push(`the page is ${root.scrollWidth} wide`);
    for (const s of [
      '.top-bar',
      '.status-bar',
      '.main-head .tabs',
      '.inspector > .tabs',
      '.inspector-panel',
      '.dialog-box',
      '.drawer-head',
      '.sheet',
    ]) {
      for (const el of document.querySelectorAll(s)) {
        if (el.scrollWidth > el.clientWidth + 1) out.push(`${s} is ${el.scrollWidth} in ${el.clientWidth}`);
      }
    }
    for (const el of document.querySelectorAll('.top-bar button, .status-bar button, [role=tab], .dialog button')) {
      const r = el.getBoundingClientRect();
      const scrolls = el.closest('.dialog-box, .tabs, .settings-form') !== null;
      if (r.width > 0 && !scrolls && (r.right > innerWidth + 1 || r.left < -1)) {
        out.push(`${el.getAttribute('aria-label') ?? el.textContent} lies outside`);
      }
    }
    return out;
  });

describe('small windows and 200 % zoom', { retry: 1 }, () => {
  const sizes = [
    { name: '1,024 by 640', viewport: { width: 1024, height: 640 }, scale: 1 },
    // A window of 1,440 by 900 zoomed to 200 %.
    { name: '200 %', viewport: { width: 720, height: 450 }, scale: 2 },
  ];
  for (const { name, viewport, scale } of sizes) {
    test(name, async () => {
      const { page } = await open({ viewport, deviceScaleFactor: scale });
      for (const [key, view] of VIEWS) {
        await show(page, key, view);
        expect(await cut(page), view).toEqual([]);
      }
      for (const [i, tab] of TAB_NAMES.entries()) {
        await page.keyboard.press(`Alt+${i + 1}`);
        await page.locator(`#inspector-tab-${tab.toLowerCase()}[aria-selected=true]`).waitFor();
        expect(await cut(page), tab).toEqual([]);
      }
      for (const [key, tab] of DRAWER) {
        await page.keyboard.press(key);
        await page.locator(`#drawer-tab-${tab}[aria-selected=true]`).waitFor();
        expect(await cut(page), tab).toEqual([]);
      }
      await page.keyboard.press('Shift+L');
      for (const dialog of ['Control+k', 'Control+,', 'x', '?']) {
        await page.keyboard.press(dialog);
        await page.locator('dialog').waitFor();
        expect(await cut(page), dialog).toEqual([]);
        await page.keyboard.press('Escape');
        await eventually(() => page.locator('dialog').count()).toBe(0);
      }
      await page.context().close();
    });
  }
});

test('by keyboard alone: a term from the tree, a column, back to all, and a report', { retry: 1 }, async () => {
  const { page, complaints } = await open({ acceptDownloads: true });
  await page.keyboard.press('Alt+4');
  await page.getByRole('tree', { name: 'Fields' }).focus();
  await page.keyboard.type('pdu type');
  await eventually(() => page.locator('.tree-row.chosen').textContent()).toContain('PDU type');
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: /Filter by this/ }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await eventually(() => page.locator('.filter input').inputValue()).toBe('wsp.pduType == "Push"');
  // The focus is back where it was.
  expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('tree');
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: /Filter by this/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await eventually(() => page.locator('th', { hasText: 'wsp.pduType' }).count()).toBe(1);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('clear the filter');
  await page.keyboard.press('Enter');
  await eventually(() => page.locator('.filter input').inputValue()).toBe('');
  // The tree has the focus again, where letters look for labels.
  await page.getByRole('tree', { name: 'Fields' }).and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('save a report');
  await page.keyboard.press('Enter');
  await page.locator('.export, dialog form').first().waitFor();
  const download = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  expect((await download).suggestedFilename()).toMatch(/\.html$/);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('with the colours of the system, the focus and the selection are still seen', { retry: 1 }, async () => {
  const { page } = await open({ forcedColors: 'active' });
  await page.locator('.list-grid').focus();
  const outline = await page.locator('.list-grid').evaluate((el) => getComputedStyle(el).outlineWidth);
  expect(Number.parseFloat(outline)).toBeGreaterThanOrEqual(2);
  const [chosen, other] = await page.evaluate(() => {
    const look = (s: string): string => {
      const el = document.querySelector(s);
      if (el === null) return '';
      const c = getComputedStyle(el);
      return `${c.outlineStyle} ${c.borderLeftWidth} ${c.backgroundColor} ${c.forcedColorAdjust}`;
    };
    return [look('tr[aria-selected=true]'), look('tbody tr[aria-selected=false]')];
  });
  expect(chosen).not.toBe(other);
  await page.context().close();
});
