// The cache on disk: nobody else's business, never believed when it is damaged, never used for another file.

import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { scan } from '../../analysis/engine/scan.ts';
import { buildReport, toJson } from '../../analysis/report/index.ts';
import { clear, readEntry, sizeOf, writeEntry } from '../../cli/host/cache/entries.ts';
import { cacheFolder } from '../../cli/host/cache/folder.ts';
import { isFileAt } from '../../cli/host/cache/identity.ts';
import { fileReplays, userReplays } from '../../cli/host/cache/replays.ts';
import { openFile } from '../../cli/host/file-source.ts';
import { root } from '../support/shared.ts';
import { otascope } from './terminal.ts';

const place = mkdtempSync(join(tmpdir(), 'otascope-cache-test-'));
afterAll(() => rmSync(place, { recursive: true }));
const sample = join(root, 'captures/samples/phone-life.pcap');
const posix = process.platform !== 'win32';

let n = 0;
let folder = '';
let file = '';
beforeEach(() => {
  n += 1;
  folder = join(place, `cache ${n}`);
  file = join(place, `capture ${n}.pcap`);
  copyFileSync(sample, file);
});

const store = () => ({ ...fileReplays({ folder, least: 1 }), share: 1 });
const keys = { imsi: [], pin: ['4711'] };

async function report(replays?: ReturnType<typeof store>, meanwhile?: () => void): Promise<string> {
  const source = isFileAt(await openFile(file), file);
  try {
    const scanned = await scan([source], {
      keys,
      ...(replays === undefined ? {} : { replays }),
      onBatch: () => meanwhile?.(),
    });
    return toJson(buildReport(scanned.report({ showSecrets: false, redact: false, includeText: true, brief: false })));
  } finally {
    await source.close();
  }
}

const entries = (): string[] => (statSync(folder, { throwIfNoEntry: false }) === undefined ? [] : readdirSync(folder));
const entry = (): string => join(folder, entries()[0]!);

/** Whether the second reading came from the cache. */
async function isKnown(): Promise<boolean> {
  let found = false;
  const s = store();
  const watched = {
    ...s,
    async find(...about: Parameters<typeof s.find>) {
      const kept = await s.find(...about);
      found = kept !== null;
      return kept;
    },
  };
  expect(await report(watched)).toBe(await report());
  return found;
}

describe('what is kept of a capture', () => {
  test('opens it again, with the same report, for this user alone', async () => {
    expect(await isKnown()).toBe(false);
    expect(entries()).toHaveLength(1);
    expect(await isKnown()).toBe(true);
    if (!posix) return;
    // A folder that was open to others is closed.
    chmodSync(folder, 0o755);
    expect(await isKnown()).toBe(true);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(entry()).mode & 0o777).toBe(0o600);
  });

  test.each<[string, () => void]>([
    ['has grown', () => appendFileSync(file, readFileSync(file).subarray(24))],
    ['is shorter', () => truncateSync(file, statSync(file).size - 100)],
    [
      'was changed in one octet, its time set back',
      () => {
        const { atime, mtime } = statSync(file);
        const octets = readFileSync(file);
        octets[octets.length >> 1]! ^= 1;
        writeFileSync(file, octets);
        utimesSync(file, atime, mtime);
      },
    ],
    [
      'was replaced by another',
      () => {
        rmSync(file);
        copyFileSync(join(root, 'captures/samples/netwpin-welcome.pcap'), file);
      },
    ],
  ])('is not used when the file %s', async (_, change) => {
    expect(await isKnown()).toBe(false);
    change();
    expect(await isKnown()).toBe(false);
  });

  test.each<[string, (path: string) => void]>([
    ['cut off', (path) => truncateSync(path, statSync(path).size - 1)],
    ['empty', (path) => truncateSync(path, 0)],
    ['changed in one octet', (path) => flip(path, 300)],
    ['of another program', (path) => flip(path, 3)],
    ['with another digest', (path) => flip(path, 20)],
    ['a folder', (path) => [rmSync(path), mkdirSync(path)]],
    ['nonsense', (path) => writeFileSync(path, 'nonsense')],
  ])('is not used when its entry is %s', async (_, damage) => {
    await report(store());
    damage(entry());
    expect(await isKnown()).toBe(false);
  });

  test('is not used through a link, and not written through one', async () => {
    if (!posix) return;
    await report(store());
    const real = join(place, `moved ${n}`);
    copyFileSync(entry(), real);
    const path = entry();
    rmSync(path);
    symlinkSync(real, path);
    expect(await isKnown()).toBe(false);
    const elsewhere = join(place, `elsewhere ${n}`);
    mkdirSync(elsewhere);
    rmSync(folder, { recursive: true });
    symlinkSync(elsewhere, folder);
    await report(store());
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  test('is not written for a file that changed while it was read', async () => {
    await report(store(), () => utimesSync(file, new Date(0), new Date(0))).catch(() => undefined);
    expect(entries()).toEqual([]);
  });

  test('is written by two at once', async () => {
    const both = await Promise.all([report(store()), report(store())]);
    expect(both[0]).toBe(both[1]);
    expect(entries()).toHaveLength(1);
    expect(await isKnown()).toBe(true);
  });

  test('needs no folder that can be written', async () => {
    writeFileSync(folder, 'a file in its place');
    expect(await report(store())).toBe(await report());
  });
});

function flip(path: string, at: number): void {
  const octets = readFileSync(path);
  octets[at]! ^= 1;
  writeFileSync(path, octets);
}

describe('the folder', () => {
  test.each([
    ['linux', { XDG_CACHE_HOME: '/x/cache' }, /^\/x\/cache\/otascope$/],
    ['linux', { XDG_CACHE_HOME: 'relative' }, /\/\.cache\/otascope$/],
    ['darwin', {}, /\/Library\/Caches\/otascope$/],
    ['win32', {}, /AppData.Local.otascope.Cache$/],
  ])('on %s %j', (platform, env, path) => {
    expect(cacheFolder(env, platform)).toMatch(path);
  });

  test('holds so much and no more: the oldest go', () => {
    const octets = new Uint8Array(1000);
    for (const name of ['a', 'b', 'c']) {
      writeEntry(folder, name, octets, 3200);
      utimesSync(join(folder, `${name}.kept`), new Date(), new Date(Date.now() - 1e6 + name.charCodeAt(0) * 1000));
    }
    // What was used is young again.
    expect(readEntry(folder, 'a')).toEqual(octets);
    writeEntry(folder, 'd', octets, 3200);
    expect(entries().sort()).toEqual(['a.kept', 'c.kept', 'd.kept']);
    clear(folder);
    expect(sizeOf(folder)).toEqual({ entries: 0, octets: 0 });
  });

  test('is told and cleared by a command, which leaves what is not ours', async () => {
    const env = { XDG_CACHE_HOME: folder };
    const own = cacheFolder(env);
    writeEntry(own, 'x', new Uint8Array(10));
    writeFileSync(join(own, 'note.txt'), 'not ours');
    if (own !== join(folder, 'otascope')) return;
    const before = await otascope(['cache'], { env });
    expect(before).toMatchObject({ code: 0, out: `${own}\n1 capture, 0.0 of 256.0 MiB\n` });
    const after = await otascope(['cache', '--clear'], { env });
    expect(after.out).toContain('0 captures');
    expect(readdirSync(own)).toEqual(['note.txt']);
    expect((await otascope(['cache', 'x'], { env })).code).toBe(2);
  });

  test('is not there when it is switched off', () => {
    expect(userReplays(true, {})).toBeUndefined();
    expect(userReplays(false, { OTASCOPE_NO_CACHE: '1' })).toBeUndefined();
    expect(userReplays(false, { OTASCOPE_NO_CACHE: '' })).toBeDefined();
  });
});
