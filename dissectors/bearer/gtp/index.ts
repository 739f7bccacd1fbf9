// GTPv1-C and GTPv2-C: phones that activate packet data connections, and what the network says to it.

import { type Cursor, runLayer } from '../../base/cursor.ts';
import { type Context, type DatagramDissector, on } from '../../base/dissector.ts';
import { accepted1, accepted2, CAUSES_1, CAUSES_2, MESSAGES_1, MESSAGES_2 } from './codes.ts';
import { elements1, elements2, nothing, type Said } from './elements.ts';
import { gtpFields as f } from './fields.ts';
import { gtpRules } from './rules.ts';

const GTP_C = 2123;
/** 3GPP TS 29.060 6: protocol type GTP, and which optional fields are there. */
const PROTOCOL_GTP = 0x10;
const ANY_OPTION = 0x07;
const EXTENSION = 0x04;
/** 3GPP TS 29.274 5.1: another message follows; there is a TEID. */
const PIGGYBACK = 0x10;
const HAS_TEID = 0x08;
const CREATE_PDP_REQUEST = 16;
const CREATE_PDP_RESPONSE = 17;
const CREATE_SESSION_REQUEST = 32;
const CREATE_SESSION_RESPONSE = 33;
const MAX_EXTENSIONS = 16;
const MAX_PIGGYBACKS = 4;
/** Requests of one conversation that wait for their answer. */
const MAX_OPEN = 4096;

interface Memory {
  readonly open: Set<string>;
  told: boolean;
}

interface Header {
  readonly version: 1 | 2;
  readonly type: number;
  readonly sequence: number;
}

type Take = (h: Header, said: Said) => void;

const hasElements = (type: number, request: number, response: number): boolean => type === request || type === response;

// 3GPP TS 29.060 6: the header has four octets more when any of its flags is set.
function readVersion1(c: Cursor, take: Take): void {
  const flags = c.u8(f.flags);
  const type = c.u8(f.type1);
  const length = c.u16(f.length);
  c.u32(f.teid);
  const body = c.windowUpTo(length);
  let sequence = -1;
  if ((flags & ANY_OPTION) !== 0) {
    sequence = body.u16(f.sequence1);
    body.u8(f.npdu);
    let next = body.u8(f.extension);
    for (let i = 0; (flags & EXTENSION) !== 0 && next !== 0 && i < MAX_EXTENSIONS; i += 1) {
      const units = body.peek() ?? 0;
      if (units === 0) break;
      body.span(f.extensionData, units * 4 - 1);
      next = body.u8(f.extension);
    }
  }
  const said = nothing();
  if (hasElements(type, CREATE_PDP_REQUEST, CREATE_PDP_RESPONSE)) runLayer(body, () => elements1(body, said));
  else if (body.left > 0) body.span(f.value, body.left);
  take({ version: 1, type, sequence }, said);
}

// 3GPP TS 29.274 5.1; 5.5.1: a message may follow in the same datagram.
function readVersion2(c: Cursor, take: Take): void {
  for (let i = 0; i < MAX_PIGGYBACKS && c.left > 0; i += 1) {
    const flags = c.u8(f.flags);
    const type = c.u8(f.type2);
    const body = c.windowUpTo(c.u16(f.length));
    if ((flags & HAS_TEID) !== 0) body.u32(f.teid);
    const sequence = body.u24(f.sequence2);
    body.u8(f.spare);
    const said = nothing();
    if (hasElements(type, CREATE_SESSION_REQUEST, CREATE_SESSION_RESPONSE)) runLayer(body, () => elements2(body, said));
    else if (body.left > 0) body.span(f.value, body.left);
    take({ version: 2, type, sequence }, said);
    if ((flags & PIGGYBACK) === 0) break;
  }
}

const nameOf = (h: Header): string =>
  (h.version === 1 ? MESSAGES_1[h.type] : MESSAGES_2[h.type]) ?? `message ${h.type}`;

function identify(h: Header, said: Said, ctx: Context): void {
  if (said.imsi === null || said.imsi === '') return;
  const { time, frame } = ctx;
  const msisdn = said.msisdn === '' ? null : said.msisdn;
  const text = msisdn === null ? `${nameOf(h)} of a phone` : `${nameOf(h)} names both`;
  // Whoever is named without a number is evidence for nobody's number.
  if (msisdn !== null) ctx.sink.identity({ msisdn, imsi: said.imsi, time, frame, text });
}

function tell(h: Header, said: Said, ctx: Context, memory: Memory): void {
  const request = h.type === (h.version === 1 ? CREATE_PDP_REQUEST : CREATE_SESSION_REQUEST);
  const response = h.type === (h.version === 1 ? CREATE_PDP_RESPONSE : CREATE_SESSION_RESPONSE);
  if (!request && !response) return;
  const asker = request ? ctx.direction : 1 - ctx.direction;
  const key = `${ctx.conversation}/${asker}/gtp${h.version}/${h.sequence}`;
  const { time, frame } = ctx;
  if (request) {
    identify(h, said, ctx);
    // A request without its answer is sent again with its number.
    if (said.apn === null || said.apn === '' || memory.open.has(key)) return;
    if (memory.open.size >= MAX_OPEN) memory.open.clear();
    memory.open.add(key);
    ctx.sink.activity?.({
      what: 'activation',
      layer: 'gtp',
      operation: nameOf(h),
      time,
      frame,
      from: ctx.sourceAddress,
      to: ctx.destinationAddress,
      imsi: said.imsi,
      msisdn: said.msisdn,
      target: said.apn,
      port: null,
      key,
    });
    return;
  }
  if (said.cause === null || !memory.open.delete(key)) return;
  const ok = h.version === 1 ? accepted1(said.cause) : accepted2(said.cause);
  const words = (h.version === 1 ? CAUSES_1 : CAUSES_2)[said.cause] ?? `cause ${said.cause}`;
  ctx.sink.activityAnswer?.({
    key,
    operation: nameOf(h),
    time,
    frame,
    ok,
    code: ok ? null : `GTPv${h.version} cause ${said.cause}`,
    text: ok && said.addresses.length > 0 ? `${words}, address ${said.addresses.join(', ')}` : words,
    addresses: ok ? said.addresses : [],
  });
}

function decode(c: Cursor, ctx: Context): void {
  const memory = ctx.state<Memory>(() => ({ open: new Set(), told: false }));
  const before = c.findings.length;
  const first = c.peek() ?? 0;
  const version = first >> 5;
  const take: Take = (h, said) => tell(h, said, ctx, memory);
  c.group(f.message, undefined, () =>
    runLayer(c, () => {
      if (version === 1 && (first & PROTOCOL_GTP) !== 0) readVersion1(c, take);
      else if (version === 2) readVersion2(c, take);
      if (c.left > 0) c.span(f.value, c.left);
    }),
  );
  if (c.findings.length === before) return;
  // No message hangs on these octets: that something is wrong with them is said once.
  c.findings.length = before;
  if (memory.told || (ctx.missing ?? 0) > 0) return;
  memory.told = true;
  c.report(gtpRules.unreadable, 0, 0, `${ctx.sourceAddress} to ${ctx.destinationAddress}`);
}

export const gtp: DatagramDissector = {
  kind: 'datagram',
  id: 'gtp-c',
  title: 'GPRS tunnelling protocol, control plane: activations of packet data connections',
  refs: ['3GPP TS 29.060', '3GPP TS 29.274'],
  fields: f,
  rules: Object.values(gtpRules),
  carriedBy: [on('udp.port', GTP_C)],
  decode,
};
