// Signalling connection control part, of ITU-T networks and ANSI networks.

import type { Cursor } from '../../../base/cursor.ts';
import { type Context, type DatagramDissector, on } from '../../../base/dissector.ts';
import { readConnectionMessage } from './connected.ts';
import { deliver, returnedBy } from './deliver.ts';
import { sccpFields as f } from './fields.ts';
import {
  addressAt,
  eachOptional,
  peekOptional,
  readClass,
  readPointer,
  readSegmentation,
  readVariable,
} from './read.ts';
import { sccpRules } from './rules.ts';
import { MESSAGE, messageNames, PARAMETER, returnCauses } from './types.ts';

// ITU-T Q.713 4: the message type, then the parameters it prescribes.
function decode(c: Cursor, ctx: Context): void {
  let type = 0;
  c.group(
    f.sccp,
    undefined,
    () => {
      type = c.u8(f.messageType);
      switch (type) {
        case MESSAGE.udt:
          unitdata(c, ctx, { service: false, extended: false, long: false });
          return;
        case MESSAGE.udts:
          unitdata(c, ctx, { service: true, extended: false, long: false });
          return;
        case MESSAGE.xudt:
          unitdata(c, ctx, { service: false, extended: true, long: false });
          return;
        case MESSAGE.xudts:
          unitdata(c, ctx, { service: true, extended: true, long: false });
          return;
        case MESSAGE.ludt:
          unitdata(c, ctx, { service: false, extended: true, long: true });
          return;
        case MESSAGE.ludts:
          unitdata(c, ctx, { service: true, extended: true, long: true });
          return;
        default:
          readConnectionMessage(c, ctx, type);
      }
    },
    () => messageNames[type] ?? `type ${type}`,
  );
}

interface Form {
  /** UDTS and its kin: the network gives the message back, with a cause in place of the class. */
  readonly service: boolean;
  /** Hop counter and optional parameters. */
  readonly extended: boolean;
  /** Pointers and data length of two octets. */
  readonly long: boolean;
}

// ITU-T Q.713 4.10, 4.11 (UDT, UDTS), 4.18, 4.19 (XUDT, XUDTS), 4.20, 4.21 (LUDT, LUDTS).
function unitdata(c: Cursor, ctx: Context, form: Form): void {
  const lost = ctx.missing ?? 0;
  const returned = form.service ? readCause(c) : null;
  if (!form.service) readClass(c);
  if (form.extended) c.u8(f.hopCounter);
  const calledAt = readPointer(c, form.long);
  const callingAt = readPointer(c, form.long);
  const dataAt = readPointer(c, form.long);
  const optionalAt = form.extended ? readPointer(c, form.long) : -1;
  if (calledAt < 0 || callingAt < 0 || dataAt < 0) return;
  const called = addressAt(c, calledAt, f.called, lost, ctx.destinationAddress);
  const calling = addressAt(c, callingAt, f.calling, lost, ctx.sourceAddress);
  const peeked = optionalAt < 0 ? null : peekOptional(c, optionalAt, PARAMETER.segmentation);
  const segmentation = peeked === null ? null : readSegmentation(peeked);
  const { value, missing } = readVariable(c, dataAt, form.long, lost);
  const { pos, left } = value;
  const read = deliver(value, ctx, { called, calling, returned, segmentation, missing });
  if (!read && c.rec !== null) c.rec.leaf(f.data, pos, left, c.bytes.subarray(pos, pos + left));
  if (optionalAt >= 0) {
    eachOptional(c, optionalAt, lost, (name, v) => {
      if (name === PARAMETER.segmentation) readSegmentation(v.value);
      return name === PARAMETER.segmentation;
    });
  }
  // Check bits of the link may follow.
  c.pos = c.end;
}

function readCause(c: Cursor) {
  const at = c.pos;
  const cause = c.bytes[c.take(1)]!;
  if (c.rec !== null) c.rec.leaf(f.returnCause, at, 1, cause, returnCauses[cause]?.text ?? 'reserved');
  return returnedBy(cause);
}

export const sccp: DatagramDissector = {
  kind: 'datagram',
  id: 'sccp',
  title: 'Signalling connection control part',
  refs: ['ITU-T Q.713', 'ITU-T Q.714', 'ANSI T1.112'],
  fields: f,
  rules: Object.values(sccpRules),
  carriedBy: [on('m3ua.si', 3)],
  decode,
};
