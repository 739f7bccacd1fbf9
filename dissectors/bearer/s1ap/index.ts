// S1 application protocol between base station and MME: only as much of it as leads to NAS messages.

import { type Cursor, runLayer } from '../../base/cursor.ts';
import { type Context, type DatagramDissector, on } from '../../base/dissector.ts';
import { cpFields, rpFields } from '../cprp/fields.ts';
import { layer3Fields, type Subscriber } from '../cprp/layer3.ts';
import { newRpMemory, type RpMemory } from '../cprp/memory.ts';
import { prefixed } from '../cprp/prefixed.ts';
import { cpRules, rpRules } from '../cprp/rules.ts';
import { ELEMENTS, s1apFields as f, nasFields, PROCEDURES } from './fields.ts';
import { decodeNas } from './nas.ts';
import { nasRules, s1apRules } from './rules.ts';

/** IANA, SCTP Payload Protocol Identifiers; 3GPP TS 36.412 7. */
const PROTOCOL = 18;
const PORT = 36_412;

/** 9.3.7 */
const DOWNLINK = 11;
const INITIAL = 12;
const UPLINK = 13;
const NOT_DELIVERED = 16;
const CARRIES_NAS: ReadonlySet<number> = new Set([DOWNLINK, INITIAL, UPLINK]);
const ENB_UE = 8;
const NAS_PDU = 26;

interface Memory {
  readonly rp: RpMemory;
  /** By association and the base station's number, in order of use. */
  readonly subscribers: Map<string, Subscriber>;
  /** Associations whose ciphering was told. */
  readonly told: Set<string>;
  connections: number;
}

const MOST = 16_384;
const newMemory = (): Memory => ({ rp: newRpMemory(), subscribers: new Map(), told: new Set(), connections: 0 });

// ITU-T X.691 10.9.3.5 to 10.9.3.8: one octet up to 127, two up to 16383, else pieces.
/** Null for pieces, which ends the reading. */
function length(c: Cursor, cut: boolean): number | null {
  const at = c.pos;
  const first = c.bytes[c.take(1)]!;
  if (first >= 0xc0) {
    c.report(s1apRules.fragmented, at, 1, 'the first piece begins here');
    return null;
  }
  const claimed = first < 0x80 ? first : ((first & 0x3f) << 8) | c.bytes[c.take(1)]!;
  if (c.rec !== null) c.rec.leaf(f.length, at, c.pos - at, claimed, `${claimed} octets`);
  if (claimed > c.left && !cut) c.report(s1apRules.length, at, c.pos - at, `${claimed} octets, ${c.left} are left`);
  return claimed;
}

const hex = (b: Uint8Array): string => Array.from(b, (v) => v.toString(16).padStart(2, '0')).join('');

function subscriberOf(m: Memory, ctx: Context, id: string, fresh: boolean): Subscriber {
  const key = `${ctx.conversation} ${id}`;
  let found = fresh ? undefined : m.subscribers.get(key);
  if (found === undefined) {
    m.connections += 1;
    found = { bearer: 's1ap', memory: m.rp, scope: `${key} #${m.connections}`, imsi: null };
  }
  m.subscribers.delete(key);
  m.subscribers.set(key, found);
  if (m.subscribers.size > MOST) {
    const [oldest] = m.subscribers.keys();
    if (oldest !== undefined) m.subscribers.delete(oldest);
  }
  return found;
}

interface Pdu {
  readonly start: number;
  readonly length: number;
  /** The capture holds only the beginning. */
  readonly cut: boolean;
  procedure: number;
  /** eNB-UE-S1AP-ID as it is encoded. */
  enb: string;
}

function nas(v: Cursor, ctx: Context, m: Memory, pdu: Pdu): void {
  const octets = length(v, pdu.cut);
  if (octets === null) return;
  const s = subscriberOf(m, ctx, pdu.enb, pdu.procedure === INITIAL);
  const { conversation } = ctx;
  const ciphered = (): boolean => !m.told.has(conversation) && m.told.size < MOST && m.told.add(conversation).size > 0;
  const whole = { start: pdu.start, length: pdu.length, dissector: 's1ap' };
  const message = v.windowUpTo(octets);
  if (message.left > 0) decodeNas(message, ctx, s, { ciphered, pdu: whole, cut: pdu.cut });
}

// 9.3.6: identifier, criticality, value.
function element(c: Cursor, ctx: Context, m: Memory, pdu: Pdu): void {
  let id = 0;
  c.group(
    f.element,
    undefined,
    () => {
      id = c.u16(f.id);
      c.u8(f.criticality);
      const octets = length(c, pdu.cut);
      const v = octets === null ? c.window(c.left) : c.windowUpTo(octets);
      if (id === ENB_UE) pdu.enb = hex(c.bytes.subarray(v.pos, v.end));
      if (id === NAS_PDU && CARRIES_NAS.has(pdu.procedure) && v.left > 0) nas(v, ctx, m, pdu);
      if (v.left > 0) v.span(f.value, v.left);
    },
    () => ELEMENTS[id] ?? `element ${id}`,
  );
}

// 3GPP TS 36.413 9.3.2 in the aligned variant of ITU-T X.691: all that is read here begins at an octet.
function read(c: Cursor, ctx: Context, pdu: Pdu): void {
  const m = ctx.shared?.(newMemory) ?? ctx.state(newMemory);
  c.u8(f.choice);
  pdu.procedure = c.u8(f.procedure);
  c.u8(f.criticality);
  const octets = length(c, pdu.cut);
  if (octets === null || (!CARRIES_NAS.has(pdu.procedure) && pdu.procedure !== NOT_DELIVERED)) {
    c.span(f.value, c.left);
    return;
  }
  if (pdu.procedure === NOT_DELIVERED)
    c.report(s1apRules.notDelivered, pdu.start, pdu.length, 'NASNonDeliveryIndication');
  const v = c.windowUpTo(octets);
  v.u8(f.preamble);
  let count = v.u16(f.count);
  while (count > 0 && v.left > 0) {
    element(v, ctx, m, pdu);
    count -= 1;
  }
  if (v.left > 0) v.span(f.value, v.left);
  if (c.left > 0) c.span(f.value, c.left);
}

export const s1ap: DatagramDissector = {
  kind: 'datagram',
  id: 's1ap',
  title: 'S1 Application Protocol, NAS transport',
  refs: ['3GPP TS 36.413', 'ITU-T X.691', '3GPP TS 24.301', '3GPP TS 24.011', '3GPP TS 23.040'],
  fields: {
    ...f,
    ...prefixed('nas', nasFields),
    ...prefixed('layer3', layer3Fields),
    ...prefixed('smcp', cpFields),
    ...prefixed('smrp', rpFields),
  },
  rules: [s1apRules, nasRules, cpRules, rpRules].flatMap((r) => Object.values(r)),
  carriedBy: [on('sctp.ppid', PROTOCOL), on('sctp.port', PORT)],
  decode(c, ctx) {
    const pdu: Pdu = { start: c.pos, length: c.left, cut: (ctx.missing ?? 0) > 0, procedure: -1, enb: '' };
    c.group(
      f.message,
      undefined,
      () => {
        runLayer(c, () => read(c, ctx, pdu));
      },
      () => PROCEDURES[pdu.procedure] ?? `procedure ${pdu.procedure}`,
    );
  },
};
