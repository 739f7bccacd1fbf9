// Conversations over TCP by hand, through the whole driver.

import { expect } from 'vitest';
import { Cursor } from '../../dissectors/base/cursor.ts';
import type { StreamDissector } from '../../dissectors/base/dissector.ts';
import type { Identity } from '../../dissectors/base/message.ts';
import { recordInto, type TreeRow } from '../../dissectors/base/recorder.ts';
import { createDriver } from '../../dissectors/driver/index.ts';
import { dissectors } from '../../dissectors/index.ts';
import { createRegistry } from '../../dissectors/registry.ts';
import { connection, type Heard, latin1, listen } from '../sms/support.ts';
import { ACK, batchOf, eth, type FrameSpec, ipv4, SYN, tcp } from '../stack/build.ts';

export type Side = 'client' | 'server';
/** Octets, or characters of one octet each. */
export type Step = readonly [Side, string | Uint8Array];

export interface Told extends Heard {
  readonly identities: Identity[];
  readonly frames: readonly FrameSpec[];
}

const octetsOf = (s: string | Uint8Array): Uint8Array => (typeof s === 'string' ? latin1(s) : s);

export interface PlayOptions {
  readonly port?: number;
  /** The capture has no SYN. */
  readonly midway?: boolean;
}

/** Each step is a segment, a second after the one before. */
export function framesOf(steps: readonly Step[], options: PlayOptions = {}): FrameSpec[] {
  const port = options.port ?? 7171;
  const next = { client: 1000, server: 5000 };
  const out: FrameSpec[] = [];
  const send = (side: Side, payload: Uint8Array, flags: number): void => {
    const other: Side = side === 'client' ? 'server' : 'client';
    const [from, to] = side === 'client' ? [40_000, port] : [port, 40_000];
    const ends = side === 'client' ? { from: '192.0.2.1', to: '192.0.2.2' } : { from: '192.0.2.2', to: '192.0.2.1' };
    const segment = tcp(from, to, payload, { seq: next[side], ack: next[other], flags });
    out.push({ bytes: eth(0x0800, ipv4(6, segment, ends)), time: out.length * 1e9 });
    next[side] += payload.length + ((flags & SYN) === 0 ? 0 : 1);
  };
  if (options.midway !== true) {
    send('client', new Uint8Array(0), SYN);
    send('server', new Uint8Array(0), SYN | ACK);
  }
  for (const [side, octets] of steps) send(side, octetsOf(octets), ACK);
  return out;
}

/** Frames are numbered from 1: the first step is frame 3, or 1 without SYN. */
export function play(steps: readonly Step[], options: PlayOptions = {}): Told {
  const heard = listen();
  const identities: Identity[] = [];
  const frames = framesOf(steps, options);
  const driver = createDriver({
    registry: createRegistry(dissectors),
    sink: { ...heard.sink, identity: (i) => identities.push(i) },
    frames: { add: (batch, index) => batch.firstNumber + index },
    decodeAs: [],
  });
  driver.batch(batchOf(frames));
  driver.end();
  return { ...heard, identities, frames };
}

/** Every finding, of messages and of frames. */
export const codesOf = (h: Heard): string[] => [
  ...h.messages.flatMap((m) => m.findings.map((x) => x.rule.code)),
  ...h.findings.map((x) => x.finding.rule.code),
];

/** Decodes PDUs of one connection, each [direction, octets]. What is left to the driver is in `rest`. */
export function decode(
  d: Pick<StreamDissector, 'decode'>,
  pdus: readonly (readonly [0 | 1, string | Uint8Array])[],
  told = true,
): Heard & { rows: TreeRow[]; rest: string[] } {
  const heard = listen();
  const link = connection(heard.sink);
  const rows: TreeRow[] = [];
  const rest: string[] = [];
  pdus.forEach(([direction, text], i) => {
    const bytes = octetsOf(text);
    const c = new Cursor(bytes, 0, bytes.length, told ? recordInto(rows) : null, [], 'pdu');
    d.decode(c, link.context(direction, i + 1));
    rest.push(...c.findings.map((x) => x.rule.code));
  });
  return { ...heard, rows, rest };
}

/** Octets of the PDU that no row of the tree holds. */
export function unread(rows: readonly TreeRow[], length: number): number[] {
  const seen = new Set<number>();
  for (const r of rows) if (r.value !== null) for (let i = 0; i < r.length; i += 1) seen.add(r.start + i);
  return Array.from({ length }, (_, i) => i).filter((i) => !seen.has(i));
}

/** Beginnings, and each octet with bits flipped. */
export function* damaged(bytes: Uint8Array): Generator<Uint8Array> {
  for (let n = 0; n < bytes.length; n += 1) yield bytes.slice(0, n);
  for (let n = 0; n < bytes.length; n += 1) {
    for (const mask of [0x01, 0x20, 0x80]) {
      const flipped = bytes.slice();
      flipped[n] = flipped[n]! ^ mask;
      yield flipped;
    }
  }
}

/** Behind `first`, a PDU that was damaged, from either side: nothing throws, and with and without a recorder it is the same. */
export function survives(
  d: Pick<StreamDissector, 'decode' | 'frame'>,
  first: string | Uint8Array,
  bad: Uint8Array,
  /** A length that is told may be more than is there. */
  mayTellMore = false,
): void {
  const pdus = [
    [0, first],
    [1, bad],
    [0, bad],
  ] as const;
  const [told, bare] = [decode(d, pdus), decode(d, pdus, false)];
  expect([bare.messages, bare.answers, bare.receipts, bare.rest]).toEqual([
    told.messages,
    told.answers,
    told.receipts,
    told.rest,
  ]);
  const n = d.frame(bad, 0, bad.length, true);
  expect(n >= -1 && (mayTellMore || n <= bad.length)).toBe(true);
}
