// The built page in a real browser over the fake engine: by keyboard, by pointer, in every theme, under the shipped CSP.

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  eventually,
  type OpenOptions,
  type Pages,
  selectedTitle,
  startPages,
  TAB_NAMES,
  violations,
  waitForMessages,
} from './harness/page.ts';
import { TOKEN } from './harness/server.ts';

let pages: Pages;
beforeAll(async () => {
  pages = await startPages();
});
afterAll(() => pages.close());
const openPage = (options?: OpenOptions) => pages.open(options);

describe('no accessibility violations', { retry: 2 }, () => {
  const themes = [
    { name: 'light', theme: 'light' },
    { name: 'dark', theme: 'dark' },
    { name: 'high contrast', theme: 'contrast' },
  ] as const;
  for (const theme of themes) {
    test(theme.name, async () => {
      const { page, complaints } = await openPage({ theme: theme.theme });
      const check = async (where: string): Promise<void> => {
        expect(await violations(page), `${where}, ${theme.name}`).toEqual([]);
      };
      await page.locator('.sample').first().waitFor();
      await check('empty');
      await page.locator('.sample').first().click();
      await waitForMessages(page);
      await check('timeline');
      await page.keyboard.press('e');
      await page.locator('.finding').first().waitFor();
      for (const [i, name] of TAB_NAMES.entries()) {
        await page.keyboard.press(`Alt+${i + 1}`);
        await page.locator(`[role=tab][aria-selected=true]:has-text("${name}")`).waitFor();
        await check(name);
      }
      await page.locator('.findings .octet-link').first().click();
      await page.locator('.peek').waitFor();
      await check('findings with octets');
      await page.keyboard.press('3');
      await page.keyboard.press('g');
      await page.locator('.finding-head').first().click();
      await check('list and drawer');
      await page.keyboard.press('?');
      await check('keys');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'File' }).click();
      await check('menu');
      await page.keyboard.press('Escape');
      expect(complaints).toEqual([]);
    });
  }
});

describe('by keyboard alone', { retry: 2 }, () => {
  test('from start to the octets of a failing value, in the frame', async () => {
    const { page, complaints } = await openPage({ hash: 'sample=gateway' });
    await waitForMessages(page);
    await page.keyboard.press('e');
    await eventually(() => selectedTitle(page).textContent()).toContain('+491710007919');
    await page.keyboard.press('Shift+E');
    await eventually(() => page.locator('[role=tab][aria-selected=true]').last().textContent()).toBe('Verify');
    await page.keyboard.press('Alt+4');
    await page.locator('.tree-body').focus();
    await page.keyboard.type('nap-a');
    await eventually(() => page.locator('.tree-row.chosen').textContent()).toContain('internet.example');
    await eventually(() => page.locator('.peek .hex-octet.hex-chosen').count()).toBeGreaterThan(15);
    const text = (await page.locator('.peek .hex-text .hex-chosen').allTextContents()).join('');
    expect(text).toContain('internet.example');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Show in frame' }).focus();
    await page.keyboard.press('Enter');
    await eventually(() => page.locator('.inspector select').inputValue()).toMatch(/^frame:\d+$/);
    const frameText = (await page.locator('.bytes .hex-text .hex-chosen').allTextContents()).join('');
    expect(frameText).toBe(text);
    expect(complaints).toEqual([]);
  });

  test('the lane is walked with . and , and the chart answers with the cell that is spoken', async () => {
    const { page } = await openPage({ hash: 'sample=gateway&m=m1' });
    await waitForMessages(page);
    await page.keyboard.press('3');
    await page.locator('.list-grid').focus();
    await page.keyboard.press('ArrowDown');
    await eventually(() => page.locator('tr[aria-selected=true]').textContent()).toContain('+491710007919');
    await page.keyboard.press('1');
    await page.keyboard.press('.');
    await eventually(() => page.locator('.status-bar').textContent()).not.toContain('m2 ·');
    await page.keyboard.press(',');
    await eventually(() => page.locator('.status-bar').textContent()).toContain('m2 ·');
    await eventually(async () => {
      const id = await page.locator('.twin').getAttribute('aria-activedescendant');
      return page.locator(`[id="${id}"]`).textContent();
    }).toMatch(/Provisioning: MAC differs, 4 parts in .*worst finding: error/);
  });

  test('every key of the table is in the help', async () => {
    const { page } = await openPage({ hash: 'sample=gateway' });
    await waitForMessages(page);
    await page.keyboard.press('?');
    await eventually(() => page.locator('.keys').textContent()).toContain('Next failed verification');
    await page.keyboard.press('Escape');
    await eventually(() => page.locator('dialog').count()).toBe(0);
  });
});

describe('verifying', { retry: 2 }, () => {
  test('a wrong PIN, then the right one: both MACs side by side, and the verdict turns everywhere', async () => {
    const { page, complaints } = await openPage({ hash: 'sample=gateway&m=m1' });
    await waitForMessages(page);
    await page.keyboard.press('v');
    await page.keyboard.type('99-99');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('key-pin');
    await page.keyboard.press('Enter');
    await eventually(() => page.locator('.verdict-box').textContent()).toContain('MAC differs');
    expect(await page.locator('.mac td.mac-differs').count()).toBeGreaterThan(20);
    await page.locator('#key-pin').fill('PIN: 12 34');
    await page.keyboard.press('Enter');
    await eventually(() => page.locator('.verdict-box').textContent()).toContain('MAC matches');
    expect(await page.locator('.mac td.mac-differs').count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.keyboard.press('3');
    await eventually(() => page.locator('#list-row-0').textContent()).toContain('MAC matches');
    expect(await page.evaluate(() => `${location.href} ${document.title} ${JSON.stringify(localStorage)}`)).not.toMatch(
      /1234|9999/,
    );
    expect(complaints).toEqual([]);
  });

  test('a password is hidden until asked for, also among the octets', async () => {
    const { page } = await openPage({ hash: 'sample=gateway&m=m1&tab=settings' });
    await page.locator('.settings-table').first().waitFor();
    expect(await page.locator('.inspector').textContent()).not.toContain('w4p!secret');
    await page.getByRole('button', { name: 'Show Password' }).click();
    await eventually(() => page.locator('.inspector').textContent()).toContain('w4p!secret');
    await page.keyboard.press('Alt+5');
    await page.locator('.hex-table').waitFor();
    const shown = async (): Promise<string> => (await page.locator('.hex-text').allTextContents()).join('');
    expect(await shown()).not.toContain('secret');
    await page.getByRole('button', { name: 'Show secrets' }).click();
    await eventually(shown).toContain('w4p!secret');
  });
});

describe('the address', { retry: 2 }, () => {
  test('a link shows the same view again', async () => {
    const { page, url } = await openPage({ hash: 'sample=gateway&m=m5&tab=settings' });
    await page.locator('.settings-table .octet-link').nth(3).click();
    await page.keyboard.press('t');
    await eventually(() => page.evaluate(() => location.hash)).toMatch(/^#sample=gateway&.*at=body@\d+-\d+.*time=utc/);
    const hash = await page.evaluate(() => location.hash);
    const other = await page.context().newPage();
    await other.goto(`${url}${hash}`);
    await eventually(() => other.locator('.peek-title').textContent()).toBe(
      await page.locator('.peek-title').textContent(),
    );
    await eventually(() => selectedTitle(other).textContent()).toBe(await selectedTitle(page).textContent());
  });
});

describe('states', { retry: 2 }, () => {
  const paste = async (page: Page, text: string): Promise<void> => {
    await page.getByRole('button', { name: 'Paste text…' }).click();
    await page.locator('#paste-text').fill(text);
    await page.locator('dialog').getByRole('button', { name: 'Open' }).click();
  };

  test('usable while it loads, and stopped by hand', async () => {
    const { page } = await openPage({ loadMs: 60_000, hash: 'sample=busy' });
    await page.locator('.loading').waitFor();
    await waitForMessages(page);
    await eventually(() => page.locator('.loading').textContent()).toMatch(/\d+ %.*MB\/s.*left/);
    expect(await page.title()).toMatch(/^\d+ % busy-hour/);
    await page.getByRole('button', { name: 'Stop' }).click();
    await eventually(() => page.locator('.banners').textContent()).toContain('Reading was stopped');
    await page.keyboard.press('e');
    await page.locator('.finding').first().waitFor();
  });

  test('text goes to the engine; what was pasted is shown', async () => {
    const { page } = await openPage();
    await paste(page, '0b05040b8423f0');
    await waitForMessages(page);
    expect(await page.locator('.file-name').textContent()).toBe('pasted text');
  });

  test('nothing of ours: what was there, and a port that can be read another way', async () => {
    const { page, complaints } = await openPage({
      init: `window.otascope = { platform: 'linux', openDialog: async () => ['/x/web.pcap'], pathForFile: () => '',
        onOpen() {}, onShow() {}, setTitle() {}, request: async (json) => new Uint8Array(await (await fetch('api/request', {
          method: 'POST', body: json, headers: { 'content-type': 'application/json', 'x-otascope-token': '${TOKEN}' },
        })).arrayBuffer()) };`,
    });
    await page.getByRole('button', { name: 'Open files…' }).click();
    await eventually(() => page.locator('main').textContent()).toContain('port 2775: not SMPP');
    await page.getByRole('button', { name: 'Decode TCP port 2775 as…' }).click();
    const port = page.getByRole('textbox', { name: 'Port of choice 1' });
    const apply = page.getByRole('button', { name: 'Apply' });
    expect(await port.inputValue()).toBe('2775');
    await port.fill('70000');
    await apply.click();
    await eventually(() => page.locator('.problem').textContent()).toContain('1 to 65535');
    expect(await port.getAttribute('aria-invalid')).toBe('true');
    expect(await violations(page)).toEqual([]);
    await port.fill('9');
    await apply.click();
    await eventually(() => page.locator('.problem').textContent()).toBe('Port 9 is read by nobody.');
    await port.fill('2775');
    await apply.click();
    await waitForMessages(page);
    await page.getByRole('button', { name: /^File/ }).click();
    await page.getByRole('menuitem', { name: 'Decode as…' }).click();
    await eventually(() => port.inputValue()).toBe('2775');
    await page.getByRole('button', { name: 'Add a port' }).click();
    await eventually(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'Port of choice 2',
    );
    await page.keyboard.type('5000');
    await page.getByRole('combobox', { name: 'Protocol of choice 2' }).selectOption({ label: 'UDP' });
    expect(
      await page.getByRole('combobox', { name: 'Decoder of choice 2' }).locator('option').allTextContents(),
    ).toEqual(['Wireless Datagram Protocol over UDP']);
    await page.getByRole('button', { name: 'Remove choice 1' }).click();
    await apply.click();
    await eventually(() => page.locator('dialog').count()).toBe(0);
    await page.getByRole('button', { name: /^File/ }).click();
    await page.getByRole('menuitem', { name: 'Decode as…' }).click();
    await eventually(() => port.inputValue()).toBe('5000');
    expect(complaints).toEqual([]);
  });

  test('an engine that is gone: the view stays, the way back is announced', async () => {
    const { page, cut } = await openPage({ hash: 'sample=gateway&m=m1' });
    await waitForMessages(page);
    await page.context().setOffline(true);
    await cut();
    await eventually(() => page.locator('.banner-error').textContent()).toContain('trying again');
    expect(await page.locator('.label-name').count()).toBeGreaterThan(3);
  });

  test('1,024 by 640: nothing is cut off, nothing scrolls sideways', async () => {
    const { page } = await openPage({ hash: 'sample=gateway&m=m2', viewport: { width: 1024, height: 640 } });
    await waitForMessages(page);
    for (const [i, name] of TAB_NAMES.entries()) {
      await page.keyboard.press(`Alt+${i + 1}`);
      await page.locator(`[role=tab][aria-selected=true]:has-text("${name}")`).waitFor();
      const wide = await page.evaluate(() =>
        ['.shell', '.inspector-panel', '.top-bar', '.status-bar', '.inspector > .tabs'].filter((s) => {
          const el = document.querySelector(s);
          return el !== null && el.scrollWidth > el.clientWidth + 1;
        }),
      );
      expect(wide, name).toEqual([]);
    }
  });

  test('below 900 px the inspector is a sheet that comes and goes', async () => {
    const { page } = await openPage({ hash: 'sample=gateway', viewport: { width: 860, height: 700 } });
    await waitForMessages(page);
    expect(await page.locator('.inspector').count()).toBe(0);
    await page.keyboard.press('e');
    await page.locator('.sheet .inspector').waitFor();
    await page.keyboard.press('Escape');
    await eventually(() => page.locator('.inspector').count()).toBe(0);
  });

  test('text of a capture is text', async () => {
    const { page, complaints } = await openPage({ hash: 'sample=hostile' });
    await waitForMessages(page);
    await page.keyboard.press('3');
    await eventually(() => page.locator('.list-grid').textContent()).toContain('<img src=x onerror=alert(1)>');
    expect(await page.locator('.list-grid img').count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});

describe('the desktop window’s bridge', { retry: 2 }, () => {
  test('requests, dropped paths, the open dialog and the title go through it', async () => {
    const init = `
      window.calls = [];
      const bytes = async (json) => {
        const r = await fetch('api/request', { method: 'POST', body: json,
          headers: { 'content-type': 'application/json', 'x-otascope-token': '${TOKEN}' } });
        return new Uint8Array(await r.arrayBuffer());
      };
      window.otascope = Object.freeze({
        platform: 'linux',
        request: bytes,
        openDialog: async () => { window.calls.push('dialog'); return ['/captures/chosen.pcap']; },
        pathForFile: (f) => '/captures/' + f.name,
        onOpen: (call) => { window.openFromMenu = call; },
        onShow: (call) => { window.showFromMenu = call; },
        setTitle: (t) => { window.calls.push(t); },
      });`;
    const { page, complaints } = await openPage({ init });
    await page.getByRole('button', { name: 'Open files…' }).click();
    await waitForMessages(page);
    expect(await page.locator('.file-name').textContent()).toBe('chosen.pcap');
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.items.add(new File(['x'], 'dropped.pcap'));
      window.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    });
    await eventually(() => page.locator('.file-name').textContent()).toBe('dropped.pcap');
    await page.evaluate(() =>
      (window as unknown as { openFromMenu(o: unknown): void }).openFromMenu({
        inputs: [{ sample: 'gateway' }],
        add: false,
      }),
    );
    await eventually(() => page.locator('.file-name').textContent()).toBe('gateway.pcapng');
    const calls = await page.evaluate(() => (window as unknown as { calls: string[] }).calls);
    expect(calls).toContain('dialog');
    for (const [what, title] of [
      ['help', 'Keys'],
      ['paste', 'Paste text'],
      ['export', 'Save a report'],
    ] as const) {
      await page.evaluate((w) => (window as unknown as { showFromMenu(w: string): void }).showFromMenu(w), what);
      await page.getByRole('dialog', { name: title }).waitFor();
      await page.keyboard.press('Escape');
    }
    expect(calls.at(-1)).toBe('gateway.pcapng – otascope');
    expect(complaints).toEqual([]);
  });
});

describe('one message at several hops', { retry: 2 }, () => {
  test('a bracket with words, an entry in the legend, and its hops one key away from each other', async () => {
    const { page, complaints } = await openPage({ hash: 'sample=chain&m=m1' });
    await waitForMessages(page);
    await eventually(() => page.locator('.twin').textContent()).toContain('One message seen 3 times');
    expect(await page.locator('.legend').textContent()).toContain('One message, seen several times');
    const rows = page.locator('.hops tbody tr');
    await eventually(() => rows.count()).toBe(3);
    expect(await rows.nth(0).textContent()).toContain('HTTP here');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'SMPP, attempt 1, hop 2', exact: true }).focus();
    await page.keyboard.press('Enter');
    await eventually(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'SMPP, attempt 1, hop 2, shown here',
    );
    await eventually(() => page.locator('.status-bar').textContent()).toContain('m2 ·');
    const chart = await page.locator('.chart').boundingBox();
    if (chart === null) throw new Error('no chart');
    for (let x = 150; x < 400 && (await page.locator('.tip').count()) === 0; x += 9) {
      await page.mouse.move(chart.x + x, chart.y + 49);
      await page.waitForTimeout(30);
    }
    expect(await page.locator('.tip').textContent()).toContain('One message seen 3 times');
    expect(complaints).toEqual([]);
  });

  test('without any the legend says nothing of them', async () => {
    const { page } = await openPage({ hash: 'sample=gateway' });
    await waitForMessages(page);
    expect(await page.locator('.legend').textContent()).not.toContain('seen several times');
  });
});

describe('by pointer', { retry: 2 }, () => {
  const range = (page: Page): Promise<string | null> =>
    page.evaluate(() => new URLSearchParams(location.hash.slice(1)).get('t'));
  /** The range once it has stopped moving. */
  const settled = async (page: Page): Promise<string | null> => {
    for (let last = await range(page); ; ) {
      await page.waitForTimeout(450);
      const now = await range(page);
      if (now === last) return now;
      last = now;
    }
  };
  const width = async (page: Page): Promise<number> => {
    const [a, b] = ((await settled(page)) ?? '').split('..').map(Number);
    return b === undefined || a === undefined ? Number.NaN : b - a;
  };

  test('wheel scrolls lanes and shows the hint once; Ctrl zooms at the pointer; Shift moves; drag marks; brush', async () => {
    const { page, complaints } = await openPage({ hash: 'sample=busy' });
    await waitForMessages(page);
    const chart = await page.locator('.chart').boundingBox();
    if (chart === null) throw new Error('no chart');
    const at = { x: Math.round(chart.x + chart.width * 0.25), y: chart.y + 120 };
    const share = (at.x - chart.x) / chart.width;
    await page.mouse.move(at.x, at.y);
    await page.mouse.wheel(0, 400);
    await eventually(() => page.locator('.chart-hint').count()).toBe(1);
    await eventually(() => page.locator('.label-name').first().textContent()).not.toBe('+491710000000');
    expect(await range(page)).toBe(null);

    const timeUnder = async (): Promise<number> => {
      const [a = 0, b = 0] = ((await settled(page)) ?? '').split('..').map(Number);
      return a + (b - a) * share;
    };
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -300);
    await eventually(() => width(page)).toBeGreaterThan(0);
    const before = { width: await width(page), under: await timeUnder() };
    await page.mouse.wheel(0, -300);
    await eventually(() => width(page)).toBeLessThan(before.width);
    await page.keyboard.up('Control');
    expect(Math.abs((await timeUnder()) - before.under)).toBeLessThan((await width(page)) * 0.01);

    const old = await range(page);
    await page.keyboard.down('Shift');
    await page.mouse.wheel(0, 200);
    await page.keyboard.up('Shift');
    await eventually(() => range(page)).not.toBe(old);

    const wide = await width(page);
    await page.mouse.move(chart.x + 200, at.y);
    await page.mouse.down();
    await page.mouse.move(chart.x + 300, at.y, { steps: 4 });
    await page.mouse.up();
    await page.getByRole('button', { name: 'Zoom here' }).click();
    await eventually(() => width(page)).toBeLessThan(wide / 4);

    const strip = await page.locator('.overview').boundingBox();
    if (strip === null) throw new Error('no strip');
    await page.keyboard.press('0');
    await eventually(() => range(page)).toBe(null);
    await page.mouse.move(strip.x + strip.width * 0.4, strip.y + 20);
    await page.mouse.down();
    await page.mouse.move(strip.x + strip.width * 0.5, strip.y + 20, { steps: 4 });
    await page.mouse.up();
    await eventually(() => width(page)).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  });

  test('a mark tells what it is, and a click selects it', async () => {
    const { page } = await openPage({ hash: 'sample=gateway' });
    await waitForMessages(page);
    const chart = await page.locator('.chart').boundingBox();
    if (chart === null) throw new Error('no chart');
    for (let x = 10; x < 120 && (await page.locator('.tip').count()) === 0; x += 6) {
      await page.mouse.move(chart.x + x, chart.y + 26);
      await page.waitForTimeout(30);
    }
    expect(await page.locator('.tip').textContent()).toMatch(/Part|Provisioning/);
    await page.mouse.down();
    await page.mouse.up();
    await eventually(() => selectedTitle(page).textContent()).toContain('+491710000000');
  });
});
