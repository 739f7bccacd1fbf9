// Messages of signalling connections: CR, CC, CREF, RLSD, RLC, DT1, DT2 (ITU-T Q.713 4.2 to 4.8). What they carry goes to
// the subsystem that the connection was asked for.

import { Cursor } from '../../../base/cursor.ts';
import type { Context, Handover } from '../../../base/dissector.ts';
import { BSSAP, type Connection, looksLikeBssap } from './connections.ts';
import { sccpFields as f } from './fields.ts';
import { memoryOf } from './memory.ts';
import { addressAt, eachOptional, readClass, readPointer, readReference, readVariable, type Variable } from './read.ts';
import { sccpRules } from './rules.ts';
import { MESSAGE, PARAMETER, refusalCauses, releaseCauses } from './types.ts';

interface End {
  readonly connection: Connection;
  readonly direction: 0 | 1;
}

export function readConnectionMessage(c: Cursor, ctx: Context, type: number): void {
  switch (type) {
    case MESSAGE.cr:
      request(c, ctx);
      return;
    case MESSAGE.cc:
      confirm(c, ctx);
      return;
    case MESSAGE.cref:
      refused(c, ctx);
      return;
    case MESSAGE.rlsd:
      released(c, ctx);
      return;
    case MESSAGE.rlc:
      releaseComplete(c, ctx);
      return;
    case MESSAGE.dt1:
      dataForm1(c, ctx);
      return;
    case MESSAGE.dt2:
      dataForm2(c, ctx);
      return;
    default:
      if (c.left > 0) c.span(f.value, c.left);
  }
}

// Q.713 4.2
function request(c: Cursor, ctx: Context): void {
  const lost = ctx.missing ?? 0;
  const source = readReference(c, f.sourceReference);
  readClass(c);
  const calledAt = readPointer(c, false);
  const optionalAt = readPointer(c, false);
  if (calledAt < 0) return;
  const called = addressAt(c, calledAt, f.called, lost, ctx.destinationAddress);
  const end = memoryOf(ctx).connections.request(ctx, ctx.sourceAddress, source, called.subsystem);
  optional(c, ctx, optionalAt, end, lost);
}

// Q.713 4.3
function confirm(c: Cursor, ctx: Context): void {
  const destination = readReference(c, f.destinationReference);
  const source = readReference(c, f.sourceReference);
  readClass(c);
  const optionalAt = readPointer(c, false);
  const { connections } = memoryOf(ctx);
  const end = connections.confirm(ctx, ctx.destinationAddress, destination, ctx.sourceAddress, source);
  optional(c, ctx, optionalAt, end, ctx.missing ?? 0);
}

// Q.713 4.4
function refused(c: Cursor, ctx: Context): void {
  const destination = readReference(c, f.destinationReference);
  const at = c.pos;
  const cause = c.bytes[c.take(1)]!;
  const text = refusalCauses[cause] ?? `cause ${cause}`;
  if (c.rec !== null) c.rec.leaf(f.refusalCause, at, 1, cause, text);
  const { connections, tell } = memoryOf(ctx);
  const end = connections.find(ctx.destinationAddress, destination);
  tell.frame(ctx, sccpRules.refused, `${text} (${ctx.sourceAddress} to ${ctx.destinationAddress})`);
  optional(c, ctx, readPointer(c, false), end, ctx.missing ?? 0);
  if (end !== null) connections.release(end);
}

// Q.713 4.5
function released(c: Cursor, ctx: Context): void {
  const destination = readReference(c, f.destinationReference);
  readReference(c, f.sourceReference);
  const at = c.pos;
  const cause = c.bytes[c.take(1)]!;
  if (c.rec !== null) c.rec.leaf(f.releaseCause, at, 1, cause, releaseCauses[cause] ?? `cause ${cause}`);
  const end = memoryOf(ctx).connections.find(ctx.destinationAddress, destination);
  optional(c, ctx, readPointer(c, false), end, ctx.missing ?? 0);
}

// Q.713 4.6
function releaseComplete(c: Cursor, ctx: Context): void {
  const destination = readReference(c, f.destinationReference);
  readReference(c, f.sourceReference);
  const { connections } = memoryOf(ctx);
  const end = connections.find(ctx.destinationAddress, destination);
  if (end !== null) connections.release(end);
}

// Q.713 4.7: bit 1 says that more data follows.
function dataForm1(c: Cursor, ctx: Context): void {
  const destination = readReference(c, f.destinationReference);
  const more = (c.u8(f.segmenting) & 1) !== 0;
  data(c, ctx, destination, more);
}

// Q.713 4.8, 3.9: two octets of sequence numbers, the first bit of the second one says that more data follows.
function dataForm2(c: Cursor, ctx: Context): void {
  const destination = readReference(c, f.destinationReference);
  const at = c.span(f.sequencing, 2);
  data(c, ctx, destination, (c.bytes[at + 1]! & 1) !== 0);
}

function data(c: Cursor, ctx: Context, destination: number, more: boolean): void {
  const at = readPointer(c, false);
  if (at < 0) return;
  const v = readVariable(c, at, false, ctx.missing ?? 0);
  const end = memoryOf(ctx).connections.find(ctx.destinationAddress, destination);
  handOn(v, ctx, end, more);
  // Check bits of the link may follow.
  c.pos = c.end;
}

function optional(c: Cursor, ctx: Context, at: number, end: End | null, lost: number): void {
  if (at < 0) return;
  eachOptional(c, at, lost, (name, v) => {
    if (name !== PARAMETER.data) return false;
    handOn(v, ctx, end, false);
    return true;
  });
}

function handOn(v: Variable, ctx: Context, end: End | null, more: boolean): void {
  const { value } = v;
  const { pos, left, rec } = value;
  if (!readData(value, ctx, end, more, v.missing) && rec !== null && left > 0) {
    rec.leaf(f.data, pos, left, value.bytes.subarray(pos, pos + left));
  }
}

/** True when somebody read the data where it stands. */
function readData(c: Cursor, ctx: Context, end: End | null, more: boolean, missing: number): boolean {
  if (end === null) {
    return !more && looksLikeBssap(c) && ctx.next('sccp.ssn', BSSAP, c, { missing });
  }
  const { connection, direction } = end;
  const collected = memoryOf(ctx).connections.collect(c, ctx, end, more);
  const subsystem = connection.subsystem ?? (looksLikeBssap(c) ? BSSAP : null);
  if (collected === null || subsystem === null) return false;
  const about: Handover = { conversation: `sccp ${connection.id}`, direction, missing };
  const { joined } = collected;
  if (joined === null) return ctx.next('sccp.ssn', subsystem, c, about);
  const whole = new Cursor(joined.bytes, 0, joined.bytes.length, null, [], 'pdu');
  ctx.next('sccp.ssn', subsystem, whole, { ...about, map: joined.map });
  return false;
}
