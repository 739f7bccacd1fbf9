// What is done with the page while it is measured.

import type { CDPSession, Page } from 'playwright-core';
import { type Frames, framesOf, handlersOf, traced } from './trace.ts';

export interface Gestures {
  /** Where marks are drawn one by one, and where they are cells. */
  readonly pan: Frames;
  readonly panCells: Frames;
  readonly zoom: Frames;
  readonly scroll: Frames;
  readonly hover: Frames;
  readonly hoverFrames: Frames;
}

const FRAME = 16;

/** Once a frame, as wheels and pointers report. */
async function often(page: Page, times: number, act: (i: number) => Promise<void>): Promise<void> {
  for (let i = 0; i < times; i += 1) {
    const next = performance.now() + FRAME;
    await act(i);
    const rest = next - performance.now();
    if (rest > 0) await page.waitForTimeout(rest);
  }
}

/** Pans, zooms, scrolls and points at the chart. */
export async function gestures(page: Page, cdp: CDPSession): Promise<Gestures> {
  const chart = await page.locator('.chart').boundingBox();
  if (chart === null) throw new Error('There is no chart.');
  const at = { x: chart.x + chart.width * 0.6, y: chart.y + Math.min(chart.height, 400) * 0.5 };
  await page.mouse.move(at.x, at.y);

  const wheel = (dx: number, dy: number): Promise<void> => page.mouse.wheel(dx, dy);
  const zoomed = async (steps: number, dy: number): Promise<void> => {
    await page.keyboard.down('Control');
    await often(page, steps, () => wheel(0, dy));
    await page.keyboard.up('Control');
  };
  const panned = async (): Promise<void> => {
    await page.keyboard.down('Shift');
    await often(page, 90, (i) => wheel(0, i % 60 < 30 ? 24 : -24));
    await page.keyboard.up('Shift');
  };
  // Twelve pixels of a pinch are a sixth of an octave: from three days to ten minutes and back.
  const zoom = await traced(cdp, async () => {
    await zoomed(48, -12);
    await zoomed(48, 12);
  });
  await zoomed(16, -8);
  await page.waitForTimeout(600);
  const panCells = await traced(cdp, panned);
  await zoomed(42, -8);
  await page.waitForTimeout(600);
  const pan = await traced(cdp, panned);
  await page.waitForTimeout(300);
  const scroll = await traced(cdp, () => often(page, 60, (i) => wheel(0, i % 40 < 25 ? 60 : -60)));
  await page.waitForTimeout(300);
  const hover = await traced(cdp, () =>
    often(page, 120, (i) =>
      page.mouse.move(chart.x + 20 + ((i * 17) % (chart.width - 40)), chart.y + 20 + ((i * 7) % 300)),
    ),
  );
  return {
    pan: framesOf(pan),
    panCells: framesOf(panCells),
    zoom: framesOf(zoom),
    scroll: framesOf(scroll),
    hover: handlersOf(hover, 'pointermove'),
    hoverFrames: framesOf(hover),
  };
}

export interface Opening {
  /** From the choice of the file to the first lanes on screen, ms. */
  readonly firstPaint: number;
  /** To everything read, ms. */
  readonly all: number;
  /** Work of frames while the chart was zoomed and moved during loading. */
  readonly frames: Frames;
  /** From a key that goes to the next message to its details on screen, ms, each while loading. */
  readonly answers: readonly number[];
}

/** Chooses a file by hand in the page's own dialog and uses the page while it reads. */
export async function opening(page: Page, cdp: CDPSession, file: string): Promise<Opening> {
  const chooser = page.waitForEvent('filechooser');
  await page
    .getByRole('button', { name: /^Open files/ })
    .first()
    .click();
  const dialog = await chooser;
  await page.evaluate(() => {
    const w = globalThis as unknown as { firstLanes?: number };
    const look = (): void => {
      // In the frame after, what was put into the page has been painted.
      if (document.querySelector('.label-name') === null) requestAnimationFrame(look);
      else {
        requestAnimationFrame(() => {
          w.firstLanes = performance.now();
        });
      }
    };
    requestAnimationFrame(look);
  });
  const start = await page.evaluate(() => performance.now());
  await dialog.setFiles(file);
  const firstLanes = await page.waitForFunction(
    () => (globalThis as unknown as { firstLanes?: number }).firstLanes,
    null,
    {
      timeout: 60_000,
    },
  );
  const firstPaint = Number(await firstLanes.jsonValue()) - start;
  const loading = (): Promise<boolean> => page.locator('.loading').isVisible();
  const answers: number[] = [];
  const events = await traced(cdp, async () => {
    const chart = await page.locator('.chart').boundingBox();
    if (chart === null) return;
    await page.mouse.move(chart.x + chart.width / 2, chart.y + 30);
    for (let i = 0; i < 40 && (await loading()); i += 1) {
      await page.keyboard.down('Control');
      await page.mouse.wheel(0, i % 8 < 4 ? -40 : 40);
      await page.keyboard.up('Control');
      await page.waitForTimeout(FRAME);
      if (i % 8 !== 3) continue;
      const before = await page.locator('.inspector-head h2').textContent();
      const asked = performance.now();
      await page.keyboard.press('n');
      await page
        .waitForFunction((old) => document.querySelector('.inspector-head h2')?.textContent !== old, before, {
          timeout: 5000,
        })
        .then(
          () => answers.push(performance.now() - asked),
          () => undefined,
        );
    }
  });
  await page.locator('.loading').waitFor({ state: 'detached', timeout: 120_000 });
  const all = (await page.evaluate(() => performance.now())) - start;
  return { firstPaint, all, frames: framesOf(events), answers };
}
