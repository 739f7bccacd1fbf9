// Radio signalling link between BSC and base station (Abis), 3GPP TS 48.058: layer 3 messages of dedicated channels.

import { type Cursor, runLayer } from '../../base/cursor.ts';
import { type Context, type DatagramDissector, on } from '../../base/dissector.ts';
import { fields } from '../../base/fields.ts';
import { decodeLayer3, type Subscriber } from '../cprp/layer3.ts';
import { newRpMemory, type RpMemory } from '../cprp/memory.ts';

/** 9.1: discriminator of the radio link layer, without its transparency bit. */
const RADIO_LINK = 2;
const DATA_REQUEST = 1;
const DATA_INDICATION = 2;
const ESTABLISH_INDICATION = 6;
/** 9.3 */
const LAYER3 = 0x0b;

const TYPES: Readonly<Record<number, string>> = {
  1: 'DATA REQuest',
  2: 'DATA INDication',
  3: 'ERROR INDication',
  4: 'ESTablish REQuest',
  5: 'ESTablish CONFirm',
  6: 'ESTablish INDication',
  7: 'RELease REQuest',
  8: 'RELease CONFirm',
  9: 'RELease INDication',
  10: 'UNIT DATA REQuest',
  11: 'UNIT DATA INDication',
};

export const rslFields = fields('rsl', {
  message: { kind: 'group', label: 'RSL', clause: '3GPP TS 48.058 8' },
  discriminator: { kind: 'u8', label: 'Message discriminator', hex: true, clause: '3GPP TS 48.058 9.1' },
  type: { kind: 'u8', label: 'Message type', names: TYPES, hex: true, clause: '3GPP TS 48.058 9.2' },
  tag: { kind: 'u8', label: 'Element', hex: true, clause: '3GPP TS 48.058 9.3' },
  channel: { kind: 'u8', label: 'Channel number', hex: true, clause: '3GPP TS 48.058 9.3.1' },
  link: { kind: 'u8', label: 'Link identifier', hex: true, clause: '3GPP TS 48.058 9.3.2' },
  length: { kind: 'u16', label: 'Length', unit: 'octets', clause: '3GPP TS 48.058 9.3.11' },
  rest: { kind: 'bytes', label: 'Other elements' },
});
const f = rslFields;

/** Is this a message of the radio link layer? Channel number and link identifier stand at its beginning. */
export const looksLikeRsl = (b: Uint8Array, start: number, end: number): boolean =>
  end - start >= 6 &&
  (b[start]! & 0xfe) === RADIO_LINK &&
  TYPES[b[start + 1]!] !== undefined &&
  b[start + 2] === 1 &&
  b[start + 4] === 2;

export interface Rsl {
  readonly memory: RpMemory;
  /** By conversation and channel number, in order of use. */
  readonly subscribers: Map<string, Subscriber>;
  connections: number;
}

const MOST = 4096;
export const newRsl = (memory: RpMemory): Rsl => ({ memory, subscribers: new Map(), connections: 0 });

function subscriberOf(m: Rsl, place: string, fresh: boolean): Subscriber {
  let found = fresh ? undefined : m.subscribers.get(place);
  if (found === undefined) {
    m.connections += 1;
    found = { bearer: 'gsmtap', memory: m.memory, scope: `abis ${place} #${m.connections}`, imsi: null };
  }
  m.subscribers.delete(place);
  m.subscribers.set(place, found);
  if (m.subscribers.size > MOST) {
    const [oldest] = m.subscribers.keys();
    if (oldest !== undefined) m.subscribers.delete(oldest);
  }
  return found;
}

// 8.3: radio link layer management.
function read(c: Cursor, ctx: Context, m: Rsl, pdu: { readonly start: number; readonly length: number }): string {
  const discriminator = c.u8(f.discriminator);
  if ((discriminator & 0xfe) !== RADIO_LINK) return 'not of the radio link layer';
  const type = c.u8(f.type);
  c.u8(f.tag);
  const channel = c.u8(f.channel);
  c.u8(f.tag);
  const link = c.u8(f.link);
  const sapi = link & 7;
  const down = type === DATA_REQUEST;
  if ((down || type === DATA_INDICATION || type === ESTABLISH_INDICATION) && c.peek() === LAYER3) {
    c.u8(f.tag);
    const octets = c.u16(f.length);
    const fresh = type === ESTABLISH_INDICATION && sapi === 0;
    const s = subscriberOf(m, `${ctx.conversation} channel ${channel}`, fresh);
    const options = { direction: down ? 'mt' : 'mo', pdu: { ...pdu, dissector: 'rsl' }, cut: octets > c.left } as const;
    decodeLayer3(c.windowUpTo(octets), ctx, s, options);
  }
  return TYPES[type] ?? `type ${type}`;
}

/** Reads one RSL message in the cursor's whole window. */
export function decodeRsl(c: Cursor, ctx: Context, m: Rsl): void {
  const pdu = { start: c.pos, length: c.left };
  let name = '';
  c.group(
    f.message,
    undefined,
    () => {
      runLayer(c, () => {
        name = read(c, ctx, m, pdu);
        if (c.left > 0) c.span(f.rest, c.left);
      });
    },
    () => name,
  );
}

const newMemory = (): Rsl => newRsl(newRpMemory());

export const rsl: DatagramDissector = {
  kind: 'datagram',
  id: 'rsl',
  title: 'Radio Signalling Link (Abis)',
  refs: ['3GPP TS 48.058', '3GPP TS 24.011', '3GPP TS 23.040'],
  fields: f,
  rules: [],
  carriedBy: [on('ipa.proto', 0)],
  decode(c, ctx) {
    decodeRsl(c, ctx, ctx.shared?.(newMemory) ?? ctx.state(newMemory));
  },
};
