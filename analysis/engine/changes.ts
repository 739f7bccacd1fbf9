// What each message changed on the phone it went to, for filters and columns: followed when asked for, a phone at once.

import { type Effect, effectOf } from '../device/effect.ts';
import { NOTHING_HELD } from '../device/state.ts';
import type { ChangePath } from '../query/changefields.ts';
import type { ObjectKind } from './contract/device.ts';
import { mayHoldSettings } from './deliveries.ts';
import type { Devices } from './device.ts';
import type { MessageRecord } from './records.ts';

export type ChangeTexts = ReadonlyMap<ChangePath, readonly string[]>;

export interface Changes {
  /** Texts by field; nothing for what holds no settings. Messages before the latest 500 of a phone have none either. */
  of(r: MessageRecord): ChangeTexts;
  /** Messages that were followed so far. */
  followed(): number;
}

const FIELD_OF: Partial<Record<ObjectKind, ChangePath>> = {
  proxy: 'changed.proxy',
  'access-point': 'changed.accessPoint',
  application: 'changed.application',
};

const NONE: ChangeTexts = new Map();

function textsOf(e: Effect): ChangeTexts {
  const out = new Map<ChangePath, string[]>([['phone', [e.outcome]]]);
  const put = (path: ChangePath, text: string): void => {
    const known = out.get(path);
    if (known === undefined) out.set(path, [text]);
    else known.push(text);
  };
  for (const title of e.added) {
    put('adds', title);
    put('changes', `adds ${title}`);
  }
  for (const { kind, text } of e.changed) {
    put(FIELD_OF[kind] ?? 'changed.other', text);
    put('changes', text);
  }
  for (const text of e.removed) put('removes', text);
  return out;
}

/** Kept for as long as nothing changes; one campaign does the same to many phones, so equal texts are kept once. */
export function createChanges(devices: () => Devices): Changes {
  const known = new Map<string, ChangeTexts>();
  const alike = new Map<string, ChangeTexts>();
  const subscribers = new Set<string>();
  let followed = 0;

  function follow(subscriber: string): void {
    subscribers.add(subscriber);
    let before = NOTHING_HELD;
    for (const step of devices().steps(subscriber)) {
      const texts = textsOf(effectOf(before, step));
      const name = JSON.stringify([...texts]);
      const same = alike.get(name) ?? texts;
      alike.set(name, same);
      // A message that was seen at several hops did what it did once.
      for (const id of [step.received.message, ...step.received.sightings]) known.set(id, same);
      before = step.state;
      followed += 1;
    }
  }

  return {
    of(r) {
      if (!mayHoldSettings(r)) return NONE;
      const subscriber = devices().subscriberOf(r);
      if (!subscribers.has(subscriber)) follow(subscriber);
      return known.get(r.id) ?? NONE;
    },
    followed: () => followed,
  };
}
