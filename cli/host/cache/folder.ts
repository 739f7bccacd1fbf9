// The folder of the cache: in the user's own cache directory, for nobody else.

import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import process from 'node:process';

type Env = Readonly<Record<string, string | undefined>>;

/** XDG Base Directory Specification: XDG_CACHE_HOME; %LOCALAPPDATA%; ~/Library/Caches. */
export function cacheFolder(env: Env = process.env, platform: string = process.platform): string {
  const absolute = (path: string | undefined): string | null => (path !== undefined && isAbsolute(path) ? path : null);
  const home = homedir();
  if (platform === 'win32')
    return join(absolute(env.LOCALAPPDATA) ?? join(home, 'AppData', 'Local'), 'otascope', 'Cache');
  const own = platform === 'darwin' ? join(home, 'Library', 'Caches') : join(home, '.cache');
  return join(absolute(env.XDG_CACHE_HOME) ?? own, 'otascope');
}

/** Is it a folder that nobody else can write to or look into? Made where it is not there, unless `make` is false. */
export function isOurs(folder: string, make: boolean): boolean {
  try {
    if (make) mkdirSync(folder, { recursive: true, mode: 0o700 });
    const s = lstatSync(folder);
    if (!s.isDirectory()) return false;
    if (process.platform === 'win32') return true;
    if (s.uid !== process.getuid?.()) return false;
    if ((s.mode & 0o077) !== 0) chmodSync(folder, 0o700);
    return true;
  } catch {
    return false;
  }
}
