// What is fuzzed: a name, inputs to begin with, and a way to read one.

import type { Finding } from '../../captures/finding.ts';
import type { TreeRow } from '../../dissectors/base/recorder.ts';
import type { Input } from './input.ts';

export interface Target {
  readonly name: string;
  readonly seeds: readonly Input[];
  /** `Step.way` is below this. */
  readonly ways: number;
  /** Milliseconds one input may take on a machine with other work to do. */
  readonly budget: number;
  /** Where much is done once for each run: so many inputs are read as one. */
  readonly together?: { readonly count: number; join(inputs: readonly Input[]): Input };
  /** One in so many conversations is damaged as a whole (4), the others a PDU or two of them. */
  readonly whole?: number;
  /** Throws for what must not be; tells in `seen` what the input made the decoder do. */
  run(input: Input, seen: Seen): void | Promise<void>;
}

/** Names of what a decoder did: rules it complained by, fields it found. An input that brings a new one is kept. */
export class Seen {
  readonly names = new Set<string>();

  add(name: string): void {
    this.names.add(name);
  }

  /** Findings point into their buffer; `size` null: into another one. */
  findings(list: readonly Finding[], size: number | null): void {
    if (list.length > 20_000) throw new Error(`${list.length} findings of one input`);
    for (const f of list) {
      this.names.add(f.rule.code);
      if (!(f.start >= 0) || !(f.length >= 0) || (size !== null && f.start + f.length > size)) {
        throw new Error(`${f.rule.code} points outside: ${f.start}+${f.length} of ${size}`);
      }
    }
  }

  /** Rows are bounded by what was read: a handful for each octet. */
  rows(rows: readonly TreeRow[], octets: number): void {
    if (rows.length > 5000 + 40 * octets) throw new Error(`${rows.length} rows for ${octets} octets`);
    for (const r of rows) {
      this.names.add(r.field.path);
      if (!(r.start >= 0) || !(r.length >= 0)) throw new Error(`row ${r.field.path} is at ${r.start}+${r.length}`);
    }
  }
}
