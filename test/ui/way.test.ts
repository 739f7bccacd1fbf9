// The Summary tab tells how a message fared on its way: which leg stopped it, and what to look at next.

import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSession } from '../../analysis/engine/session.ts';
import { fileSource, root } from '../support/shared.ts';
import { type Pages, startPages, violations } from './harness/page.ts';

let pages: Pages;
beforeAll(async () => {
  pages = await startPages();
});
afterAll(() => pages.close());

async function open(sample: string) {
  const engine = createSession({ open: () => Promise.reject(new Error('no')), samples: async () => [] });
  await engine.openSources([fileSource(join(root, 'captures', 'samples', sample))]);
  const { page, complaints } = await pages.open({ engine, hash: 'm=m1' });
  const way = page.locator('.section', { has: page.getByRole('heading', { name: 'On its way' }) });
  await way.waitFor();
  return { page, complaints, way };
}

test('which hop lost it, in plain words, with frames and what to do', { timeout: 60_000 }, async () => {
  const { page, complaints, way } = await open('part-missing.pcap');
  expect(await way.locator('.way-verdict b').textContent()).toContain('No word of it');
  expect(await way.locator('.way-failure').textContent()).toContain('part 3 of 4 never sent');
  expect(await way.locator('.way-failure li').count()).toBeGreaterThan(0);
  expect(await way.locator('.way-legs tbody tr').first().textContent()).toMatch(
    /Submission over SMPP.*done.*frames \d+/,
  );
  expect(await violations(page)).toEqual([]);
  await way.getByRole('button', { name: 'Show the ladder' }).click();
  await page.locator('.ladder').first().waitFor();
  expect(complaints).toEqual([]);
});

test('a receipt that says no', { timeout: 60_000 }, async () => {
  const { way } = await open('emi-undelivered.pcap');
  expect(await way.locator('.way-verdict b').textContent()).toMatch(/Failed|Expired/);
  expect(await way.locator('.way-legs .bad').first().textContent()).toMatch(/✕/);
});

test('what arrived needs no advice', { timeout: 60_000 }, async () => {
  const { way } = await open('phone-life.pcap');
  expect(await way.locator('.way-verdict b').textContent()).toContain('Delivered');
  expect(await way.locator('.way-failure').count()).toBe(0);
});

test('what is wrong with a document that arrived, in words that lead to its octets', { timeout: 60_000 }, async () => {
  const { page, way } = await open('content-faults.pcap');
  expect(await way.locator('.way-failure').count()).toBe(0);
  const wrong = page.locator('.section', { has: page.getByRole('heading', { name: 'Is it as it should be?' }) });
  expect(await wrong.textContent()).toMatch(/No4 errors, 1 warning, 2 notes/);
  expect(await wrong.locator('.wrong-worst li').count()).toBe(3);
  await wrong.getByRole('button', { name: 'Show the findings' }).click();
  await page.locator('#inspector-tab-findings[aria-selected="true"]').waitFor();
});
