// A capture whose every text wants to be more than text, in every view and tab: it runs nothing and moves nothing.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hostEngine } from '../../cli/host/engine.ts';
import { hostile } from '../generator/stories/hostile.ts';
import { eventually, type Pages, startPages, TAB_NAMES, violations } from './harness/page.ts';

let pages: Pages;
let folder: string;
beforeAll(async () => {
  pages = await startPages();
  folder = await mkdtemp(join(tmpdir(), 'otascope-hostile-'));
});
afterAll(async () => {
  await pages.close();
  await rm(folder, { recursive: true });
});

/** What is out of place: elements no sender may make, panes that scroll sideways, rows of another height. */
const wrongs = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const out: string[] = [];
    const made = document.querySelectorAll('#app :is(img, script, iframe, object, embed, style, a[href])');
    if (made.length > 0) out.push(`made: ${made[0]?.outerHTML.slice(0, 120)}`);
    if (document.title.startsWith('owned')) out.push('a script ran');
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth || root.scrollHeight > innerHeight) out.push('the page scrolls');
    for (const s of ['.shell', '.top-bar', '.status-bar', '.main-head', '.inspector', '.inspector-panel', '.drawer']) {
      for (const el of document.querySelectorAll(s)) {
        if (el.scrollWidth > el.clientWidth + 1) out.push(`${s} is ${el.scrollWidth} in ${el.clientWidth}`);
      }
    }
    const heights: readonly (readonly [string, number])[] = [
      ['.list-grid tbody tr', 28],
      ['.tree-row', 28],
    ];
    for (const [s, height] of heights) {
      for (const el of document.querySelectorAll(s)) {
        const { height: h } = el.getBoundingClientRect();
        if (Math.abs(h - height) > 1) out.push(`${s} is ${h} high`);
      }
    }
    for (const s of ['.top-bar', '.status-bar', '.inspector-head', '.main-head']) {
      const h = document.querySelector(s)?.getBoundingClientRect().height ?? 0;
      if (h > 64) out.push(`${s} is ${h} high`);
    }
    return out;
  });

test('nothing runs, nothing scrolls sideways, rows keep their height', { retry: 1 }, async () => {
  const { name, bytes } = hostile();
  const path = join(folder, name);
  await writeFile(path, bytes);
  const engine = hostEngine();
  await engine.openPaths([path]);
  const { page, complaints } = await pages.open({ engine, hash: 'view=list', viewport: { width: 1024, height: 640 } });
  let dialogs = 0;
  page.on('dialog', (d) => {
    dialogs += 1;
    void d.dismiss();
  });
  await page.locator('#list-row-0').waitFor();
  const { messages } = await engine.request({ op: 'rows', table: 'messages', from: 0, count: 20 });
  expect(messages.length).toBe(6);
  const found: string[] = [];
  const check = async (where: string): Promise<void> => {
    await page.waitForTimeout(30);
    found.push(...(await wrongs(page)).map((w) => `${where}: ${w}`));
  };
  for (const m of messages) {
    await page.keyboard.press('3');
    await page.locator(`#list-row-${m.index}`).click();
    await eventually(() => page.locator('.status-bar').textContent()).toContain(`${m.id} ·`);
    for (const [i, tab] of TAB_NAMES.entries()) {
      await page.keyboard.press(`Alt+${i + 1}`);
      await page.locator(`#inspector-tab-${tab.toLowerCase()}[aria-selected=true]`).waitFor();
      await check(`${m.id} ${tab}`);
    }
    for (const [key, view] of [
      ['o', 'overview'],
      ['1', 'timeline'],
      ['2', 'ladder'],
      ['4', 'device'],
      ['5', 'review'],
    ] as const) {
      if (m.index % 3 !== 0) continue;
      await page.keyboard.press(key);
      await page.locator(`#main-tab-${view}[aria-selected=true]`).waitFor();
      await page.waitForTimeout(150);
      await check(`${m.id} ${view}`);
    }
  }
  await page.keyboard.press('g');
  await page.locator('.finding-head').first().click();
  await check('drawer');
  await page.keyboard.press('Shift+G');
  await page.locator('#frame-row-0').waitFor();
  await page.getByRole('button', { name: 'Octets', exact: true }).click();
  await page.locator('#frame-row-0').click();
  await check('frames');
  await page.keyboard.press('Shift+L');
  await page.locator('.log-lines').first().waitFor();
  await check('log');
  await page.keyboard.press('Shift+B');
  await page.keyboard.press('b');
  await page.locator('#bookmark-note').fill('<img src=x onerror=alert(1)>\u202e');
  await page.keyboard.press('Control+Enter');
  await page.locator('.bookmark-rows').waitFor();
  await check('bookmarks');
  await page.getByRole('button', { name: /^File/ }).click();
  await check('file menu');
  await page.keyboard.press('Escape');
  // What would reverse the words around it is kept apart from them.
  expect(await page.locator('.status-file bdi').evaluate((el) => getComputedStyle(el).unicodeBidi)).toMatch(/isolate/);
  expect(found).toEqual([]);
  expect(await violations(page)).toEqual([]);
  expect(dialogs).toBe(0);
  expect(complaints).toEqual([]);
});
