// The drawer's frames and log, reports with bookmarks, silenced rules and the keys, and a field of the tree as a column.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hostEngine } from '../../cli/host/engine.ts';
import { checkout } from '../project/built.ts';
import { type App, startApp } from './app.ts';

const sample = (name: string): string => join(checkout, 'captures', 'samples', name);
const FILES = [sample('mixed-day.pcapng'), sample('content-faults.pcap')];

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const chosen = (page: Page) => page.locator('#inspector-panel');

async function framesLead(page: Page): Promise<void> {
  await page.keyboard.press('Shift+G');
  const grid = page.getByRole('grid', { name: 'Frames' });
  await grid.locator('#frame-row-0').waitFor();
  await expect.poll(() => grid.locator('#frame-row-0 td').first().textContent()).toBe('1');
  const link = grid.locator('.frame-messages button').first();
  await link.waitFor();
  const id = (await link.textContent()) ?? '';
  await link.click();
  await chosen(page).waitFor();
  await expect.poll(() => page.url()).toContain(`m=${id}&`);
  // The octets of the frame beside the list.
  await page.getByRole('button', { name: 'Octets', exact: true }).click();
  const shown = page.getByRole('region', { name: /^Frame \d+$/ });
  await expect.poll(() => shown.locator('pre').textContent()).toMatch(/^0000 {2}([0-9A-F]{2} ){15}/);
  expect(await shown.locator('dl').textContent()).toContain('IPv4');
  // By number, and back to those of the message.
  await page.getByLabel('Go to frame', { exact: true }).fill('2');
  await page.keyboard.press('Enter');
  await expect.poll(() => grid.locator('tr[aria-selected="true"] td').first().textContent()).toBe('2');
  await page.getByRole('button', { name: `Of ${id}` }).click();
  await expect.poll(() => grid.locator('tr[aria-selected="true"]').textContent()).toContain(id);
  // The other file.
  const total = await grid.getAttribute('aria-rowcount');
  await page.getByLabel('File', { exact: true }).selectOption({ index: 1 });
  await expect.poll(() => grid.getAttribute('aria-rowcount')).not.toBe(total);
  await page.getByLabel('Which frames', { exact: true }).selectOption('messages');
  await grid.locator('.frame-messages button').first().waitFor();
  const rows = grid.locator('tbody tr');
  expect(await grid.locator('tbody tr:has(.frame-messages button)').count()).toBe(await rows.count());
}

async function logTells(page: Page): Promise<void> {
  await page.locator('#list-row-0').click();
  await page.keyboard.press('Shift+L');
  const lines = page.locator('.log-lines').first();
  await expect.poll(() => lines.textContent()).toMatch(/Read mixed-day\.pcapng: pcapng, \d+ frames/);
  expect(await lines.textContent()).toMatch(/Found \d+ messages on \d+ lanes; \d+ errors?/);
  await page.getByRole('tab', { name: 'Verify' }).click();
  await page.getByLabel('PIN', { exact: true }).fill('7391');
  await page.keyboard.press('Enter');
  await expect.poll(() => lines.textContent()).toContain('1 PIN.');
  expect(await lines.textContent()).not.toContain('7391');
}

describe('the drawer', { retry: 1 }, () => {
  // One page for both: most of the time of such a test is its page.
  test('frames lead to messages and back, in each file; the log tells what was read, and of keys only how many', async () => {
    const { page, complaints } = await app.open('view=list', { files: FILES });
    await page.locator('#list-row-0').waitFor();
    await framesLead(page);
    await logTells(page);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

describe('a report from the page', { retry: 1 }, () => {
  test('tells what is bookmarked, of those messages only, and is a picture where that is wanted', async () => {
    const { page, complaints } = await app.open('view=list&m=m2', { files: FILES });
    await page.locator('#list-row-0').waitFor();
    await chosen(page).waitFor();
    await page.keyboard.press('b');
    await page.getByLabel('Note', { exact: true }).fill('ask them');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.locator('.bookmark-sign').waitFor();
    const saved = async (act: () => Promise<void>): Promise<Buffer> => {
      const download = page.waitForEvent('download');
      await act();
      return readFile(await (await download).path());
    };
    const report = (...labels: readonly (string | RegExp)[]): Promise<Buffer> =>
      saved(async () => {
        await page.keyboard.press('x');
        const dialog = page.getByRole('dialog');
        for (const label of labels) await dialog.getByLabel(label).check();
        await dialog.getByRole('button', { name: 'Save', exact: true }).click();
        await dialog.waitFor({ state: 'detached' });
      });
    const json = JSON.parse(String(await report(/^JSON/, /^What is bookmarked/, /^Tell my bookmarks/)));
    expect(json.messages.map((m: { id: string }) => m.id)).toEqual(['m2']);
    expect(json.bookmarks).toEqual([{ message: 'm2', note: 'ask them' }]);
    // Not told unless asked.
    expect(JSON.parse(String(await report(/^JSON/))).bookmarks).toBeUndefined();
    const png = await report(/^PNG/);
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
    // For the command line.
    await page.keyboard.press('Shift+B');
    const file = await saved(() => page.getByRole('button', { name: 'Save as a file' }).click());
    expect(JSON.parse(String(file))).toMatchObject({
      schema: 'otascope-bookmarks/1',
      files: ['mixed-day.pcapng', 'content-faults.pcap'],
      bookmarks: [{ message: 'm2', note: 'ask them' }],
    });
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

describe('what one chose is kept to', { retry: 1 }, () => {
  test('silenced rules are passed by', async () => {
    const engine = hostEngine();
    await engine.openPaths(FILES);
    for (let s = await engine.request({ op: 'status' }); s.phase === 'loading'; ) {
      s = await engine.request({ op: 'status', after: s.version });
    }
    const { findings } = await engine.request({ op: 'rows', table: 'findings', from: 0, count: 200 });
    const errors = [...new Set(findings.filter((f) => f.severity === 'error').map((f) => f.code))];
    expect(errors.length).toBeGreaterThan(0);
    const all = [...new Set(findings.map((f) => f.code))];
    const find = (what: 'error' | 'finding', silenced: readonly string[]) =>
      engine.request({ op: 'find', what, from: -1, step: 1, silenced });
    expect((await find('error', [])).index).not.toBeNull();
    expect((await find('error', errors)).index).toBeNull();
    expect((await find('finding', errors)).index).not.toBeNull();
    expect((await find('finding', all)).index).toBeNull();
    // The page asks with what was silenced in this browser before.
    const { page } = await app.open('view=list&tab=findings', {
      files: FILES,
      before: async (p) => {
        await p.addInitScript(
          (codes) => localStorage.setItem('otascope.page', JSON.stringify({ silenced: codes })),
          errors,
        );
      },
    });
    await page.locator('#list-row-0').waitFor();
    await page.keyboard.press('e');
    await page
      .getByText(/^There is no error in this capture, but of \d+ silenced rules?\.$/)
      .first()
      .waitFor();
    await page.context().close();
  });

  test('a field of the tree is dragged onto the head it shall stand before', async () => {
    const { page, complaints } = await app.open('view=list&m=m1&tab=tree', { files: FILES });
    await page.locator('#list-row-0').waitFor();
    const field = page.locator('[role="treeitem"][draggable="true"]').first();
    await field.waitFor();
    const heads = page.getByRole('grid', { name: 'Messages' }).getByRole('columnheader');
    const before = await heads.allTextContents();
    await field.dragTo(heads.nth(2));
    await expect.poll(() => heads.count()).toBe(before.length + 1);
    const after = await heads.allTextContents();
    expect(after[2]).toMatch(/^\w+(\.\w+)+$/);
    expect(after.filter((_, i) => i !== 2)).toEqual(before);
    // What it says of the message stands in the row.
    await expect.poll(() => page.locator('#list-row-0 td').nth(2).textContent()).not.toBe('…');
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
