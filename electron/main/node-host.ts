// The MainHost of this machine.

import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { distFolder } from '../../cli/host/dist.ts';
import { pageFile } from '../../cli/host/page-files.ts';
import { readSamples } from '../../cli/host/samples.ts';
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
    filesNamed: (argv, cwd) => filesNamed(argv, cwd, [dirname(dist), join(own, 'main.js')]),
  };
}

/** Without the program, its switches, and what Electron was told to run. */
export function filesNamed(argv: readonly string[], cwd: string, own: readonly string[]): readonly string[] {
  return argv
    .slice(1)
    .filter((word) => word !== '' && !word.startsWith('-'))
    .map((word) => resolve(cwd, word))
    .filter((path) => !own.includes(path));
}
