// The timeline in a browser: stretches of time moved by keyboard, cells under a filter.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually, type Pages, startPages, waitForMessages } from './harness/page.ts';

let pages: Pages;
beforeAll(async () => {
  pages = await startPages();
});
afterAll(() => pages.close());

describe('stretches of time', { retry: 2 }, () => {
  test('are marked, moved and left by keyboard; what is in cells follows the filter', async () => {
    const { page, complaints } = await pages.open({ hash: 'sample=busy&view=timeline' });
    await waitForMessages(page);
    const value = (name: string): Promise<number> =>
      page.getByRole('slider', { name, exact: true }).evaluate((el) => Number(el.getAttribute('aria-valuenow')));
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');

    await page.keyboard.press('r');
    await eventually(focused).toBe('Beginning of the marked time');
    const from = await value('Beginning of the marked time');
    const to = await value('End of the marked time');
    expect(to).toBeGreaterThan(from);
    await page.keyboard.press('ArrowRight');
    await eventually(() => value('Beginning of the marked time')).toBeGreaterThan(from);
    await page.keyboard.press('End');
    // One end stops at the other.
    await eventually(() => value('Beginning of the marked time')).toBeCloseTo(to, 2);
    await page.keyboard.press('Home');
    await eventually(() => value('Beginning of the marked time')).toBeLessThan(from);
    await page.keyboard.press('Escape');
    await eventually(focused).toBe('Timeline: a lane for each subscriber');
    expect(await page.locator('.marked-actions').count()).toBe(0);

    const whole = await value('End of the time shown');
    await page.getByRole('slider', { name: 'End of the time shown', exact: true }).focus();
    await page.keyboard.press('PageDown');
    await eventually(() => value('End of the time shown')).toBeLessThan(whole);
    await page.keyboard.press('End');
    await eventually(() => value('End of the time shown')).toBe(whole);

    const told = (): Promise<string> => page.locator('.twin').evaluate((el) => el.textContent ?? '');
    await eventually(told).toMatch(/\d+ messages/);
    expect(await told()).not.toMatch(/fit the filter/);
    await page.keyboard.press('/');
    await eventually(focused).toMatch(/filter/i);
    await page.keyboard.insertText('mac.verdict == invalid');
    await eventually(told).toMatch(/\d+ of \d+ messages fit the filter/);
    expect(complaints).toEqual([]);
  });
});
