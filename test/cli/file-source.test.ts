import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { chunkSource } from '../../cli/host/chunk-source.ts';
import { openFile } from '../../cli/host/file-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'otascope-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i & 0xff);
writeFileSync(join(folder, 'capture.pcap'), bytes);
mkdirSync(join(folder, 'inner'));

describe('a file', () => {
  test('is read at any position, short at its end', async () => {
    const source = await openFile(join(folder, 'capture.pcap'), 'capture.pcap');
    expect(source.name).toBe('capture.pcap');
    expect(source.size).toBe(1000);
    const into = new Uint8Array(100);
    expect(await source.read(950, into)).toBe(50);
    expect(into.subarray(0, 50)).toEqual(bytes.subarray(950));
    expect(await source.read(0, into)).toBe(100);
    expect(await source.read(1000, into)).toBe(0);
    await source.close();
  });

  const refused = [
    { name: 'a file that is not there', path: 'captures.bin', says: 'there is no such file' },
    { name: 'a slip of the hand', path: 'captrue.pcap', says: /no such file \(did you mean .*capture\.pcap\?\)/ },
    { name: 'a folder', path: 'inner', says: 'it is a folder; name the files in it' },
    { name: 'a file taken for a folder', path: 'capture.pcap/x', says: 'there is no such file' },
    { name: 'a name with NUL', path: 'a\0b', says: 'the system says ERR_INVALID_ARG_VALUE' },
  ];
  for (const c of refused) {
    test(`${c.name} says why when it is read`, async () => {
      const source = await openFile(join(folder, c.path), c.path);
      await expect(source.read(0, new Uint8Array(10))).rejects.toThrow(c.says);
      await source.close();
    });
  }

  test('a file that this user may not read', async () => {
    const path = join(folder, 'secret.pcap');
    writeFileSync(path, bytes);
    chmodSync(path, 0);
    const source = await openFile(path);
    const reading = source.read(0, new Uint8Array(10));
    // The superuser may read everything.
    if (process.getuid?.() === 0) expect(await reading).toBe(10);
    else await expect(reading).rejects.toThrow('this user may not read it');
    await source.close();
  });
});

async function* pieces(...sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (const size of sizes) {
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

describe('a pipe', () => {
  test('gives what a file would give, whatever the pieces', async () => {
    for (const sizes of [[1000], [1, 0, 999], [333, 333, 334], Array(1000).fill(1)]) {
      const source = chunkSource('-', pieces(...sizes));
      const into = new Uint8Array(64);
      const out: number[] = [];
      for (;;) {
        const n = await source.read(out.length, into);
        if (n === 0) break;
        out.push(...into.subarray(0, n));
      }
      expect(Uint8Array.from(out)).toEqual(bytes);
    }
  });

  test('its head can be read again, and reading goes on behind it', async () => {
    const source = chunkSource('-', pieces(100, 900));
    const into = new Uint8Array(16);
    await source.read(0, into);
    expect(await source.read(0, into)).toBe(16);
    expect(into).toEqual(bytes.subarray(0, 16));
    expect(await source.read(16, into)).toBe(16);
    expect(into).toEqual(bytes.subarray(16, 32));
  });

  test('octets can be passed over', async () => {
    const source = chunkSource('-', pieces(100, 100, 800));
    const into = new Uint8Array(4);
    expect(await source.read(150, into)).toBe(4);
    expect(into).toEqual(bytes.subarray(150, 154));
  });

  test('going back further than its head is refused in words', async () => {
    async function* long(): AsyncGenerator<Uint8Array> {
      for (let i = 0; i < 8; i++) yield new Uint8Array(1 << 17);
    }
    const source = chunkSource('-', long());
    const into = new Uint8Array(1 << 17);
    for (let i = 0; i < 8; i++) await source.read(i << 17, into);
    await expect(source.read(1 << 19, into)).rejects.toThrow('can only be read once');
  });

  test('closing ends a read that waits', async () => {
    async function* silent(): AsyncGenerator<Uint8Array> {
      yield bytes;
      await new Promise(() => undefined);
    }
    const source = chunkSource('-', silent());
    const into = new Uint8Array(1000);
    expect(await source.read(0, into)).toBe(1000);
    const waiting = source.read(1000, into);
    await source.close();
    expect(await waiting).toBe(0);
  });
});
