// Layer 3 of the radio interface, 3GPP TS 24.007 and 24.008: short messages, and who the subscriber is.

import { type Cursor, runLayer } from '../../base/cursor.ts';
import type { Context } from '../../base/dissector.ts';
import { fields } from '../../base/fields.ts';
import type { Bearer } from '../../base/message.ts';
import { decodeCp, looksLikeCp, SMS_PROTOCOL } from './cp.ts';
import { mobileIdentity } from './identity.ts';
import type { RpMemory } from './memory.ts';

/** Whose connection it is. What becomes known of the subscriber is kept here. */
export interface Subscriber {
  readonly bearer: Bearer;
  readonly memory: RpMemory;
  /** Names the connection: RP references count in it. */
  readonly scope: string;
  imsi: string | null;
}

export interface Layer3Options {
  /** 'mt': towards the phone. */
  readonly direction?: 'mt' | 'mo';
  /** The capture holds only the beginning. */
  readonly cut?: boolean;
  /** As in RpCarrier. */
  readonly pdu?: { readonly start: number; readonly length: number; readonly dissector: string };
}

const MOBILITY = 5;
const RADIO_RESOURCE = 6;

/** 3GPP TS 24.008 9.2, 3GPP TS 44.018 9.1.25: messages that may name the IMSI, and the octets before that element. */
const IDENTITIES: ReadonlyMap<number, { readonly name: string; readonly skip: number; readonly classmark: boolean }> =
  new Map([
    [0x501, { name: 'IMSI Detach Indication', skip: 1, classmark: false }],
    [0x508, { name: 'Location Updating Request', skip: 7, classmark: false }],
    [0x519, { name: 'Identity Response', skip: 0, classmark: false }],
    [0x524, { name: 'CM Service Request', skip: 1, classmark: true }],
    [0x528, { name: 'CM Re-establishment Request', skip: 1, classmark: true }],
    [0x627, { name: 'Paging Response', skip: 1, classmark: true }],
  ]);
/** 3GPP TS 24.007 11.2.3.2.2: bits 8 and 7 of a mobility message count what was sent. */
const MOBILITY_TYPE = 0x3f;

export const layer3Fields = fields('layer3', {
  message: { kind: 'group', label: 'Layer 3 message', clause: '3GPP TS 24.007 11.2' },
  discriminator: {
    kind: 'u8',
    label: 'Protocol discriminator',
    clause: '3GPP TS 24.007 11.2.3.1.1',
    hex: true,
  },
  type: { kind: 'u8', label: 'Message type', clause: '3GPP TS 24.008 10.4', hex: true },
  parameters: { kind: 'bytes', label: 'Other elements' },
  length: { kind: 'u8', label: 'Length', unit: 'octets' },
  identity: { kind: 'address', label: 'Mobile identity', clause: '3GPP TS 24.008 10.5.1.4' },
});
const f = layer3Fields;

function identity(c: Cursor, ctx: Context, s: Subscriber, mask: number): string {
  const discriminator = c.u8(f.discriminator) & 0x0f;
  const type = c.u8(f.type) & mask;
  const form = IDENTITIES.get((discriminator << 8) | type);
  if (form !== undefined) {
    if (form.skip > 0) c.span(f.parameters, form.skip);
    if (form.classmark) c.span(f.parameters, c.u8(f.length));
    const imsi = mobileIdentity(c.windowUpTo(c.u8(f.length)), f.identity);
    if (imsi !== null && imsi !== s.imsi) {
      s.imsi = imsi;
      ctx.sink.identity({ msisdn: null, imsi, time: ctx.time, frame: ctx.frame, text: form.name });
    }
  }
  if (c.left > 0) c.span(f.parameters, c.left);
  return form?.name ?? `type 0x${type.toString(16)}`;
}

/**
 * Reads the layer 3 message in the cursor's whole window: short messages as `decodeCp` does, and the IMSI where a
 * message of mobility management names it. Everything else is passed over.
 */
export function decodeLayer3(c: Cursor, ctx: Context, s: Subscriber, o: Layer3Options = {}): void {
  const discriminator = (c.peek() ?? 0) & 0x0f;
  if (discriminator === SMS_PROTOCOL) {
    decodeCp(c, ctx, { bearer: s.bearer, memory: s.memory, scope: s.scope, imsi: s.imsi, ...o });
    return;
  }
  const mask = discriminator === MOBILITY ? MOBILITY_TYPE : 0xff;
  const read = discriminator === MOBILITY || discriminator === RADIO_RESOURCE;
  let name = '';
  c.group(
    f.message,
    undefined,
    () => {
      if (!read) c.span(f.parameters, c.left);
      // A message that is cut names nobody; that is no fault worth telling here.
      const told = c.findings.length;
      runLayer(c, () => {
        if (read) name = identity(c, ctx, s, mask);
      });
      c.findings.length = told;
      c.pos = c.end;
    },
    () => name,
  );
}

/** Could a layer 3 message that is read here begin with these octets, of which `length` at least belong to it? */
export function beginsLayer3(b: Uint8Array, start: number, end: number): boolean {
  const first = b[start];
  if (first === undefined || start >= end) return false;
  const discriminator = first & 0x0f;
  if (discriminator !== SMS_PROTOCOL) return discriminator === MOBILITY || discriminator === RADIO_RESOURCE;
  if (!looksLikeCp(b, start, end)) return false;
  // CP-DATA: its length must cover what is here.
  const claimed = b[start + 2];
  return b[start + 1] !== 1 || claimed === undefined || start + 2 >= end || claimed + 3 >= end - start;
}
