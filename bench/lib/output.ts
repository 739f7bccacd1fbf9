// A pcap file that is written as it is made.

import { closeSync, openSync, writeSync } from 'node:fs';

const BUFFER = 8 * 1024 * 1024;
const RECORD = 16;
const START = 1_795_500_000;
/** Octets a second of capture time: a busy 100 Mbit/s line. */
const RATE = 12_000_000;

/** Little-endian, Ethernet, its frames a steady stream. */
export class Output {
  readonly #file: number;
  readonly #buffer = new Uint8Array(BUFFER);
  readonly #view = new DataView(this.#buffer.buffer);
  #at = 0;
  written = 0;
  frames = 0;

  constructor(path: string) {
    this.#file = openSync(path, 'w');
    const v = this.#view;
    v.setUint32(0, 0xa1b2c3d4, true);
    v.setUint16(4, 2, true);
    v.setUint16(6, 4, true);
    v.setUint32(16, 262144, true);
    v.setUint32(20, 1, true);
    this.#at = 24;
    this.written = 24;
  }

  get view(): DataView {
    return this.#view;
  }

  get buffer(): Uint8Array {
    return this.#buffer;
  }

  /** Opens a record of `length` octets and returns where they go. */
  record(length: number): number {
    if (this.#at + RECORD + length > BUFFER) this.#flush();
    const at = this.#at;
    const microseconds = Math.floor((this.written / RATE) * 1e6);
    const v = this.#view;
    v.setUint32(at, START + Math.floor(microseconds / 1e6), true);
    v.setUint32(at + 4, microseconds % 1e6, true);
    v.setUint32(at + 8, length, true);
    v.setUint32(at + 12, length, true);
    this.#at = at + RECORD + length;
    this.written += RECORD + length;
    this.frames++;
    return at + RECORD;
  }

  frame(bytes: Uint8Array): number {
    const at = this.record(bytes.length);
    this.#buffer.set(bytes, at);
    return at;
  }

  end(): void {
    this.#flush();
    closeSync(this.#file);
  }

  #flush(): void {
    for (let from = 0; from < this.#at; ) from += writeSync(this.#file, this.#buffer, from, this.#at - from);
    this.#at = 0;
  }
}
