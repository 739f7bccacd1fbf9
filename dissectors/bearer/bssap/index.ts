// A interface between BSC and MSC: messages between phone and network (DTAP), and who the subscriber is (BSSMAP).

import { type Cursor, runLayer } from '../../base/cursor.ts';
import { type Context, type DatagramDissector, on } from '../../base/dissector.ts';
import type { Field } from '../../base/fields.ts';
import { cpFields, rpFields } from '../cprp/fields.ts';
import { mobileIdentity } from '../cprp/identity.ts';
import { decodeLayer3, layer3Fields, type Subscriber } from '../cprp/layer3.ts';
import { newRpMemory, type RpMemory } from '../cprp/memory.ts';
import { prefixed } from '../cprp/prefixed.ts';
import { cpRules, rpRules } from '../cprp/rules.ts';
import { bssapFields as f } from './fields.ts';
import { bssapRules } from './rules.ts';

/** 3GPP TS 23.003 8.2. */
const SUBSYSTEM = 254;
/** 3GPP TS 48.006 9.3.1 */
const BSSMAP = 0;
const DTAP = 1;
/** 3GPP TS 48.008 3.2.2.1, 3.2.2 */
const COMMON_ID = 0x2f;
const COMPLETE_LAYER3 = 0x57;
const IMSI = 8;
const LAYER3 = 0x17;

interface Memory {
  readonly rp: RpMemory;
  /** By SCCP connection, in order of use. */
  readonly subscribers: Map<string, Subscriber>;
}

const MOST = 16_384;
const newMemory = (): Memory => ({ rp: newRpMemory(), subscribers: new Map() });

function subscriberOf(m: Memory, ctx: Context): Subscriber {
  const scope = ctx.conversation;
  const found = m.subscribers.get(scope) ?? { bearer: 'bssap', memory: m.rp, scope, imsi: null };
  m.subscribers.delete(scope);
  m.subscribers.set(scope, found);
  if (m.subscribers.size > MOST) {
    const [oldest] = m.subscribers.keys();
    if (oldest !== undefined) m.subscribers.delete(oldest);
  }
  return found;
}

interface Pdu {
  readonly start: number;
  readonly length: number;
  readonly cut: boolean;
}

/** The octets behind a length octet, as far as they are there. */
function counted(c: Cursor, pdu: Pdu, field: Field<'u8'> = f.length): Cursor {
  const at = c.pos;
  const claimed = c.u8(field);
  if (claimed > c.left && !pdu.cut) {
    c.report(bssapRules.length, at, 1, `claims ${claimed} octets, ${c.left} are left`);
  }
  return c.windowUpTo(claimed);
}

const layer3 = (c: Cursor, ctx: Context, s: Subscriber, pdu: Pdu, direction?: 'mo'): void => {
  const { start, length, cut } = pdu;
  const way = direction === undefined ? {} : { direction };
  decodeLayer3(c, ctx, s, { pdu: { start, length, dissector: 'bssap' }, cut, ...way });
};

// 3GPP TS 48.008 3.2.1.32, 3.2.1.68: identifier, length, value; elements without a length end the reading.
function bssmap(c: Cursor, ctx: Context, s: Subscriber, pdu: Pdu): void {
  const type = c.u8(f.type);
  while (c.left > 1 && (type === COMMON_ID || type === COMPLETE_LAYER3)) {
    const tag = c.u8(f.tag);
    const v = counted(c, pdu, f.elementLength);
    if (tag === LAYER3 && v.left > 0) layer3(v, ctx, s, pdu, 'mo');
    if (tag === IMSI && v.left > 0) {
      const imsi = mobileIdentity(v, f.imsi);
      if (imsi !== null && imsi !== s.imsi) {
        s.imsi = imsi;
        ctx.sink.identity({ msisdn: null, imsi, time: ctx.time, frame: ctx.frame, text: 'BSSMAP Common ID' });
      }
    }
    if (v.left > 0) v.span(f.value, v.left);
  }
}

// 3GPP TS 48.006 9.3: discrimination, for DTAP the data link, length, message.
function read(c: Cursor, ctx: Context, pdu: Pdu): string {
  const m = ctx.shared?.(newMemory) ?? ctx.state(newMemory);
  const discrimination = c.u8(f.discrimination);
  if (discrimination === DTAP) {
    c.u8(f.link);
    const v = counted(c, pdu);
    if (v.left > 0) layer3(v, ctx, subscriberOf(m, ctx), pdu);
    return 'DTAP';
  }
  if (discrimination !== BSSMAP) return 'reserved';
  const v = counted(c, pdu);
  bssmap(v, ctx, subscriberOf(m, ctx), pdu);
  if (v.left > 0) v.span(f.value, v.left);
  return 'BSSMAP';
}

/** One conversation is one SCCP connection: whoever hands BSSAP on names it. */
export const bssap: DatagramDissector = {
  kind: 'datagram',
  id: 'bssap',
  title: 'BSS Application Part (A interface)',
  refs: ['3GPP TS 48.006', '3GPP TS 48.008', '3GPP TS 24.011', '3GPP TS 23.040'],
  fields: {
    ...f,
    ...prefixed('layer3', layer3Fields),
    ...prefixed('smcp', cpFields),
    ...prefixed('smrp', rpFields),
  },
  rules: [bssapRules, cpRules, rpRules].flatMap((r) => Object.values(r)),
  carriedBy: [on('sccp.ssn', SUBSYSTEM)],
  decode(c, ctx) {
    const pdu: Pdu = { start: c.pos, length: c.left, cut: (ctx.missing ?? 0) > 0 };
    let name = '';
    c.group(
      f.message,
      undefined,
      () => {
        runLayer(c, () => {
          name = read(c, ctx, pdu);
          if (c.left > 0) c.span(f.value, c.left);
        });
      },
      () => name,
    );
  },
};
