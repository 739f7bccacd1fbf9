// Small inputs made to grow, and what reading one whole costs.

import { createFlows } from '../../analysis/engine/flowsof.ts';
import { load } from '../../analysis/engine/load.ts';
import { reportInput } from '../../analysis/engine/reportof.ts';
import { jsonChunks, reportStream } from '../../analysis/report/index.ts';
import { fromBytes, type Source } from '../../captures/source.ts';
import { writePcap } from '../../captures/write/pcap.ts';

/** What one bomb may take: seconds of processor time, and memory beyond what was there before it. */
export const SECONDS = 5;
export const MEGABYTES = 300;

export interface Blast {
  readonly codes: ReadonlySet<string>;
  readonly messages: number;
  readonly seconds: number;
  /** By which the process grew at its largest; 0 where it had been larger before. */
  readonly megabytes: number;
  readonly times: readonly number[];
}

/** Reads it, judges it and writes the report. */
export async function explode(input: Uint8Array | Source): Promise<Blast> {
  const source = input instanceof Uint8Array ? fromBytes('bomb', input) : input;
  const before = process.resourceUsage().maxRSS;
  const cpu = process.cpuUsage();
  const loaded = await load([source], { keys: { imsi: [], pin: ['1234'] } });
  const codes = new Set<string>();
  for (const piece of jsonChunks(reportStream(reportInput(loaded, createFlows(loaded), {})))) {
    for (const m of piece.matchAll(/"code":\s*"([A-Z][A-Z0-9-]+)"/g)) codes.add(m[1] ?? '');
  }
  const { user, system } = process.cpuUsage(cpu);
  for (const f of loaded.findings) codes.add(f.finding.rule.code);
  return {
    codes,
    messages: loaded.records.length,
    seconds: (user + system) / 1e6,
    megabytes: (process.resourceUsage().maxRSS - before) / 1024,
    times: [
      loaded.firstTime,
      loaded.lastTime,
      ...loaded.records.flatMap((r) => [r.joined.firstTime, r.joined.lastTime]),
    ],
  };
}

/** Frames of Ethernet as a capture, a millisecond apart. */
export const capture = (frames: readonly Uint8Array[], apart = 1_000_000n): Uint8Array =>
  writePcap(
    frames.map((bytes, i) => ({ time: 1_795_000_000_000_000_000n + BigInt(i) * apart, bytes })),
    { linkType: 1 },
  );
