// What the tests of decoders share: hex, and every decoding done with and without a recorder.

import { expect } from 'vitest';
import type { Finding, RangeOf } from '../../captures/finding.ts';
import { Cursor } from '../../dissectors/base/cursor.ts';
import { recordInto, type TreeRow } from '../../dissectors/base/recorder.ts';

export const hex = (s: string): Uint8Array => new Uint8Array(Buffer.from(s.replace(/\s+/g, ''), 'hex'));

export const toHex = (b: Uint8Array): string => Buffer.from(b).toString('hex');

export interface Run<T> {
  readonly out: T;
  readonly findings: readonly Finding[];
  readonly codes: readonly string[];
  readonly rows: readonly TreeRow[];
}

/** Decodes twice: a recorder may change neither the result nor the findings, and no range may leave the buffer. */
export function both<T>(bytes: Uint8Array, of: RangeOf, decode: (c: Cursor) => T): Run<T> {
  const rows: TreeRow[] = [];
  const told = new Cursor(bytes, 0, bytes.length, recordInto(rows), [], of);
  const bare = new Cursor(bytes, 0, bytes.length, null, [], of);
  const out = decode(bare);
  const again = decode(told);
  expect(again, 'the recorder changes nothing').toEqual(out);
  expect(told.findings).toEqual(bare.findings);
  for (const x of bare.findings) {
    if (x.of !== of || x.start < 0 || x.length < 0 || x.start + x.length > bytes.length) {
      throw new Error(`${x.rule.code} points outside: ${x.start}+${x.length} of ${bytes.length}`);
    }
  }
  for (const r of rows) {
    if (r.start < 0 || r.length < 0 || r.start + r.length > bytes.length) {
      throw new Error(`row ${r.field.path} points outside: ${r.start}+${r.length} of ${bytes.length}`);
    }
  }
  return { out, findings: bare.findings, codes: bare.findings.map((x) => x.rule.code), rows };
}

/** Every beginning of the octets, and every octet with each of a few bits flipped. */
export function* damaged(bytes: Uint8Array): Generator<{ readonly what: string; readonly bytes: Uint8Array }> {
  for (let n = 0; n < bytes.length; n += 1) yield { what: `cut at ${n}`, bytes: bytes.slice(0, n) };
  for (let n = 0; n < bytes.length; n += 1) {
    for (const bit of [0x01, 0x40, 0x80, 0xff]) {
      const flipped = bytes.slice();
      flipped[n] = flipped[n]! ^ bit;
      yield { what: `octet ${n} ^ ${bit}`, bytes: flipped };
    }
  }
}
