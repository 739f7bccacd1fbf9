// What Node compiled is kept for the next start, from Node 22.1 on: half of the time until a small capture is shown.

import { rmSync } from 'node:fs';
import module from 'node:module';
import process from 'node:process';
import { cacheFolder, isOurs } from './cache/folder.ts';
import { OFF } from './cache/off.ts';

type Env = Readonly<Record<string, string | undefined>>;

type Compiling = Pick<typeof module, 'builtinModules'> & { readonly enableCompileCache?: (folder: string) => unknown };

/** Beside the folder of the captures: code is run, so nobody else may write there. */
const folderOf = (env: Env): string => `${cacheFolder(env)}-compiled`;

/** To be called before the larger part of the program is loaded. Not where nothing may be kept. */
export function keepCompiled(
  argv: readonly string[],
  env: Env = process.env,
  node: Compiling = module,
  folder: string = folderOf(env),
): void {
  if ((env[OFF] ?? '') !== '' || argv.includes('--no-cache') || node.enableCompileCache === undefined) return;
  if (isOurs(folder, true)) node.enableCompileCache(folder);
}

/** Throws as the system does. */
export function clearCompiled(env: Env, folder: string = folderOf(env)): void {
  rmSync(folder, { recursive: true, force: true });
}
