// What comes next is read while what was read is looked at: the same octets, the same findings, in the same order.

import { describe, expect, test } from 'vitest';
import { FindingLog } from '../../captures/findinglog.ts';
import { fromBytes, type Source } from '../../captures/source.ts';
import { streamOf } from '../../captures/stream.ts';
import { Window } from '../../captures/window.ts';
import { writePcap } from '../../captures/write/pcap.ts';
import { readFile, readSource, seeded } from './containers.ts';

const SIZE = 128 * 1024;
const octets = Uint8Array.from({ length: 1_500_000 }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 13);

/** A source that gives at most `most` octets at once and counts its reads. */
function counted(bytes: Uint8Array, most = Number.POSITIVE_INFINITY, more: Partial<Source> = {}) {
  const plain = fromBytes('counted', bytes);
  const asked: number[] = [];
  const source: Source = {
    ...plain,
    ...more,
    read(at, into) {
      asked.push(at);
      return plain.read(at, into.subarray(0, Math.min(most, into.length)));
    },
  };
  return { source, asked };
}

const windowOn = (source: Source, signal?: { aborted: boolean }, head = new Uint8Array(0), log = new FindingLog()) =>
  new Window(streamOf(source, head, log), SIZE, signal);

/** Moves through all of it; `keeps` says how many octets stay each time. Checks every octet. */
async function walk(w: Window, keeps: () => number): Promise<number> {
  await w.fill(0, 1);
  for (;;) {
    for (let i = 0; i < w.end; i++)
      if (w.bytes[i] !== octets[w.origin + i]) throw new Error(`wrong at ${w.origin + i}`);
    if (w.ended) return w.origin + w.end;
    const keep = Math.min(keeps(), w.end);
    w.pin();
    await w.fill(w.end - keep, keep + 1);
  }
}

describe('a window', () => {
  test.each([Number.POSITIVE_INFINITY, 100_000, 777])(
    'gives every octet once, of at most %s at a time',
    async (most) => {
      const random = seeded(7);
      const { source } = counted(octets, most);
      // Less than what is left free for it, about as much, and more.
      const keeps = () => [1, 3000, 65_535, 65_536, 65_537, 90_000][random(6)]!;
      expect(await walk(windowOn(source), keeps)).toBe(octets.length);
      expect(await walk(windowOn(source, undefined, octets.slice(0, 65_536)), keeps)).toBe(octets.length);
    },
  );

  test('has asked for the next block when it gives one, and for no more', async () => {
    const { source, asked } = counted(octets);
    const w = windowOn(source);
    for (let i = 0; i < 6; i++) await w.fill(w.end, 1);
    expect(asked.at(-1)).toBe(w.origin + w.end);
    expect(asked.filter((at) => at > w.origin)).toHaveLength(1);
  });

  test.each([
    { name: 'a pipe', more: { size: null } },
    { name: 'a file that is being written', more: { live: true } },
  ])('asks $name only for what is wanted', async ({ more }) => {
    const { source, asked } = counted(octets, undefined, more);
    const w = windowOn(source);
    for (let i = 0; i < 6; i++) await w.fill(w.end, 1);
    expect(asked.filter((at) => at >= w.origin + w.end)).toEqual([]);
  });

  test('leaves what was handed out alone for one more batch', async () => {
    const w = windowOn(counted(octets).source);
    const given: { bytes: Uint8Array; origin: number; end: number }[] = [];
    for (let i = 0; i < 9; i++) {
      await w.fill(w.end, 1);
      w.pin();
      given.push({ bytes: w.bytes, origin: w.origin, end: w.end });
      for (const g of given.slice(-2)) {
        expect(Buffer.compare(g.bytes.subarray(0, g.end), octets.subarray(g.origin, g.origin + g.end))).toBe(0);
      }
    }
  });

  test('that is given up does not wait for what was asked for', async () => {
    const plain = fromBytes('silent', octets);
    let silent = false;
    const signal = { aborted: false };
    const source: Source = {
      ...plain,
      read: (at, into) => (silent ? new Promise(() => undefined) : plain.read(at, into)),
    };
    const w = windowOn(source, signal);
    for (let i = 0; i < 4; i++) {
      silent = i === 3;
      await w.fill(w.end, 1);
    }
    signal.aborted = true;
    await w.fill(w.end, 1);
    expect([w.aborted, w.ended]).toEqual([true, true]);
  });
});

test('a source that fails is told where reading got to, behind what was found before', async () => {
  const frames = Array.from({ length: 9000 }, (_, i) => ({ time: BigInt(i), bytes: octets.subarray(i, i + 100) }));
  const bytes = writePcap(frames, { linkType: 1 });
  const plain = fromBytes('torn.pcap', bytes);
  const fails = 600_000;
  const source: Source = {
    ...plain,
    read: (at, into) =>
      at >= fails ? Promise.reject(new Error('the disk is gone')) : plain.read(at, into.subarray(0, fails - at)),
  };
  bytes.fill(0xff, 400_000, 400_020);
  const whole = await readFile(bytes, { blockSize: SIZE });
  const torn = await readSource(source, { blockSize: SIZE });
  if ('unreadable' in torn) throw new Error('unreadable');
  expect(torn.findings.map((f) => f.rule.code)).toEqual(['PCAP-RECORD-DAMAGED', 'CAPTURE-READ-FAILED', 'PCAP-CUT']);
  expect(torn.findings[0]).toEqual(whole.findings[0]);
  expect(torn.findings[1]?.message).toBe('torn.pcap could not be read beyond octet 600000: the disk is gone');
  expect(torn.frames).toEqual(whole.frames.slice(0, torn.frames.length));
});
