// Drawings as pictures and reports as they print, made by a browser of this machine: it has the fonts.

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { Sentence } from '../sentence.ts';
import type { Terminal } from '../terminal.ts';
import { findChromium } from './browser.ts';

/** Sides of a picture beyond which browsers give up, px. */
const MOST_SIDE = 16_000;
/** Milliseconds; a report of a thousand messages prints in some ten seconds. */
const PATIENCE = 120_000;

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

/** Opens a page of ours without a window. Resolves to what it wrote on standard output. */
function headless(chromium: string, folder: string, html: string, args: readonly string[]): Promise<string> {
  const page = join(folder, 'page.html');
  writeFileSync(page, html);
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
      // What came out of a capture must not reach out: no name leads anywhere.
      '--host-resolver-rules=MAP * ~NOTFOUND',
      `--user-data-dir=${join(folder, 'profile')}`,
      // For a superuser, as in a container, it starts in no other way.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...args,
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

/** Rejects with a sentence where there is no browser, or it makes nothing. */
async function made(
  form: 'PNG' | 'PDF',
  env: Terminal['env'],
  make: (chromium: string, folder: string) => Promise<Uint8Array | undefined>,
): Promise<Uint8Array> {
  const instead = form === 'PNG' ? 'write an .svg instead' : 'write .html instead and print it';
  const chromium = findChromium(env);
  if (chromium === undefined) {
    throw new Sentence(`a ${form} is made by Chrome, Chromium or Edge, and none is installed here; ${instead}.`, 2);
  }
  const folder = mkdtempSync(join(tmpdir(), 'otascope-picture-'));
  try {
    const bytes = await make(chromium, folder);
    if (bytes === undefined) throw new Sentence(`${chromium} did not make the ${form}; ${instead}.`, 2);
    return bytes;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A drawing as a picture, twice as fine where it fits. */
export const pngOf = (svg: string, env: Terminal['env']): Promise<Uint8Array> =>
  made('PNG', env, async (chromium, folder) => {
    const dom = await headless(chromium, folder, pageOf(svg), ['--dump-dom']);
    const [, data] = /\[data:image\/png;base64,([\w+/=]+)\]/.exec(dom) ?? [];
    return data === undefined ? undefined : Buffer.from(data, 'base64');
  });

/** The HTML report as it prints. */
export const pdfOf = (html: string, env: Terminal['env']): Promise<Uint8Array> =>
  made('PDF', env, async (chromium, folder) => {
    const path = join(folder, 'report.pdf');
    await headless(chromium, folder, html, [`--print-to-pdf=${path}`, '--no-pdf-header-footer']);
    return existsSync(path) ? readFileSync(path) : undefined;
  });
