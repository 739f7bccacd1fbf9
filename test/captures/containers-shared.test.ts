import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileSource, namesIn, readJson, sharedFolder } from '../support/shared.ts';
import { type ReadFile, readFile, readSource } from './containers.ts';

interface Truth {
  readonly file: string;
  readonly container: {
    readonly format: string;
    readonly linktype: number;
    readonly linktypes?: readonly number[];
    readonly packets: number;
    readonly byteOrder?: 'BE';
    readonly tsResolution?: 'ns';
    readonly timePrecision?: string;
    readonly truncatedInRecord?: number;
  };
  readonly messages: readonly {
    readonly timesApproximate?: unknown;
    readonly segments?: readonly { readonly frames?: readonly number[]; readonly time?: string | null }[];
  }[];
}

const SECOND = 1_000_000_000n;

/** '2026-11-23T11:20:23.940698000Z' as nanoseconds since 1970. */
function nanoseconds(iso: string): bigint {
  const [whole, fraction] = iso.replace('Z', '').split('.') as [string, string];
  return BigInt(Date.parse(`${whole}Z`)) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
}

const captures = sharedFolder('captures', 'container readers with recorded captures');

if (captures === null) {
  test('shared captures absent: containers of all recorded captures not compared', () => expect(captures).toBeNull());
} else {
  describe('recorded captures', () => {
    for (const name of namesIn(captures, '.truth.json')) {
      const truth = readJson<Truth>(join(captures, name));
      test(truth.file, async () => {
        const { container } = truth;
        const file = (await readSource(fileSource(join(captures, truth.file)))) as ReadFile;
        expect(file.format).toBe(container.format);
        // The truth counts frames before IP fragmentation and TCP segmentation were put in.
        const cut = container.truncatedInRecord;
        if (!/ipfrag|tcp-ooo/.test(name))
          expect(file.frames).toHaveLength(cut === undefined ? container.packets : cut - 1);
        expect(file.codes).toEqual(cut === undefined ? [] : ['PCAP-CUT']);
        expect(file.truncatedAt === null).toBe(cut === undefined);
        const links = new Set(file.frames.map((f) => f.linkType));
        expect(links).toEqual(new Set(container.linktypes ?? [container.linktype]));
        if (container.byteOrder !== undefined) expect(file.variant).toContain('big-endian');
        if (container.tsResolution !== undefined) expect(file.variant).toContain('nanoseconds');
        for (const blockSize of [1024, 4096]) {
          const again = (await readSource(fileSource(join(captures, truth.file)), { blockSize })) as ReadFile;
          expect(again.frames).toEqual(file.frames);
        }
        // Elsewhere the time of a segment is not always that of its frames (layers that answer or repeat).
        if (/^(cont|kannel-smpp|fail|smpp)-/.test(name) && !/ipfrag|tcp-ooo|blocks/.test(name))
          compareTimes(truth, file);
      });
    }
  });
}

/** The time of a segment is that of one of its frames, as exactly as the interface counts. */
function compareTimes(truth: Truth, file: ReadFile): void {
  const precisions = truth.container.timePrecision === undefined ? [SECOND] : [SECOND, 1000n, 1n << 20n];
  for (const m of truth.messages) {
    for (const s of m.segments ?? []) {
      if (m.timesApproximate !== undefined || s.time === undefined || s.time === null || s.frames === undefined)
        continue;
      const expected = nanoseconds(s.time);
      const times = s.frames.flatMap((number) => {
        const f = file.frames[number - 1];
        return f === undefined || f.time === null ? [] : [{ number, time: f.time }];
      });
      if (times.length === 0) continue;
      const fits = times.some(({ number, time }) => {
        const ticks = precisions[(number - 1) % precisions.length]!;
        return (((expected * ticks) / SECOND) * SECOND) / ticks === time;
      });
      expect(fits, `${s.time} among ${times.map((t) => t.time).join()}`).toBe(true);
    }
  }
}

const vectors = sharedFolder('vectors/pcapng', 'pcapng reader with a public test suite');

if (vectors === null) {
  test('shared vectors absent: 10 pcapng files not compared', () => expect(vectors).toBeNull());
} else {
  describe('public pcapng files', () => {
    for (const name of namesIn(vectors, '.pcapng')) {
      test(name, async () => {
        const described = readFileSync(join(vectors, name.replace('.pcapng', '.txt')), 'utf8');
        const counts = new Map([...described.matchAll(/^\s+(\w+): (\d+)$/gm)].map((m) => [m[1]!, Number(m[2])]));
        const count = (...kinds: string[]) => kinds.reduce((n, k) => n + (counts.get(k) ?? 0), 0);
        const bytes = new Uint8Array(readFileSync(join(vectors, name)));
        const file = await readFile(bytes);
        expect(file.codes.filter((c) => c !== 'PCAPNG-DROPPED')).toEqual([]);
        expect(file.frames).toHaveLength(count('EPB', 'SPB', 'PB'));
        expect(file.frames.filter((f) => f.time === null)).toHaveLength(count('SPB'));
        expect(file.variant).toBe(`little-endian, sections: ${count('SHB')}, interfaces: ${count('IDB')}`);
        const skipped = (what: string) => file.skipped?.find((s) => s.what === what)?.count ?? 0;
        expect(skipped('name resolution')).toBe(count('NRB'));
        expect(skipped('interface statistics')).toBe(count('ISB'));
        expect(file.comments.length).toBeGreaterThan(0);
        for (const blockSize of [64, 1024]) expect((await readFile(bytes, { blockSize })).frames).toEqual(file.frames);
      });
    }
  });
}
