// The device view in a real browser over the real engine: by keyboard, in every theme, with nothing and with many.

import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Keys } from '../../analysis/engine/contract.ts';
import { hostEngine } from '../../cli/host/engine.ts';
import { checkout } from '../project/built.ts';
import { eventually, type Pages, startPages, type Theme, violations } from './harness/page.ts';

const KEYS: Keys = { imsi: ['001010000000230'], pin: ['5524'] };

let pages: Pages;
beforeAll(async () => {
  pages = await startPages();
});
afterAll(() => pages.close());

async function open(samples: readonly string[], { width = 1440, theme = 'light' as Theme } = {}) {
  const engine = hostEngine();
  await engine.openPaths(samples.map((s) => join(checkout, 'captures', 'samples', s)));
  await engine.request({ op: 'keys', keys: KEYS });
  const { page, complaints } = await pages.open({
    engine,
    theme,
    viewport: { width, height: width === 1440 ? 900 : 640 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await page.locator('.main-head').waitFor();
  await page.keyboard.press('4');
  return { page, complaints };
}

const told = (page: Page) => page.locator('.phone-after');
const clipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());

describe('no accessibility violations', { retry: 2 }, () => {
  const cases = [
    { theme: 'light', width: 1440 },
    { theme: 'dark', width: 1024 },
    { theme: 'contrast', width: 1440 },
  ] as const;
  for (const c of cases) {
    test(`${c.theme}, ${c.width}`, async () => {
      const { page, complaints } = await open(['phone-life.pcap', 'bad-line.pcap'], c);
      await page.locator('.phone').waitFor();
      await page.getByLabel('Find a number or IMSI').fill('0230');
      await eventually(() => page.locator('.device-row').count()).toBe(1);
      await page.locator('.device-row').click();
      await eventually(() => page.locator('.device-step').count()).toBe(5);
      for (const pane of ['What it holds', 'This message', 'Changes']) {
        await page.getByRole('tab', { name: pane }).click();
        expect(await violations(page), pane).toEqual([]);
      }
      expect(complaints).toEqual([]);
      await page.context().close();
    });
  }
});

describe('one phone', { retry: 2 }, () => {
  test('by keyboard from message to message, and from a value to its octets', async () => {
    const { page, complaints } = await open(['phone-life.pcap']);
    await eventually(() => told(page).textContent()).toContain('After message 5 of 5, the last: refused.');
    await page.locator('.device-step[aria-current]').focus();
    await page.keyboard.press('ArrowLeft');
    await eventually(() => told(page).textContent()).toContain(
      'After message 4 of 5: Adds access point mms.example.com',
    );
    await page.keyboard.press('Home');
    await eventually(() => told(page).textContent()).toContain('After message 1 of 5');
    expect(await page.locator('.route').count()).toBe(2);
    await page.keyboard.press('End');
    await eventually(() => page.locator('.route').count()).toBe(3);
    await page.getByRole('button', { name: 'mms.example.com', exact: true }).first().click();
    await eventually(() => page.locator('.inspector .settings-table .chosen').textContent()).toContain(
      'mms.example.com',
    );
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('what changed between any two messages', async () => {
    const { page } = await open(['phone-life.pcap']);
    await page.getByRole('tab', { name: 'Changes' }).click();
    await eventually(() => page.locator('.phone-panel').textContent()).toContain('Nothing that a phone would act on');
    await page.getByLabel('From').selectOption('0');
    await eventually(() => page.locator('.consequences').textContent()).toContain('MMS now goes over access point');
    await page.context().close();
  });

  test('passwords are hidden until asked for, on screen and in what is copied', async () => {
    const { page } = await open(['phone-life.pcap']);
    await page.locator('.thing').first().waitFor();
    const copy = async (what: string): Promise<void> => {
      await page.locator('.phone .copy-menu > button').click();
      await page.getByRole('menuitem', { name: what }).click();
      await page.locator('.phone .copy-table small').waitFor();
    };
    await copy('For a spreadsheet');
    await eventually(() => clipboard(page)).toContain('Password\t***');
    expect(await clipboard(page)).toContain('MMSC\thttp://mms.example.com/mms');
    await page.getByRole('button', { name: 'Show passwords' }).click();
    await eventually(() => page.locator('.phone-panel').textContent()).not.toContain('***');
    await copy('For a ticket or a wiki');
    await eventually(() => clipboard(page)).toContain('| Password | mobile |');
    await page.context().close();
  });

  test('the settings of a message are copied from its tab', async () => {
    const { page } = await open(['phone-life.pcap']);
    await page
      .getByRole('button', { name: /^Message m1, which set/ })
      .first()
      .click();
    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.locator('.inspector .copy-menu > button').click();
    await page.getByRole('menuitem', { name: 'For a spreadsheet' }).click();
    await eventually(() => clipboard(page)).toContain('APN\tinternet.example.com');
    await page.context().close();
  });
});

test('a capture without settings says so', { retry: 2 }, async () => {
  const { page } = await open(['indication-chain.pcap']);
  await eventually(() => page.locator('.device-empty').textContent()).toBe(
    'No settings were sent to any phone in this capture.',
  );
  await page.context().close();
});
