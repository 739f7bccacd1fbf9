// What is kept of captures, when several processes write it, one is killed, and the disk is full: provoked for real.

import { type ChildProcess, execFileSync, fork, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { clear, readEntry, writeEntry } from '../../cli/host/cache/entries.ts';
import { checkout } from '../project/built.ts';

const folder = mkdtempSync(join(tmpdir(), 'otascope-cache-'));
afterAll(() => rmSync(folder, { recursive: true }));
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

const LENGTH = 200_000;
/** Whole: octets of one kind, as one of the writers has written them. */
const isWhole = (octets: Uint8Array): boolean => octets.length === LENGTH && octets.every((b) => b === octets[0]);

describe('two instances on one cache', () => {
  const script = join(folder, 'writer.mjs');
  beforeAll(async () => {
    const outDir = join(folder, 'built');
    const entry = join(checkout, 'cli/host/cache/entries.ts');
    await build({ configFile: false, logLevel: 'error', build: { ssr: entry, outDir, emptyOutDir: true } });
    const [name = ''] = readdirSync(outDir).filter((f) => f.startsWith('entries'));
    writeFileSync(
      script,
      `import { readEntry, writeEntry } from './built/${name}';
      const [, , cache, kind, times] = process.argv;
      const seen = new Set();
      for (let n = 0; n < Number(times); n++) {
        writeEntry(cache, 'entry', new Uint8Array(${LENGTH}).fill(Number(kind)));
        const octets = readEntry(cache, 'entry');
        seen.add(octets === undefined ? 'none' : octets.length === ${LENGTH} && octets.every((b) => b === octets[0]) ? octets[0] : 'torn');
        if (n === 5) process.send('writes');
      }
      process.send([...seen]);`,
    );
  });
  const writer = (cache: string, kind: number, times: number): ChildProcess => {
    const child = fork(script, [cache, String(kind), String(times)]);
    children.push(child);
    return child;
  };
  const said = (child: ChildProcess, what: (m: unknown) => boolean): Promise<unknown> =>
    new Promise((done) => child.on('message', (m) => what(m) && done(m)));

  test('each reads whole entries, its own or the other one’s, or none', async () => {
    const cache = join(folder, 'shared');
    const both = [1, 2].map((kind) => said(writer(cache, kind, 100), Array.isArray));
    for (const seen of (await Promise.all(both)) as unknown[][]) {
      expect(seen.length).toBeGreaterThan(0);
      for (const s of seen) expect([1, 2]).toContain(s);
    }
    expect(readdirSync(cache)).toEqual(['entry.kept']);
  });

  test('one that is killed while it writes leaves the other one’s, whole, or none', async () => {
    const cache = join(folder, 'killed');
    const child = writer(cache, 3, 1e9);
    await said(child, (m) => m === 'writes');
    child.kill('SIGKILL');
    await new Promise((done) => child.once('exit', done));
    const left = readEntry(cache, 'entry');
    expect(left !== undefined && isWhole(left)).toBe(true);
    writeEntry(cache, 'entry', new Uint8Array(LENGTH).fill(4));
    expect(readEntry(cache, 'entry')?.[0]).toBe(4);
    clear(cache);
    expect(readdirSync(cache)).toEqual([]);
  });
});

test('a disk that is full keeps nothing, and nobody is stopped by it', () => {
  const small = join(folder, 'small');
  mkdirSync(small, { mode: 0o700 });
  const mounted =
    process.getuid?.() === 0 && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', small]).status === 0;
  if (!mounted) return console.warn('NOT PROVOKED: a full disk under the cache (no right to mount one).');
  try {
    const cache = join(small, 'cache');
    writeEntry(cache, 'fits', new Uint8Array(10_000).fill(1));
    writeEntry(cache, 'entry', new Uint8Array(LENGTH));
    expect(readEntry(cache, 'entry')).toBeUndefined();
    expect(readEntry(cache, 'fits')?.length).toBe(10_000);
    expect(readdirSync(cache)).toEqual(['fits.kept']);
  } finally {
    execFileSync('umount', [small]);
  }
});
