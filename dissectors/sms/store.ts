// Octets that outlive their batch, kept in little memory: several to a block, and their way back to frames as numbers.

import { type ByteMap, concatMapped, type Mapped, sliceMapped } from '../base/bytemap.ts';

/** Small: whoever keeps one copy keeps its neighbours too. */
const BLOCK = 4096;
const LARGE = 1024;

export interface Store {
  /** Copies octets to where nobody overwrites them. */
  copy(bytes: Uint8Array): Uint8Array;
  /** The same with their way back. */
  keep(m: Mapped): Mapped;
}

export function createStore(): Store {
  let block = new Uint8Array(BLOCK);
  let used = 0;
  /** Where the copy begins in `block`. */
  const place = (bytes: Uint8Array): number => {
    const n = bytes.length;
    if (used + n > BLOCK) {
      block = new Uint8Array(BLOCK);
      used = 0;
    }
    block.set(bytes, used);
    used += n;
    return used - n;
  };
  return {
    copy(bytes) {
      if (bytes.length > LARGE) return bytes.slice();
      const at = place(bytes);
      return block.subarray(at, used);
    },
    keep({ bytes, map }) {
      const only = map.length === 1 ? map[0]! : null;
      const whole = only !== null && only.start === 0 && only.length === bytes.length && only.width === undefined;
      if (bytes.length > LARGE) return { bytes: bytes.slice(), map: map.slice() };
      const at = place(bytes);
      if (!whole) return { bytes: block.subarray(at, used), map: map.slice() };
      return new OfOneFrame(block, at, bytes.length, only.frame, only.offset);
    },
  };
}

/** A PDU that lies in one frame: views and maps are made when somebody looks. */
class OfOneFrame implements Mapped {
  readonly #block: Uint8Array;
  readonly #start: number;
  readonly #length: number;
  readonly #frame: number;
  readonly #offset: number;

  constructor(block: Uint8Array, start: number, length: number, frame: number, offset: number) {
    this.#block = block;
    this.#start = start;
    this.#length = length;
    this.#frame = frame;
    this.#offset = offset;
  }

  get bytes(): Uint8Array {
    return this.#block.subarray(this.#start, this.#start + this.#length);
  }

  get map(): ByteMap {
    return [{ start: 0, length: this.#length, frame: this.#frame, offset: this.#offset }];
  }
}

/** Octets of what is kept anyway: so many of it, from its octet `start` on. */
export interface Slice {
  readonly of: Mapped;
  readonly start: number;
  readonly length: number;
}

/** What was joined last: it is looked at several times in a row. */
let last: { readonly of: Joint; readonly is: Mapped } | null = null;

/** Slices one behind the other: they are joined when somebody looks. */
class Joint implements Mapped {
  readonly #of: readonly Mapped[];
  /** Start and length of each. */
  readonly #places: readonly number[];

  constructor(slices: readonly Slice[]) {
    this.#of = slices.map((s) => s.of);
    this.#places = slices.flatMap((s) => [s.start, s.length]);
  }

  get bytes(): Uint8Array {
    return this.#joined().bytes;
  }

  get map(): ByteMap {
    return this.#joined().map;
  }

  #joined(): Mapped {
    if (last?.of === this) return last.is;
    const slices = this.#of.map((m, n) => sliceMapped(m, this.#places[2 * n]!, this.#places[2 * n + 1]!));
    const is = slices.length === 1 ? slices[0]! : concatMapped(slices);
    last = { of: this, is };
    return is;
  }
}

export const joint = (slices: readonly Slice[]): Mapped => new Joint(slices);
