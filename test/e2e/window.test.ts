// The page as the window shows it: the bridge has the shape of the shipped preload's and the real routing behind it, from
// preload through main to the engine's port. Only Electron itself is missing.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine, Keys } from '../../analysis/engine/contract.ts';
import { hostEngine } from '../../cli/host/engine.ts';
import { filesNamed } from '../../electron/main/node-host.ts';
import type { MenuItem } from '../../electron/main/ports.ts';
import { type World, windowWith } from '../electron/world.ts';
import { checkout } from '../project/built.ts';
import { type App, drop, type Opened, startApp } from './app.ts';

const sample = (name: string): string => join(checkout, 'captures', 'samples', name);

let app: App;
const empty = mkdtempSync(join(tmpdir(), 'otascope-window-test-'));
beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => {
  await app.close();
  rmSync(empty, { recursive: true });
});

/** The page with window.otascope in place before its scripts run. */
async function openWindow(
  files: readonly string[] = [],
  chosen: readonly string[] = [],
  makeEngine: () => Engine = hostEngine,
): Promise<Opened & { world: World }> {
  const world = await windowWith(
    makeEngine,
    {
      platform: 'linux',
      argv: ['electron', checkout, ...files],
      cwd: empty,
      engine: 'engine.js',
      preload: 'preload.cjs',
      engineArguments: [],
      pageFile: async () => undefined,
      samples: async () => [{ id: 'part-missing', title: 'Part missing', story: 'One.' }],
      filesNamed: (argv, cwd) => filesNamed(argv, cwd, [checkout.replace(/\/$/, '')]),
    },
    { canceled: chosen.length === 0, filePaths: [...chosen] },
  );
  const members = Object.keys(world.bridge);
  const before = async (page: Page): Promise<void> => {
    await page.exposeFunction('bridgeRequest', async (json: string) =>
      Buffer.from(await world.bridge.request(json)).toString('base64'),
    );
    await page.exposeFunction('bridgeOpenDialog', () => world.bridge.openDialog());
    await page.exposeFunction('bridgeSetTitle', (title: string) => world.bridge.setTitle(title));
    await page.exposeFunction('bridgeListen', () =>
      world.bridge.onOpen((event) => {
        void page.evaluate((e) => window.dispatchEvent(new CustomEvent('bridge-open', { detail: e })), event);
      }),
    );
    await page.exposeFunction('bridgeListenShow', () =>
      world.bridge.onShow((what) => {
        void page.evaluate((w) => window.dispatchEvent(new CustomEvent('bridge-show', { detail: w })), what);
      }),
    );
    await page.exposeFunction('bridgeDragOut', (name: string, text: string) =>
      world.bridge.dragOut(name, new TextEncoder().encode(text)),
    );
    await page.addInitScript((names) => {
      const outside = window as unknown as Record<string, (...args: unknown[]) => Promise<never>>;
      const bridge: Record<string, unknown> = {
        platform: 'linux',
        request: async (json: string) =>
          Uint8Array.from(atob(await outside.bridgeRequest!(json)), (c) => c.charCodeAt(0)),
        openDialog: () => outside.bridgeOpenDialog!(),
        pathForFile: () => '',
        onOpen(call: (open: unknown) => void) {
          window.addEventListener('bridge-open', (e) => call((e as CustomEvent).detail));
          void outside.bridgeListen!();
        },
        setTitle: (title: string) => void outside.bridgeSetTitle!(title),
        onShow(call: (what: unknown) => void) {
          window.addEventListener('bridge-show', (e) => call((e as CustomEvent).detail));
          void outside.bridgeListenShow!();
        },
        dragOut: (name: string, bytes: Uint8Array) => outside.bridgeDragOut!(name, new TextDecoder().decode(bytes)),
      };
      if (names.some((n) => !(n in bridge))) throw new Error('the bridge has grown');
      Object.defineProperty(window, 'otascope', { value: Object.freeze(bridge) });
    }, members);
  };
  return { ...(await app.open('', { before })), world };
}

const item = (items: readonly MenuItem[], ...labels: readonly string[]): MenuItem => {
  const [label, ...rest] = labels;
  const found = items.find((i) => i.label === label)!;
  return rest.length === 0 ? found : item(found.submenu ?? [], ...rest);
};

describe('the page in the window', { retry: 2 }, () => {
  test('shows what the command line named, in its title too', async () => {
    const { page, complaints, world } = await openWindow([sample('throttled-retry.pcap')]);
    await page.locator('.main-count', { hasText: '1 message' }).waitFor();
    await expect.poll(() => world.fake.windows[0]?.title, { timeout: 20_000 }).toContain('throttled-retry.pcap');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('opens what the dialog chose', async () => {
    const { page, complaints } = await openWindow([], [sample('mixed-day.pcapng')]);
    await page.getByRole('button', { name: /Open files/ }).click();
    await page.getByText('mixed-day.pcapng').first().waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('opens a sample from the menu', async () => {
    const { page, world, complaints } = await openWindow();
    await page.getByRole('button', { name: /Open files/ }).waitFor();
    item(world.fake.state.menu!, 'File', 'Open Sample', 'Part missing').click?.();
    await page.getByText('part-missing.pcap').first().waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a report the menu asked for is dragged out; what can not be is said', async () => {
    const { page, world, complaints } = await openWindow([sample('mixed-day.pcapng')]);
    await page
      .getByText(/^[1-9]\d* messages$/)
      .first()
      .waitFor();
    item(world.fake.state.menu!, 'File', 'Save a Report…').click?.();
    await page.getByRole('dialog', { name: 'Save a report' }).waitFor();
    await page.getByRole('radio', { name: /^JSON/ }).check();
    const handle = page.locator('.drag-out');
    await handle.hover();
    await page.locator('.drag-out[data-ready="true"]').waitFor();
    await handle.dispatchEvent('dragstart');
    const dragged = () => world.fake.calls.find((c) => c.name === 'startDrag')?.args[0];
    await expect.poll(dragged, { timeout: 20_000 }).toMatch(/^\/userData\/dragged\/[\w.-]+\.json$/);
    // Another form is another file, which is made first.
    await page.getByRole('radio', { name: /^HTML/ }).check();
    await page.locator('.drag-out[data-ready="false"]').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('says so when the engine died, and has all open again, with selection and filter; so it has when the page died', async () => {
    const { page, world } = await openWindow([sample('mixed-day.pcapng')]);
    await page.getByText('mixed-day.pcapng').first().waitFor();
    const there = page.getByText(/^\d+ messages$/).first();
    await there.waitFor();
    const messages = await there.textContent();
    await page.evaluate(() => {
      location.hash = 'm=m3&tab=tree&q=verdict%3Dvalid';
    });
    const address = (): string => new URL(page.url()).hash;
    await expect.poll(address, { timeout: 20_000 }).toMatch(/m=m3/);
    await page.waitForTimeout(400);
    const before = address();

    world.fake.children[0]!.emit('exit', 134);
    await page
      .getByText(/The engine stopped/)
      .first()
      .waitFor();
    await expect.poll(() => world.fake.children.length, { timeout: 20_000 }).toBe(2);
    // While it is read again there are fewer.
    await expect.poll(() => there.textContent(), { timeout: 20_000 }).toBe(messages);
    expect(address()).toBe(before);

    // As main does it when the page's process has ended.
    await page.reload();
    await expect.poll(() => there.textContent(), { timeout: 20_000 }).toBe(messages);
    expect([address(), world.fake.children.length]).toEqual([before, 2]);
    await page.context().close();
  });

  test('keys that were typed are given to the engine that takes a dead one’s place', async () => {
    /** What each engine was given. */
    const given: Keys[][] = [];
    const { page, world } = await openWindow([sample('netwpin-welcome.pcap')], [], () => {
      const engine = hostEngine();
      const own: Keys[] = [];
      given.push(own);
      return {
        request(request, signal) {
          if (request.op === 'keys') own.push(request.keys);
          return engine.request(request, signal);
        },
      };
    });
    await page.getByText('netwpin-welcome.pcap').first().waitFor();
    await page
      .getByText(/^[1-9]\d* messages?$/)
      .first()
      .waitFor();
    await page.evaluate(() => {
      location.hash = 'm=m1&tab=verify';
    });
    await page.locator('#key-imsi').fill('262019876543210');
    await page.getByRole('button', { name: 'Verify', exact: true }).click();
    await expect.poll(() => given[0]?.at(-1)?.imsi, { timeout: 20_000 }).toEqual(['262019876543210']);
    world.fake.children[0]!.emit('exit', 134);
    await expect.poll(() => given[1]?.at(-1)?.imsi, { timeout: 20_000 }).toEqual(['262019876543210']);
    await page
      .getByText(/••• 3210/)
      .first()
      .waitFor();
    await page.context().close();
  });
});

describe('the engine in a page of its own', { retry: 2 }, () => {
  test('that dies is said, and what was open can be opened again', async () => {
    const { page } = await app.open();
    await drop(page, [{ name: 'dropped.pcapng', bytes: readFileSync(sample('mixed-day.pcapng')) }]);
    const there = page.getByText(/^[1-9]\d* messages$/).first();
    await there.waitFor();
    const messages = await there.textContent();
    const worker = page.workers().find((w) => w.url().includes('engine.worker'));
    // A fault that nobody catches, as a decoder's would be.
    await worker?.evaluate(() => {
      setTimeout(() => {
        throw new Error('provoked');
      });
    });
    await page.getByText('The engine in this page has stopped.').first().waitFor();
    expect(await there.textContent()).toBe(messages);
    await page.getByRole('button', { name: 'Open it again' }).click();
    await page.getByText('The engine in this page has stopped.').first().waitFor({ state: 'detached' });
    await expect.poll(() => there.textContent(), { timeout: 20_000 }).toBe(messages);
    await page.context().close();
  });
});
