// A driver with small dissectors, and everything that came out of it.

import type { FrameBatch } from '../../captures/reader.ts';
import type { ByteMap } from '../../dissectors/base/bytemap.ts';
import {
  type DatagramDissector,
  type Dissector,
  NEED_MORE,
  NOT_OURS,
  on,
  type StreamDissector,
} from '../../dissectors/base/dissector.ts';
import type { Datagram, FrameFinding, Sink } from '../../dissectors/base/message.ts';
import type { DriverBudgets } from '../../dissectors/driver/budgets.ts';
import { createDriver, type Driver } from '../../dissectors/driver/index.ts';
import { createRegistry, type DecodeAs } from '../../dissectors/registry.ts';
import { join, u16 } from './build.ts';

export interface Seen {
  readonly text: string;
  /** Frame numbers its octets came from, 1-based, each once. */
  readonly frames: readonly number[];
  readonly frame: number;
  readonly time: number;
  readonly from: string;
  readonly to: string;
  readonly direction: 0 | 1;
  readonly chosenBy: string;
  readonly conversation: string;
  readonly missing: number;
  /** The octets as the capture has them, looked up through the map. */
  readonly mapped: string;
}

const MAGIC = 0x4f54;

/** 'OT', length of the text in two octets, text: 4 octets and more. */
export const pdu = (text: string): Uint8Array => join(u16(MAGIC), u16(text.length), new TextEncoder().encode(text));

const u16At = (b: Uint8Array, at: number): number => (b[at]! << 8) | b[at + 1]!;

export interface Rig {
  readonly driver: Driver;
  readonly seen: Seen[];
  readonly datagrams: Datagram[];
  readonly findings: FrameFinding[];
  /** Frame numbers registered, in order. */
  readonly registered: number[];
  codes(): string[];
  texts(): string[];
  /** Gives the batches and ends. */
  run(...batches: readonly FrameBatch[]): Rig;
}

export interface RigOptions {
  readonly decodeAs?: readonly DecodeAs[];
  readonly budgets?: Partial<DriverBudgets>;
  readonly dissectors?: readonly Dissector[];
  /** Port the test protocol is bound to; none: only by content. */
  readonly port?: number;
}

export function rig(options: RigOptions = {}): Rig {
  const seen: Seen[] = [];
  const datagrams: Datagram[] = [];
  const findings: FrameFinding[] = [];
  const registered: number[] = [];
  const octets: Uint8Array[] = [];
  const sink: Sink = {
    shortMessage() {},
    datagram: (d) => datagrams.push(d),
    answer() {},
    receipt() {},
    identity() {},
    finding: (f) => findings.push(f),
  };
  const lookUp = (map: ByteMap): string =>
    map.map((p) => String.fromCharCode(...octets[p.frame]!.subarray(p.offset, p.offset + p.length))).join('');
  const numbers = (map: ByteMap): number[] => [...new Set(map.map((p) => registered[p.frame]!))];

  const decode: StreamDissector['decode'] = (c, ctx) => {
    const map = ctx.origin(0, c.end);
    const counter = ctx.state(() => ({ n: 0 }));
    counter.n += 1;
    seen.push({
      text: String.fromCharCode(...c.bytes.subarray(Math.min(4, c.end), c.end)),
      frames: numbers(map),
      frame: registered[ctx.frame]!,
      time: ctx.time,
      from: `${ctx.sourceAddress}:${ctx.sourcePort}`,
      to: `${ctx.destinationAddress}:${ctx.destinationPort}`,
      direction: ctx.direction,
      chosenBy: ctx.chosenBy,
      conversation: ctx.conversation,
      missing: ctx.missing ?? 0,
      mapped: lookUp(map).slice(4),
    });
  };
  const stream: StreamDissector = {
    kind: 'stream',
    id: 'ot',
    title: 'Test protocol',
    refs: [],
    fields: {},
    rules: [],
    carriedBy: options.port === undefined ? [] : [on('tcp.port', options.port)],
    maxLength: 5000,
    looksLike: (b, start, end) => end - start >= 4 && u16At(b, start) === MAGIC && u16At(b, start + 2) < 5000,
    frame(b, start, end) {
      if (b[start] !== 0x4f || (end - start > 1 && b[start + 1] !== 0x54)) return NOT_OURS;
      return end - start < 4 ? NEED_MORE : 4 + u16At(b, start + 2);
    },
    decode,
  };
  const datagram: DatagramDissector = {
    kind: 'datagram',
    id: 'otd',
    title: 'Test datagrams',
    refs: [],
    fields: {},
    rules: [],
    carriedBy: [on('udp.port', 7777), on('link.type', 252), on('ip.proto', 200)],
    decode,
  };
  const driver = createDriver({
    registry: createRegistry(options.dissectors ?? [stream, datagram]),
    sink,
    frames: {
      add(batch, index) {
        octets.push(batch.bytes.slice(batch.start[index]!, batch.start[index]! + batch.length[index]!));
        return registered.push(batch.firstNumber + index) - 1;
      },
    },
    decodeAs: options.decodeAs ?? [],
    budgets: options.budgets ?? {},
  });
  const result: Rig = {
    driver,
    seen,
    datagrams,
    findings,
    registered,
    codes: () => findings.map((f) => f.finding.rule.code),
    texts: () => seen.map((s) => s.text),
    run(...batches) {
      for (const b of batches) driver.batch(b);
      driver.end();
      return result;
    },
  };
  return result;
}
