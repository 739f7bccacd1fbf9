// From a connectionless message to its user: whole, put together from segments, or given back by the network.

import type { Cursor } from '../../../base/cursor.ts';
import type { Context, Handover, Returned } from '../../../base/dissector.ts';
import type { SccpAddress } from './address.ts';
import { memoryOf } from './memory.ts';
import type { Segmentation } from './segments.ts';
import { returnCauses } from './types.ts';
import { handUp } from './up.ts';

export interface Unitdata {
  readonly called: SccpAddress;
  readonly calling: SccpAddress;
  /** null: a message on its way to where it was sent. */
  readonly returned: Returned | null;
  readonly segmentation: Segmentation | null;
  /** Octets behind the data that are not there. */
  readonly missing: number;
}

/** ITU-T Q.713 3.12, SUA 3.10.6: why the network gave the message back. */
export function returnedBy(cause: number): Returned {
  const known = returnCauses[cause];
  return {
    code: `SCCP return cause ${cause}`,
    text: known?.text ?? 'reserved return cause',
    temporary: known?.temporary ?? true,
  };
}

function handoverOf(u: Unitdata, missing: number): Handover {
  const sourceAddress = u.calling.name;
  const destinationAddress = u.called.name;
  const { returned } = u;
  return returned === null
    ? { sourceAddress, destinationAddress, missing }
    : { sourceAddress, destinationAddress, missing, returned };
}

/** Data of a message; true when somebody read it where it stands. */
export function deliver(c: Cursor, ctx: Context, u: Unitdata): boolean {
  const s = u.segmentation;
  if (s === null || (s.first && s.remaining === 0)) {
    return handUp(c, ctx, u.called.subsystem, u.calling.subsystem, handoverOf(u, u.missing));
  }
  // The network gives only the first segment back.
  if (u.returned !== null) {
    if (!s.first) return false;
    const missing = Math.max(1, u.missing);
    return handUp(c, ctx, u.called.subsystem, u.calling.subsystem, handoverOf(u, missing));
  }
  memoryOf(ctx).segments.add(c, ctx, u, s);
  return false;
}
