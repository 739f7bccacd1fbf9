// From batches of frames to PDUs in the hands of their dissectors.

import type { FrameBatch } from '../../captures/reader.ts';
import { Cursor } from '../base/cursor.ts';
import type { Sink } from '../base/message.ts';
import type { Carrier } from '../link/carrier.ts';
import {
  BAD,
  CONTROL,
  CUT,
  ETHERTYPE,
  FRAGMENT,
  IP_PROTO,
  LINK,
  LINK_ETHERNET,
  SCTP_PAYLOAD,
  STOP,
  TCP_PAYLOAD,
  TOO_DEEP,
  UDP_PAYLOAD,
} from '../link/next.ts';
import { createPacket, type Packet, resetPacket } from '../link/packet.ts';
import { linkRules } from '../link/rules.ts';
import { FragmentReassembly, type Reassembled } from '../net/fragments/reassembly.ts';
import { GTPU_PORT } from '../net/gtpu/decode.ts';
import type { DecodeAs, Registry } from '../registry.ts';
import { SCTP_UDP_PORT } from '../transport/sctp/decode.ts';
import { type DriverBudgets, defaultBudgets } from './budgets.ts';
import { FrameCarrier, type FrameRegistrar, MappedCarrier } from './carrier.ts';
import type { Services } from './connection.ts';
import type { Connects } from './connects.ts';
import { Memories } from './context.ts';
import { readLayers } from './layers.ts';
import { Reports } from './reports.ts';
import { SctpDriver } from './sctp.ts';
import { Counters, type CounterValues, type DriverStats } from './stats.ts';
import { TcpDriver } from './tcp.ts';
import { type TouchedFrames, TouchLog } from './touched.ts';
import { DatagramDriver } from './udp.ts';

export type { FrameRegistrar } from './carrier.ts';
export type { DriverStats } from './stats.ts';

export interface DriverOptions {
  readonly registry: Registry;
  readonly sink: Sink;
  readonly frames: FrameRegistrar;
  readonly decodeAs?: readonly DecodeAs[];
  readonly budgets?: Partial<DriverBudgets>;
  /** Is told which frames matter; they alone make the same happen once more. */
  readonly touched?: TouchedFrames;
  /**
   * false: every octet goes the long way, to find the same (docs/performance.md, Pre-filter). true where absent.
   */
  readonly prefilter?: boolean;
}

export interface Driver {
  /** Of frames only. */
  counters(): CounterValues;
  /** Says what the counters would be, had all frames been given and not those alone that matter. */
  restore(counters: CounterValues): void;
  /** Takes the frames of a batch; it and the one before must stay valid until the next call. */
  batch(b: FrameBatch): void;
  /** The capture is over: what is held goes out, as far as it goes. */
  end(): void;
  stats(): DriverStats;
  /** Attempts to open TCP connections so far. */
  readonly connects: Connects;
}

/** Throws TypeError where `decodeAs` names a dissector that does not exist or does not fit. */
export function createDriver(options: DriverOptions): Driver {
  const driver = new FrameDriver(options);
  return {
    batch: (b) => driver.batch(b),
    end: () => driver.end(),
    stats: () => driver.stats(),
    counters: () => driver.counters(),
    restore: (counters) => driver.restore(counters),
    connects: driver.connects,
  };
}

/** LINKTYPE_ value. */
const ETHERNET = LINK_ETHERNET & 0xffff;
const IP_PROTO_ICMP = 1;
const IP_PROTO_UDP = 17;
const IP_PROTO_ICMPV6 = 58;
/** UDP ports of what is no datagram of its own. */
const TUNNELS: ReadonlySet<number> = new Set([GTPU_PORT, SCTP_UDP_PORT]);
const KEY = 0xffff;
const TABLE = 0xff_0000;
/** Reassembled datagrams inside reassembled datagrams. */
const MAX_NESTING = 4;

class FrameDriver {
  readonly #services: Services;
  readonly #tcp: TcpDriver;
  readonly #udp: DatagramDriver;
  readonly #sctp: SctpDriver;
  readonly #fragments: FragmentReassembly;
  readonly #counters = new Counters();
  readonly #cursor = new Cursor(new Uint8Array(0));
  readonly #packet = createPacket();
  readonly #carrier: FrameCarrier;
  readonly #readsIpProto: ReadonlySet<number>;
  readonly #touched: TouchLog | null;
  readonly #give = (r: Reassembled): void => this.#reassembled(r);
  /** Latest time seen: the clock never goes back. */
  #clock = Number.NaN;
  #order = 0;
  #nesting = 0;

  constructor(options: DriverOptions) {
    const budgets = { ...defaultBudgets, ...options.budgets };
    const { registry, sink, frames, decodeAs = [], prefilter = true } = options;
    const reports = new Reports(sink, budgets.findingsPerRule);
    const session = { registry, sink, memories: new Memories() };
    this.#services = { session, reports, budgets, prefilter, atBatchEnd: [] };
    this.#carrier = new FrameCarrier(frames);
    this.#touched = options.touched === undefined ? null : new TouchLog(options.touched);
    this.#tcp = new TcpDriver(this.#services, frames, decodeAs, this.#touched);
    this.#udp = new DatagramDriver(this.#services, decodeAs);
    this.#sctp = new SctpDriver(this.#services);
    this.#readsIpProto = new Set(registry.bindings('ip.proto').map(([key]) => Number(key)));
    this.#fragments = new FragmentReassembly(
      budgets.fragments,
      (rule, message, frame) => reports.count(rule, message, () => frame, this.#clock, 0, 0),
      (protocol, bytes, start, end) => this.#wants(protocol, bytes, start, end),
    );
  }

  batch(b: FrameBatch): void {
    const c = this.#cursor;
    const p = this.#packet;
    const counters = this.#counters;
    const { bytes, count, start, length, wireLength, linkType, time, replayed } = b;
    const touched = this.#touched;
    const plain = this.#tcp.unread;
    touched?.begin(b);
    this.#tcp.begin(b, this.#order);
    for (let i = 0; i < count; i++) {
      const from = start[i]!;
      const captured = length[i]!;
      counters.octets += captured;
      const unread = plain !== null && linkType[i] === ETHERNET ? plain.port(bytes, from, from + captured, i) : -1;
      if (unread >= 0) {
        counters.tcp += 1;
        counters.tcpPorts.add(unread);
        continue;
      }
      resetPacket(p, wireLength[i]! > captured);
      c.reset(bytes, from, from + captured);
      const carrier = this.#carrier.at(b, i, this.#order + (replayed === undefined ? i : replayed.index[i]!));
      const matters = this.#dispatch(readLayers(c, p, LINK | linkType[i]!), c, p, carrier, i);
      if (touched !== null && (matters || c.findings.length > 0)) touched.mark(i);
      if (c.findings.length > 0) this.#countFindings(c, carrier, from);
    }
    counters.frames += count;
    this.#order += replayed?.count ?? count;
    if (replayed === undefined) this.#tick(time, count);
    else if (replayed.latest > this.#clock || Number.isNaN(this.#clock)) this.#clock = replayed.latest;
    this.#fragments.expire(this.#clock, this.#give);
    this.#tcp.sweep(this.#clock, this.#order);
    this.#sctp.sweep(this.#clock);
    const waiting = this.#services.atBatchEnd;
    for (const w of waiting) w.batchEnds();
    waiting.length = 0;
    touched?.endBatch();
  }

  end(): void {
    this.#touched?.end();
    this.#fragments.end(this.#give);
    this.#tcp.end();
    this.#sctp.end();
    this.#services.session.memories.end(this.#services.session);
    this.#services.reports.end();
  }

  get connects(): Connects {
    return this.#tcp.connects;
  }

  stats(): DriverStats {
    return this.#counters.stats([...this.#tcp.notes(), ...this.#sctp.notes()]);
  }

  counters(): CounterValues {
    return this.#counters.values();
  }

  restore(counters: CounterValues): void {
    this.#counters.restore(counters);
  }

  #tick(time: Float64Array, count: number): void {
    for (let i = 0; i < count; i++) {
      const t = time[i]!;
      if (t > this.#clock || Number.isNaN(this.#clock)) this.#clock = t;
    }
  }

  /**
   * `index`: of the frame in the batch, -1 for what was put together. False: nothing came of it but a higher counter,
   * whatever is still to come.
   */
  #dispatch(end: number, c: Cursor, p: Packet, from: Carrier, index: number): boolean {
    const counters = this.#counters;
    if (end === TCP_PAYLOAD) {
      counters.tcp += 1;
      counters.tcpPorts.add(Math.min(p.sourcePort, p.destinationPort));
      return this.#tcp.segment(c, p, from, index);
    }
    if (end === UDP_PAYLOAD) {
      counters.udp += 1;
      counters.udpPorts.add(Math.min(p.sourcePort, p.destinationPort));
      return this.#udp.datagram(c, p, from);
    }
    return this.#dispatchOther(end, c, p, from);
  }

  #dispatchOther(end: number, c: Cursor, p: Packet, from: Carrier): boolean {
    const counters = this.#counters;
    switch (end) {
      case FRAGMENT:
        counters.fragment += 1;
        this.#fragments.add(c, p, from, this.#give);
        return true;
      case CUT:
        counters.cut += 1;
        return false;
      case BAD:
        counters.malformed += 1;
        return false;
      case CONTROL:
        counters.control += 1;
        return false;
      case SCTP_PAYLOAD:
        counters.sctp += 1;
        this.#sctp.packet(c, p, from);
        return true;
      case TOO_DEEP:
        counters.malformed += 1;
        this.#services.reports.count(linkRules.tooDeep, 'headers in headers', () => from.frame(), from.time, 0, 0);
        return true;
      default:
        return this.#dispatchUnread(end & ~STOP, c, p, from);
    }
  }

  #dispatchUnread(number: number, c: Cursor, p: Packet, from: Carrier): boolean {
    const counters = this.#counters;
    const key = number & KEY;
    switch (number & TABLE) {
      case IP_PROTO:
        if (key === IP_PROTO_ICMP || key === IP_PROTO_ICMPV6) counters.icmp += 1;
        else counters.ip += 1;
        return this.#readsIpProto.has(key) && this.#udp.other('ip.proto', key, c, p, from);
      case ETHERTYPE:
        counters.other += 1;
        return this.#udp.other('ethertype', key, c, p, from);
      case LINK:
        counters.other += 1;
        if (!this.#udp.other('link.type', key, c, p, from)) this.#unknownLink(key, from);
        return true;
      default:
        counters.other += 1;
        return false;
    }
  }

  #unknownLink(type: number, from: Carrier): void {
    const message = `link type ${type}`;
    this.#services.reports.count(linkRules.unknownLinkType, message, () => from.frame(), from.time, 0, 0);
  }

  /** Is a fragmented datagram worth keeping? An empty range: its first fragment is not there yet. */
  #wants(protocol: number, bytes: Uint8Array, start: number, end: number): boolean {
    if (protocol === IP_PROTO_ICMP || protocol === IP_PROTO_ICMPV6) return this.#readsIpProto.has(protocol);
    if (protocol !== IP_PROTO_UDP || end - start < 4) return true;
    const source = (bytes[start]! << 8) | bytes[start + 1]!;
    const destination = (bytes[start + 2]! << 8) | bytes[start + 3]!;
    const tunnel = TUNNELS.has(source) || TUNNELS.has(destination);
    return tunnel || this.#udp.wants(source, destination);
  }

  /** A datagram put together goes the same way a frame does. */
  #reassembled(r: Reassembled): void {
    if (this.#nesting >= MAX_NESTING) return;
    this.#nesting += 1;
    const p = createPacket();
    resetPacket(p, !r.whole);
    p.version = r.version;
    [p.s0, p.s1, p.s2, p.s3, p.d0, p.d1, p.d2, p.d3] = r.words;
    p.missing = r.missing;
    const c = new Cursor(r.bytes);
    const from = new MappedCarrier(r.map, r.frame, r.time, r.order);
    this.#dispatch(readLayers(c, p, IP_PROTO | r.protocol), c, p, from, -1);
    this.#countFindings(c, from, 0);
    this.#nesting -= 1;
  }

  /** What the layers complained about; `base`: where the frame begins in the buffer. */
  #countFindings(c: Cursor, from: Carrier, base: number): void {
    for (const f of c.findings) {
      const { rule, message, start, length } = f;
      this.#services.reports.count(rule, message, () => from.frame(), from.time, start - base, length);
    }
    c.findings.length = 0;
  }
}
