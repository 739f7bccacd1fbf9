// The frame list: every frame of an input, those of messages, and one with its octets, secrets among them named.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { FrameChoice } from '../../analysis/engine/contract/frames.ts';
import { createSession, type Session } from '../../analysis/engine/session.ts';
import { fromBytes, type Source } from '../../captures/source.ts';
import { fileSource, root } from '../support/shared.ts';

const path = (name: string): string => join(root, 'captures/samples', name);

async function opened(...sources: Source[]): Promise<Session> {
  const session = createSession({ open: () => Promise.reject(new Error()), samples: async () => [] });
  await session.openSources(sources);
  return session;
}

const page = (s: Session, from: number, count: number, only: FrameChoice = 'all', input = 0) =>
  s.request({ op: 'frames', input, from, count, only });

describe('the frame list', () => {
  test('has every frame, whatever part of it is asked for', async () => {
    const s = await opened(fileSource(path('phone-life.pcap')));
    const { inputs } = await s.request({ op: 'status' });
    const whole = await page(s, 0, 200);
    expect(whole.total).toBe(inputs[0]!.frames);
    expect(whole.rows.map((r) => r.number)).toEqual(whole.rows.map((_, i) => i + 1));
    expect(whole.note).toBeNull();
    for (const from of [3, 17, whole.total - 2]) {
      expect((await page(s, from, 5)).rows).toEqual(whole.rows.slice(from, from + 5));
    }
    expect((await page(s, whole.total, 5)).rows).toEqual([]);
    const own = await page(s, 0, 200, 'messages');
    expect(own.rows).toEqual(whole.rows.filter((r) => r.messages.length > 0));
    expect((await page(s, 2, 3, 'messages')).rows).toEqual(own.rows.slice(2, 5));
  });

  test('is found by number, time and message', async () => {
    const s = await opened(fileSource(path('modem-log.log')), fileSource(path('phone-life.pcap')));
    const { rows } = await page(s, 0, 200, 'all', 1);
    const own = await page(s, 0, 200, 'messages', 1);
    const place = async (r: object) => s.request({ op: 'framePlace', input: 1, ...r });
    expect(await place({ frame: 7 })).toEqual({ input: 1, place: 6 });
    expect(await place({ frame: 100_000 })).toEqual({ input: 1, place: null });
    for (const n of [0, 5, rows.length - 1]) {
      const { time } = rows[n]!;
      expect(await place({ time })).toEqual({ input: 1, place: rows.findIndex((r) => r.time >= time) });
      expect(await place({ time: time + 1e15 })).toEqual({ input: 1, place: null });
    }
    const { messages } = own.rows[3]!;
    const first = rows.findIndex((r) => r.messages.includes(messages[0]!));
    expect(await place({ message: messages[0] })).toEqual({ input: 1, place: first });
    expect(await place({ message: messages[0], input: 0 })).toEqual({ input: 1, place: first });
    const among = own.rows.findIndex((r) => r.messages.includes(messages[0]!));
    expect(await place({ message: messages[0], only: 'messages' })).toEqual({ input: 1, place: among });
    const records = await page(s, 0, 200);
    expect(records.rows.every((r) => r.link === null && r.protocol === 'record')).toBe(true);
    expect(records.total).toBe(records.rows.length);
  });

  test('is the same from a compressed file', async () => {
    const octets = new Uint8Array(readFileSync(path('phone-life.pcap')));
    const plain = await opened(fromBytes('a', octets));
    const packed = await opened(fromBytes('a', new Uint8Array(gzipSync(octets))));
    for (const from of [20, 0, 11]) expect(await page(packed, from, 9)).toEqual(await page(plain, from, 9));
  });

  test('of a pipe is that of the messages, and says why', async () => {
    const { read } = fileSource(path('netwpin-welcome.pcap'));
    const s = await opened({ name: 'standard input', size: null, read });
    const all = await page(s, 0, 10);
    expect(all.rows).toEqual([]);
    expect(all.note).toMatch(/stream/);
    expect((await page(s, 0, 10, 'messages')).rows.length).toBeGreaterThan(0);
  });

  test('a frame has its octets and headers; what is secret in it is named', async () => {
    const s = await opened(fileSource(path('phone-life.pcap')));
    const { rows } = await page(s, 0, 200);
    let secrets = 0;
    for (const { number, length } of rows) {
      const { row, bytes, tree } = await s.request({ op: 'frame', input: 0, number });
      expect(row).toEqual(rows[number - 1]);
      expect(bytes.bytes.length).toBe(length);
      expect(bytes.buffer).toBe(`frame:${number}`);
      expect(tree.some((n) => n.label === 'Ethernet')).toBe(true);
      for (const id of row.messages) {
        const same = await s.request({ op: 'bytes', message: id, buffer: bytes.buffer });
        expect(same.bytes).toEqual(bytes.bytes);
        for (const hidden of same.secret ?? []) expect(bytes.secret).toContainEqual(hidden);
      }
      secrets += bytes.secret?.length ?? 0;
      const open = await s.request({ op: 'frame', input: 0, number, secrets: true });
      expect(open.bytes.secret).toEqual([]);
    }
    expect(secrets).toBeGreaterThan(0);
    await expect(s.request({ op: 'frame', input: 0, number: rows.length + 1 })).rejects.toThrow('There is no frame');
    await expect(page(s, 0, 1, 'all', 3)).rejects.toThrow('There is no input 4');
  });
});
