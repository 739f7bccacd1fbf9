// Numbers that ordinary texts told people: a PIN often comes in one, seconds before the settings it opens.

import type { FrameId } from '../../dissectors/base/bytemap.ts';
import { formatAddress, type ShortMessage, type Time } from '../../dissectors/base/message.ts';
import { hashOfName, type PlainText, type TextContent } from '../../dissectors/base/texts.ts';
import type { Joined } from '../../dissectors/sms/joined.ts';
import { decodeText } from '../../dissectors/sms/text.ts';
import { ToldLog } from './toldlog.ts';

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

const NONE: readonly Text[] = [];

const NO_SHIFTS = { single: null, locking: null } as const;

/** Read only when somebody asks: most captures hold texts and no PIN. */
interface Text extends Omit<ToldText, 'text' | 'from'> {
  from(): string | null;
  read(): string | null;
}

const senderOf = ({ from }: Pick<TextContent, 'from'>): string | null => (from === null ? null : formatAddress(from));

const said = ({ bytes, dcs, dcsOf, udl }: TextContent): string | null =>
  decodeText({ bytes, headerLength: 0, dcs, dcsOf, udl, shifts: NO_SHIFTS });

const BITS = 1 << 17;

/** Hashes of names, none of them 0: what is not here was never added. */
class Hashes {
  readonly #slots: Int32Array;
  /** A bit for every hash that was added, few enough of them to be at hand: most that are asked for are not here. */
  readonly #bits = new Uint8Array(BITS >> 3);
  size = 0;

  /** `most` that are ever added. */
  constructor(most: number) {
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * most)));
  }

  has(hash: number): boolean {
    const bit = hash & (BITS - 1);
    return (this.#bits[bit >> 3]! & (1 << (bit & 7))) !== 0 && this.#slots[this.#find(hash)] !== 0;
  }

  add(hash: number): void {
    const at = this.#find(hash);
    if (this.#slots[at] === hash) return;
    const bit = hash & (BITS - 1);
    this.#slots[at] = hash;
    this.#bits[bit >> 3]! |= 1 << (bit & 7);
    this.size += 1;
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
  const log = new ToldLog();
  // Of as many different names at least: those in `texts` and in the log.
  const names = new Hashes(NUMBERS);
  const put = (to: string, text: Text): void => {
    const known = texts.get(to);
    if (known === undefined) {
      if (texts.size === NUMBERS) return;
      texts.set(to, [text]);
      return;
    }
    known.push(text);
    if (known.length > OF_ONE) known.shift();
  };
  /** What was told came before whatever is asked or kept now. */
  const readLog = (): void => {
    if (log.size === 0) return;
    log.take(OF_ONE, ({ bytes, time, frame, read }) => {
      const content = (): TextContent => read(bytes, 0, bytes.length);
      put(content().to, { time, frame, from: () => senderOf(content()), read: () => said(content()) });
    });
  };
  const note = (hash: number): void => {
    if (names.size < NUMBERS) names.add(hash);
  };
  const keep = (to: string, text: Text): void => {
    readLog();
    note(hashOfName(to));
    put(to, text);
  };
  const textsTo = (name: string): readonly Text[] => {
    if (!names.has(hashOfName(name))) return NONE;
    readLog();
    return texts.get(name) ?? NONE;
  };
  const told = (to: string, from: readonly Text[]): Told[] =>
    [...from].reverse().flatMap(
      (t) =>
        (t.read() ?? '')
          .match(PIN)
          ?.slice(0, IN_ONE_TEXT)
          .map((pin) => ({ pin, to, time: t.time, frame: t.frame })) ?? [],
    );
  return {
    text(m) {
      if (m.direction !== 'mt') return;
      const { from, time, frame, dcs, udl } = m;
      const content: TextContent = {
        to: m.to?.value ?? m.imsi ?? '',
        from,
        bytes: m.userData.bytes.slice(),
        dcs,
        dcsOf: m.dcsOf ?? 'tp',
        udl,
      };
      const sender = senderOf(content);
      keep(content.to, { time, frame, from: () => sender, read: () => said(content) });
    },
    plain(t) {
      note(t.nameHash);
      if (log.add(t)) return;
      readLog();
      log.add(t);
    },
    wants: (nameHash) => names.size < NUMBERS || names.has(nameHash),
    joined(j) {
      const { text } = j;
      if (j.direction !== 'mt' || text === null) return;
      const from = j.from === null ? null : formatAddress(j.from);
      const frame = j.segments[0]?.frame ?? null;
      keep(j.to?.value ?? j.imsi ?? '', { from: () => from, time: j.firstTime, frame, read: () => text });
    },
    to: (number) => told(number, textsTo(number)),
    texts: (phone) =>
      [...textsTo(phone)].reverse().flatMap(({ read, from, time, frame }) => {
        const text = read();
        return text === null ? [] : [{ text, from: from(), time, frame }];
      }),
    all() {
      readLog();
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
