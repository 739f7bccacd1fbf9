// The first screen and the comparison, over the real engine and samples.

import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSession } from '../../analysis/engine/session.ts';
import { fileSource, root } from '../support/shared.ts';
import { eventually, type Opened, type Pages, startPages, type Theme, violations } from './harness/page.ts';

let pages: Pages;
beforeAll(async () => {
  pages = await startPages();
});
afterAll(() => pages.close());

async function opened(samples: readonly string[], hash: string, theme: Theme = 'light'): Promise<Opened> {
  const engine = createSession({ open: () => Promise.reject(new Error('no')), samples: async () => [] });
  await engine.openSources(samples.map((s) => fileSource(join(root, 'captures', 'samples', s))));
  return pages.open({ engine, hash, theme });
}

const tab = (page: Page): Promise<string | null> => page.locator('#main-panel').getAttribute('aria-labelledby');

describe('the overview', { retry: 2 }, () => {
  test('says what happened, and every part of it leads to the messages', async () => {
    const { page, complaints } = await opened(
      ['cimd-nack.pcap', 'part-missing.pcap', 'mixed-day.pcapng'],
      'view=overview',
    );
    await page.locator('.ov-told h2').waitFor();
    expect(await page.locator('.ov-told h2').textContent()).toMatch(/^\d+ /);
    const failure = page.locator('.ov-part', { hasText: 'What went wrong' }).locator('.ov-row').first();
    const count = Number(await failure.locator('.number').textContent());
    await failure.click();
    await eventually(() => tab(page)).toBe('main-tab-list');
    await eventually(() => page.locator('.filter-count').textContent()).toMatch(new RegExp(`^${count} of `));
    await page.keyboard.press('o');
    await eventually(() => tab(page)).toBe('main-tab-overview');
    await page.getByRole('button', { name: 'Kind', exact: true }).click();
    await page.locator('.ov-name', { hasText: 'MMS notification' }).click();
    await eventually(() => page.locator('.filter-count').textContent()).toMatch(/^1 of /);
    expect(complaints).toEqual([]);
  });

  test.each(['light', 'dark', 'contrast'] as const)('no accessibility violations, %s', async (theme) => {
    const { page } = await opened(['map-phone-off.pcap'], 'view=overview', theme);
    await page.locator('.ov-table').waitFor();
    expect(await violations(page)).toEqual([]);
  });
});

describe('the comparison', { retry: 2 }, () => {
  test('two captures: pairs, then where a pair parts, step by step and field by field', async () => {
    const { page, complaints } = await opened(['throttled-retry.pcap', 'netwpin-welcome.pcap'], 'view=compare');
    await page.locator('.cmp-pairs .cmp-table').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.locator('.cmp-pairs button').first().click();
    await eventually(() => page.locator('.cmp-parted').textContent()).toMatch(/^(They|After|From)/);
    expect(await page.locator('.cmp-steps tbody tr').count()).toBeGreaterThan(2);
    expect(await page.locator('.cmp-here').count()).toBe(1);
    const shown = await page.locator('.cmp table').last().locator('tbody tr').count();
    await page.getByLabel(/Also fields that are alike/).check();
    await eventually(() => page.locator('.cmp table').last().locator('tbody tr').count()).toBeGreaterThan(shown);
    expect(await violations(page)).toEqual([]);
    await page.locator('.cmp-value').first().click();
    await eventually(() => page.locator('.inspector [role=tab][aria-selected=true]').textContent()).toContain('Bytes');
    expect(complaints).toEqual([]);
  });

  test('without marks it says how to make them', async () => {
    const { page } = await opened(['mixed-day.pcapng'], 'view=list');
    await page.locator('#list-row-0').waitFor();
    await page.keyboard.press('6');
    await eventually(() => page.locator('.cmp-choose p').first().textContent()).toMatch(/Mark two messages with Space/);
  });

  test.each(['dark', 'contrast'] as const)('no accessibility violations, %s', async (theme) => {
    const { page } = await opened(['throttled-retry.pcap', 'netwpin-welcome.pcap'], 'view=compare', theme);
    await page.locator('.cmp-pairs button').first().click();
    await page.locator('.cmp-steps').waitFor();
    expect(await violations(page)).toEqual([]);
  });
});
