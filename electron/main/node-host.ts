// The MainHost of this machine.

import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { distFolder } from '../../cli/host/dist.ts';
import { pageFile } from '../../cli/host/page-files.ts';
import { readSamples } from '../../cli/host/samples.ts';
import { stage } from '../../cli/host/whole-file.ts';
import type { MainHost } from './host.ts';

export function nodeHost(): MainHost {
  const dist = distFolder(import.meta.url);
  const own = dirname(fileURLToPath(import.meta.url));
  const ui = join(dist, 'ui');
  return {
    platform: process.platform,
    argv: process.argv,
    cwd: process.cwd(),
    engine: join(own, 'engine.js'),
    preload: join(own, 'preload.cjs'),
    engineArguments: process.argv.filter((word) => word.startsWith('--decode-as=')),
    pageFile: (urlPath) => pageFile(ui, urlPath),
    samples: () => readSamples(ui),
    remembered,
    remember: inTurn(remember),
    keepDragged: dragged(),
    forgetDragged: (folder) => rmSync(join(folder, DRAGGED), { recursive: true, force: true }),
    now: () => performance.now(),
    filesNamed: (argv, cwd) => filesNamed(argv, cwd, [dirname(dist), join(own, 'main.js')]),
  };
}

/** Without the program, its switches, and what Electron was told to run. */
export function filesNamed(argv: readonly string[], cwd: string, own: readonly string[]): readonly string[] {
  return argv
    .slice(1)
    .filter((word) => word !== '' && !word.startsWith('-'))
    .map((word) => localPath(word))
    .filter((word) => word !== '' && !word.includes('\0'))
    .map((word) => resolve(cwd, word))
    .filter((path) => !own.includes(path));
}

/** Desktops name files by address, too; one that is no file of this machine is none. */
function localPath(word: string): string {
  if (!/^file:/i.test(word)) return word;
  try {
    const url = new URL(word);
    return url.host === '' ? fileURLToPath(url) : '';
  } catch {
    return '';
  }
}

const FILE = 'window.json';
const MAX_REMEMBERED = 1 << 20;

async function remembered(folder: string): Promise<unknown> {
  try {
    const text = await readFile(join(folder, FILE), 'utf8');
    return text.length > MAX_REMEMBERED ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A machine that stops in the middle leaves the old one whole. */
async function remember(folder: string, value: unknown): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    // Names of captures are nobody else's business.
    const staged = await stage(join(folder, FILE), 0o600);
    try {
      await staged.write(JSON.stringify(value));
    } finally {
      await staged.end();
    }
  } catch {
    // A full or read-only disk: the window works without a memory.
  }
}

const DRAGGED = 'dragged';
/** Who takes a file that was dropped may still be copying the one before. */
const MOST_DRAGGED = 8;

/** Each in a folder of its own: one name twice is two files. */
function dragged(): MainHost['keepDragged'] {
  const folders: string[] = [];
  return async (folder, name, bytes) => {
    await mkdir(join(folder, DRAGGED), { recursive: true, mode: 0o700 });
    const own = await mkdtemp(join(folder, DRAGGED, '_'));
    folders.push(own);
    while (folders.length > MOST_DRAGGED) await rm(folders.shift()!, { recursive: true, force: true });
    await writeFile(join(own, name), bytes, { mode: 0o600, flag: 'wx' });
    return join(own, name);
  };
}

function inTurn<A extends unknown[]>(work: (...args: A) => Promise<void>): (...args: A) => Promise<void> {
  let last = Promise.resolve();
  return (...args) => {
    last = last.then(() => work(...args));
    return last;
  };
}
