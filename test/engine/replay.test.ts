// A capture opened a second time from what was kept of it gives the same report, octet for octet.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Found, ReplayStore } from '../../analysis/engine/framesreplay.ts';
import { load } from '../../analysis/engine/load.ts';
import { scan } from '../../analysis/engine/scan.ts';
import { buildReport, toJson } from '../../analysis/report/index.ts';
import { generateMixed } from '../../bench/generate.ts';
import { fromBytes, type Source } from '../../captures/source.ts';
import { namesIn, root, sharedFolder } from '../support/shared.ts';

/** A file in memory. */
interface Held extends Source {
  readonly held: Uint8Array;
}

/** Keeps everything, whatever of it is of use. */
function memory(share = 1): ReplayStore & { readonly kept: Map<string, Uint8Array>; found: number; octets: number } {
  const kept = new Map<string, Uint8Array>();
  const nameOf = (sources: readonly Source[], about: string): string => sources.map((s) => s.name).join() + about;
  return {
    kept,
    found: 0,
    octets: 0,
    share,
    async find(sources, about): Promise<Found | null> {
      const octets = kept.get(nameOf(sources, about));
      if (octets === undefined) return null;
      this.found += 1;
      const read = sources.map((s) => (at: number, into: Uint8Array) => {
        const part = (s as Held).held.subarray(at, at + into.length);
        into.set(part);
        this.octets += part.length;
        return part.length;
      });
      return { octets, read, close: () => undefined };
    },
    async keep(sources, about, octets) {
      kept.set(nameOf(sources, about), octets.slice());
    },
  };
}

const held = (path: string): Held => {
  const bytes = new Uint8Array(readFileSync(path));
  return { ...fromBytes(basename(path), bytes), held: bytes };
};

const keys = { imsi: ['262011234567890'], pin: ['4711'] };

async function reportOf(sources: readonly Source[], blockSize: number, replays?: ReplayStore): Promise<string> {
  const options = { keys, blockSize, includeText: true, ...(replays === undefined ? {} : { replays }) };
  const scanned = await scan(sources, options);
  return toJson(buildReport(scanned.report({ showSecrets: true, redact: false, includeText: true, brief: false })));
}

async function same(sources: readonly Source[], blockSize: number): Promise<ReturnType<typeof memory>> {
  const store = memory();
  const plain = await reportOf(sources, blockSize);
  expect(await reportOf(sources, blockSize, store)).toBe(plain);
  expect(store.found).toBe(0);
  expect(await reportOf(sources, blockSize, store)).toBe(plain);
  expect(store.found).toBe(store.kept.size);
  return store;
}

const isCapture = (name: string): boolean => /\.pcap(ng)?$/.test(name);
const samples = join(root, 'captures/samples');
const shared = sharedFolder('captures', 'replayed reports');
const files = [
  ...namesIn(samples, '').map((n) => join(samples, n)),
  // One in nine of the others: they take long.
  ...(shared === null ? [] : namesIn(shared, '').map((n) => join(shared, n))).filter((_, i) => i % 9 === 0),
].filter(isCapture);

describe('opened again', () => {
  test.each(files.map((path, i) => ({ name: basename(path), path, blockSize: [1 << 20, 3000, 900][i % 3]! })))(
    '$name in blocks of $blockSize',
    async ({ path, blockSize }) => {
      const store = await same([held(path)], blockSize);
      expect(store.kept.size).toBeLessThanOrEqual(1);
    },
  );

  test('two files together', async () => {
    const of = (name: string) => held(join(samples, name));
    const store = await same([of('netwpin-welcome.pcap'), of('map-phone-off.pcap'), of('phone-life.pcap')], 2000);
    expect(store.kept.size).toBe(1);
  });
});

describe('a capture in which little matters', () => {
  const folder = mkdtempSync(join(tmpdir(), 'otascope-replay-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'mixed.pcap');
  generateMixed(path, { bytes: 6e6, pushes: 4, seed: 5 });
  const source = held(path);

  test.each([16_384, 300_000])('the same in blocks of %i', async (blockSize) => {
    const store = await same([source], blockSize);
    expect(store.kept.size).toBe(1);
  });

  test('a small part of it is read, and every frame is still there', async () => {
    const store = memory(0.3);
    const first = await load([source], { keys, replays: store });
    const second = await load([source], { keys, replays: store });
    expect(store.found).toBe(1);
    expect(store.octets).toBeLessThan(source.held.length / 20);
    expect(second.stats).toEqual(first.stats);
    expect(second.anchors[0]!.frames).toBe(first.anchors[0]!.frames);
    expect(second.opened[0]!.reader!.headers).toEqual(first.opened[0]!.reader!.headers);
    expect(second.opened.map((o) => ({ ...o, reader: null, source: null }))).toEqual(
      first.opened.map((o) => ({ ...o, reader: null, source: null })),
    );
  });

  test('nothing of its content is kept', async () => {
    const store = memory();
    const text = await reportOf([source], 1 << 20, store);
    const [octets] = store.kept.values();
    const kept = Buffer.from(octets!).toString('latin1');
    for (const secret of ['4711', '262011234567890', 'internet', ...(text.match(/\+\d{9,}/g) ?? []).slice(0, 5)]) {
      expect(kept).not.toContain(secret);
    }
  });

  test('nothing is kept where most frames matter', async () => {
    const store = memory(0.0001);
    await load([source], { keys, replays: store });
    expect(store.kept.size).toBe(0);
  });
});
