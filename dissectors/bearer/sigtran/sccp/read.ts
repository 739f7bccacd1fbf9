// Reading what all messages are made of: pointers to variable parameters, and optional parameters behind them.

import { Cursor } from '../../../base/cursor.ts';
import type { Field } from '../../../base/fields.ts';
import { readAddress, type SccpAddress } from './address.ts';
import { sccpFields as f } from './fields.ts';
import { sccpRules } from './rules.ts';
import type { Segmentation } from './segments.ts';
import { PARAMETER, parameterNames } from './types.ts';

/** ITU-T Q.713 2.3: a pointer counts octets from itself, one of two octets from its last one. 0: not there. */
export function readPointer(c: Cursor, long: boolean): number {
  const at = c.pos;
  const v = long ? c.u16(f.longPointer) : c.u8(f.pointer);
  if (v === 0) return -1;
  const target = (long ? at + 1 : at) + v;
  if (target < c.end) return target;
  c.report(sccpRules.pointer, at, long ? 2 : 1, `points ${target - c.end + 1} octets behind the end`);
  return -1;
}

export interface Variable {
  readonly value: Cursor;
  /** Octets the length announces beyond the window. */
  readonly missing: number;
}

/** The parameter at `at`: length, contents. `lost`: octets of the message that the capture does not hold. */
export function readVariable(c: Cursor, at: number, long: boolean, lost: number): Variable {
  c.pos = at;
  const length = long ? c.u16(f.longLength) : c.u8(f.length);
  const there = Math.min(length, c.left);
  if (length > there + lost) {
    c.report(sccpRules.length, at, c.pos - at, `length ${length}, ${there} octets are left`);
  }
  return { value: c.window(there), missing: length - there };
}

/** ITU-T Q.713 3.2, 3.3: local references, the low octet first. */
export function readReference(c: Cursor, field: Field<'bits'>): number {
  const at = c.take(3);
  const v = c.bytes[at]! | (c.bytes[at + 1]! << 8) | (c.bytes[at + 2]! << 16);
  if (c.rec !== null) c.rec.leaf(field, at, 3, v);
  return v;
}

// ITU-T Q.713 3.17: first segment, class, remaining segments, local reference.
export function readSegmentation(c: Cursor): Segmentation | null {
  if (c.left < 4) return null;
  const at = c.pos;
  const v = c.u8(f.segmentation);
  if (c.rec !== null) {
    c.rec.leaf(f.firstSegment, at, 1, v >> 7);
    c.rec.leaf(f.remainingSegments, at, 1, v & 0x0f);
  }
  const reference = readReference(c, f.segmentationReference);
  return { first: (v & 0x80) !== 0, remaining: v & 0x0f, reference };
}

/** What is found among the optional parameters without telling a recorder: they stand behind what they explain. */
export function peekOptional(c: Cursor, at: number, name: number): Cursor | null {
  const b = c.bytes;
  for (let p = at; p >= 0 && p + 2 <= c.end && b[p] !== PARAMETER.endOfOptional; ) {
    const long = b[p] === PARAMETER.longData;
    const length = long ? b[p + 1]! + 256 * (b[p + 2] ?? 0) : b[p + 1]!;
    const start = p + (long ? 3 : 2);
    if (b[p] === name) return new Cursor(b, Math.min(start, c.end), Math.min(start + length, c.end));
    p = start + length;
  }
  return null;
}

/** Goes through the optional parameters; `read` says whether it read the value. */
export function eachOptional(c: Cursor, at: number, lost: number, read: (name: number, v: Variable) => boolean): void {
  c.pos = at;
  while (c.left > 0) {
    const name = c.peek()!;
    const more = c.group(f.optional, parameterNames[name] ?? `parameter ${name}`, () => {
      c.u8(f.parameterName);
      if (name === PARAMETER.endOfOptional) return false;
      const v = readVariable(c, c.pos, name === PARAMETER.longData, lost);
      const { pos, left } = v.value;
      if (!read(name, v) && c.rec !== null) c.rec.leaf(f.value, pos, left, c.bytes.subarray(pos, pos + left));
      return true;
    });
    if (!more) return;
  }
}

// ITU-T Q.713 3.6: class, and whether to give the message back when it can't be delivered.
export function readClass(c: Cursor): number {
  const v = c.u8(f.protocolClass);
  if (c.rec !== null) {
    c.rec.leaf(f.class, c.pos - 1, 1, v & 0x0f);
    c.rec.leaf(f.returnOnError, c.pos - 1, 1, v >> 7);
  }
  return v & 0x0f;
}

/** The address at `at`; `beside`: the point code of the routing label, where the address names none. */
export function addressAt(c: Cursor, at: number, group: Field<'group'>, lost: number, beside: string): SccpAddress {
  c.pos = at;
  return c.group(
    group,
    undefined,
    () => readAddress(readVariable(c, at, false, lost).value, beside),
    (a) => a.name,
  );
}
