// Who opened a TCP connection to whom, and what became of it: a compact table of SYN, SYN-ACK and RST. Whether one of
// them matters is known only when the documents are read.

import type { FrameId } from '../base/bytemap.ts';
import type { Time } from '../base/message.ts';
import type { Carrier } from '../link/carrier.ts';
import type { Packet } from '../link/packet.ts';
import { formatAddressWords } from '../net/address.ts';
import { ACK, RST, SYN } from '../transport/tcp/decode.ts';

/** Attempts kept; the later ones are counted. */
const MOST = 262_144;
const FIRST = 16;
/** Attempts that may still be answered, by hash; a later one takes the place of an earlier. */
const OPEN_SLOTS = 1 << 15;
const PAGE_BITS = 8;
const PAGE = 1 << PAGE_BITS;
const WORDS = 8;

const NOTHING = 0;
const ANSWERED = 1;
const REFUSED = 2;

/** One attempt to open a connection. */
export interface Connect {
  readonly time: Time;
  readonly frame: FrameId;
  readonly from: string;
  readonly to: string;
  readonly port: number;
  /** SYNs of the same attempt. */
  readonly tries: number;
  /** 'answered' by SYN and ACK, 'refused' by RST, 'none': nothing came back. */
  readonly result: 'answered' | 'refused' | 'none';
  readonly answerTime: Time;
  readonly answerFrame: FrameId;
  /** RST after it was open, NaN where none came. */
  readonly resetTime: Time;
}

/** Attempts to open TCP connections, in capture order. */
export interface Connects {
  readonly length: number;
  /** Attempts beyond those kept. */
  readonly dropped: number;
  /** Destination port of attempt `i`: cheaper than the whole of it. */
  portOf(i: number): number;
  timeOf(i: number): Time;
  at(i: number): Connect;
}

export class ConnectLog implements Connects {
  #size = FIRST;
  #length = 0;
  #dropped = 0;
  #time = new Float64Array(FIRST);
  #answerTime = new Float64Array(FIRST);
  #resetTime = new Float64Array(FIRST);
  #frame = new Int32Array(FIRST);
  #answerFrame = new Int32Array(FIRST);
  /** Source and destination, four words each. */
  #words = new Int32Array(FIRST * WORDS);
  #ports = new Uint16Array(FIRST * 2);
  #version = new Uint8Array(FIRST);
  #state = new Uint8Array(FIRST);
  #tries = new Uint8Array(FIRST);
  /** Pages of the slots, each made when it is first used. */
  readonly #open: (Int32Array | undefined)[] = new Array<Int32Array | undefined>(OPEN_SLOTS >> PAGE_BITS).fill(
    undefined,
  );

  get length(): number {
    return this.#length;
  }

  get dropped(): number {
    return this.#dropped;
  }

  /** A segment with SYN or RST; `hash`: of its endpoints, the same for both directions. */
  see(p: Packet, from: Carrier, hash: number): void {
    const slot = hash & (OPEN_SLOTS - 1);
    const page = this.#open[slot >> PAGE_BITS] ?? this.#page(slot >> PAGE_BITS);
    const known = page[slot & (PAGE - 1)]!;
    const flags = p.flags & (SYN | ACK | RST);
    if (flags === SYN) {
      if (known >= 0 && this.#state[known] === NOTHING && this.#is(known, p, false)) {
        if (this.#tries[known]! < 255) this.#tries[known]! += 1;
      } else page[slot & (PAGE - 1)] = this.#add(p, from);
      return;
    }
    if (known < 0) return;
    const back = this.#is(known, p, true);
    if (this.#state[known] === NOTHING && back) {
      this.#state[known] = (flags & RST) === 0 ? ANSWERED : REFUSED;
      this.#answerTime[known] = from.time;
      this.#answerFrame[known] = from.frame();
    } else if ((flags & RST) !== 0 && (back || this.#is(known, p, false)) && Number.isNaN(this.#resetTime[known])) {
      this.#resetTime[known] = from.time;
    }
  }

  #page(n: number): Int32Array {
    const page = new Int32Array(PAGE).fill(-1);
    this.#open[n] = page;
    return page;
  }

  #add(p: Packet, from: Carrier): number {
    if (this.#length >= MOST) {
      this.#dropped += 1;
      return -1;
    }
    if (this.#length === this.#size) this.#grow();
    const i = this.#length;
    this.#length += 1;
    this.#time[i] = from.time;
    this.#answerTime[i] = Number.NaN;
    this.#resetTime[i] = Number.NaN;
    this.#frame[i] = from.frame();
    this.#answerFrame[i] = -1;
    this.#words.set([p.s0, p.s1, p.s2, p.s3, p.d0, p.d1, p.d2, p.d3], i * WORDS);
    this.#ports[2 * i] = p.sourcePort;
    this.#ports[2 * i + 1] = p.destinationPort;
    this.#version[i] = p.version;
    this.#tries[i] = 1;
    return i;
  }

  /** Is attempt `i` of the packet's endpoints? `back`: the packet goes the other way. */
  #is(i: number, p: Packet, back: boolean): boolean {
    const [a, b] = back ? [4, 0] : [0, 4];
    const w = this.#words;
    const at = i * WORDS;
    const [source, destination] = back ? [2 * i + 1, 2 * i] : [2 * i, 2 * i + 1];
    return (
      this.#ports[source] === p.sourcePort &&
      this.#ports[destination] === p.destinationPort &&
      this.#version[i] === p.version &&
      w[at + a + 3] === p.s3 &&
      w[at + b + 3] === p.d3 &&
      (p.version === 4 ||
        (w[at + a] === p.s0 &&
          w[at + a + 1] === p.s1 &&
          w[at + a + 2] === p.s2 &&
          w[at + b] === p.d0 &&
          w[at + b + 1] === p.d1 &&
          w[at + b + 2] === p.d2))
    );
  }

  #grow(): void {
    this.#size *= 2;
    const size = this.#size;
    const wider = <T extends Float64Array | Int32Array | Uint16Array | Uint8Array>(column: T, each = 1): T => {
      const grown = new (column.constructor as new (n: number) => T)(size * each);
      grown.set(column);
      return grown;
    };
    this.#time = wider(this.#time);
    this.#answerTime = wider(this.#answerTime);
    this.#resetTime = wider(this.#resetTime);
    this.#frame = wider(this.#frame);
    this.#answerFrame = wider(this.#answerFrame);
    this.#words = wider(this.#words, WORDS);
    this.#ports = wider(this.#ports, 2);
    this.#version = wider(this.#version);
    this.#state = wider(this.#state);
    this.#tries = wider(this.#tries);
  }

  portOf(i: number): number {
    return this.#ports[2 * i + 1]!;
  }

  timeOf(i: number): Time {
    return this.#time[i]!;
  }

  at(i: number): Connect {
    const version = this.#version[i] === 6 ? 6 : 4;
    const word = (n: number): number => this.#words[i * WORDS + n]!;
    const state = this.#state[i];
    return {
      time: this.#time[i]!,
      frame: this.#frame[i]!,
      from: formatAddressWords(version, word(0), word(1), word(2), word(3)),
      to: formatAddressWords(version, word(4), word(5), word(6), word(7)),
      port: this.portOf(i),
      tries: this.#tries[i]!,
      result: state === ANSWERED ? 'answered' : state === REFUSED ? 'refused' : 'none',
      answerTime: this.#answerTime[i]!,
      answerFrame: this.#answerFrame[i]!,
      resetTime: this.#resetTime[i]!,
    };
  }
}
