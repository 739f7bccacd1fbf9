// Finds and starts the real Electron, where its binary is installed.

import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { Terminal } from '../terminal.ts';

const EXECUTABLE: Readonly<Record<string, string>> = {
  linux: 'electron',
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

/** Path of Electron's binary: of the folder that is named in the environment, or of the installed package. */
export function findElectron(
  root: string,
  env: Terminal['env'],
  platform: string = process.platform,
): string | undefined {
  const override = env.ELECTRON_OVERRIDE_DIST_PATH;
  const dist = override !== undefined && override !== '' ? override : join(root, 'node_modules', 'electron', 'dist');
  const binary = join(dist, named(root, env, platform));
  return existsSync(binary) ? binary : undefined;
}

/** The package's own note, where its installer left one. */
function named(root: string, env: Terminal['env'], platform: string): string {
  const note = join(root, 'node_modules', 'electron', 'path.txt');
  const usual = EXECUTABLE[platform] ?? 'electron';
  if (env.ELECTRON_OVERRIDE_DIST_PATH || !existsSync(note)) return usual;
  return readFileSync(note, 'utf8').trim() || usual;
}

/** Runs the window until it is closed; undefined when it could not be started. */
export function runElectron(binary: string, root: string, args: readonly string[]): Promise<number | undefined> {
  return new Promise((done) => {
    const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
    const child = spawn(binary, [root, ...args], { stdio: 'inherit', env });
    child.once('error', () => done(undefined));
    child.once('exit', (code) => done(code ?? 0));
  });
}
