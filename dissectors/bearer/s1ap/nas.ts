// Non-access stratum of LTE, 3GPP TS 24.301: short messages in NAS transport messages, and the IMSI.

import { type Cursor, runLayer } from '../../base/cursor.ts';
import { type Context, type DatagramDissector, on } from '../../base/dissector.ts';
import { looksLikeCp } from '../cprp/cp.ts';
import { mobileIdentity } from '../cprp/identity.ts';
import { decodeLayer3, type Layer3Options, type Subscriber } from '../cprp/layer3.ts';
import { newRpMemory, type RpMemory } from '../cprp/memory.ts';
import { nasFields as f, NAS_MESSAGES } from './fields.ts';
import { nasRules } from './rules.ts';

/** 9.2: EPS mobility management. */
const MOBILITY = 7;
/** 9.3.1: security header types. */
const PLAIN = 0;
const CIPHERED = 2;
const CIPHERED_NEW = 4;
const SERVICE_REQUEST = 12;

const ATTACH_REQUEST = 0x41;
const IDENTITY_RESPONSE = 0x56;
const DOWNLINK_TRANSPORT = 0x62;
const UPLINK_TRANSPORT = 0x63;

export interface NasOptions extends Pick<Layer3Options, 'pdu' | 'cut'> {
  /** Is told of the first message that can't be read; returns whether it is to be reported. */
  readonly ciphered: () => boolean;
}

function imsi(c: Cursor, ctx: Context, s: Subscriber, name: string): void {
  const found = mobileIdentity(c.windowUpTo(c.u8(f.length)), f.identity);
  if (found === null || found === s.imsi) return;
  s.imsi = found;
  ctx.sink.identity({ msisdn: null, imsi: found, time: ctx.time, frame: ctx.frame, text: name });
}

// 8.2.12, 8.2.30: the container is the only element.
function transport(c: Cursor, ctx: Context, s: Subscriber, direction: 'mt' | 'mo', o: NasOptions): void {
  const at = c.pos;
  const claimed = c.u8(f.length);
  const there = Math.min(claimed, c.left);
  if (there < claimed && o.cut !== true) {
    c.report(nasRules.containerLength, at, 1, `claims ${claimed} octets, ${there} are left`);
  }
  if (there > 0) decodeLayer3(c.window(there), ctx, s, { ...o, direction });
}

function first(c: Cursor, at: number): void {
  if (c.rec === null) return;
  c.rec.leaf(f.header, at, 1, c.bytes[at]! >> 4);
  c.rec.leaf(f.discriminator, at, 1, c.bytes[at]! & 0x0f);
}

/** A message without protection, from its protocol discriminator on. */
function plain(c: Cursor, ctx: Context, s: Subscriber, o: NasOptions): string {
  const at = c.take(1);
  const discriminator = c.bytes[at]! & 0x0f;
  first(c, at);
  if (discriminator !== MOBILITY) return `protocol ${discriminator}`;
  const type = c.u8(f.type);
  if (type === DOWNLINK_TRANSPORT) transport(c, ctx, s, 'mt', o);
  else if (type === UPLINK_TRANSPORT) transport(c, ctx, s, 'mo', o);
  else if (type === IDENTITY_RESPONSE) imsi(c, ctx, s, 'Identity response');
  else if (type === ATTACH_REQUEST) {
    c.u8(f.attachType);
    imsi(c, ctx, s, 'Attach request');
  }
  return NAS_MESSAGES[type] ?? `type 0x${type.toString(16)}`;
}

/** Null ciphering (EEA0) leaves the message as it was: a NAS transport message that holds a CP message, to the octet. */
function isInClear(c: Cursor): boolean {
  const { bytes, pos, end } = c;
  if (end - pos < 5 || bytes[pos] !== MOBILITY) return false;
  const type = bytes[pos + 1];
  if (type === DOWNLINK_TRANSPORT || type === UPLINK_TRANSPORT) {
    return bytes[pos + 2] === end - pos - 3 && looksLikeCp(bytes, pos + 3, end);
  }
  return NAS_MESSAGES[type!] !== undefined && type === IDENTITY_RESPONSE && bytes[pos + 2] === end - pos - 3;
}

// 3GPP TS 24.301 9.1: plain, or behind a security header.
/** Reads the NAS message in the cursor's whole window. */
export function decodeNas(c: Cursor, ctx: Context, s: Subscriber, o: NasOptions): void {
  const start = c.pos;
  let name = '';
  c.group(
    f.message,
    undefined,
    () => {
      runLayer(c, () => {
        const header = (c.peek() ?? 0) >> 4;
        const protocol = (c.peek() ?? 0) & 0x0f;
        if (protocol !== MOBILITY || header === PLAIN) name = plain(c, ctx, s, o);
        else if (header >= SERVICE_REQUEST) {
          first(c, c.take(1));
          name = 'Service request';
        } else {
          first(c, c.take(1));
          c.raw(f.code, 4);
          c.u8(f.sequence);
          const ciphered = header === CIPHERED || header === CIPHERED_NEW;
          if (!ciphered || isInClear(c)) name = plain(c, ctx, s, o);
          else {
            name = 'ciphered';
            if (o.ciphered()) c.report(nasRules.ciphered, start, c.end - start, 'this is the first one');
            c.span(f.ciphered, c.left);
          }
        }
        if (c.left > 0) c.span(f.rest, c.left);
      });
    },
    () => name,
  );
}

interface Memory {
  readonly rp: RpMemory;
  readonly told: Set<string>;
  readonly subscribers: Map<string, Subscriber>;
}

const MOST = 4096;
const newMemory = (): Memory => ({ rp: newRpMemory(), told: new Set(), subscribers: new Map() });

/** NAS messages that stand alone: GSMTAP of a phone or modem, exported PDUs. One subscriber a conversation. */
export const nas: DatagramDissector = {
  kind: 'datagram',
  id: 'nas-eps',
  title: 'Non-Access Stratum of LTE',
  refs: ['3GPP TS 24.301', '3GPP TS 24.011', '3GPP TS 23.040'],
  fields: f,
  rules: Object.values(nasRules),
  // gsmtap.h of libosmocore: GSMTAP_TYPE_LTE_NAS.
  carriedBy: [on('gsmtap.type', 18)],
  decode(c, ctx) {
    const m = ctx.state(newMemory);
    const scope = ctx.conversation;
    const s = m.subscribers.get(scope) ?? { bearer: 'gsmtap', memory: m.rp, scope, imsi: null };
    if (m.subscribers.size < MOST) m.subscribers.set(scope, s);
    const ciphered = (): boolean => !m.told.has(scope) && m.told.size < MOST && m.told.add(scope).size > 0;
    decodeNas(c, ctx, s, { ciphered });
  },
};
