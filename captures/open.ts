// Opens whatever is given, by its content.

import { createAccess, type RandomAccess } from './compressed/access.ts';
import { type Compression, decompress } from './compressed/layer.ts';
import { FindingLog } from './findinglog.ts';
import { LIMITS } from './limits.ts';
import { readPcap } from './pcap/read.ts';
import { readPcapng } from './pcapng/read.ts';
import type { Batch, CaptureReader, ReaderOptions, Unreadable } from './reader.ts';
import { foreign, nameUnreadable, sniffContainer, unreadable } from './sniff.ts';
import type { Source } from './source.ts';
import { type ByteStream, readFully, readHead, rejoined, sourceOf, streamOf, withHead } from './stream.ts';
import { isLogBegun, openText } from './text/open.ts';

/**
 * A reader for `source`, or a sentence that says why there is none. The content decides, never the name; a source of
 * unknown size is read once, from its start. Rejects as the source does where not even its first octets can be read.
 */
export async function openCapture(source: Source, options: ReaderOptions = {}): Promise<CaptureReader | Unreadable> {
  const log = new FindingLog();
  const head = await readHead(source, LIMITS.headBytes, log, isKnown);
  return open(withHead(source, head), streamOf(source, head, log), head, [], log, options);
}

/** Of a source that is being written: enough to say what it is. A container is known by its first octets, a log by a line. */
const isKnown = (head: Uint8Array): boolean =>
  sniffContainer(head) === undefined ? isLogBegun(head) : head.length >= LIMITS.captureHeader;

async function open(
  source: Source,
  stream: ByteStream,
  head: Uint8Array,
  layers: readonly Compression[],
  log: FindingLog,
  options: ReaderOptions,
): Promise<CaptureReader | Unreadable> {
  const container = sniffContainer(head);
  if (container === 'pcap') return readPcap(stream, head, named('pcap', layers), log, options);
  if (container === 'pcapng') return readPcapng(stream, named('pcapng', layers), log, options);
  if (container !== undefined) return unpack(source.name, stream, head, container, layers, log, options);
  const known = foreign(head);
  if (known !== undefined) return inside(known, layers);
  const text = await openText(source, head, options);
  return text === undefined ? inside(nameUnreadable(head), layers) : layered(text, stream, layers, log);
}

async function unpack(
  name: string,
  stream: ByteStream,
  head: Uint8Array,
  compression: Compression,
  layers: readonly Compression[],
  log: FindingLog,
  options: ReaderOptions,
): Promise<CaptureReader | Unreadable> {
  const all = [compression, ...layers];
  if (all.length > LIMITS.nesting) {
    const looksLike = `${compression} data in ${layers.join(' in ')} data`;
    return unreadable(head, { looksLike, readBy: 'Decompress it first' });
  }
  const plain = decompress(compression, stream, log);
  const first = await readFully(plain, LIMITS.headBytes);
  if (first.length === 0 && log.list.length > 0) {
    const why = log.list.at(-1)!.message;
    return unreadable(head, { looksLike: `${compression} data that cannot be decompressed (${why})` });
  }
  return open(withHead(sourceOf(name, plain), first), rejoined(first, plain), first, all, log, options);
}

const named = (format: string, layers: readonly Compression[]): string => [format, ...layers].join('+');

function inside(what: Unreadable, layers: readonly Compression[]): Unreadable {
  return layers.length === 0
    ? what
    : { ...what, looksLike: `${layers.join(' in ')} data that holds ${what.looksLike}` };
}

/** A text reader over decompressed data: its name and findings tell of the layers. */
function layered(
  reader: CaptureReader,
  stream: ByteStream,
  layers: readonly Compression[],
  log: FindingLog,
): CaptureReader {
  if (layers.length === 0) return reader;
  async function* batches(): AsyncGenerator<Batch, void, void> {
    for await (const batch of reader.batches()) yield { ...batch, consumed: stream.consumed };
  }
  return {
    format: named(reader.format, layers),
    get variant() {
      return reader.variant ?? '';
    },
    get skipped() {
      return reader.skipped ?? [];
    },
    get base() {
      return reader.base;
    },
    get findings() {
      return [...log.list, ...reader.findings];
    },
    get frames() {
      return reader.frames;
    },
    get truncatedAt() {
      return reader.truncatedAt;
    },
    get comments() {
      return reader.comments;
    },
    get losses() {
      return reader.losses ?? [];
    },
    get identities() {
      return reader.identities ?? [];
    },
    batches,
  };
}

export type { RandomAccess } from './compressed/access.ts';

/**
 * Octets of an opened file by position: of the decompressed data where the file is compressed, as FrameBatch.offset
 * counts. Needs a source that can be read again.
 */
export async function createRandomAccess(source: Source): Promise<RandomAccess> {
  return createAccess(source);
}
