// What phones did after their messages: documents are read again for what they tell the phone to use.

import { digitsOf } from '../flows/activity.ts';
import { type Intents, intentsOf, NO_INTENTS } from '../flows/intents.ts';
import { type NextMove, nextMoves, type Phone, surroundings } from '../flows/moves.ts';
import { interpret } from './interpret.ts';
import type { Loaded } from './load.ts';
import type { MessageRecord } from './records.ts';

/** Kinds of documents that lead to something. */
const LEADS: ReadonlySet<string> = new Set(['client-provisioning', 'mms-notification']);
const LOCATION = /^(?:x-mms-)?content[- ]location$/i;

function intentsIn(r: MessageRecord): Intents {
  if (!LEADS.has(r.kind) || r.state !== 'complete') return NO_INTENTS;
  const { content } = interpret(r.joined);
  if (content?.provisioning != null) return intentsOf(content.provisioning);
  const urls = (content?.details ?? []).filter((d) => LOCATION.test(d.label)).map((d) => d.value);
  return { ...NO_INTENTS, urls };
}

/** IMSIs by number, as far as signalling tells. */
function imsis(loaded: Loaded): Map<string, string> {
  const out = new Map<string, string>();
  for (const { msisdn, imsi } of loaded.collected.identities) if (msisdn !== null) out.set(digitsOf(msisdn), imsi);
  return out;
}

function phoneOf(r: MessageRecord, loaded: Loaded, known: ReadonlyMap<string, string>): Phone {
  const { to, imsi } = r.joined;
  const number = to !== null && to.type !== 'ip' && to.type !== 'alphanumeric' ? to.value : null;
  return {
    imsi: imsi ?? (number === null ? null : (known.get(digitsOf(number)) ?? null)),
    number: number ?? (imsi === null ? null : loaded.numberOf(imsi)),
    address: to?.type === 'ip' ? to.value : null,
  };
}

/** Next moves of the phone a message went to. Cheap where nothing but messages is in the capture. */
export function createMoves(loaded: Loaded): (r: MessageRecord) => readonly NextMove[] {
  const { activities } = loaded.collected;
  const around = surroundings(activities, loaded.connects);
  const known = new Map<MessageRecord, readonly NextMove[]>();
  let numbers: Map<string, string> | null = null;
  return (r) => {
    if (!LEADS.has(r.kind)) return [];
    const before = known.get(r);
    if (before !== undefined) return before;
    numbers ??= imsis(loaded);
    const moves = nextMoves(intentsIn(r), phoneOf(r, loaded, numbers), r.joined.lastTime, around);
    known.set(r, moves);
    return moves;
  };
}
