// A recorder sees every field a decoder reads. Without one, decoders only compute.

import type { Field } from './fields.ts';

export type Value = number | string | Uint8Array | null;

export interface Recorder {
  /** A value read from `length` octets at `at`. `text` overrides what would be shown for the value. */
  leaf(field: Field, at: number, length: number, value: Value, text?: string): void;
  /** Opens a group; children follow until the matching close. Returns its row for `close`. */
  open(field: Field, at: number, text?: string): number;
  /** `text` replaces the text given at opening. */
  close(row: number, end: number, text?: string): void;
}

/** One row of a recorded tree; rows are in document order, parents before children. */
export interface TreeRow {
  readonly field: Field;
  readonly depth: number;
  readonly start: number;
  length: number;
  readonly value: Value;
  text: string | undefined;
}

/** Records into an array of rows. Positions are those of the cursor's buffer. */
export function recordInto(rows: TreeRow[]): Recorder {
  let depth = 0;
  return {
    leaf(field, start, length, value, text) {
      rows.push({ field, depth, start, length, value, text });
    },
    open(field, start, text) {
      rows.push({ field, depth, start, length: 0, value: null, text });
      depth += 1;
      return rows.length - 1;
    },
    close(row, end, text) {
      const r = rows[row];
      if (r === undefined) return;
      r.length = end - r.start;
      if (text !== undefined) r.text = text;
      depth = r.depth;
    },
  };
}
