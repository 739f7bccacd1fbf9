// SGs interface between MME and VLR: short messages of phones that camp on LTE.

import { type Cursor, runLayer } from '../../base/cursor.ts';
import { type Context, type DatagramDissector, on } from '../../base/dissector.ts';
import { cpFields, rpFields } from '../cprp/fields.ts';
import { mobileIdentity } from '../cprp/identity.ts';
import { decodeLayer3, layer3Fields } from '../cprp/layer3.ts';
import { newRpMemory } from '../cprp/memory.ts';
import { prefixed } from '../cprp/prefixed.ts';
import { cpRules, rpRules } from '../cprp/rules.ts';
import { CAUSES, ELEMENTS, sgsapFields as f, MESSAGES } from './fields.ts';
import { sgsapRules } from './rules.ts';

/** IANA; 3GPP TS 29.118 6. The payload protocol identifier is 0. */
const PORT = 29_118;

const PAGING_REJECT = 2;
const DOWNLINK_UNITDATA = 7;
const UPLINK_UNITDATA = 8;
const UE_UNREACHABLE = 31;

const IMSI = 1;
const CAUSE = 8;
const CONTAINER = 22;
const SERVICE = 32;

interface Message {
  type: number;
  imsi: string | null;
  cause: number | null;
  container: Cursor | null;
  /** The capture holds only the beginning. */
  readonly cut: boolean;
}

function value(c: Cursor, tag: number, m: Message): void {
  if (tag === IMSI) m.imsi = mobileIdentity(c, f.imsi);
  else if (tag === CAUSE) m.cause = c.u8(f.cause);
  else if (tag === SERVICE) c.u8(f.service);
  else if (tag === CONTAINER) m.container = c.window(c.left);
}

// 3GPP TS 29.118 9.3: identifier, length, value.
function element(c: Cursor, m: Message, withContainer: (c: Cursor) => void): void {
  let tag = 0;
  c.group(
    f.element,
    undefined,
    () => {
      tag = c.u8(f.tag);
      const at = c.pos;
      const claimed = c.u8(f.length);
      const there = Math.min(claimed, c.left);
      if (there < claimed && !m.cut) {
        c.report(sgsapRules.elementLength, at, 1, `claims ${claimed} octets, ${there} are left`);
      }
      const v = c.window(there);
      if (there > 0) value(v, tag, m);
      if (v.left > 0) v.raw(f.value, v.left);
      if (m.container !== null && m.container.left > 0) withContainer(m.container);
    },
    () => ELEMENTS[tag] ?? `element 0x${tag.toString(16)}`,
  );
}

function judge(c: Cursor, m: Message, start: number): void {
  const carries = m.type === DOWNLINK_UNITDATA || m.type === UPLINK_UNITDATA;
  if (carries && m.container === null) c.report(sgsapRules.noContainer, start, 1, MESSAGES[m.type] ?? '');
  if (carries && m.imsi === null) c.report(sgsapRules.noImsi, start, 1, MESSAGES[m.type] ?? '');
  if (m.type !== PAGING_REJECT && m.type !== UE_UNREACHABLE) return;
  const why = m.cause === null ? 'without a cause' : (CAUSES[m.cause] ?? `cause ${m.cause}`);
  c.report(sgsapRules.unreachable, start, c.pos - start, `${MESSAGES[m.type]}: ${why}`);
}

// 3GPP TS 29.118 8: message type, then elements.
function decode(c: Cursor, ctx: Context): void {
  const start = c.pos;
  const length = c.left;
  const cut = (ctx.missing ?? 0) > 0;
  const m: Message = { type: -1, imsi: null, cause: null, container: null, cut };
  const memory = ctx.shared?.(newRpMemory) ?? ctx.state(newRpMemory);
  const layer3 = (container: Cursor): void => {
    // The IMSI comes first (8.4, 8.22); RP references count for each subscriber, whatever association is used.
    const scope = `sgs ${m.imsi ?? ctx.conversation}`;
    const direction = m.type === DOWNLINK_UNITDATA ? 'mt' : 'mo';
    const pdu = { start, length, dissector: 'sgsap' };
    decodeLayer3(container, ctx, { bearer: 'sgsap', memory, scope, imsi: m.imsi }, { direction, pdu, cut });
  };
  c.group(
    f.message,
    undefined,
    () => {
      runLayer(c, () => {
        m.type = c.u8(f.type);
        while (c.left > 0) element(c, m, layer3);
      });
    },
    () => MESSAGES[m.type] ?? `type ${m.type}`,
  );
  judge(c, m, start);
}

export const sgsap: DatagramDissector = {
  kind: 'datagram',
  id: 'sgsap',
  title: 'SGs Application Part',
  refs: ['3GPP TS 29.118', '3GPP TS 24.011', '3GPP TS 23.040'],
  fields: {
    ...f,
    ...prefixed('layer3', layer3Fields),
    ...prefixed('smcp', cpFields),
    ...prefixed('smrp', rpFields),
  },
  rules: [sgsapRules, cpRules, rpRules].flatMap((r) => Object.values(r)),
  carriedBy: [on('sctp.port', PORT)],
  decode,
};
