// Where the octets being read came from: a frame of a batch, a datagram put together, or a PDU out of a stream.

import type { FrameBatch } from '../../captures/reader.ts';
import { type ByteMap, type FrameId, sliceMap } from '../base/bytemap.ts';
import type { Carrier } from '../link/carrier.ts';

export interface FrameRegistrar {
  /** Called at most once a frame, only for frames that belong to something decoded or reported. */
  add(batch: FrameBatch, index: number): FrameId;
}

/** The frame being read: one object for all of them, so whoever keeps something asks for `frame()` and `time` at once. */
export class FrameCarrier implements Carrier {
  readonly #frames: FrameRegistrar;
  #batch: FrameBatch | null = null;
  #index = 0;
  #id: FrameId = -1;
  order = 0;

  constructor(frames: FrameRegistrar) {
    this.#frames = frames;
  }

  at(batch: FrameBatch, index: number, order: number): this {
    this.#batch = batch;
    this.#index = index;
    this.#id = -1;
    this.order = order;
    return this;
  }

  /** One of its own for the same frame, or for the same one as `other` from now on. */
  fork(): FrameCarrier {
    return new FrameCarrier(this.#frames).become(this);
  }

  become(other: FrameCarrier): this {
    this.#batch = other.#batch;
    this.#index = other.#index;
    this.#id = other.#id;
    this.order = other.order;
    return this;
  }

  get time(): number {
    return this.#batch === null ? Number.NaN : this.#batch.time[this.#index]!;
  }

  /** Index within its batch. */
  get index(): number {
    return this.#index;
  }

  frame(): FrameId {
    if (this.#id < 0 && this.#batch !== null) this.#id = this.#frames.add(this.#batch, this.#index);
    return this.#id;
  }

  origin(start: number, length: number): ByteMap {
    const offset = start - (this.#batch?.start[this.#index] ?? 0);
    return [{ start: 0, length, frame: this.frame(), offset }];
  }
}

/** Octets whose origin is known as a map of their buffer. */
export class MappedCarrier implements Carrier {
  readonly time: number;
  readonly order: number;
  readonly #frame: FrameId;
  readonly #map: ByteMap;
  readonly #base: number;

  /** Position `base` of the buffer is position 0 of the map. */
  constructor(map: ByteMap, frame: FrameId, time: number, order: number, base = 0) {
    this.#map = map;
    this.#frame = frame;
    this.time = time;
    this.order = order;
    this.#base = base;
  }

  frame(): FrameId {
    return this.#frame;
  }

  origin(start: number, length: number): ByteMap {
    return sliceMap(this.#map, start - this.#base, length);
  }
}

/** A carrier seen from a window that begins at `base` of its buffer. */
export class WindowCarrier implements Carrier {
  readonly #below: Carrier;
  readonly #base: number;

  constructor(below: Carrier, base: number) {
    this.#below = below;
    this.#base = base;
  }

  get time(): number {
    return this.#below.time;
  }

  get order(): number {
    return this.#below.order;
  }

  frame(): FrameId {
    return this.#below.frame();
  }

  origin(start: number, length: number): ByteMap {
    return this.#below.origin(this.#base + start, length);
  }
}
