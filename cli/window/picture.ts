// A drawing as a picture, drawn by a browser of this machine: it has the fonts, and the same hand as the page's.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { Sentence } from '../sentence.ts';
import type { Terminal } from '../terminal.ts';
import { findChromium } from './browser.ts';

/** Sides of a picture beyond which browsers give up, px. */
const MOST_SIDE = 16_000;
const PATIENCE = 60_000;

/** Nothing in it but the drawing, as an image: what is in one runs no script and fetches nothing. */
const pageOf = (svg: string): string => `<!doctype html><meta charset="utf-8"><body><img id="i"><script>
const image = document.getElementById('i');
image.onload = () => {
  const scale = Math.min(2, ${MOST_SIDE} / Math.max(image.width, image.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(image.width * scale);
  canvas.height = Math.round(image.height * scale);
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  document.body.textContent = '[' + canvas.toDataURL('image/png') + ']';
};
image.src = 'data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}';
</script>`;

function dumped(chromium: string, folder: string, page: string): Promise<string> {
  const child = spawn(
    chromium,
    [
      '--headless',
      '--disable-gpu',
      '--no-first-run',
      '--disable-extensions',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--user-data-dir=${join(folder, 'profile')}`,
      // For a superuser, as in a container, it starts in no other way.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--dump-dom',
      pathToFileURL(page).href,
    ],
    { stdio: ['ignore', 'pipe', 'ignore'], timeout: PATIENCE, killSignal: 'SIGKILL' },
  );
  const pieces: Buffer[] = [];
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
  return new Promise((done) => {
    child.once('error', () => done(''));
    child.once('close', () => done(Buffer.concat(pieces).toString('latin1')));
  });
}

/** Rejects with a sentence where there is no browser, or it does not draw. */
export async function pngOf(svg: string, env: Terminal['env']): Promise<Uint8Array> {
  const chromium = findChromium(env);
  if (chromium === undefined) {
    throw new Sentence(
      'a PNG is drawn by Chrome, Chromium or Edge, and none is installed here; write an .svg instead.',
      2,
    );
  }
  const folder = mkdtempSync(join(tmpdir(), 'otascope-picture-'));
  try {
    const page = join(folder, 'page.html');
    writeFileSync(page, pageOf(svg));
    const [, data] = /\[data:image\/png;base64,([\w+/=]+)\]/.exec(await dumped(chromium, folder, page)) ?? [];
    if (data === undefined) throw new Sentence(`${chromium} did not draw the picture; write an .svg instead.`, 2);
    return Buffer.from(data, 'base64');
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
