// WAP-230-WSP 8.3: capabilities, as Connect, ConnectReply and Resume list them.

import type { Cursor } from '../../base/cursor.ts';
import { f } from './fields.ts';
import { readUintvar } from './primitives.ts';
import { WSP } from './rules.ts';

/** What one side offers or grants; null where it says nothing, and the default of 8.3 counts. */
export interface Capabilities {
  /** Largest datagram towards the client, in octets; 0: no limit. */
  readonly clientSduSize: number | null;
  readonly serverSduSize: number | null;
  readonly confirmedPush: boolean | null;
  readonly push: boolean | null;
  /** Pushes that may wait for their confirmation at once. */
  readonly pushOutstanding: number | null;
}

type Draft = { -readonly [K in keyof Capabilities]: Capabilities[K] };

/** 8.3.2.2. */
const CONFIRMED_PUSH_FACILITY = 0x80;
const PUSH_FACILITY = 0x40;
const FACILITIES = [
  'confirmed push',
  'push',
  'session resume',
  'acknowledgement headers',
  'large data transfer',
] as const;

const facilitiesText = (flags: number): string =>
  FACILITIES.filter((_, i) => (flags & (0x80 >> i)) !== 0).join(', ') || 'none';

/** Reads capabilities up to the end of the window. */
export function readCapabilities(c: Cursor): Capabilities {
  const out: Draft = {
    clientSduSize: null,
    serverSduSize: null,
    confirmedPush: null,
    push: null,
    pushOutstanding: null,
  };
  while (c.left > 0) {
    const ok = c.group(f.capability, undefined, () => readCapability(c, out));
    if (!ok) break;
  }
  return out;
}

/** Length, identifier, parameters; the length counts the identifier. False: there is no room for one. */
function readCapability(c: Cursor, out: Draft): boolean {
  const at = c.pos;
  const length = readUintvar(c, f.capabilityLength);
  if (length === undefined || length > c.left) {
    c.report(
      WSP.capability,
      at,
      c.end - at,
      `${length ?? 'An unfinished number of'} octets are announced, ${c.left} are left`,
    );
    c.pos = c.end;
    return false;
  }
  const w = c.window(length);
  if (w.left === 0) {
    c.report(WSP.capability, at, c.pos - at, 'The capability is empty');
    return true;
  }
  const first = w.peek()!;
  if (first < 0x80) {
    w.span(f.capabilityData, w.left);
    return true;
  }
  w.skip(1);
  const id = first & 0x7f;
  w.rec?.leaf(f.capabilityId, w.pos - 1, 1, id);
  readParameters(w, id, out);
  if (w.left > 0) w.span(f.capabilityData, w.left);
  return true;
}

function readParameters(w: Cursor, id: number, out: Draft): void {
  if (w.left === 0) return;
  if (id === 0x00 || id === 0x01 || id === 0x08 || id === 0x09) {
    const size = readUintvar(w, f.sduSize) ?? null;
    if (id === 0x00) out.clientSduSize = size;
    if (id === 0x01) out.serverSduSize = size;
  } else if (id === 0x02) {
    const flags = w.peek()!;
    w.rec?.leaf(f.protocolOptions, w.pos, 1, flags, facilitiesText(flags));
    w.skip(1);
    out.confirmedPush = (flags & CONFIRMED_PUSH_FACILITY) !== 0;
    out.push = (flags & PUSH_FACILITY) !== 0;
  } else if (id === 0x03) w.u8(f.outstanding);
  else if (id === 0x04) out.pushOutstanding = w.u8(f.outstanding);
}
