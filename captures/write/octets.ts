// A growing buffer for files that are written in one piece.

export class OctetWriter {
  readonly little: boolean;
  #bytes = new Uint8Array(4096);
  #length = 0;

  constructor(little: boolean) {
    this.little = little;
  }

  get length(): number {
    return this.#length;
  }

  u8(value: number): this {
    const at = this.#room(1);
    this.#bytes[at] = value;
    return this;
  }

  u16(value: number): this {
    return this.little ? this.u8(value).u8(value >>> 8) : this.u8(value >>> 8).u8(value);
  }

  u32(value: number): this {
    return this.little ? this.u16(value).u16(value >>> 16) : this.u16(value >>> 16).u16(value);
  }

  /** Two's complement for negative values. */
  u64(value: bigint): this {
    const high = Number(BigInt.asUintN(32, value >> 32n));
    const low = Number(BigInt.asUintN(32, value));
    return this.little ? this.u32(low).u32(high) : this.u32(high).u32(low);
  }

  raw(bytes: Uint8Array): this {
    const at = this.#room(bytes.length);
    this.#bytes.set(bytes, at);
    return this;
  }

  /** Zeros up to a multiple of 4. */
  pad(): this {
    while (this.#length % 4 !== 0) this.u8(0);
    return this;
  }

  /** Puts a 32-bit value over octets written before. */
  patch32(at: number, value: number): void {
    for (let i = 0; i < 4; i++) this.#bytes[at + i] = value >>> (this.little ? 8 * i : 24 - 8 * i);
  }

  done(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #room(n: number): number {
    const at = this.#length;
    this.#length += n;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, 2 * this.#bytes.length));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    return at;
  }
}
