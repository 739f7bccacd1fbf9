// Takes the pictures of docs/screens: each view in both themes and at both sizes.

import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Keys } from '../../analysis/engine/contract.ts';
import { checkout } from '../project/built.ts';
import { type App, fieldInTree, startApp } from './app.ts';

interface View {
  readonly name: string;
  readonly hash: string;
  readonly keys?: Keys;
  /** Brings the page into the state to be shown. */
  readonly prepare?: (page: Page) => Promise<void>;
}

const check = async (page: Page, pin: string): Promise<void> => {
  await page.getByLabel('PIN', { exact: true }).fill(pin);
  await page.getByRole('button', { name: 'Verify', exact: true }).click();
  await page.locator('table.mac').waitFor();
};

const choose = async (page: Page, text: string): Promise<void> => {
  await (await fieldInTree(page, text)).click();
  await page.locator('td.hex-chosen').first().waitFor();
};

const type = async (page: Page, text: string): Promise<void> => {
  await page.locator('#list-row-0').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type(text);
  await page.locator('.filter-offer').first().waitFor();
};

/** Several stories as one session, the way a day's captures are opened. */
const DAY = ['netwpin-welcome', 'userpin-altered', 'part-missing', 'throttled-retry', 'content-faults', 'mixed-day'];

const SAMPLES = join(checkout, 'captures', 'samples');

interface Story {
  readonly id: string;
  readonly file: string;
  readonly keys: Keys;
}
const stories = JSON.parse(readFileSync(join(SAMPLES, 'manifest.json'), 'utf8')) as readonly Story[];
const storyOf = (id: string): Story => stories.filter((s) => s.id === id)[0]!;

const keysOf = (ids: readonly string[]): Keys => ({
  imsi: [...new Set(ids.flatMap((id) => storyOf(id).keys.imsi))],
  pin: [...new Set(ids.flatMap((id) => storyOf(id).keys.pin))],
});

const VIEWS: readonly View[] = [
  { name: 'timeline', hash: 'm=m2&tab=summary', keys: keysOf(DAY) },
  { name: 'list', hash: 'view=list&m=m1&tab=settings', keys: keysOf(DAY) },
  { name: 'overview', hash: 'view=overview', keys: keysOf(DAY) },
  {
    name: 'filter',
    hash: 'view=list',
    keys: keysOf(DAY),
    prepare: (page) => type(page, 'prov.security == USERPIN and '),
  },
  {
    name: 'compare',
    hash: 'view=compare',
    keys: keysOf(DAY),
    prepare: async (page) => {
      await page.locator('.cmp-pairs button').first().click();
      await page.locator('.cmp-steps').waitFor();
    },
  },
  {
    name: 'frames',
    hash: 'view=list&m=m2',
    keys: keysOf(DAY),
    prepare: async (page) => {
      await page.keyboard.press('Shift+G');
      await page.locator('#frame-row-0').waitFor();
      await page.getByRole('button', { name: 'Of m2' }).click();
      await page.locator('tr.frame-mine').first().click();
    },
  },
  {
    name: 'report',
    hash: 'view=list',
    prepare: async (page) => {
      await page.locator('#list-row-0').waitFor();
      await page.keyboard.press('x');
      await page.locator('.export-size:not(:empty)').waitFor();
    },
  },
];

const SINGLE: readonly (View & { readonly sample: string | null })[] = [
  { name: 'empty', sample: null, hash: '' },
  { name: 'verify', sample: 'userpin-altered', hash: 'm=m1&tab=verify', prepare: (page) => check(page, '2580') },
  {
    name: 'tree',
    sample: 'throttled-retry',
    hash: 'm=m1&tab=tree',
    prepare: (page) => choose(page, 'internet.example'),
  },
  { name: 'ladder', sample: 'throttled-retry', hash: 'view=ladder&m=m1' },
  { name: 'device', sample: 'phone-life', hash: 'view=device' },
  { name: 'review', sample: 'phishing-evening', hash: 'view=review' },
  { name: 'bytes', sample: 'throttled-retry', hash: 'm=m1&tab=bytes' },
  { name: 'findings', sample: 'content-faults', hash: 'm=m1&tab=findings' },
];

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 640 },
] as const;

async function picture(app: App, view: View, files: readonly string[], folder: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    for (const size of SIZES) {
      const { page, complaints } = await app.open(view.hash, {
        ...size,
        theme,
        files,
        ...(view.keys === undefined ? {} : { keys: view.keys }),
      });
      await view.prepare?.(page);
      // Pointers and carets are not part of a view.
      await page.mouse.move(0, 0);
      await page.waitForTimeout(400);
      await page.screenshot({ path: join(folder, `${view.name}-${theme}-${size.width}.png`), caret: 'hide' });
      if (complaints.length > 0) throw new Error(`${view.name}: ${complaints.join(' | ')}`);
      await page.context().close();
    }
  }
}

async function main(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const fileOf = (id: string): string => join(SAMPLES, storyOf(id).file);
  const app = await startApp();
  try {
    for (const view of VIEWS) await picture(app, view, DAY.map(fileOf), folder);
    for (const view of SINGLE) await picture(app, view, view.sample === null ? [] : [fileOf(view.sample)], folder);
  } finally {
    await app.close();
  }
  process.stdout.write(`${(VIEWS.length + SINGLE.length) * 4} pictures in ${folder}\n`);
}

await main(process.argv[2] ?? join(checkout, 'docs', 'screens'));
