// Octets that were joined from several PDUs, seen by whoever reads them.

import type { Finding } from '../../../captures/finding.ts';
import { type FrameId, type Mapped, sliceMap } from '../../base/bytemap.ts';
import { Cursor } from '../../base/cursor.ts';
import type { Context } from '../../base/dissector.ts';
import type { Time } from '../../base/message.ts';

/** When and by which frame the octets were completed. */
export interface Completed {
  readonly time: Time;
  readonly frame: FrameId;
}

/** The context as it is for the joined octets: their own origin, the time and frame that completed them. */
export function contextInside(ctx: Context, m: Mapped, at: Completed): Context {
  return {
    time: at.time,
    frame: at.frame,
    sourceAddress: ctx.sourceAddress,
    destinationAddress: ctx.destinationAddress,
    sourcePort: ctx.sourcePort,
    destinationPort: ctx.destinationPort,
    conversation: ctx.conversation,
    direction: ctx.direction,
    chosenBy: ctx.chosenBy,
    sink: ctx.sink,
    origin: (start, length) => sliceMap(m.map, start, length),
    state: (init) => ctx.state(init),
    next: (table, key, c, handover) => ctx.next(table, key, c, { map: m.map, ...at, ...handover }),
  };
}

/** Findings of joined octets as those of the frames they came from. */
export function tellFindings(ctx: Context, m: Mapped, at: Completed, findings: readonly Finding[]): void {
  for (const f of findings) {
    const piece = sliceMap(m.map, f.start, Math.max(1, f.length))[0];
    const start = piece?.offset ?? 0;
    const length = Math.min(f.length, piece?.length ?? 0);
    const finding: Finding = { ...f, of: 'frame', start, length };
    ctx.sink.finding({ frame: piece?.frame ?? at.frame, time: at.time, finding });
  }
}

/** Reads joined octets with a decoder of this layer. What it complains about and put into no message is told. */
export function decodeInside(
  ctx: Context,
  m: Mapped,
  at: Completed,
  decode: (c: Cursor, inside: Context) => void,
): void {
  const c = new Cursor(m.bytes, 0, m.bytes.length, null, [], 'pdu');
  decode(c, contextInside(ctx, m, at));
  tellFindings(ctx, m, at, c.findings);
}
