// What went on besides messages, kept until somebody asks whether it belongs to one. Bounded.

import type { Activity, ActivityAnswer } from '../../dissectors/base/message.ts';

/** Activities kept in all, and how many may still wait for their answer. */
const MOST = 100_000;
const MOST_OPEN = 10_000;
/** Of one host name: queries for it repeat. */
const MOST_OF_NAME = 32;

/** An activity and what was said to it. */
export interface Move extends Activity {
  readonly answer: ActivityAnswer | null;
}

type Open = { -readonly [K in keyof Move]: Move[K] };

export interface ActivityBook {
  activity(a: Activity): void;
  answer(a: ActivityAnswer): void;
  /** How the conversation ended, when its end is in the capture. */
  endOf(conversation: string): Activity | undefined;
  /** Activations of a subscriber, by IMSI or number (digits), in capture order. */
  activationsOf(subscriber: string): readonly Move[];
  /** Activities that asked for this access point, name or URL, in capture order. */
  towards(what: Activity['what'], target: string): readonly Move[];
  /** Activities of one kind, in capture order. */
  all(what: Activity['what']): readonly Move[];
  /** Beyond what is kept. */
  readonly dropped: number;
}

export const digitsOf = (number: string): string => number.replace(/\D/g, '').replace(/^0+/, '');

/** The network identifier of an access point name, without the operator's part (3GPP TS 23.003 9.1). */
export const accessPointOf = (apn: string): string =>
  apn
    .trim()
    .toLowerCase()
    .replace(/\.mnc\d{2,3}\.mcc\d{3}(\.gprs|\.3gppnetwork\.org)?\.?$/, '')
    .replace(/\.$/, '');

const keyOf = (what: Activity['what'], target: string): string =>
  `${what} ${what === 'activation' ? accessPointOf(target) : target.toLowerCase().replace(/\.$/, '')}`;

export function activityBook(most = MOST): ActivityBook {
  const ends = new Map<string, Activity>();
  const byTarget = new Map<string, Open[]>();
  const bySubscriber = new Map<string, Open[]>();
  const byKind = new Map<Activity['what'], Open[]>();
  const open = new Map<string, Open>();
  let kept = 0;
  let dropped = 0;

  const file = <K>(into: Map<K, Open[]>, key: K, move: Open): void => {
    const list = into.get(key);
    if (list === undefined) into.set(key, [move]);
    else list.push(move);
  };

  return {
    activity(a) {
      if (a.what === 'reset' || a.what === 'closed') {
        if (ends.has(a.target)) return;
        if (ends.size < most) ends.set(a.target, a);
        else dropped += 1;
        return;
      }
      const key = keyOf(a.what, a.target);
      const many = a.what === 'name' && (byTarget.get(key)?.length ?? 0) >= MOST_OF_NAME;
      if (many || kept >= most) {
        dropped += 1;
        return;
      }
      kept += 1;
      const move: Open = { ...a, answer: null };
      file(byTarget, key, move);
      file(byKind, a.what, move);
      if (a.imsi !== null) file(bySubscriber, digitsOf(a.imsi), move);
      if (a.msisdn !== null) file(bySubscriber, digitsOf(a.msisdn), move);
      if (a.key === null) return;
      open.delete(a.key);
      open.set(a.key, move);
      if (open.size <= MOST_OPEN) return;
      const oldest = open.keys().next().value;
      if (oldest !== undefined) open.delete(oldest);
    },
    answer(a) {
      const move = open.get(a.key);
      if (move === undefined) return;
      open.delete(a.key);
      move.answer = a;
    },
    endOf: (conversation) => ends.get(conversation),
    activationsOf: (subscriber) => bySubscriber.get(digitsOf(subscriber)) ?? [],
    towards: (what, target) => byTarget.get(keyOf(what, target)) ?? [],
    all: (what) => byKind.get(what) ?? [],
    get dropped() {
      return dropped;
    },
  };
}
