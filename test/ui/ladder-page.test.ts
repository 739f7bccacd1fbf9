// Ladder and arranged timeline in a real browser, over the real engine.

import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hostEngine } from '../../cli/host/engine.ts';
import { checkout } from '../project/built.ts';
import { eventually, type Pages, startPages, violations, waitForMessages } from './harness/page.ts';

let pages: Pages;
beforeAll(async () => {
  pages = await startPages();
});
afterAll(() => pages.close());

async function engineOver(...names: readonly string[]) {
  const engine = hostEngine();
  await engine.openPaths(names.map((n) => join(checkout, 'captures', 'samples', n)));
  return engine;
}

/** What a reader hears of the row that the keyboard is on. */
const heard = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const id = document.querySelector('.ladder-twin')?.getAttribute('aria-activedescendant') ?? '';
    return document.getElementById(id)?.textContent ?? null;
  });

describe('the ladder', { retry: 2 }, () => {
  test('is walked, marked, folded and opened by keyboard; nothing is wrong with it in any theme', async () => {
    const { page, complaints } = await pages.open({ engine: await engineOver('throttled-retry.pcap'), hash: 'm=m1' });
    await waitForMessages(page);
    await page.keyboard.press('2');
    await page.locator('.ladder-row').first().waitFor();
    await eventually(() => heard(page)).toMatch(/^submit_sm 1\/2, from Sender to Service centre/);
    await page.keyboard.press('Space');
    for (let i = 0; i < 3; i += 1) await page.keyboard.press('ArrowDown');
    await eventually(() => heard(page)).toMatch(/^refused, submit_sm_resp 2\/2.*ESME_RTHROTTLED/);
    await page.keyboard.press('Space');
    await eventually(() => heard(page)).toMatch(/mark 2$/);
    await page.keyboard.press('ArrowDown');
    const before = await page.locator('.ladder-row').count();
    await page.keyboard.press('Enter');
    await eventually(() => page.locator('.ladder-row').count()).toBe(before - 2);
    expect(await violations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await eventually(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('tab');
    expect(complaints).toEqual([]);
  });

  test('columns move with keys, hide and come back', async () => {
    const { page, complaints } = await pages.open({
      engine: await engineOver('throttled-retry.pcap'),
      hash: 'm=m1&view=ladder',
    });
    const heads = page.locator('.ladder-name strong');
    await eventually(() => heads.allTextContents()).toEqual(['Sender', 'Service centre']);
    await page.locator('.ladder-name').first().focus();
    await page.keyboard.press('ArrowRight');
    await eventually(() => heads.allTextContents()).toEqual(['Service centre', 'Sender']);
    await page.locator('.ladder-name').first().focus();
    await page.keyboard.press('Delete');
    await eventually(() => heads.allTextContents()).toEqual(['Sender']);
    await page.getByRole('button', { name: 'Columns and rows' }).click();
    await page.getByRole('menuitemradio', { name: /Service centre/ }).click();
    await eventually(() => heads.count()).toBe(2);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the ladder' }).click();
    await page.getByRole('menuitem', { name: 'Drawing (SVG)' }).click();
    expect((await saved).suggestedFilename()).toBe('ladder.svg');
    expect(complaints).toEqual([]);
  });
});

describe('the timeline', { retry: 2 }, () => {
  test('lanes are grouped, pinned and opened; a range is told; times since the previous', async () => {
    const { page, complaints } = await pages.open({
      engine: await engineOver('throttled-retry.pcap', 'part-missing.pcap', 'mixed-day.pcapng'),
      hash: 'view=timeline',
    });
    await waitForMessages(page);
    const names = page.locator('.label:not(.label-child) .label-name');
    const lanes = await names.count();
    expect(lanes).toBeGreaterThan(3);
    expect(await page.locator('.twin').textContent()).toContain('Not captured');
    await page.locator('.twin').focus();
    const second = await names.nth(1).textContent();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('p');
    await eventually(() => names.first().textContent()).toBe(second);
    await page.locator('.timeline-tools select').first().selectOption('file');
    await eventually(() => names.count()).toBe(3);
    await page.locator('.label-fold[title^="Show"]').first().click();
    await eventually(() => page.locator('.label-child').count()).toBeGreaterThan(1);
    const chart = await page.locator('.chart').boundingBox();
    if (chart === null) throw new Error('no chart');
    await page.mouse.move(chart.x + 4, chart.y + 20);
    await page.mouse.down();
    await page.mouse.move(chart.x + chart.width - 4, chart.y + 20, { steps: 5 });
    await page.mouse.up();
    await eventually(() => page.locator('.inspector').textContent()).toMatch(/The marked range.*messages in \d+ parts/);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Filter here' }).click();
    await eventually(() => page.locator('.filter input').inputValue()).toMatch(/^time in \d/);
    expect(complaints).toEqual([]);
  });
});
