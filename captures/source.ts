// The only way bytes reach the core. Files, blobs, pipes and memory are adapters outside.

export interface Source {
  /** As the user knows it, for messages. */
  readonly name: string;
  /** Bytes, or null where only the end will tell (a pipe). */
  readonly size: number | null;
  /**
   * Fills `into` from byte `at` and resolves to the bytes read, 0 at the end. The buffer stays the caller's.
   * A source of unknown size may require `at` to continue where the last read ended.
   */
  read(at: number, into: Uint8Array): Promise<number>;
  /** It is being written while it is read: what is there is worth showing before there is more. */
  readonly live?: boolean;
  /** Octets that were read can be read again, though the size is not known. */
  readonly again?: boolean;
  /** No more is wanted: a read that waits for more resolves to 0. What was read stays readable. */
  end?(): void;
}

export const fromBytes = (name: string, bytes: Uint8Array): Source => ({
  name,
  size: bytes.length,
  async read(at, into) {
    const part = bytes.subarray(at, at + into.length);
    into.set(part);
    return part.length;
  },
});

/** The part of an AbortSignal the core looks at, between batches. */
export interface Signal {
  readonly aborted: boolean;
}
