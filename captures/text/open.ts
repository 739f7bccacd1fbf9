// Text logs and single documents: says whether a file is one, and reads it.

import type { Finding } from '../finding.ts';
import type { CaptureReader, LogIdentity, LogRecord, ReaderOptions, RecordBatch } from '../reader.ts';
import { fromBytes, type Source } from '../source.ts';
import { type DocumentKind, documentKind, MAX_DOCUMENT, wideOrder } from './document.ts';
import type { Encoding } from './lines.ts';
import { RULES } from './rules.ts';
import { LogScanner } from './scan.ts';

/** Octets by which a file is judged. */
const HEAD = 1 << 16;
const BLOCK = 1 << 20;
/** Bytes read in search of a first time before a batch is given without a base. */
const BASE_SEARCH = 1 << 23;

/**
 * Reads text logs and single documents (docs/logs.md). `head`: the first octets of `source`, up to 64 KiB, already read.
 * Undefined where the file is neither, and for a text of which no line belongs to a log; times are nanoseconds from the first time in the file.
 */
export async function openText(
  source: Source,
  head: Uint8Array,
  options: ReaderOptions = {},
): Promise<CaptureReader | undefined> {
  const { start, whole } = await beginning(source, head);
  if (start.length === 0) return undefined;
  const kind = documentKind(start, whole);
  if (kind !== undefined) return new DocumentReader(source, start, kind, whole, options);
  const encoding = textEncoding(start);
  if (encoding === undefined) return undefined;
  const first = probe(start, encoding);
  if (whole && first.taken === 0) return undefined;
  return new LogReader(source, start, encoding, formatOf(first), whole, options);
}

/** The head as a copy; of a source that does not know its size, read on until it is long enough or all there is. */
async function beginning(source: Source, head: Uint8Array): Promise<{ start: Uint8Array; whole: boolean }> {
  if (source.size !== null) return { start: head.slice(), whole: head.length >= source.size };
  if (source.live === true && isLogBegun(head)) return { start: head.slice(), whole: false };
  const start = new Uint8Array(Math.max(HEAD, head.length));
  start.set(head);
  let length = head.length;
  while (length < start.length) {
    const n = await source.read(length, start.subarray(length));
    if (n === 0) return { start: start.subarray(0, length), whole: true };
    length += n;
  }
  return { start, whole: false };
}

/** One of its whole lines is of a log. */
export function isLogBegun(head: Uint8Array): boolean {
  const lines = head.subarray(0, head.lastIndexOf(0x0a) + 1);
  const encoding = lines.length === 0 ? undefined : textEncoding(lines);
  return encoding !== undefined && documentKind(head, false) === undefined && probe(lines, encoding).taken > 0;
}

/** Reads text that a person pasted. */
export async function openPasted(text: string, name: string): Promise<CaptureReader | undefined> {
  const bytes = new TextEncoder().encode(text);
  return openText(fromBytes(name, bytes), bytes.subarray(0, HEAD));
}

/** Undefined for octets that are no text. */
function textEncoding(head: Uint8Array): Encoding | undefined {
  const wide = wideOrder(head);
  if (wide !== undefined) return wide;
  let strange = 0;
  for (let i = 0; i < head.length; i += 1) {
    const c = head[i]!;
    const control = c < 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09 && c !== 0x1a && c !== 0x1b && c !== 0x08;
    if (control || c === 0x7f) strange += c === 0 ? 2 : 1;
  }
  return strange * 20 > head.length ? undefined : 'utf-8';
}

const markOctets = (head: Uint8Array, encoding: Encoding): number => {
  if (encoding === 'utf-8') return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  return (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff) ? 2 : 0;
};

/** The head, then what follows it, in blocks that are overwritten by the next. */
async function* blocks(source: Source, head: Uint8Array, options: ReaderOptions, whole: boolean) {
  let at = head.length;
  yield { bytes: head, at: 0 };
  if (whole) return;
  const buffer = new Uint8Array(options.blockSize ?? BLOCK);
  for (;;) {
    if (options.signal?.aborted === true) return;
    const n = await source.read(at, buffer);
    if (n === 0) return;
    yield { bytes: buffer.subarray(0, n), at };
    at += n;
  }
}

class LogReader implements CaptureReader {
  readonly format: string;
  readonly comments = [];
  private readonly scanner: LogScanner;
  private readonly source: Source;
  private readonly head: Uint8Array;
  private readonly options: ReaderOptions;
  private readonly whole: boolean;
  private readonly skip: number;

  constructor(
    source: Source,
    head: Uint8Array,
    encoding: Encoding,
    format: string,
    whole: boolean,
    options: ReaderOptions,
  ) {
    this.source = source;
    this.format = format;
    this.head = head;
    this.options = options;
    this.whole = whole;
    this.skip = markOctets(head, encoding);
    this.scanner = new LogScanner(encoding);
  }

  get base(): bigint | null {
    return this.scanner.ctx.baseNanoseconds;
  }

  get findings(): readonly Finding[] {
    return this.scanner.ctx.findings;
  }

  get identities(): readonly LogIdentity[] {
    return this.scanner.ctx.identities;
  }

  get frames(): number {
    return this.scanner.ctx.count;
  }

  get truncatedAt(): number | null {
    return this.scanner.ctx.truncatedAt;
  }

  async *batches(): AsyncGenerator<RecordBatch, void, void> {
    const { ctx } = this.scanner;
    let consumed = 0;
    for await (const { bytes, at } of blocks(this.source, this.head, this.options, this.whole)) {
      const skip = at === 0 ? this.skip : 0;
      this.scanner.push(bytes.subarray(skip), at + skip);
      consumed = at + bytes.length;
      const search = !this.whole && this.source.live !== true && consumed < BASE_SEARCH;
      if (ctx.base === null && search) continue;
      if (ctx.base === null && !this.whole) ctx.timeless = true;
      if (!this.whole) yield this.take(consumed);
    }
    if (this.options.signal?.aborted === true) return;
    this.scanner.finish(consumed);
    if (ctx.count === 0) {
      ctx.once(RULES.nothing, 0, consumed, 'No short message, push or document was found in this text.');
    }
    yield this.take(consumed);
  }

  private take(consumed: number): RecordBatch {
    const { ctx } = this.scanner;
    const records: readonly LogRecord[] = ctx.records;
    ctx.records = [];
    return { kind: 'records', records, consumed };
  }
}

/** The file's beginning, read for a first look. */
function probe(head: Uint8Array, encoding: Encoding): LogScanner {
  const scanner = new LogScanner(encoding);
  const skip = markOctets(head, encoding);
  scanner.push(head.subarray(skip), skip);
  scanner.finish(head.length);
  return scanner;
}

/** Named for what most records of the file's beginning are. */
function formatOf(scanner: LogScanner): string {
  const votes = new Map<string, number>();
  for (const r of scanner.ctx.records) {
    const format = FORMATS.find(([label]) => label.test(r.label))?.[1] ?? 'text-log';
    votes.set(format, (votes.get(format) ?? 0) + 1);
  }
  let best = 'text';
  for (const [format, n] of votes) if (n > (votes.get(best) ?? 0)) best = format;
  return best;
}

const FORMATS: readonly (readonly [RegExp, string])[] = [
  [/^(?:AT)?\+C/, 'at-log'],
  [/^(?:UNSOL|SEND_SMS|WapPush|dispatchWap)/, 'android-radio-log'],
  [/^Kannel/, 'kannel-log'],
  [/^table/, 'table'],
  [/^smsbackup/, 'smsbackup'],
  [/^(?:hex|hexdump|pdu)$/, 'hex'],
];

class DocumentReader implements CaptureReader {
  readonly format: string;
  readonly base = null;
  readonly findings: Finding[] = [];
  readonly truncatedAt = null;
  readonly comments = [];
  frames = 0;
  private readonly source: Source;
  private readonly head: Uint8Array;
  private readonly kind: DocumentKind;
  private readonly whole: boolean;
  private readonly options: ReaderOptions;

  constructor(source: Source, head: Uint8Array, kind: DocumentKind, whole: boolean, options: ReaderOptions) {
    this.source = source;
    this.head = head;
    this.kind = kind;
    this.whole = whole;
    this.options = options;
    this.format = kind.format;
  }

  async *batches(): AsyncGenerator<RecordBatch, void, void> {
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const { bytes } of blocks(this.source, this.head, this.options, this.whole)) {
      parts.push(bytes.slice(0, MAX_DOCUMENT - length));
      length += parts.at(-1)!.length;
      if (length < MAX_DOCUMENT) continue;
      const message = `Octets after the first ${MAX_DOCUMENT} are not read.`;
      this.findings.push({ rule: RULES.documentSize, message, of: 'file', start: length, length: 0 });
      break;
    }
    const bytes = new Uint8Array(length);
    let at = 0;
    for (const p of parts) {
      bytes.set(p, at);
      at += p.length;
    }
    const { format, ...content } = this.kind;
    this.frames = 1;
    const record: LogRecord = { number: 1, time: Number.NaN, ...content, bytes, offset: 0, length, label: 'file' };
    yield { kind: 'records', records: [record], consumed: length };
  }
}
