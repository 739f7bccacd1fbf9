// Numbers that ordinary texts told people: a PIN often comes in one, seconds before the settings it opens.

import type { FrameId } from '../../dissectors/base/bytemap.ts';
import { formatAddress, type ShortMessage, type Time } from '../../dissectors/base/message.ts';
import { hashOfName, type PlainText } from '../../dissectors/base/texts.ts';
import type { Joined } from '../../dissectors/sms/joined.ts';
import { decodeText } from '../../dissectors/sms/text.ts';

/** A number in a text. */
export interface Told {
  readonly pin: string;
  readonly to: string;
  readonly time: Time;
  readonly frame: FrameId | null;
}

/** A text that was read. */
export interface ToldText {
  readonly text: string;
  readonly from: string | null;
  readonly time: Time;
  readonly frame: FrameId | null;
}

export interface ToldNumbers {
  /** Takes a copy of what it needs. */
  text(m: ShortMessage): void;
  /** The same for one that a bearer passed over; `wants` tells by a hash of the name when it can be left out. */
  plain(t: PlainText): void;
  wants(nameHash: number): boolean;
  joined(j: Joined): void;
  /** What texts to this number said, the latest first. */
  to(number: string): readonly Told[];
  /** The texts themselves: to a number, an IMSI, or '' where nothing names the phone; the latest first. */
  texts(phone: string): readonly ToldText[];
  /** What texts to anybody said, the latest first, each number once. */
  all(): readonly string[];
}

/** Texts kept: of one number, and numbers. */
const OF_ONE = 4;
const NUMBERS = 10_000;
const MOST_TOLD = 1_000;

/** PINs have 4 to 8 digits, what is typed for USERPINMAC 10 to 20; a '+' begins a telephone number. */
const PIN = /(?<![\d+.,:/-])\d{4,20}(?![\d]|[.,:/-]\d)/g;
const IN_ONE_TEXT = 4;

const NO_SHIFTS = { single: null, locking: null } as const;

/** Read only when somebody asks: most captures hold texts and no PIN. */
interface Text extends Omit<ToldText, 'text'> {
  read(): string | null;
}

/** Hashes of names, none of them 0: what is not here was never added. */
class Hashes {
  readonly #slots: Int32Array;

  /** `most` that are ever added. */
  constructor(most: number) {
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * most)));
  }

  has(hash: number): boolean {
    return this.#slots[this.#find(hash)] !== 0;
  }

  add(hash: number): void {
    this.#slots[this.#find(hash)] = hash;
  }

  /** Where the hash is, or where it would be. */
  #find(hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let at = (hash ^ (hash >>> 15)) & mask;
    while (slots[at] !== 0 && slots[at] !== hash) at = (at + 1) & mask;
    return at;
  }
}

export function createTold(): ToldNumbers {
  const texts = new Map<string, Text[]>();
  const names = new Hashes(NUMBERS);
  const keep = (to: string, text: Text): void => {
    const known = texts.get(to);
    if (known === undefined) {
      if (texts.size === NUMBERS) return;
      texts.set(to, [text]);
      names.add(hashOfName(to));
      return;
    }
    known.push(text);
    if (known.length > OF_ONE) known.shift();
  };
  const told = (to: string, from: readonly Text[]): Told[] =>
    [...from].reverse().flatMap(
      (t) =>
        (t.read() ?? '')
          .match(PIN)
          ?.slice(0, IN_ONE_TEXT)
          .map((pin) => ({ pin, to, time: t.time, frame: t.frame })) ?? [],
    );
  const plain = ({ to, from, time, frame, dcs, dcsOf, udl, ...t }: PlainText): void => {
    const bytes = t.bytes.slice();
    const read = () => decodeText({ bytes, headerLength: 0, dcs, dcsOf, udl, shifts: NO_SHIFTS });
    keep(to, { from: from === null ? null : formatAddress(from), time, frame, read });
  };
  return {
    text(m) {
      if (m.direction !== 'mt') return;
      const { from, time, frame, dcs, udl } = m;
      const dcsOf = m.dcsOf ?? 'tp';
      plain({ to: m.to?.value ?? m.imsi ?? '', from, time, frame, bytes: m.userData.bytes, dcs, dcsOf, udl });
    },
    plain,
    wants: (nameHash) => texts.size < NUMBERS || names.has(nameHash),
    joined(j) {
      const { text } = j;
      if (j.direction !== 'mt' || text === null) return;
      const from = j.from === null ? null : formatAddress(j.from);
      const frame = j.segments[0]?.frame ?? null;
      keep(j.to?.value ?? j.imsi ?? '', { from, time: j.firstTime, frame, read: () => text });
    },
    to: (number) => told(number, texts.get(number) ?? []),
    texts: (phone) =>
      [...(texts.get(phone) ?? [])].reverse().flatMap(({ read, ...t }) => {
        const text = read();
        return text === null ? [] : [{ ...t, text }];
      }),
    all() {
      const pins = new Set<string>();
      for (const [to, some] of [...texts].reverse()) {
        for (const { pin } of told(to, some)) {
          if (pins.size === MOST_TOLD) return [...pins];
          pins.add(pin);
        }
      }
      return [...pins];
    },
  };
}
