// The built page, served as `otascope serve` serves it, in a real browser.

import { dirname } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { Engine, Keys } from '../../analysis/engine/contract.ts';
import { hostEngine } from '../../cli/host/engine.ts';
import { type LocalServer, startServer } from '../../cli/server/server.ts';
import { launchBrowser } from '../browser.ts';
import { built } from '../project/built.ts';

export interface App {
  /** A page on a server and engine of its own, with what follows `#` in its address. */
  open(hash?: string, options?: PageOptions): Promise<Opened>;
  close(): Promise<void>;
}

export interface PageOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'light' | 'dark';
  /** Opened by the engine before the page is, as the command line does. */
  readonly files?: readonly string[];
  /** Given to the engine before the page is opened. */
  readonly keys?: Keys;
  /** Runs in the page before its own scripts. */
  readonly before?: (page: Page) => Promise<void>;
}

export interface Opened {
  readonly page: Page;
  /** Errors and warnings of the console. */
  readonly complaints: string[];
  readonly engine: Engine;
}

export async function startApp(): Promise<App> {
  const folder = dirname(built('ui/index.html'));
  const browser = await launchBrowser();
  const servers: LocalServer[] = [];
  return {
    async open(hash = '', { width = 1440, height = 900, theme = 'light', files = [], keys, before } = {}) {
      const engine = hostEngine();
      if (files.length > 0) await engine.openPaths(files);
      if (keys !== undefined) await engine.request({ op: 'keys', keys });
      const server = await startServer({ engine, page: folder });
      servers.push(server);
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: theme,
        reducedMotion: 'reduce',
        timezoneId: 'UTC',
      });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (m) => {
        if (m.type() === 'error' || m.type() === 'warning') complaints.push(m.text());
      });
      page.on('pageerror', (e) => complaints.push(e.message));
      await before?.(page);
      await page.goto(`${server.url}${hash === '' ? '' : `#${hash}`}`);
      await page.waitForSelector('#app > *');
      return { page, complaints, engine };
    },
    async close() {
      await browser.close();
      for (const server of servers) await server.close();
    },
  };
}

/** Drops files on the page as a hand would. */
export async function drop(
  page: Page,
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): Promise<void> {
  const encoded = files.map((f) => ({ name: f.name, base64: Buffer.from(f.bytes).toString('base64') }));
  await page.evaluate((list) => {
    const data = new DataTransfer();
    for (const { name, base64 } of list) {
      data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
    }
    for (const type of ['dragenter', 'dragover', 'drop']) {
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    }
  }, encoded);
}

/** Walks down the document's part of the tree, opening what is closed, to the first field with all these words. */
export async function fieldInTree(page: Page, ...words: readonly string[]): Promise<Locator> {
  await page.getByRole('tree', { name: 'Fields' }).focus();
  // The tree jumps to what is typed.
  await page.keyboard.type('document');
  let field = page.getByRole('treeitem');
  for (const word of words) field = field.filter({ hasText: word });
  field = field.first();
  for (let i = 0; i < 1000 && (await field.count()) === 0; i++) {
    await page.keyboard.press(i % 2 === 0 ? 'ArrowDown' : 'ArrowRight');
    // The page draws once a frame; a key more would scroll past what has come into view.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }
  return field;
}
