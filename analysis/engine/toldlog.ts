// Texts that may be asked for, in the octets they came in: nearly all of them are kept, and nearly none is ever read.

import type { FrameId } from '../../dissectors/base/bytemap.ts';
import type { Time } from '../../dissectors/base/message.ts';
import type { PlainText, ReadText } from '../../dissectors/base/texts.ts';

const FIRST_OCTETS = 1 << 16;
const MOST_OCTETS = 1 << 22;
const MOST_TEXTS = 1 << 15;

/** A text of the log, with octets of its own. */
export interface LoggedText {
  readonly bytes: Uint8Array;
  readonly time: Time;
  readonly frame: FrameId;
  readonly read: ReadText;
}

/** Numbers of one text in the columns. */
const ROW = 5;
const [START, END, NAME, NAME_END, HASH] = [0, 1, 2, 3, 4] as const;

/** What later texts to a phone were found while going back through the log. */
interface Later {
  /** The first of them so far. */
  first: number;
  count: number;
  /** Another name has the same hash. */
  mixed: boolean;
}

export class ToldLog {
  #octets = new Uint8Array(FIRST_OCTETS);
  #used = 0;
  #rows = new Int32Array(FIRST_OCTETS >> 4);
  #size = 0;
  readonly #times: Time[] = [];
  readonly #frames: FrameId[] = [];
  readonly #reads: ReadText[] = [];

  get size(): number {
    return this.#size;
  }

  /** Copies it; false, and nothing is done, where the log has to be taken first. */
  add(t: PlainText): boolean {
    const { bytes, start, end } = t;
    const at = this.#used;
    const until = at + end - start;
    if (this.#size > 0 && (until > MOST_OCTETS || this.#size === MOST_TEXTS)) return false;
    if (until > this.#octets.length) this.#octets = enlarged(this.#octets, until);
    const row = ROW * this.#size;
    if (row + ROW > this.#rows.length) this.#rows = enlarged(this.#rows, row + ROW);
    const octets = this.#octets;
    for (let i = 0; i < end - start; i += 1) octets[at + i] = bytes[start + i]!;
    const rows = this.#rows;
    rows[row + START] = at;
    rows[row + END] = until;
    rows[row + NAME] = at + t.nameStart - start;
    rows[row + NAME_END] = at + t.nameEnd - start;
    rows[row + HASH] = t.nameHash;
    this.#times.push(t.time);
    this.#frames.push(t.frame);
    this.#reads.push(t.read);
    this.#used = until;
    this.#size += 1;
    return true;
  }

  /** Gives texts in the order they came and forgets them; of one phone the first and the last `most` at least. */
  take(most: number, give: (t: LoggedText) => void): void {
    const wanted = this.#firstAndLast(most);
    const rows = this.#rows;
    for (let n = 0; n < this.#size; n += 1) {
      if (wanted[n] === 0) continue;
      const bytes = this.#octets.slice(rows[ROW * n + START], rows[ROW * n + END]);
      give({ bytes, time: this.#times[n]!, frame: this.#frames[n]!, read: this.#reads[n]! });
    }
    this.#used = 0;
    this.#size = 0;
    this.#times.length = 0;
    this.#frames.length = 0;
    this.#reads.length = 0;
  }

  /** 1 for each text that has fewer than `most` behind it to the same phone, or none before it. */
  #firstAndLast(most: number): Uint8Array {
    const out = new Uint8Array(this.#size);
    const phones = new Map<number, Later>();
    for (let n = this.#size - 1; n >= 0; n -= 1) {
      const hash = this.#rows[ROW * n + HASH]!;
      const later = phones.get(hash);
      if (later === undefined) {
        phones.set(hash, { first: n, count: 1, mixed: false });
        out[n] = 1;
        continue;
      }
      if (!this.#sameName(n, later.first)) {
        later.mixed = true;
        out[later.first] = 1;
      }
      later.first = n;
      later.count += 1;
      if (later.mixed || later.count <= most) out[n] = 1;
    }
    for (const { first } of phones.values()) out[first] = 1;
    return out;
  }

  #sameName(a: number, b: number): boolean {
    const rows = this.#rows;
    const [from, other] = [rows[ROW * a + NAME]!, rows[ROW * b + NAME]!];
    const length = rows[ROW * a + NAME_END]! - from;
    if (this.#reads[a] !== this.#reads[b] || rows[ROW * b + NAME_END]! - other !== length) return false;
    for (let i = 0; i < length; i += 1) if (this.#octets[from + i] !== this.#octets[other + i]) return false;
    return true;
  }
}

function enlarged<T extends Uint8Array | Int32Array>(old: T, least: number): T {
  const made = new (old.constructor as new (size: number) => T)(Math.max(2 * old.length, least));
  made.set(old);
  return made;
}
