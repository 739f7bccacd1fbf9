// Who reads what a message carries.

import type { Cursor } from '../../../base/cursor.ts';
import type { Context, Handover } from '../../../base/dissector.ts';

/** ITU-T Q.773 4.2.1, ANSI T1.114.3 2: identifiers of transaction messages. */
const isTransaction = (tag: number): boolean =>
  (tag >= 0x61 && tag <= 0x67 && tag !== 0x63 && tag !== 0x66) || (tag >= 0xe1 && tag <= 0xe6) || tag === 0xf6;

/** Hands the data to whoever is bound to either subsystem; answers go to a subsystem that may be anything. */
export function handUp(
  c: Cursor,
  ctx: Context,
  called: number | null,
  calling: number | null,
  handover: Handover,
): boolean {
  for (const ssn of [called, calling]) {
    if (ssn !== null && ctx.next('sccp.ssn', ssn, c, handover)) return true;
  }
  if (called !== null && called !== 0 && calling !== null && calling !== 0) return false;
  // No subsystem number: what it is shows in the first octet.
  return isTransaction(c.peek() ?? 0) && ctx.next('sccp.ssn', 'tcap', c, handover);
}
