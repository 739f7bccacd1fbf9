// What a field engineer does with the page, in a real browser, on the shipped bundles.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { built, checkout } from '../project/built.ts';
import { type App, drop, fieldInTree, startApp } from './app.ts';

const sample = (name: string): Uint8Array => new Uint8Array(readFileSync(join(checkout, 'captures', 'samples', name)));

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const inspector = (page: Page) => page.getByRole('region', { name: 'Inspector' });
const panel = (page: Page) => page.locator('#inspector-panel');

/** The octets the page marks as selected, in the buffer that is shown. */
const chosenOctets = (page: Page): Promise<string> =>
  page.evaluate(() =>
    [...document.querySelectorAll('td.hex-chosen')]
      .map((cell) => cell.textContent)
      .join(' ')
      .toLowerCase(),
  );

const hexOf = (text: string): string =>
  Buffer.from(text, 'latin1')
    .toString('hex')
    .replace(/(..)(?!$)/g, '$1 ');

describe('opening', { retry: 2 }, () => {
  test('the empty page offers the samples, and one click opens one', async () => {
    const { page, complaints } = await app.open();
    const stories = page.locator('button.sample');
    expect(await stories.count()).toBeGreaterThanOrEqual(6);
    await stories.first().click();
    await page.getByRole('tab', { name: /List/ }).click();
    await page.getByRole('grid', { name: 'Messages' }).waitFor();
    await expect.poll(() => page.getByRole('row').count()).toBeGreaterThan(1);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('an address opens its sample, message and tab', async () => {
    const { page, complaints } = await app.open('sample=throttled-retry&m=m1&tab=settings');
    await panel(page).getByText('internet.example', { exact: false }).first().waitFor();
    expect(await page.getByRole('tab', { name: 'Settings' }).getAttribute('aria-selected')).toBe('true');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a dropped file is read in the page itself, and so are two at once', async () => {
    const { page, complaints } = await app.open();
    const sent: string[] = [];
    page.on('request', (r) => sent.push(r.postData() ?? ''));
    await drop(page, [{ name: 'altered.pcap', bytes: sample('userpin-altered.pcap') }]);
    await page.getByText('altered.pcap').first().waitFor();
    await drop(page, [
      { name: 'one.pcap', bytes: sample('part-missing.pcap') },
      { name: 'two.log', bytes: sample('modem-log.log') },
    ]);
    await page.getByText('2 files').first().waitFor();
    // Nothing of them went to the server.
    expect(sent.filter((body) => body.includes('"open"') || body.length > 200)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('what can not be read says why', async () => {
    const { page } = await app.open();
    await drop(page, [{ name: 'picture.png', bytes: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex') }]);
    await page
      .getByText(/picture\.png can.t be read/)
      .first()
      .waitFor();
    await page.context().close();
  });
});

describe('finding what failed, by keyboard', { retry: 2 }, () => {
  test('one key leads from many messages to the one in error', async () => {
    const { page } = await app.open();
    await drop(page, [
      { name: 'mixed.pcapng', bytes: sample('mixed-day.pcapng') },
      { name: 'faults.pcap', bytes: sample('content-faults.pcap') },
    ]);
    await page.getByRole('tab', { name: /Timeline/ }).waitFor();
    await page.keyboard.press('e');
    await inspector(page).getByText('Error', { exact: true }).first().waitFor();
    // A finding names its octets, and a key shows them.
    await inspector(page)
      .getByRole('button', { name: /^(Body|Document) 0x/ })
      .first()
      .press('Enter');
    await expect.poll(() => chosenOctets(page)).not.toBe('');
    await page.context().close();
  });

  test('another leads to a verification that failed', async () => {
    const { page } = await app.open('sample=userpin-altered');
    await page.getByRole('tab', { name: /Timeline/ }).waitFor();
    await page.locator('.main-count', { hasText: '1 message' }).waitFor();
    await page.keyboard.press('n');
    await panel(page).waitFor();
    await page.keyboard.press('v');
    await page.getByLabel('PIN', { exact: true }).fill('2580');
    await page.keyboard.press('Enter');
    await page.locator('.verdict-box').getByText('MAC differs', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+E');
    await page.locator('.verdict-box').getByText('MAC differs', { exact: true }).waitFor();
    await page.context().close();
  });

  test('the list is walked with the arrows', async () => {
    const { page } = await app.open('sample=mixed-day&view=list');
    const grid = page.getByRole('grid', { name: 'Messages' });
    // Keys that come before there are messages move nothing.
    await grid.locator('tbody tr').nth(2).waitFor();
    await grid.focus();
    await page.keyboard.press('ArrowDown');
    await page.locator('tr[aria-selected="true"]').waitFor();
    const first = await page.locator('tr[aria-selected="true"]').getAttribute('aria-rowindex');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.locator('tr[aria-selected="true"]').getAttribute('aria-rowindex')).not.toBe(first);
    await page.context().close();
  });
});

describe('from a value to its octets', { retry: 2 }, () => {
  test('a value in the tree is marked in the body, and in the frames it came in', async () => {
    const { page, complaints } = await app.open('sample=netwpin-welcome&m=m1&tab=tree');
    const value = await fieldInTree(page, 'String', 'internet');
    await value.click();
    const text = (await value.locator('.tree-value').textContent()) ?? '';
    await page.locator('td.hex-chosen').first().waitFor();
    expect(await chosenOctets(page)).toContain(hexOf(text));
    const body = await chosenOctets(page);
    await page.getByRole('button', { name: 'Show in frame' }).click();
    await expect.poll(() => page.locator('.peek td.hex-chosen').count()).toBeGreaterThan(0);
    // The same octets, or the first piece of them where a part ended inside.
    expect(body.startsWith(await chosenOctets(page))).toBe(true);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('an octet leads back to its field', async () => {
    const { page } = await app.open('sample=netwpin-welcome&m=m1&tab=bytes');
    await page.locator('td[data-octet="0"]').first().click();
    await expect.poll(() => chosenOctets(page)).not.toBe('');
    await page.keyboard.press('Alt+4');
    await page.locator('[role="treeitem"][aria-selected="true"]').waitFor();
    await page.context().close();
  });
});

describe('a key turns the verdict', { retry: 2 }, () => {
  test('wrong first, both MACs aligned, then right', async () => {
    const { page, complaints } = await app.open('sample=throttled-retry&m=m1&tab=verify');
    const box = page.locator('.verdict-box');
    await box.getByText('No key yet', { exact: true }).waitFor();
    await page.getByLabel('PIN', { exact: true }).fill('0000');
    await page.getByRole('button', { name: 'Verify' }).click();
    await box.getByText('MAC differs', { exact: true }).waitFor();
    expect(await page.locator('table.mac td.mac-differs').count()).toBeGreaterThan(0);
    await page.getByLabel('PIN', { exact: true }).fill('8642');
    await page.getByRole('button', { name: 'Verify' }).click();
    await box.getByText('MAC matches', { exact: true }).waitFor();
    expect(await page.locator('table.mac td.mac-differs').count()).toBe(0);
    // The key is nowhere in the address, the title or the page's text.
    expect(page.url()).not.toContain('8642');
    expect(await page.title()).not.toContain('8642');
    expect(await page.locator('body').innerText()).not.toContain('8642');
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

describe('the page trusts nobody', { retry: 2 }, () => {
  test('its policy stops inline scripts and code from text', async () => {
    const { page, complaints } = await app.open();
    const ran = await page.evaluate(async () => {
      const inline = document.createElement('script');
      inline.textContent = 'window.inlineRan = true';
      document.body.append(inline);
      // Later, because what the test itself evaluates is exempt from the policy.
      const evaluated = await new Promise<boolean>((done) => {
        setTimeout(() => {
          try {
            done(new Function('return true')() === true);
          } catch {
            done(false);
          }
        });
      });
      const away = await fetch('http://127.0.0.1:9/').then(
        () => true,
        () => false,
      );
      return { inline: 'inlineRan' in window, evaluated, away };
    });
    expect(ran).toEqual({ inline: false, evaluated: false, away: false });
    expect(complaints.filter((c) => /Content Security Policy/.test(c)).length).toBeGreaterThanOrEqual(2);
    await page.context().close();
  });

  test('markup in a capture is text', async () => {
    const evil = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;
    const escaped = evil.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
    const xml = `<wap-provisioningdoc version="1.1"><characteristic type="NAPDEF"><parm name="NAPID" value="${escaped}"/><parm name="NAME" value="${escaped}"/><parm name="NAP-ADDRESS" value="${escaped}"/></characteristic></wap-provisioningdoc>`;
    const { page, complaints } = await app.open();
    await drop(page, [{ name: '<blink>x<blink>.xml', bytes: new TextEncoder().encode(xml) }]);
    await page.locator('.main-count', { hasText: '1 message' }).waitFor();
    await page.keyboard.press('n');
    for (const tab of ['Summary', 'Settings', 'XML', 'Tree', 'Bytes', 'Verify', 'Findings']) {
      await inspector(page)
        .getByRole('tab', { name: new RegExp(`^${tab}`) })
        .click();
      await page.waitForTimeout(50);
      expect(await page.locator('#app img, #app script, #app blink').count()).toBe(0);
    }
    expect(await page.title()).not.toBe('owned');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('the shipped page has no address of elsewhere in it', () => {
    const html = readFileSync(built('ui/index.html'), 'utf8');
    expect(html).not.toMatch(/https?:|<script(?![^>]*\bsrc=)|\bon\w+=|style=/);
  });
});
