// What stands under the filter's field where nobody is typing: a filter that makes no sense, and one that nothing fits.

import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSession } from '../../analysis/engine/session.ts';
import { fileSource, root } from '../support/shared.ts';
import { PATIENCE, type Pages, startPages, violations } from './harness/page.ts';

let pages: Pages;
beforeAll(async () => {
  pages = await startPages();
});
afterAll(() => pages.close());

async function open(filter: string) {
  const engine = createSession({ open: () => Promise.reject(new Error('no')), samples: async () => [] });
  await engine.openSources([fileSource(join(root, 'captures', 'samples', 'phishing-evening.pcap'))]);
  const { page, complaints } = await pages.open({ engine, hash: `q=${encodeURIComponent(filter)}` });
  return { page, complaints, strip: page.locator('.filter-strip') };
}

test('a filter of a link that makes no sense is told, and underlined', { timeout: 60_000 }, async () => {
  const { page, complaints, strip } = await open('bogus.field == 1');
  await strip.waitFor();
  expect(await strip.textContent()).toMatch(/^The filter can’t be understood: .*Nothing is filtered\.$/);
  expect(await page.locator('.filter-under u').textContent()).toBe('bogus.field');
  expect(await violations(page)).toEqual([]);
  // While somebody types it is no mistake yet.
  await page.locator('.filter input').press('End');
  await page.keyboard.type('2');
  await expect.poll(() => strip.count(), { timeout: PATIENCE }).toBe(0);
  await page.keyboard.press('Enter');
  await strip.waitFor();
  expect(complaints).toEqual([]);
});

test('where nothing fits, the term to blame is named in every view', { timeout: 60_000 }, async () => {
  const { page, strip } = await open('sms.from == 999 and verdict:unprotected');
  await strip.waitFor();
  const text = await strip.textContent();
  expect(text).toMatch(/^None of 8 messages fits\..*alone: none.*alone: 5/);
  expect(await strip.locator('.bad').textContent()).toContain('999');
  await strip.getByRole('button', { name: 'Clear the filter' }).click();
  await expect.poll(() => strip.count(), { timeout: PATIENCE }).toBe(0);
  expect(await page.locator('.filter input').inputValue()).toBe('');
});
