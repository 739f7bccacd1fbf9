// Compressed captures: a decompressor looks like any other byte stream to the reader above it.

import type { FindingLog } from '../findinglog.ts';
import { LIMITS } from '../limits.ts';
import { u32 } from '../octets.ts';
import type { ByteStream } from '../stream.ts';
import { gunzip } from './gzip.ts';
import type { Chunks } from './input.ts';
import { isSkippable, LZ4_LEGACY_MAGIC, LZ4_MAGIC, unlz4 } from './lz4.ts';
import { COMPRESSION_RULES } from './rules.ts';
import { unzstd, ZSTD_MAGIC } from './zstd/frame.ts';

export type Compression = 'gzip' | 'zstd' | 'lz4';

/** The compression a file is in, by its first octets. */
export function compressionOf(head: Uint8Array): Compression | undefined {
  if (head.length >= 3 && head[0] === 0x1f && head[1] === 0x8b && head[2] === 8) return 'gzip';
  // Skippable frames may stand first (pzstd writes them); what follows them tells.
  for (let at = 0; at + 4 <= head.length; at += 8 + u32(head, at + 4, true)) {
    const magic = u32(head, at, true);
    if (magic === ZSTD_MAGIC) return 'zstd';
    if (magic === LZ4_MAGIC || magic === LZ4_LEGACY_MAGIC) return 'lz4';
    if (!isSkippable(magic) || at + 8 > head.length) return undefined;
  }
  return undefined;
}

const DECODERS: Readonly<Record<Compression, (stream: ByteStream, log: FindingLog) => Chunks>> = {
  gzip: gunzip,
  zstd: unzstd,
  lz4: unlz4,
};

/** How much may come out: `expandedBytes` always, more only as long as the ratio to what went in holds. */
export interface Budget {
  readonly expandedBytes: number;
  readonly expansionRatio: number;
}

/** The decompressed octets of `stream`. `consumed` counts compressed ones. */
export function decompress(
  compression: Compression,
  stream: ByteStream,
  log: FindingLog,
  budget: Budget = LIMITS,
): ByteStream {
  const chunks = DECODERS[compression](stream, log);
  let chunk: Uint8Array = new Uint8Array(0);
  let at = 0;
  let given = 0;
  let done = false;
  return {
    get consumed() {
      return stream.consumed;
    },
    async read(into) {
      while (at === chunk.length && !done) {
        const next = await chunks.next();
        done = next.done === true || tooMuch(given, stream.consumed, log, budget);
        if (next.done === true) return 0;
        chunk = next.value;
        at = 0;
      }
      const n = Math.min(into.length, chunk.length - at);
      into.set(chunk.subarray(at, at + n));
      at += n;
      given += n;
      return n;
    },
  };
}

function tooMuch(given: number, consumed: number, log: FindingLog, budget: Budget): boolean {
  if (given <= budget.expandedBytes || given <= consumed * budget.expansionRatio) return false;
  const message = `${given} octets came out of ${consumed}; what follows was not read`;
  log.add(COMPRESSION_RULES.expansion, 0, 0, message);
  return true;
}
