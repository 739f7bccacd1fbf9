// What the tests of short messages share: hex, sinks that remember, messages made by hand, captures read to the end.

import { openCapture } from '../../captures/open.ts';
import type { LogRecord } from '../../captures/reader.ts';
import { fromBytes } from '../../captures/source.ts';
import type { Mapped } from '../../dissectors/base/bytemap.ts';
import type { Context } from '../../dissectors/base/dissector.ts';
import type { Answer, Datagram, FrameFinding, Receipt, ShortMessage, Sink } from '../../dissectors/base/message.ts';
import { createDriver } from '../../dissectors/driver/index.ts';
import { dissectors } from '../../dissectors/index.ts';
import { createRegistry } from '../../dissectors/registry.ts';
import { type AssemblerOptions, createAssembler } from '../../dissectors/sms/assemble.ts';
import type { Joined } from '../../dissectors/sms/joined.ts';
import { decodeRecord } from '../../dissectors/sms/log.ts';

export const hex = (text: string): Uint8Array => {
  const digits = text.replace(/\s+/g, '');
  return Uint8Array.from({ length: digits.length / 2 }, (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16));
};

export const toHex = (b: Uint8Array): string => Array.from(b, (v) => v.toString(16).padStart(2, '0')).join('');

export const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));

export interface Heard {
  readonly messages: ShortMessage[];
  readonly datagrams: Datagram[];
  readonly answers: Answer[];
  readonly receipts: Receipt[];
  readonly findings: FrameFinding[];
  readonly sink: Sink;
}

export function listen(): Heard {
  const messages: ShortMessage[] = [];
  const datagrams: Datagram[] = [];
  const answers: Answer[] = [];
  const receipts: Receipt[] = [];
  const findings: FrameFinding[] = [];
  return {
    messages,
    datagrams,
    answers,
    receipts,
    findings,
    sink: {
      shortMessage: (m) => messages.push(m),
      datagram: (d) => datagrams.push(d),
      answer: (a) => answers.push(a),
      receipt: (r) => receipts.push(r),
      identity: () => undefined,
      finding: (f) => findings.push(f),
    },
  };
}

/** A context for one connection; `at` moves frame and time on. */
export function connection(
  sink: Sink,
  name = 'tcp 1',
): { context(direction: 0 | 1, frame: number, time?: number): Context } {
  let state: unknown;
  return {
    context: (direction, frame, time = frame * 1e9) => ({
      time,
      frame,
      sourceAddress: '192.0.2.1',
      destinationAddress: '192.0.2.2',
      sourcePort: 1,
      destinationPort: 2,
      conversation: name,
      direction,
      chosenBy: 'content',
      sink,
      origin: (start, length) => (length === 0 ? [] : [{ start: 0, length, frame, offset: start }]),
      state: <T>(init: () => T): T => {
        state ??= init();
        return state as T;
      },
      next: () => false,
    }),
  };
}

/** Joined messages of `feed`, in order of first time. */
export function assemble(feed: (a: ReturnType<typeof createAssembler>) => void, options?: AssemblerOptions): Joined[] {
  const out: Joined[] = [];
  const a = createAssembler((j) => out.push(j), options);
  feed(a);
  a.end();
  return out.sort((x, y) => x.firstTime - y.firstTime || 0);
}

export const mapped = (bytes: Uint8Array, frame: number): Mapped => ({
  bytes,
  map: bytes.length === 0 ? [] : [{ start: 0, length: bytes.length, frame, offset: 0 }],
});

export interface Made {
  readonly frame: number;
  readonly data: Uint8Array;
  readonly udhi?: boolean;
  readonly seconds?: number;
  readonly to?: string;
  readonly from?: string;
  readonly more?: Partial<ShortMessage>;
}

/** A short message of 8-bit data as SMPP carries it. */
export function made(m: Made): ShortMessage {
  return {
    bearer: 'smpp',
    operation: 'submit_sm',
    direction: 'mt',
    from: { value: m.from ?? '1234', type: 'unknown' },
    to: { value: m.to ?? '491703000001', type: 'international' },
    imsi: null,
    smsc: null,
    time: (m.seconds ?? m.frame) * 1e9,
    frame: m.frame,
    dcs: 4,
    dcsOf: 'smpp',
    userData: mapped(m.data, m.frame),
    udhi: m.udhi ?? true,
    pdu: mapped(m.data, m.frame),
    dissector: 'smpp',
    chosenBy: 'content',
    answerKey: `k${m.frame}`,
    findings: [],
    ...m.more,
  };
}

/** User data of one part: an 8-bit reference, and the push port unless told otherwise. */
export function part(reference: number, total: number, number: number, content: Uint8Array, port = true): Uint8Array {
  const ports = port ? [0x05, 0x04, 0x0b, 0x84, 0x23, 0xf0] : [];
  return Uint8Array.from([ports.length + 5, ...ports, 0x00, 0x03, reference, total, number, ...content]);
}

export const record = (content: LogRecord['content'], bytes: Uint8Array, more: Partial<LogRecord> = {}): LogRecord => ({
  number: 1,
  time: Number.NaN,
  content,
  bytes,
  offset: 0,
  length: bytes.length,
  label: 'test',
  ...more,
});

/** Reads a capture or log to its end: what the bearers said, and what was joined. Frames are numbered from 1. */
export async function readCapture(
  name: string,
  bytes: Uint8Array,
): Promise<Heard & { joined: Joined[]; base: bigint }> {
  const heard = listen();
  const joined: Joined[] = [];
  const times = new Map<number, number>();
  const timeOf = (frame: number): number => times.get(frame) ?? Number.NaN;
  const assembler = createAssembler((j) => joined.push(j), { timeOf });
  const sink: Sink = {
    ...heard.sink,
    shortMessage: (m) => {
      heard.messages.push(m);
      assembler.shortMessage(m);
    },
    datagram: (d) => {
      heard.datagrams.push(d);
      assembler.datagram(d);
    },
  };
  const reader = await openCapture(fromBytes(name, bytes));
  if ('unreadable' in reader) throw new Error(`${name} is not readable`);
  const driver = createDriver({
    registry: createRegistry(dissectors),
    sink,
    frames: {
      add: (batch, index) => {
        const number = batch.firstNumber + index;
        times.set(number, batch.time[index] ?? Number.NaN);
        return number;
      },
    },
  });
  for await (const batch of reader.batches()) {
    if (batch.kind === 'frames') driver.batch(batch);
    else for (const r of batch.records) decodeRecord(r, r.number, r.time, sink);
  }
  driver.end();
  assembler.end();
  joined.sort((x, y) => x.firstTime - y.firstTime || 0);
  return { ...heard, joined, base: reader.base ?? 0n };
}
