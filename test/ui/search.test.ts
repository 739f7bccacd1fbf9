// Keys of the capture and the search for a PIN, in a real browser over the fake engine.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { grouped, roundly, spaceOf, spanText } from '../../ui/view/search.ts';
import { createFakeEngine } from './fake-engine.ts';
import { type Pages, startPages, violations } from './harness/page.ts';

let pages: Pages;
beforeAll(async () => {
  pages = await startPages();
});
afterAll(() => pages.close());

/** The Verify tab of the first message with this method that has no key yet. */
async function openVerify(method: string, theme: 'light' | 'dark' = 'light') {
  const engine = createFakeEngine();
  await engine.request({ op: 'open', inputs: [{ sample: 'gateway' }] });
  let row: { readonly id: string } | undefined;
  while (row === undefined) {
    const { messages } = await engine.request({ op: 'rows', table: 'messages', from: 0, count: 100 });
    row = messages.find((m) => m.method === method && m.verdict === 'no-key');
    await new Promise((done) => setTimeout(done, 20));
  }
  const { page, complaints } = await pages.open({ engine, theme, hash: `m=${row.id}&tab=verify` });
  await page.getByText('Search for the PIN').waitFor();
  return { page, complaints };
}

describe('the Verify tab', { retry: 1 }, () => {
  for (const theme of ['light', 'dark'] as const) {
    test(`searches for a PIN, says how far it is, stops, finds: ${theme}`, async () => {
      const { page, complaints } = await openVerify('USERPIN', theme);
      expect(await violations(page)).toEqual([]);
      await page.getByLabel('to', { exact: true }).selectOption('8');
      await page.getByText('111,110,000 PINs').waitFor();
      await page.getByRole('button', { name: 'Search', exact: true }).click();
      const bar = page.getByRole('progressbar');
      await bar.waitFor();
      await page.getByText('6.8 million a second on 2 cores').waitFor();
      await page.getByText(/\d+ s at most/).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Stop', exact: true }).click();
      await page.getByText('Stopped after 1,700,000 of 111,110,000 PINs.').waitFor();
      expect(await bar.count()).toBe(0);

      await page.getByLabel('to', { exact: true }).selectOption('6');
      await page.getByRole('button', { name: 'Search again' }).click();
      await page.getByText('the only one in 10,000').waitFor();
      // Masked until somebody asks.
      const found = page.locator('.search-found');
      expect(await found.textContent()).toContain('Found ••••');
      await page.getByRole('button', { name: 'Show the PIN' }).click();
      await found.getByText('1234').waitFor();
      await page.getByRole('button', { name: 'Hide the PIN' }).click();
      await found.getByText('••••').waitFor();
      // The engine checks with it by itself.
      await page.locator('.verdict-box-valid').waitFor();
      expect(await violations(page)).toEqual([]);
      expect(complaints).toEqual([]);
    });
  }

  test('shows what the capture holds, why, and tries all of it', async () => {
    const { page, complaints } = await openVerify('NETWPIN');
    const list = page.locator('.candidates li');
    await list.first().waitFor();
    expect(await list.allTextContents()).toEqual([
      'IMSI •••3210frame 77, InsertData request, same number, 3 s before (strong)',
      'IMSI •••1111frame 12, BSSMAP Common ID, one of 2 in the capture (weak)',
    ]);
    await page.getByRole('button', { name: 'Try all' }).click();
    await page.getByText('2 tried, 1 matches').waitFor();
    expect(await list.first().textContent()).toContain('matches');
    expect(await list.last().textContent()).toContain('does not match');
    expect(await page.getByRole('button', { name: 'Search' }).count()).toBe(0);
    await page.getByText('IMSIs are never searched for').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

test('figures in words', () => {
  expect([1, 999, 1000, 111_110_000].map(grouped)).toEqual(['1', '999', '1,000', '111,110,000']);
  expect([12_345, 3_412_345, 123_456_789].map(roundly)).toEqual(['12,345', '3.4 million', '123 million']);
  expect([0.44, 9.96, 12.4, 65, 3 * 3600 + 720].map(spanText)).toEqual([
    '0.4 s',
    '10.0 s',
    '12 s',
    '1 min 5 s',
    '3 h 12 min',
  ]);
  expect([spaceOf(4, 4), spaceOf(4, 8)]).toEqual([10_000, 111_110_000]);
});
