// What the set-up scripts share. Plain Node: it runs before anything is installed.

import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** A path inside the checkout. */
export const inRoot = (...parts) => join(root, ...parts);

export const say = (line) => process.stderr.write(`${line}\n`);

/** Ends the script with one sentence and no stack. */
export function fail(sentence, code = 1) {
  say(sentence);
  process.exit(code);
}

/** Files under the given places, sorted, with '/' in their names. */
export function filesUnder(places) {
  const out = [];
  const walk = (path) => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const at = join(path, entry.name);
      if (entry.isDirectory()) walk(at);
      else out.push(relative(root, at).split(sep).join('/'));
    }
  };
  for (const place of places) {
    const at = inRoot(place);
    if (!existsSync(at)) continue;
    try {
      walk(at);
    } catch (e) {
      if (e.code !== 'ENOTDIR') throw e;
      out.push(place);
    }
  }
  return out.sort();
}

/** SHA-256 over names and contents. */
export function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(`${file}\0`);
    hash.update(readFileSync(inRoot(file)));
    hash.update('\0');
  }
  return hash.digest('hex');
}

export const readStamp = (path) => (existsSync(path) ? readFileSync(path, 'utf8').trim() : '');

export function writeStamp(path, value) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${value}\n`);
}

/** Runs a Node script of the checkout with the same Node; resolves to its exit code. */
export const runNode = (script, args = [], env = {}) =>
  new Promise((done) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
    // Told to stop, it tells its child; Ctrl-C reaches both by itself.
    const stop = () => child.kill('SIGTERM');
    const wait = () => undefined;
    process.once('SIGTERM', stop);
    process.on('SIGINT', wait);
    const ended = (code) => {
      process.off('SIGTERM', stop);
      process.off('SIGINT', wait);
      done(code);
    };
    child.on('error', () => ended(1));
    child.on('exit', (code, signal) => ended(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });

/** Runs npm, wherever it is, and waits; resolves to its exit code. */
export function npm(args) {
  const cli = process.env.npm_execpath;
  const options = { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] };
  const ran =
    cli !== undefined && /npm-cli\.c?js$/.test(cli)
      ? spawnSync(process.execPath, [cli, ...args], options)
      : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (ran.error !== undefined) fail(`npm could not be started (${ran.error.code}): it comes with Node.js.`);
  return ran.status ?? 1;
}

/** Holds `path` as a lock while `work` runs; a lock whose holder is gone is taken over. */
export async function withLock(path, work) {
  mkdirSync(dirname(path), { recursive: true });
  for (let waited = 0; ; waited += 1) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      break;
    } catch (e) {
      if (e.code !== 'EEXIST') throw e;
      const holder = Number(readStamp(path));
      if (!alive(holder)) {
        rmSync(path, { force: true });
        continue;
      }
      if (waited === 0) say(`waiting for another set-up (process ${holder}) to finish`);
      await new Promise((r) => setTimeout(r, 200));
    }
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function alive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (e) {
    return e.code === 'EPERM';
  }
}
