// The radio interface Um: data links of dedicated channels, and the layer 3 messages on them.

import { keep, type Mapped } from '../../base/bytemap.ts';
import type { Cursor } from '../../base/cursor.ts';
import type { Context } from '../../base/dissector.ts';
import { decodeInside } from '../cprp/inside.ts';
import { beginsLayer3, decodeLayer3, type Subscriber } from '../cprp/layer3.ts';
import type { RpMemory } from '../cprp/memory.ts';
import { lapdmFields } from '../lapdm/fields.ts';
import { type LapdmFrame, lapdmFrame } from '../lapdm/frame.ts';
import { type Link, newLink, receive, reset, takeUnfinished } from '../lapdm/link.ts';
import { lapdmRules } from '../lapdm/rules.ts';
import { gsmtapFields as f } from './fields.ts';
import { ACCH, type GsmtapHeader } from './header.ts';

/** Channels that carry LAPDm: SDCCH, SDCCH/4, SDCCH/8, FACCH/F, FACCH/H. */
const DEDICATED: ReadonlySet<number> = new Set([6, 7, 8, 9, 10]);
/** 3GPP TS 44.006 3.3.3. */
const SIGNALLING = 0;
const SHORT_MESSAGES = 3;
/** 3GPP TS 44.004 7.1: power level and timing advance. */
const SACCH_HEADER = 2;

/** A dedicated channel and who holds it now. */
interface Channel {
  readonly name: string;
  subscriber: Subscriber;
  /** Connections there were on it. */
  connections: number;
  readonly links: Map<string, Link>;
  /** Codes of findings that are told once a channel. */
  readonly told: Set<string>;
}

export interface Um {
  readonly memory: RpMemory;
  /** In order of use. */
  readonly channels: Map<string, Channel>;
}

const MOST_CHANNELS = 4096;

export const newUm = (memory: RpMemory): Um => ({ memory, channels: new Map() });

const newSubscriber = (name: string, connection: number, memory: RpMemory): Subscriber => ({
  bearer: 'gsmtap',
  memory,
  scope: `${name} #${connection}`,
  imsi: null,
});

function channelOf(um: Um, ctx: Context, h: GsmtapHeader, c: Cursor): Channel {
  const place = `arfcn ${h.arfcn} ts ${h.timeslot} channel ${h.subType & ~ACCH}.${h.subSlot}`;
  const name = `${ctx.sourceAddress}>${ctx.destinationAddress} ${place}`;
  const found = um.channels.get(name) ?? {
    name,
    subscriber: newSubscriber(name, 1, um.memory),
    connections: 1,
    links: new Map(),
    told: new Set(),
  };
  um.channels.delete(name);
  um.channels.set(name, found);
  if (um.channels.size > MOST_CHANNELS) {
    const [oldest] = um.channels;
    if (oldest !== undefined) {
      um.channels.delete(oldest[0]);
      flushChannel(oldest[1], ctx);
      c.report(lapdmRules.links, c.pos, 0, `${MOST_CHANNELS} channels`);
    }
  }
  return found;
}

const linkName = (h: GsmtapHeader, sapi: number, uplink: boolean): string =>
  `${(h.subType & ACCH) === 0 ? 'main' : 'slow'} ${sapi} ${uplink ? 'up' : 'down'}`;

function linkOf(channel: Channel, name: string): Link {
  const found = channel.links.get(name) ?? newLink();
  channel.links.set(name, found);
  return found;
}

function unfinished(channel: Channel, link: Link, m: Mapped | null, uplink: boolean, ctx: Context): void {
  if (m === null) return;
  const at = { time: link.time, frame: link.frame };
  const direction = uplink ? 'mo' : 'mt';
  decodeInside(ctx, m, at, (c, inside) => {
    c.report(lapdmRules.incomplete, 0, m.bytes.length, `${m.bytes.length} octets of it are there`);
    decodeLayer3(c, inside, channel.subscriber, { direction, cut: true });
  });
}

function flushChannel(channel: Channel, ctx: Context): void {
  for (const [name, link] of channel.links) unfinished(channel, link, takeUnfinished(link), name.endsWith('up'), ctx);
}

/** The capture is over: what was received of unfinished messages. */
export function endUm(um: Um, ctx: Context): void {
  for (const channel of um.channels.values()) flushChannel(channel, ctx);
  um.channels.clear();
}

// 5.4.1: SABM, or its answer where that alone was captured, sets both directions to 0.
function establish(um: Um, channel: Channel, h: GsmtapHeader, sapi: number, ctx: Context): void {
  for (const uplink of [true, false]) {
    const link = linkOf(channel, linkName(h, sapi, uplink));
    unfinished(channel, link, takeUnfinished(link), uplink, ctx);
    reset(link);
  }
  if (sapi !== SIGNALLING) return;
  // 3GPP TS 44.018 3.3.1.1.3: the main signalling link is the first; who comes now may be somebody else.
  channel.connections += 1;
  channel.subscriber = newSubscriber(channel.name, channel.connections, um.memory);
}

function tellOnce(channel: Channel, c: Cursor, rule: (typeof lapdmRules)[keyof typeof lapdmRules], text: string): void {
  if (channel.told.has(rule.code)) return;
  channel.told.add(rule.code);
  c.report(rule, c.pos, c.left, text);
}

function information(channel: Channel, h: GsmtapHeader, frame: LapdmFrame, c: Cursor, ctx: Context): void {
  const { start, length, more, sendNumber, sapi } = frame;
  const link = linkOf(channel, linkName(h, sapi, h.uplink));
  const direction = h.uplink ? 'mo' : 'mt';
  const alone = link.parts.length === 0 && !more;
  const part = keep({ bytes: c.bytes.subarray(start, start + length), map: ctx.origin(start, length) });
  const at = { time: ctx.time, frame: ctx.frame };
  const out = receive(link, { sendNumber, more, information: part, ...at }, (b) => beginsLayer3(b, 0, b.length));
  if (out.missing > 0) c.report(lapdmRules.gap, c.pos, 0, `${out.missing} before N(S) ${sendNumber}, SAPI ${sapi}`);
  if (out.tooLong) c.report(lapdmRules.long, start, length, `SAPI ${sapi}`);
  if (out.repeated) tellOnce(channel, c, lapdmRules.repeated, `N(S) ${sendNumber}, SAPI ${sapi}`);
  unfinished(channel, { ...link, ...out.brokenAt }, out.broken, h.uplink, ctx);
  if (out.complete === null || !alone) {
    c.span(lapdmFields.information, length);
    const m = out.complete;
    if (m !== null)
      decodeInside(ctx, m, at, (l3, inside) => decodeLayer3(l3, inside, channel.subscriber, { direction }));
    return;
  }
  const cut = frame.lacking > 0;
  decodeLayer3(c.window(length), ctx, channel.subscriber, { direction, cut });
}

/** Reads a frame of the Um interface; the cursor is behind the GSMTAP header. */
export function decodeUm(c: Cursor, ctx: Context, h: GsmtapHeader, um: Um): void {
  if (!DEDICATED.has(h.subType & ~ACCH)) {
    c.span(f.payload, c.left);
    return;
  }
  if ((h.subType & ACCH) !== 0) c.span(f.layer1, Math.min(SACCH_HEADER, c.left));
  c.group(lapdmFields.frame, undefined, () => {
    const frame = lapdmFrame(c);
    const read = frame !== null && (frame.sapi === SIGNALLING || frame.sapi === SHORT_MESSAGES);
    if (read) {
      const channel = channelOf(um, ctx, h, c);
      if (frame.unnumbered === 'SABM') {
        establish(um, channel, h, frame.sapi, ctx);
        // 5.4.1.4: contention resolution. UA repeats the octets.
        const options = { direction: h.uplink ? 'mo' : 'mt' } as const;
        if (frame.length > 0) decodeLayer3(c.window(frame.length), ctx, channel.subscriber, options);
      } else if (frame.unnumbered === 'DISC') {
        for (const uplink of [true, false]) {
          const link = linkOf(channel, linkName(h, frame.sapi, uplink));
          unfinished(channel, link, takeUnfinished(link), uplink, ctx);
        }
      } else if (frame.kind === 'I') information(channel, h, frame, c, ctx);
    }
    if (c.left > 0) c.span(lapdmFields.information, c.left);
  });
}
