// Who is known to be behind an address: from the user's table and from the capture.

import type { FrameId } from '../../dissectors/base/bytemap.ts';
import type { Identity, Time } from '../../dissectors/base/message.ts';
import type { Joined } from '../../dissectors/sms/joined.ts';
import type { Inferred } from '../verify/candidates.ts';
import { afterOrBefore, masked } from '../verify/words.ts';
import type { Collected } from './collect.ts';
import type { Keys } from './contract.ts';
import type { Subscriber } from './load.ts';
import type { Evidence } from './records.ts';

/** IMSIs, and PINs, that are tried for one message: a capture of many phones is evidence for none of them. */
const MOST = 16;

/** Identities of one number, or of one IMSI, that are remembered. */
const SIGHTINGS = 64;

/**
 * What ties an IMSI or a PIN to a message, the strongest first: the message's own exchange names it; something names it
 * together with the recipient's number; it is that of the card in the phone whose traffic this is; a text told it to the
 * recipient; it is one of the few in the capture.
 */
export const STRENGTHS = ['exchange', 'number', 'card', 'text', 'capture'] as const;
export type Strength = (typeof STRENGTHS)[number];

export interface Sighting extends Inferred {
  readonly kind: 'imsi' | 'pin';
  readonly strength: Strength;
  readonly frame: FrameId | null;
  /** With the value all that `why` depends on, for one message. */
  readonly from: readonly unknown[];
}

const isSame = (a: readonly Sighting[], b: readonly Sighting[]): boolean =>
  a.length === b.length &&
  a.every(({ value, strength, from }, n) => {
    const other = b[n]!;
    return value === other.value && strength === other.strength && from.every((v, k) => Object.is(v, other.from[k]));
  });

/** Would a message be judged alike by both? Keys apart. */
export const isSameEvidence = (a: BookEvidence, b: BookEvidence): boolean =>
  isSame(a.inferred, b.inferred) && isSame(a.told, b.told);

type Known = Pick<Collected, 'identities'> & Partial<Pick<Collected, 'told'>>;

export interface EvidenceOptions {
  readonly subscribers: readonly Subscriber[];
  readonly collected: Known;
  /** 'frame 77'. */
  readonly place?: (frame: FrameId) => string;
}

export interface BookEvidence extends Evidence {
  readonly inferred: readonly Sighting[];
  readonly told: readonly Sighting[];
}

export interface EvidenceBook {
  of(j: Joined, keys: Keys): BookEvidence;
  /** Everything that may be the key of the message, in the order it is tried. */
  sightings(j: Joined): readonly Sighting[];
  /** A PIN that was found by trying; it is tried on the other messages, too. */
  searched(pin: string): void;
}

const digits = (text: string | null): string | null => text?.replace(/^\+/, '') ?? null;

const nearest = (t: Time, a: { readonly time: Time }, b: { readonly time: Time }): number => {
  const distance = (x: Time) => (Number.isFinite(x) && Number.isFinite(t) ? Math.abs(x - t) : Number.MAX_VALUE);
  return distance(a.time) - distance(b.time);
};

/** The card of a phone or modem is the recipient's where it receives, the sender's where it sends. */
const receives = (j: Joined): boolean => j.to === null || /deliver/i.test(j.operation);

/** The evidence for a message as far as the capture was read; identities that come later are found, too. */
export function createEvidence({ subscribers, collected, place = () => 'the capture' }: EvidenceOptions): EvidenceBook {
  const given = new Map<string, Subscriber[]>();
  for (const s of subscribers) {
    const number = digits(s.msisdn);
    if (number !== null) given.set(number, [...(given.get(number) ?? []), s]);
  }
  const byNumber = new Map<string, Identity[]>();
  const byImsi = new Map<string, Identity[]>();
  const cards: Identity[] = [];
  const searched = new Set<string>();
  let indexed = 0;
  const remember = (in_: Map<string, Identity[]>, key: string, i: Identity): void => {
    const known = in_.get(key);
    if (known === undefined) in_.set(key, [i]);
    else if (known.length < SIGHTINGS) known.push(i);
  };
  const index = (): void => {
    for (; indexed < collected.identities.length; indexed += 1) {
      const i = collected.identities[indexed]!;
      const number = digits(i.msisdn);
      if (number !== null) remember(byNumber, number, i);
      if (i.of === 'card' && cards.length < SIGHTINGS) cards.push(i);
      remember(byImsi, i.imsi, i);
    }
  };

  /** What a layer says of it in front of the numbers: none of them is for a sentence about a key. */
  const said = (i: Identity): string => (i.text.split(': ')[0] ?? '').replace(/\d{5,}/g, (n) => masked('imsi', n));
  const where = (i: Identity): string => (i.frame === null ? said(i) : `${place(i.frame)}, ${said(i)}`);
  const tell = (j: Joined, i: Identity, tie: string): string =>
    [where(i), tie, afterOrBefore(i.time, j.firstTime)].filter((w) => w !== '').join(', ');

  function imsisOf(j: Joined): Sighting[] {
    const out: Sighting[] = [];
    const add = (strength: Strength, imsi: string, weak: boolean, i: Identity | undefined, why: () => string): void => {
      if (out.length === MOST || out.some((s) => s.value === imsi)) return;
      const from = [i, weak, strength === 'capture' ? byImsi.size : 0];
      out.push({ kind: 'imsi', value: imsi, strength, weak, frame: i?.frame ?? null, why, from });
    };
    const to = j.to?.value ?? null;
    if (j.imsi !== null) {
      const { imsi } = j;
      const frames = new Set(j.segments.map((s) => s.frame));
      const seen = [...(byImsi.get(imsi) ?? [])].sort((a, b) => nearest(j.firstTime, a, b));
      const mine = seen.find((i) => i.frame !== null && frames.has(i.frame)) ?? seen[0];
      const tie = 'named by the exchange that carries the message';
      const own = j.segments[0]?.frame;
      const alone = own === undefined ? tie : `${place(own)}, ${j.operation}, ${tie}`;
      add('exchange', imsi, false, mine, () => (mine === undefined ? alone : tell(j, mine, tie)));
    }
    const ofNumber = to === null ? [] : (byNumber.get(to) ?? []);
    for (const i of [...ofNumber].sort((a, b) => nearest(j.firstTime, a, b))) {
      add('number', i.imsi, false, i, () => tell(j, i, 'same number'));
    }
    for (const i of cards) {
      const mine = receives(j);
      add('card', i.imsi, !mine, i, () => tell(j, i, mine ? 'the card that receives it' : 'a card of the capture'));
    }
    if (byImsi.size <= MOST) {
      for (const [imsi, [i]] of byImsi) {
        add('capture', imsi, true, i, () => tell(j, i!, `one of ${byImsi.size} in the capture`));
      }
    }
    return out;
  }

  function pinsOf(j: Joined): Sighting[] {
    // Where nothing names the phone, as in its own log, there is one.
    const phone = j.to?.value ?? j.imsi ?? '';
    if (collected.told === undefined) return [];
    const out: Sighting[] = [];
    for (const t of [...collected.told.to(phone)].sort((a, b) => nearest(j.firstTime, a, b))) {
      if (out.length === MOST || out.some((s) => s.value === t.pin)) continue;
      const at = t.frame === null ? 'a text' : `a text in ${place(t.frame)}`;
      const why = () => [at, 'same recipient', afterOrBefore(t.time, j.firstTime)].filter((w) => w !== '').join(', ');
      out.push({
        kind: 'pin',
        value: t.pin,
        strength: 'text',
        weak: true,
        frame: t.frame,
        why,
        from: [t.time, t.frame],
      });
    }
    return out;
  }

  return {
    of(j, keys) {
      index();
      const to = j.to?.value ?? null;
      const mine = to === null ? [] : (given.get(to) ?? []);
      const of = (key: 'imsi' | 'pin') => mine.map((s) => s[key]).filter((v) => v !== null);
      return {
        keys:
          mine.length === 0 ? keys : { ...keys, imsi: [...keys.imsi, ...of('imsi')], pin: [...keys.pin, ...of('pin')] },
        inferred: imsisOf(j),
        told: pinsOf(j),
        searched: [...searched],
      };
    },
    sightings(j) {
      index();
      return [...imsisOf(j), ...pinsOf(j)];
    },
    searched(pin) {
      searched.add(pin);
    },
  };
}
