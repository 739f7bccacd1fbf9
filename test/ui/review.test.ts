// The Review view of the built page over the real engine and a sample: by keyboard, by pointer, in both themes.

import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSession } from '../../analysis/engine/session.ts';
import { methodsText, verdictsText } from '../../ui/review/words.ts';
import { fileSource, root } from '../support/shared.ts';
import { PATIENCE, type Pages, startPages, violations } from './harness/page.ts';

let pages: Pages;
beforeAll(async () => {
  pages = await startPages();
});
afterAll(() => pages.close());

async function openReview(
  sample: string,
  context: BrowserContextOptions = {},
  hash = 'view=review',
): Promise<{ page: Page; complaints: string[] }> {
  const engine = createSession({ open: () => Promise.reject(new Error('no')), samples: async () => [] });
  await engine.openSources([fileSource(join(root, 'captures', 'samples', sample))]);
  return pages.open({ engine, hash, ...context });
}

describe('Review', { timeout: 60_000 }, () => {
  test('key 5 opens it; the verdict comes first, a finding opens its octets', async () => {
    const { page, complaints } = await openReview('phishing-evening.pcap', {}, '');
    await page.locator('.main-head').waitFor();
    await page.keyboard.press('5');
    await page.locator('.review-verdict h2').waitFor();
    expect(await page.locator('.review-verdict h2').textContent()).toMatch(/^Somebody could take over a phone/);
    const place = page.locator('button.review-place', { hasText: 'the server' }).first();
    await place.click();
    await page.locator('#inspector-tab-bytes[aria-selected="true"]').waitFor();
    await expect.poll(() => page.url(), { timeout: PATIENCE }).toMatch(/view=review.*m=m7.*at=body@149-175/);
    expect(complaints).toEqual([]);
  });

  test('severities filter; groups open and close by keyboard', async () => {
    const { page } = await openReview('phishing-evening.pcap');
    const sections = page.locator('.review-section h3');
    await sections.first().waitFor();
    expect(await sections.count()).toBe(4);
    await page.locator('.review-chip', { hasText: 'Medium' }).click();
    expect(await sections.allTextContents()).toEqual(['Medium Look into it']);
    const head = page.locator('.review-head').first();
    const before = await head.getAttribute('aria-expanded');
    await head.focus();
    await page.keyboard.press('Enter');
    expect(await head.getAttribute('aria-expanded')).toBe(before === 'true' ? 'false' : 'true');
  });

  test('a sender and its servers are named as our own, looked at, and drown nothing any more', async () => {
    const { page, complaints } = await openReview('unsigned-hijack.pcap');
    await page.locator('.review-verdict h2', { hasText: /serious problem|take over/ }).waitFor();
    await page.locator('#review-tab-senders').click();
    await page.getByRole('button', { name: 'Mark as ours…' }).click();
    const list = page.locator('#ours-text');
    const text = await list.inputValue();
    expect(text.split('\n')[0]).toBe('Operator');
    await list.fill(`${text}\nhttp://wrong.example/`);
    await page.getByRole('button', { name: 'Review again' }).click();
    await page.locator('#ours-problem', { hasText: 'is no network' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await list.fill(text);
    await page.getByRole('button', { name: 'Review again' }).click();
    await page.locator('.review-verdict h2', { hasText: /^Nothing/ }).waitFor();
    await page.locator('#review-tab-findings').click();
    await page.locator('.review-head').first().waitFor();
    expect(await page.locator('.review-severity-high, .review-severity-critical').count()).toBe(0);
    await page.locator('.review-ours', { hasText: 'Your own servers' }).first().waitFor();
    expect(complaints).toEqual([]);
  });

  test('PINs are tried when asked', async () => {
    const { page } = await openReview('throttled-retry.pcap');
    await page.getByRole('button', { name: 'Try short PINs' }).click();
    await page.getByText('Short PINs were tried.').waitFor();
    expect(await page.locator('.review-title').allTextContents()).toContain('The PIN was found by trying');
    expect(await page.locator('.review').textContent()).not.toContain('8642');
  });

  test('senders and phones; an empty review says what was looked for', async () => {
    const { page } = await openReview('phishing-evening.pcap');
    await page.locator('#review-tab-senders').click();
    await page.locator('.review-table tbody tr').first().waitFor();
    expect(await page.locator('.review-who').allTextContents()).toEqual(['Operator', '+4915550100399', '32100']);
    await page.locator('#review-tab-victims').click();
    await expect.poll(() => page.locator('.review-who').count(), { timeout: PATIENCE }).toBe(5);
    const calm = await openReview('mixed-day.pcapng', { viewport: { width: 1024, height: 640 } });
    await calm.page.locator('#review-tab-rest').click();
    await calm.page.getByText('Nothing of the following was found').waitFor();
    expect(await calm.page.locator('.review-areas li').count()).toBeGreaterThan(40);
    expect(await calm.page.locator('.review-list').first().textContent()).toContain('nobody can tell');
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe has nothing to say, ${colorScheme}`, async () => {
      const { page } = await openReview('phishing-evening.pcap', {
        colorScheme,
        viewport: { width: 1024, height: 640 },
      });
      // Colours are what differs in the dark.
      for (const part of colorScheme === 'light' ? ['findings', 'senders', 'victims', 'rest'] : ['findings']) {
        await page.locator(`#review-tab-${part}`).click();
        await page.waitForTimeout(150);
        expect(await violations(page), part).toEqual([]);
      }
    });
  }
});

test('words of the tables', () => {
  expect(methodsText({ none: 2, NETWPIN: 1 })).toBe('1 NETWPIN, 2 without protection');
  expect(verdictsText({ 'not-applicable': 3 })).toBe('–');
  expect(verdictsText({ valid: 1, unprotected: 2 })).toBe('1 match, 2 none');
});
