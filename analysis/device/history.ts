// A phone from its first message to its last: what each changed, and what it held then.

import type { ChangeKind, Origin, Reason } from '../engine/contract/device.ts';
import { type Difference, differences } from './diff.ts';
import { type Judgement, judge } from './judge.ts';
import type { Thing } from './node.ts';
import { type Settings, settingsOf } from './objects.ts';
import type { Received } from './received.ts';
import { heldId, NOTHING_HELD, originOf, privileged, type State } from './state.ts';

export interface Change {
  readonly what: ChangeKind;
  readonly thing: Thing;
  /** What the phone held of it, and from which message. */
  readonly before: { readonly thing: Thing; readonly origin: Origin } | null;
  readonly reason: Reason;
  readonly origin: Origin;
  readonly differences: readonly Difference[];
}

export interface Step {
  readonly received: Received;
  readonly judgement: Judgement;
  readonly changes: readonly Change[];
  /** Things of the context that the message says nothing of. */
  readonly untouched: number;
  /** After the message. */
  readonly state: State;
}

const NO_SETTINGS: Settings = { things: [], dropped: [] };

const say = (basis: Reason['basis'], text: string): Reason => ({ text, basis, origin: null });

const ADDED = say('message', 'The phone held nothing of this identity in that context.');
const SAME = say('message', 'The phone held exactly this already.');
const REPLACED = say(
  'clients',
  'It has the identity of what was there. MediaTek asks the user whether to overwrite; others replace it.',
);
const BY_CARD = say(
  'remembered',
  'The card set it, and the card goes before the network. Clients with one context would overwrite it.',
);

function withheld(settings: Settings, judgement: Judgement, at: Origin): Change[] {
  const [why] = judgement.reasons;
  return settings.things.map((thing) => ({
    what: 'withheld',
    thing,
    before: null,
    reason: why ?? say('message', 'The message was not taken.'),
    origin: originOf(at, thing),
    differences: differences(null, thing),
  }));
}

const dropped = (settings: Settings, at: Origin): Change[] =>
  settings.dropped.map(({ thing, reason }) => ({
    what: 'dropped',
    thing,
    before: null,
    reason: { ...reason, origin: null },
    origin: originOf(at, thing),
    differences: [],
  }));

function apply(
  s: State,
  settings: Settings,
  j: Judgement & { context: NonNullable<Judgement['context']> },
  at: Origin,
) {
  const contexts = new Map(s.contexts);
  const held = new Map(s.held);
  const { id } = j.context;
  if (!contexts.has(id)) contexts.set(id, { ...j.context, origin: at });
  const fromCard = j.bootstrap === 'card';
  const changes: Change[] = [];
  const touched = new Set<string>();
  for (const thing of settings.things) {
    const key = heldId(id, thing);
    const old = held.get(key);
    const before = old === undefined ? null : { thing: old.thing, origin: old.origin };
    const found = differences(old?.thing ?? null, thing);
    const origin = originOf(at, thing);
    touched.add(key);
    if (old !== undefined && found.length === 0) {
      changes.push({ what: 'same', thing, before, reason: SAME, origin, differences: [] });
    } else if (old?.fromCard === true && !fromCard) {
      changes.push({ what: 'kept', thing, before, reason: BY_CARD, origin, differences: found });
    } else {
      const what = old === undefined ? 'added' : 'replaced';
      held.set(key, { id: key, context: id, thing, origin: at, assumed: j.outcome === 'assumed', fromCard });
      changes.push({ what, thing, before, reason: old === undefined ? ADDED : REPLACED, origin, differences: found });
    }
  }
  const untouched = [...held.values()].filter((h) => h.context === id && !touched.has(h.id)).length;
  return { changes, untouched, state: { contexts, held } };
}

/** The home context of the card and that of the network are one: what the network set before goes under the card's. */
function adopt(s: State, context: string): State {
  const home = privileged(s);
  if (context !== 'card' || home === undefined || home.id === 'card') return s;
  const contexts = new Map(
    [...s.contexts].map(([id, c]) =>
      id === home.id ? (['card', { ...c, id: 'card', kind: 'card' as const }] as const) : ([id, c] as const),
    ),
  );
  const held = new Map(
    [...s.held.values()].map((h) => {
      const moved = h.context === home.id ? { ...h, context: 'card', id: heldId('card', h.thing) } : h;
      return [moved.id, moved] as const;
    }),
  );
  return { contexts, held };
}

function step(r: Received, s: State): Step {
  const at: Origin = { message: r.message, index: r.index, range: null };
  const settings = r.document === null ? NO_SETTINGS : settingsOf(r.document);
  const judgement = judge(r, settings, s);
  const { context } = judgement;
  if (context === null) {
    const changes = r.document === null ? [] : [...withheld(settings, judgement, at), ...dropped(settings, at)];
    return { received: r, judgement, changes, untouched: 0, state: s };
  }
  const done = apply(adopt(s, context.id), settings, { ...judgement, context }, at);
  return { received: r, judgement, ...done, changes: [...done.changes, ...dropped(settings, at)] };
}

/** Steps in the order given; each state stands by itself. Never throws. */
export function historyOf(received: readonly Received[], from: State = NOTHING_HELD): Step[] {
  const out: Step[] = [];
  let state = from;
  for (const r of received) {
    const next = step(r, state);
    out.push(next);
    state = next.state;
  }
  return out;
}
