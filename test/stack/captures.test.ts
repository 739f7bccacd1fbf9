import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openCapture } from '../../captures/open.ts';
import type { FrameBatch } from '../../captures/reader.ts';
import { fromBytes } from '../../captures/source.ts';
import type { Datagram, FrameFinding, ShortMessage, Sink } from '../../dissectors/base/message.ts';
import { createDriver } from '../../dissectors/driver/index.ts';
import { dissectors } from '../../dissectors/index.ts';
import { createRegistry } from '../../dissectors/registry.ts';
import { fileSource, namesIn, readJson, sharedFolder } from '../support/shared.ts';
import { batchOf, type FrameSpec } from './build.ts';

interface Truth {
  readonly file: string;
  readonly messages: readonly {
    readonly bearer?: string;
    readonly to?: string;
    readonly segments?: readonly { readonly frames: readonly number[]; readonly status?: number }[];
    readonly frames: readonly number[];
  }[];
}

interface Out {
  readonly messages: ShortMessage[];
  readonly datagrams: Datagram[];
  readonly findings: FrameFinding[];
  readonly numbers: number[];
}

function drive(batches: readonly FrameBatch[]): Out {
  const out: Out = { messages: [], datagrams: [], findings: [], numbers: [] };
  const sink: Sink = {
    shortMessage: (m) => out.messages.push(m),
    datagram: (d) => out.datagrams.push(d),
    answer() {},
    receipt() {},
    identity() {},
    finding: (f) => out.findings.push(f),
  };
  const driver = createDriver({
    registry: createRegistry(dissectors),
    sink,
    frames: { add: (b, i) => out.numbers.push(b.firstNumber + i) - 1 },
  });
  for (const b of batches) driver.batch(b);
  driver.end();
  return out;
}

/** Frames of a capture, copied. */
async function framesOf(path: string): Promise<FrameSpec[]> {
  const reader = await openCapture(fileSource(path));
  if ('unreadable' in reader) throw new Error(`${path} can't be read`);
  const frames: FrameSpec[] = [];
  for await (const b of reader.batches()) {
    if (b.kind !== 'frames') continue;
    for (let i = 0; i < b.count; i++) {
      const start = b.start[i]!;
      const bytes = b.bytes.slice(start, start + b.length[i]!);
      frames.push({ bytes, time: b.time[i]!, link: b.linkType[i]!, wire: b.wireLength[i]! });
    }
  }
  return frames;
}

const carried = (bearer: string | undefined): boolean => bearer !== undefined && /^(submit|deliver|data)_/.test(bearer);
const folder = sharedFolder('captures', 'short messages and datagrams of recorded captures');
const names = folder === null ? [] : namesIn(folder, '.truth.json').filter((n) => !n.startsWith('cont-snaplen'));

describe('recorded captures', () => {
  if (folder === null) test('shared captures absent: comparisons of the stack not run', () => {});
  for (const name of names) {
    const truth = readJson<Truth>(join(folder!, name));
    if (!/\.(pcap|pcapng)(\.|$)/.test(truth.file)) continue;
    const smpp = truth.messages.filter((m) => carried(m.bearer));
    const udp = truth.messages.filter((m) => m.bearer === 'udp');
    if (smpp.length + udp.length === 0) continue;

    test(truth.file, async () => {
      const frames = await framesOf(join(folder!, truth.file));
      const out = drive([batchOf(frames)]);
      const parts = smpp.flatMap((m) => (m.segments ?? [{ frames: m.frames }]).map((s) => s.frames));
      // Other hops of a message are other bearers.
      const submitted = out.messages.filter((m) => m.bearer === 'smpp');
      expect(submitted.length).toBe(parts.length);
      // Each part is found in frames the truth names for it, which may name repeats too.
      const left = [...parts];
      for (const m of submitted) {
        const own = [...new Set(m.pdu.map.map((p) => out.numbers[p.frame]!))];
        const i = left.findIndex((f) => own.every((n) => f.includes(n)));
        expect(i, `frames ${own.join()} of ${m.operation} to ${m.to?.value}`).toBeGreaterThanOrEqual(0);
        left.splice(i, 1);
      }
      const found = new Set(out.datagrams.flatMap((d) => d.pdu.map.map((p) => out.numbers[p.frame]!)));
      for (const m of udp) for (const n of m.frames) expect([...found]).toContain(n);
      const bad = out.findings.map((f) => f.finding.rule.code).filter((c) => /^(TCP|STREAM|FRAGMENT|IPV|UDP)/.test(c));
      expect(bad).toEqual([]);
    });

    test(`${truth.file}: one frame a batch gives the same`, async () => {
      const frames = await framesOf(join(folder!, truth.file));
      const whole = drive([batchOf(frames)]);
      const single = drive(frames.map((f, i) => batchOf([f], i + 1)));
      const facts = (o: Out) => o.messages.map((m) => [m.operation, m.time, m.to?.value, m.userData.bytes.length]);
      const order = (a: readonly unknown[]) => JSON.stringify(a);
      expect(facts(single).map(order).sort()).toEqual(facts(whole).map(order).sort());
      expect(single.datagrams.length).toBe(whole.datagrams.length);
    });
  }

  for (const name of ['cont-snaplen-96', 'cont-tcp-ooo', 'wsp-udp-plain', 'smpp-forms']) {
    if (folder === null) continue;
    test(`${name}: cut at every octet, frames dropped, octets turned over`, async () => {
      const frames = await framesOf(join(folder, `${name}.pcap`));
      const sizes = new Set<number>();
      frames.forEach((f, i) => {
        for (let n = 0; n <= f.bytes.length; n += 1 + (f.bytes.length >> 5)) {
          const cut = frames.slice();
          cut[i] = { ...f, bytes: f.bytes.subarray(0, n), wire: f.bytes.length };
          const out = drive([batchOf(cut)]);
          sizes.add(out.messages.length + out.datagrams.length);
          const flipped = frames.slice();
          const bytes = f.bytes.slice();
          if (n < bytes.length) bytes[n]! ^= 0x55;
          flipped[i] = { ...f, bytes };
          drive([batchOf(flipped)]);
        }
        drive([batchOf(frames.filter((_, k) => k !== i))]);
      });
      expect(sizes.size).toBeGreaterThan(0);
    });
  }
});

test('an empty capture', async () => {
  expect(drive([]).findings).toEqual([]);
  expect('unreadable' in (await openCapture(fromBytes('empty', new Uint8Array(0))))).toBe(true);
});
