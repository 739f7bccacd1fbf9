// The filter field and the list in a real browser over the fake engine.

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually, type OpenOptions, type Pages, startPages, violations } from './harness/page.ts';

let pages: Pages;
beforeAll(async () => {
  pages = await startPages();
});
afterAll(() => pages.close());
const openPage = (options?: OpenOptions) => pages.open(options);

describe('filter', { retry: 2 }, () => {
  test('narrows the list, and says how many', async () => {
    const { page } = await openPage({ hash: 'sample=gateway&view=list' });
    await page.locator('#list-row-0').waitFor();
    await page.keyboard.press('/');
    // No pause: the first letter already belongs to the field, not to the keys of the page.
    await page.keyboard.type('verdict:differs');
    expect(await page.locator('.filter input').inputValue()).toBe('verdict:differs');
    await eventually(() => page.locator('.filter-count').textContent()).toMatch(/^[1-9]\d* of 34$/);
    const verdicts = await page.locator('tbody .col-verdict').allTextContents();
    expect(new Set(verdicts)).toEqual(new Set(['MAC differs']));
    await page.keyboard.type(' nobody');
    const none = page.locator('.list-none');
    await eventually(() => none.textContent()).toContain('None of 34 messages fits this filter.');
    expect(await none.locator('.bad').allTextContents()).toEqual(['"nobody" alone: none']);
  });

  test('what may follow is offered, chosen with the keys, and what is wrong is underlined', async () => {
    const { page, complaints } = await openPage({ hash: 'sample=gateway&view=list' });
    await page.locator('#list-row-0').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('prov.s');
    await eventually(() => page.locator('.filter-offer code').first().textContent()).toBe('prov.security');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await eventually(() => page.locator('.filter input').inputValue()).toBe('prov.security ');
    await page.keyboard.type('== USERP');
    await eventually(() => page.locator('.filter-offer').first().textContent()).toMatch(/^USERPIN\d+ messages?$/);
    const offered = await page.locator('.filter-offer').first().textContent();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    const before = `${/^USERPIN(\d+)/.exec(offered ?? '')?.[1]} of 34`;
    await eventually(() => page.locator('.filter-count').textContent()).toBe(before);
    // At once: 'and wdp' alone would be a filter, too.
    await page.keyboard.insertText('and wdp.port == x');
    await eventually(() => page.locator('.filter-under u').textContent()).toBe('x');
    await eventually(() => page.locator('.filter-error').textContent()).toContain('Expected a number');
    expect(await page.locator('.filter-count').textContent()).toBe(before);
    expect(complaints).toEqual([]);
  });

  test('a pinned filter stays in force beside the next one, and in the link', async () => {
    const { page } = await openPage({ hash: 'sample=gateway&view=list&pin=worst%3Aerror' });
    await page.locator('.filter-strip .chip').waitFor();
    await eventually(() => page.locator('.filter-count').textContent()).toMatch(/^[1-9]\d* of 34$/);
    await page.locator('.chip-x').click();
    await eventually(() => page.locator('.filter-count').textContent()).toBe('');
    await eventually(() => page.evaluate(() => location.hash)).not.toContain('pin=');
  });
});

describe('the list', { retry: 2 }, () => {
  const column = (page: Page, id: string) => page.locator(`tbody .col-${id}`).allTextContents();

  test('sorts by its heads, and the selection keeps its place', async () => {
    const { page, complaints } = await openPage({ hash: 'sample=gateway&view=list' });
    await page.locator('#list-row-0').waitFor();
    const asCaptured = await column(page, 'to');
    await page.locator('th.col-to .sort').click();
    await eventually(() => page.locator('th.col-to').getAttribute('aria-sort')).toBe('ascending');
    await eventually(async () => {
      const now = await column(page, 'to');
      return now.every((t, i) => i === 0 || now[i - 1]! <= t);
    }).toBe(true);
    await page.locator('#list-row-3').click();
    const chosen = await page.locator('#list-row-3').textContent();
    await page.locator('th.col-to .sort').click();
    await eventually(() => page.locator('th.col-to').getAttribute('aria-sort')).toBe('descending');
    await eventually(() => page.locator('tr[aria-selected=true]').textContent()).toBe(chosen);
    await page.locator('th.col-to .sort').click();
    await eventually(() => column(page, 'to')).toEqual(asCaptured);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('takes any field as a column, and remembers it', async () => {
    const { page } = await openPage({ hash: 'sample=gateway&view=list' });
    await page.locator('#list-row-0').waitFor();
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByLabel('Add a column').fill('message.idd');
    await page.keyboard.press('Enter');
    await eventually(() => page.locator('#column-problem').textContent()).toMatch(/no field of this name/);
    await page.getByLabel('Add a column').fill('message.id');
    await page.keyboard.press('Enter');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await eventually(async () => (await column(page, 'field')).slice(0, 2)).toEqual(['m1', 'm2']);
    await page.reload();
    await eventually(async () => (await column(page, 'field')).slice(0, 2)).toEqual(['m1', 'm2']);
  });

  test('is copied as a table', async () => {
    const { page } = await openPage({
      hash: 'sample=gateway&view=list',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await page.locator('#list-row-0').click();
    await page.keyboard.press('c');
    await page.getByRole('button', { name: /The whole list/ }).click();
    await page.getByText('Copied: the whole list.').waitFor();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    const rows = text
      .trimEnd()
      .split('\n')
      .map((l) => l.split('\t'));
    expect(rows.length).toBe(35);
    expect(rows[0]?.[0]).toBe('Time');
    expect(new Set(rows.map((r) => r.length))).toEqual(new Set([9]));
    expect(await violations(page)).toEqual([]);
  });
});
