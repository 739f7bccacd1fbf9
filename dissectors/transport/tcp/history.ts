// The last octets a stream has given, so that what is sent again can be compared.

const FIRST_SIZE = 256;
/** Pieces that are noted before they are copied. */
const NOTED = 256;
const NO_BYTES = new Uint8Array(0);

export class History {
  readonly #limit: number;
  #ring: Uint8Array = NO_BYTES;
  /** Stream position behind the last octet. */
  #end = 0;
  #held = 0;
  /** Pieces of one buffer that went out behind what the ring holds: start and length of each. */
  #noted: Int32Array | null = null;
  #notedCount = 0;
  #notedBytes: Uint8Array = NO_BYTES;
  #notedAt = 0;
  #notedLength = 0;

  /** `limit`: octets kept, a power of two. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Octets [start, start+length) of `bytes` went out at stream position `at`. */
  push(at: number, bytes: Uint8Array, start: number, length: number): void {
    this.flush();
    this.#copy(at, bytes, start, length);
  }

  /** The same, while the octets stay as they are until `flush`: only the last ones are ever copied. */
  note(at: number, bytes: Uint8Array, start: number, length: number): void {
    const goesOn = bytes === this.#notedBytes && at === this.#notedAt + this.#notedLength;
    if (goesOn && this.#notedCount === NOTED) this.#forgetFirst();
    if (!goesOn || this.#notedCount === NOTED) {
      this.flush();
      this.#notedBytes = bytes;
      this.#notedAt = at;
    }
    this.#noted ??= new Int32Array(2 * NOTED);
    const i = 2 * this.#notedCount;
    this.#noted[i] = start;
    this.#noted[i + 1] = length;
    this.#notedCount += 1;
    this.#notedLength += length;
  }

  /** Pieces that nobody would remember once those behind them are copied. */
  #forgetFirst(): void {
    const noted = this.#noted;
    if (noted === null) return;
    let kept = 0;
    let first = this.#notedCount;
    while (first > 0 && kept < this.#limit) {
      first -= 1;
      kept += noted[2 * first + 1]!;
    }
    noted.copyWithin(0, 2 * first, 2 * this.#notedCount);
    this.#notedCount -= first;
    this.#notedAt += this.#notedLength - kept;
    this.#notedLength = kept;
  }

  /** Copies of what was noted as much as is remembered. */
  flush(): void {
    const noted = this.#noted;
    if (noted === null || this.#notedCount === 0) return;
    const bytes = this.#notedBytes;
    const end = this.#notedAt + this.#notedLength;
    let at = this.#notedAt;
    for (let i = 0; i < 2 * this.#notedCount; i += 2) {
      const start = noted[i]!;
      const length = noted[i + 1]!;
      if (end - at - length < this.#limit) this.#copy(at, bytes, start, length);
      at += length;
    }
    this.#notedCount = 0;
    this.#notedLength = 0;
    this.#notedBytes = NO_BYTES;
  }

  #copy(at: number, bytes: Uint8Array, start: number, length: number): void {
    if (at !== this.#end) this.#held = 0;
    const n = Math.min(length, this.#limit);
    this.#grow(this.#held + n);
    this.#end = at + length;
    const mask = this.#ring.length - 1;
    const from = start + length - n;
    let to = (this.#end - n) & mask;
    for (let i = 0; i < n; i++) {
      this.#ring[to] = bytes[from + i]!;
      to = (to + 1) & mask;
    }
    this.#held = Math.min(this.#held + n, this.#ring.length);
  }

  /** How many of these octets differ from those that went out at `at`; what is forgotten does not count. */
  differences(at: number, bytes: Uint8Array, start: number, length: number): number {
    this.flush();
    const mask = this.#ring.length - 1;
    const from = Math.max(at, this.#end - this.#held);
    const to = Math.min(at + length, this.#end);
    let n = 0;
    for (let p = from; p < to; p++) if (this.#ring[p & mask] !== bytes[start + p - at]) n += 1;
    return n;
  }

  #grow(needed: number): void {
    const old = this.#ring;
    if (needed <= old.length || old.length === this.#limit) return;
    let size = Math.max(FIRST_SIZE, old.length);
    while (size < needed && size < this.#limit) size *= 2;
    this.#ring = new Uint8Array(size);
    for (let p = this.#end - this.#held; p < this.#end; p++) {
      this.#ring[p & (size - 1)] = old[p & (old.length - 1)]!;
    }
  }
}
