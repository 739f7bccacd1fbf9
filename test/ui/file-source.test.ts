import { describe, expect, test, vi } from 'vitest';
import { fileSource } from '../../ui/file-source.ts';

const SIZE = 3_000_000;
const octets = new Uint8Array(SIZE).map((_, i) => (i * 31 + (i >> 9)) & 255);

/** A file that counts the streams and slices that are made of it. */
function counted() {
  const file = new File([octets], 'a.pcap');
  const streams = { opened: 0, cancelled: 0 };
  let slices = 0;
  const slice = file.slice.bind(file);
  file.slice = (from, to) => {
    const part = slice(from, to);
    const stream = part.stream.bind(part);
    if (to !== undefined) slices += 1;
    part.stream = () => {
      streams.opened += 1;
      const made = stream();
      const reader = made.getReader.bind(made);
      Object.assign(made, {
        getReader() {
          const r = reader();
          const cancel = r.cancel.bind(r);
          r.cancel = (why) => {
            streams.cancelled += 1;
            return cancel(why);
          };
          return r;
        },
      });
      return made;
    };
    return part;
  };
  return { source: fileSource(file), streams, slices: () => slices };
}

type Counted = ReturnType<typeof counted>;

async function readOn(source: Counted['source'], at: number, block: number, most = SIZE): Promise<number> {
  const into = new Uint8Array(block);
  let from = at;
  while (from < most) {
    const n = await source.read(from, into);
    if (n === 0) break;
    expect(Buffer.compare(into.subarray(0, n), octets.subarray(from, from + n))).toBe(0);
    from += n;
  }
  return from;
}

describe('a file given to the page', () => {
  test('read in order, it comes through one stream, octet for octet', async () => {
    const { source, streams, slices } = counted();
    expect(await readOn(source, 0, 300_000)).toBe(SIZE);
    expect(streams.opened).toBe(1);
    expect(slices()).toBe(1);
    expect(await source.read(SIZE, new Uint8Array(9))).toBe(0);
  });

  test('short reads and reads anywhere take slices', async () => {
    const { source, streams, slices } = counted();
    for (const at of [0, 100, 2_000_000, 5, SIZE - 50]) await readOn(source, at, 100, at + 1);
    expect(streams.opened).toBe(0);
    expect(slices()).toBe(5);
  });

  test('who reads elsewhere meanwhile does not break the order', async () => {
    const { source, streams } = counted();
    let at = await readOn(source, 0, 300_000, 900_000);
    for (let i = 0; at < SIZE; i += 1) {
      await readOn(source, (i * 700_001) % SIZE, 400_000, ((i * 700_001) % SIZE) + 1);
      // What begins where the stream is takes it away; whoever goes on gets another one.
      if (i === 2) await readOn(source, at, 10, at + 1);
      at = await readOn(source, at, 300_000, Math.min(SIZE, at + 1));
    }
    expect(streams.opened).toBeLessThanOrEqual(3);
  });

  test('two readings at once each get their own octets', async () => {
    const { source } = counted();
    expect(await Promise.all([readOn(source, 0, 300_000), readOn(source, 0, 280_000)])).toEqual([SIZE, SIZE]);
  });

  test('it can be read again from the beginning, and after its end', async () => {
    const { source, streams } = counted();
    expect(await readOn(source, 0, 400_000)).toBe(SIZE);
    expect(await readOn(source, 0, 400_000)).toBe(SIZE);
    expect(streams.opened).toBe(2);
    await readOn(source, 0, 400_000, 1_200_000);
    source.end?.();
    await vi.waitFor(() => expect(streams.cancelled).toBeGreaterThanOrEqual(3));
    expect(await readOn(source, 1_200_000, 100, 1_200_100)).toBe(1_200_100);
  });

  test('a file that was changed is refused with a sentence', async () => {
    const file = new File([octets], 'a.pcap');
    file.slice = () => {
      throw new DOMException('gone', 'NotReadableError');
    };
    await expect(fileSource(file).read(0, new Uint8Array(10))).rejects.toThrow('it was changed or removed');
  });
});
