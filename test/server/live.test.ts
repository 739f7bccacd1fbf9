// Captures that grow while they are shown.

import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createSession, type Session } from '../../analysis/engine/session.ts';
import { hostEngine } from '../../cli/host/engine.ts';
import type { HostSource } from '../../cli/host/file-source.ts';
import { followSource, spoolSource } from '../../cli/host/live.ts';
import { root } from '../support/shared.ts';

const folder = mkdtempSync(join(tmpdir(), 'otascope-grows-'));
afterAll(() => rmSync(folder, { recursive: true }));

const sample = (name: string) => new Uint8Array(readFileSync(join(root, 'captures', 'samples', name)));
const capture = sample('mixed-day.pcapng');
const log = sample('modem-log.log');

/** A pipe the test writes into. */
function pipe(): { readonly chunks: AsyncIterable<Uint8Array>; write(b: Uint8Array): void; end(): void } {
  const waiting: Uint8Array[] = [];
  let wake: () => void = () => undefined;
  let ended = false;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const next = waiting.shift();
      if (next !== undefined) yield next;
      else if (ended) return;
      else
        await new Promise<void>((done) => {
          wake = done;
        });
    }
  }
  return {
    chunks: chunks(),
    write(b) {
      waiting.push(b);
      wake();
    },
    end() {
      ended = true;
      wake();
    },
  };
}

const sessionOver = (source: HostSource): Session => {
  const session = createSession({ open: () => Promise.reject(new Error('No.')), samples: async () => [] });
  session.startSources([source]);
  return session;
};
const messages = async (s: Session) => (await s.request({ op: 'status' })).messages;
const phase = async (s: Session) => (await s.request({ op: 'status' })).phase;
const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 10_000, interval: 20 });
const kinds = async (s: Session): Promise<string[]> =>
  (await s.request({ op: 'rows', table: 'messages', from: 0, count: 200 })).messages.map((m) => m.kind).sort();

async function whole(bytes: Uint8Array): Promise<string[]> {
  const source = pipe();
  source.write(bytes);
  source.end();
  const s = sessionOver(await spoolSource('all', source.chunks));
  await eventually(() => phase(s)).toBe('ready');
  return kinds(s);
}

describe('standard input', () => {
  test.each([
    ['a capture', capture, 4200],
    ['a log', log, log.length],
  ] as const)('%s is shown while it comes, and is whole in the end', async (_, bytes, half) => {
    const source = pipe();
    const spool = await spoolSource('standard input', source.chunks);
    const s = sessionOver(spool);
    // In pieces that end anywhere.
    for (let at = 0; at < half; at += 700) source.write(bytes.slice(at, Math.min(half, at + 700)));
    await eventually(() => messages(s)).toBeGreaterThan(0);
    expect(await phase(s)).toBe('loading');
    expect((await s.request({ op: 'status' })).inputs[0]?.live).toBe(true);
    source.write(bytes.slice(half));
    source.end();
    await eventually(() => phase(s)).toBe('ready');
    expect(await kinds(s)).toEqual(await whole(bytes));
    // Its octets can be shown again.
    const { buffers } = await s.request({ op: 'detail', message: 'm1' });
    for (const b of buffers)
      expect((await s.request({ op: 'bytes', message: 'm1', buffer: b.name })).bytes.length).toBe(b.length);
    await spool.close();
  });

  test('stop keeps what is there and does not wait for more', async () => {
    const source = pipe();
    const s = sessionOver(await spoolSource('standard input', source.chunks));
    source.write(capture.slice(0, 4200));
    await eventually(() => messages(s)).toBeGreaterThan(0);
    const status = await s.request({ op: 'stop' });
    expect(status.phase).toBe('stopped');
    expect(status.messages).toBeGreaterThan(0);
  });

  test('nothing at all is an empty input, said in a sentence', async () => {
    const source = pipe();
    const s = sessionOver(await spoolSource('standard input', source.chunks));
    source.end();
    await eventually(() => phase(s)).toBe('ready');
    expect((await s.request({ op: 'status' })).inputs[0]?.error).toMatch(/it is empty/);
  });
});

describe('a file that grows', () => {
  test('is read on until it is stopped', async () => {
    const path = join(folder, 'grows.pcapng');
    writeFileSync(path, capture.slice(0, 3000));
    const engine = hostEngine();
    await engine.openPaths([path], { follow: true });
    const status = () => engine.request({ op: 'status' });
    await expect.poll(async () => (await status()).phase, { timeout: 10_000 }).toBe('loading');
    const before = (await status()).messages;
    appendFileSync(path, capture.slice(3000));
    const all = (await whole(capture)).length;
    await expect
      .poll(async () => (await status()).messages, { timeout: 10_000 })
      .toBeGreaterThanOrEqual(Math.max(before, all - 1));
    const stopped = await engine.request({ op: 'stop' });
    expect(stopped.phase).toBe('stopped');
    expect(stopped.messages).toBe(all);
    await engine.request({ op: 'close' });
  });

  test('that is deleted ends', async () => {
    const path = join(folder, 'gone.pcapng');
    writeFileSync(path, capture);
    const source = await followSource(path, 'gone.pcapng');
    const s = sessionOver(source);
    await eventually(() => messages(s)).toBeGreaterThan(0);
    rmSync(path);
    await eventually(() => phase(s)).toBe('ready');
    await source.close();
  });
});
