// GSMTAP: frames of radio, Abis and card interfaces in UDP.

import type { Rule } from '../../../captures/finding.ts';
import { type Cursor, runLayer } from '../../base/cursor.ts';
import { type Context, type DatagramDissector, on } from '../../base/dissector.ts';
import { cpFields, rpFields } from '../cprp/fields.ts';
import { layer3Fields } from '../cprp/layer3.ts';
import { newRpMemory } from '../cprp/memory.ts';
import { prefixed } from '../cprp/prefixed.ts';
import { cpRules, rpRules } from '../cprp/rules.ts';
import { lapdmFields } from '../lapdm/fields.ts';
import { lapdmRules } from '../lapdm/rules.ts';
import { decodeSim, endCards } from '../sim/index.ts';
import { type Cards, newCards } from '../sim/session.ts';
import { type Abis, decodeAbis, lapdFields } from './abis.ts';
import { gsmtapFields as f } from './fields.ts';
import { ABIS, E1T1, E1T1_LAPD, gsmtapHeader, SIM, UM } from './header.ts';
import { newRsl } from './rsl.ts';
import { gsmtapRules } from './rules.ts';
import { decodeUm, endUm, newUm, type Um } from './um.ts';

/** IANA, Service Name and Transport Protocol Port Number Registry. */
const PORT = 4729;

interface Memory {
  readonly um: Um;
  readonly abis: Abis;
  readonly sim: Cards;
  readonly told: Set<string>;
}

function newMemory(): Memory {
  const memory = newRpMemory();
  return { um: newUm(memory), abis: { rsl: newRsl(memory), last: new Map() }, sim: newCards(), told: new Set() };
}

function end(m: Memory, ctx: Context): void {
  endUm(m.um, ctx);
  endCards(m.sim, ctx);
}

const memoryOf = (ctx: Context): Memory => ctx.shared?.(newMemory, end) ?? ctx.state(newMemory);

function tellOnce(c: Cursor, m: Memory, rule: Rule, at: number, text: string): void {
  if (m.told.has(rule.code)) return;
  m.told.add(rule.code);
  c.report(rule, at, 1, text);
}

// gsmtap.h of libosmocore: a header of 16 octets, and what its type says.
function read(c: Cursor, ctx: Context): void {
  const start = c.pos;
  const m = memoryOf(ctx);
  const h = gsmtapHeader(c);
  if (h.version !== 2) tellOnce(c, m, gsmtapRules.version, start, `version ${h.version}`);
  else if (h.short) tellOnce(c, m, gsmtapRules.header, start + 1, `it says ${h.length} octets`);
  else if (h.type === UM) decodeUm(c, ctx, h, m.um);
  else if (h.type === ABIS || (h.type === E1T1 && h.subType === E1T1_LAPD)) decodeAbis(c, ctx, m.abis, h.uplink);
  else if (h.type === SIM) decodeSim(c, ctx, h.subType, ctx.conversation, m.sim);
  else if (ctx.next('gsmtap.type', h.type, c, { direction: h.uplink ? 1 : 0 })) return;
  if (c.left > 0) c.span(f.payload, c.left);
}

export const gsmtap: DatagramDissector = {
  kind: 'datagram',
  id: 'gsmtap',
  title: 'GSMTAP: Um and Abis',
  refs: ['gsmtap.h of libosmocore', '3GPP TS 44.006', '3GPP TS 24.007', '3GPP TS 24.008', '3GPP TS 24.011'],
  fields: {
    ...f,
    ...prefixed('lapdm', lapdmFields),
    ...prefixed('lapd', lapdFields),
    ...prefixed('layer3', layer3Fields),
    ...prefixed('cp', cpFields),
    ...prefixed('rp', rpFields),
  },
  rules: [gsmtapRules, lapdmRules, cpRules, rpRules].flatMap((r) => Object.values(r)),
  carriedBy: [on('udp.port', PORT)],
  decode(c, ctx) {
    runLayer(c, () => read(c, ctx));
  },
};
