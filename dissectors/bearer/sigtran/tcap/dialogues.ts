// Dialogues: who asked whom, under which identifiers, and what is still unanswered. An answer may come over any link, so
// they are remembered for the whole capture, found by identifier and by the address of whoever chose it.

import type { Time } from '../../../base/message.ts';
import { numberOf, sizeOf } from './texts.ts';
import type { ApplicationContext } from './types.ts';

export type Side = 0 | 1;

export interface Party {
  /** Its transaction identifier, null until it used one. */
  identifier: string | null;
  /** As SCCP names it: 'gt 4917...', 'pc 1000 ssn 8'. */
  readonly address: string;
}

/** `I` is what its user remembers of an invoke, `D` of the dialogue. */
export interface Dialogue<I, D> {
  readonly id: number;
  /** Side 0 began. */
  readonly parties: readonly [Party, Party];
  readonly conversation: string;
  /** When it began, as far as the capture shows. */
  readonly since: Time;
  context: ApplicationContext | null;
  /** Unanswered invokes by side and identifier. */
  readonly invokes: Map<string, I>;
  readonly data: D;
}

const MOST_DIALOGUES = 65_536;
/** Dialogues remembered under one identifier: many nodes count from 1. */
const MOST_NAMESAKES = 64;
const MOST_INVOKES = 64;
const SLOTS = 4096;
const slotOf = (identifier: number): number => (identifier ^ (identifier >>> 12) ^ (identifier >>> 24)) & (SLOTS - 1);

export const invokeKey = (side: Side, invokeId: number | null): string => `${side}/${invokeId ?? '-'}`;

/** How well two names fit the same party: 3 the same, 1 or 2 perhaps, -1 no. */
export function likeness(a: string, b: string): number {
  if (a === b) return 3;
  const [x, y] = [digitsOfTitle(a), digitsOfTitle(b)];
  // One names its subsystem, the other does not.
  if (x === null && y === null) return a.split(' ssn ')[0] === b.split(' ssn ')[0] ? 2 : -1;
  // One by number, the other by point code: translation on the way does that.
  if (x === null || y === null) return 1;
  const n = Math.min(x.length, y.length, 8);
  return n >= 6 && x.slice(-n) === y.slice(-n) ? 2 : -1;
}

const digitsOfTitle = (name: string): string | null => (name.startsWith('gt ') ? name.slice(3) : null);

export class Dialogues<I, D> {
  readonly #newData: () => D;
  readonly #all = new Map<number, Dialogue<I, D>>();
  readonly #byIdentifier = new Map<string, Dialogue<I, D>[]>();
  /** How many that are kept share a slot. */
  readonly #slots = new Uint32Array(SLOTS);
  #ids = 0;
  /** Dialogues let go because there were too many. */
  dropped = 0;

  constructor(newData: () => D) {
    this.#newData = newData;
  }

  get open(): number {
    return this.#all.size;
  }

  /** A dialogue begins, or is met for the first time in its midst. */
  begin(parties: readonly [Party, Party], conversation: string, since: Time): Dialogue<I, D> {
    const d = this.make(parties, conversation, since);
    this.keep(d);
    return d;
  }

  /** One that nobody finds until it is kept. */
  make(parties: readonly [Party, Party], conversation: string, since: Time): Dialogue<I, D> {
    const data = this.#newData();
    const invokes = new Map<string, I>();
    return { id: this.nextId(), parties, conversation, since, context: null, invokes, data };
  }

  nextId(): number {
    this.#ids += 1;
    return this.#ids;
  }

  keep(d: Dialogue<I, D>): void {
    const { parties } = d;
    this.#all.set(d.id, d);
    for (const p of parties) this.#file(p, d);
    if (this.#all.size > MOST_DIALOGUES) {
      const [oldest] = this.#all.values();
      if (oldest !== undefined) this.end(oldest);
      this.dropped += 1;
    }
  }

  /** False: surely nobody has an identifier of these octets, as a number. */
  mayHave(identifier: number): boolean {
    return this.#slots[slotOf(identifier)] !== 0;
  }

  /** Whoever is at `owner` chose `identifier`: the dialogue, and the side that chose it. */
  find(identifier: string, owner: string, conversation: string): { dialogue: Dialogue<I, D>; side: Side } | null {
    let best: { dialogue: Dialogue<I, D>; side: Side } | null = null;
    let most = -1;
    for (const dialogue of this.#byIdentifier.get(identifier) ?? []) {
      for (const side of [0, 1] as const) {
        const party = dialogue.parties[side];
        if (party.identifier !== identifier) continue;
        const fit = likeness(party.address, owner);
        if (fit < 0) continue;
        const score = 2 * fit + (dialogue.conversation === conversation ? 1 : 0);
        // Of equals, the latest.
        if (score < most) continue;
        most = score;
        best = { dialogue, side };
      }
    }
    return best;
  }

  /** A side uses its identifier for the first time. */
  name(d: Dialogue<I, D>, side: Side, identifier: string): void {
    const p = d.parties[side];
    if (p.identifier !== null) return;
    p.identifier = identifier;
    this.#file(p, d);
  }

  remember(d: Dialogue<I, D>, side: Side, invokeId: number | null, invoke: I): void {
    const key = invokeKey(side, invokeId);
    d.invokes.delete(key);
    d.invokes.set(key, invoke);
    if (d.invokes.size <= MOST_INVOKES) return;
    const [oldest] = d.invokes.keys();
    if (oldest !== undefined) d.invokes.delete(oldest);
  }

  end(d: Dialogue<I, D>): void {
    if (!this.#all.delete(d.id)) return;
    for (const p of d.parties) {
      if (p.identifier === null) continue;
      const list = this.#byIdentifier.get(p.identifier);
      const at = list?.indexOf(d) ?? -1;
      if (list === undefined || at < 0) continue;
      list.splice(at, 1);
      this.#count(p.identifier, -1);
      if (list.length === 0) this.#byIdentifier.delete(p.identifier);
    }
  }

  #count(identifier: string, n: number): void {
    if (sizeOf(identifier) > 0) this.#slots[slotOf(numberOf(identifier))]! += n;
  }

  #file(p: Party, d: Dialogue<I, D>): void {
    if (p.identifier === null) return;
    this.#count(p.identifier, 1);
    const list = this.#byIdentifier.get(p.identifier);
    if (list === undefined) this.#byIdentifier.set(p.identifier, [d]);
    else {
      list.push(d);
      if (list.length > MOST_NAMESAKES) this.end(list[0]!);
    }
  }
}
