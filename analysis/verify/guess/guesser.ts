// Which of many PINs gives the MAC.

import { ascii, fromHex } from '../keys.ts';
import { type Lanes, plainLanes, vectorLanes } from './lanes.ts';
import { BLOCK_OCTETS, STATE, wordsOf } from './sha1.ts';

/** What is searched; plain data, so that it can be handed to a worker. */
export interface GuessTask {
  /** Octets of the key in front of the PIN: none for USERPIN, the IMSI's for USERNETWPIN. */
  readonly prefix: Uint8Array;
  readonly body: Uint8Array;
  readonly target: GuessTarget;
}

export type GuessTarget =
  /** Forty hex digits. */
  | { readonly mac: string }
  /** Digit i is octet i of the HMAC modulo 10 (OMA-WAP-TS-ProvBoot-V1_1 6, USERPINMAC): few digits fit by chance. */
  | { readonly digits: string };

/** PINs to try: those of a list, or `count` numbers of one length in order, from `from` on, with leading zeros. */
export type Slice =
  | { readonly pins: readonly string[] }
  | { readonly length: number; readonly from: number; readonly count: number };

export interface Guesser {
  readonly kind: Lanes['kind'];
  /** The first PIN that fits, in the order of the slice. */
  find(slice: Slice): string | null;
}

/** Key octets that a block has room for without being hashed first (RFC 2104 2). */
const ROOM = BLOCK_OCTETS;

export const sliceLength = (s: Slice): number => ('pins' in s ? s.pins.length : s.count);

/** `vectors` false keeps to plain code, for hosts and tests without the other. */
export function createGuesser(task: GuessTask, vectors = true): Guesser {
  const lanes = (vectors ? vectorLanes(task.body) : null) ?? plainLanes(task.body);
  const fits = fitter(task.target, lanes);
  const block = new Uint8Array(ROOM);
  block.set(task.prefix.subarray(0, ROOM));
  const pinAt = Math.min(task.prefix.length, ROOM);
  const firstWord = pinAt >> 2;

  /** Puts the block into a lane, as far as it changes. */
  const put = (lane: number, lastWord: number): void => {
    for (let i = firstWord; i <= lastWord; i += 1) {
      const at = 4 * i;
      const word = (block[at]! << 24) | (block[at + 1]! << 16) | (block[at + 2]! << 8) | block[at + 3]!;
      lanes.setWord(lane, i, word);
    }
  };
  /** The whole block into all lanes: words outside the PIN stay. */
  const putAll = (): void => {
    const words = wordsOf(block);
    for (let lane = 0; lane < lanes.width; lane += 1) {
      for (let i = 0; i < words.length; i += 1) lanes.setWord(lane, i, words[i]!);
    }
  };
  const firstFit = (filled: number): number => {
    lanes.run();
    for (let lane = 0; lane < filled; lane += 1) if (fits(lane)) return lane;
    return -1;
  };

  function ofList(pins: readonly string[]): string | null {
    for (let i = 0; i < pins.length; i += lanes.width) {
      const some = pins.slice(i, i + lanes.width);
      for (const [lane, pin] of some.entries()) {
        block.fill(0, pinAt);
        block.set(ascii(pin).subarray(0, ROOM - pinAt), pinAt);
        put(lane, ROOM / 4 - 1);
      }
      const found = firstFit(some.length);
      if (found >= 0) return some[found]!;
    }
    return null;
  }

  function ofRange(length: number, from: number, count: number): string | null {
    block.fill(0, pinAt);
    block.set(ascii(digitsOf(from, length)), pinAt);
    putAll();
    const end = pinAt + length - 1;
    const lastWord = end >> 2;
    for (let done = 0; done < count; ) {
      const filled = Math.min(lanes.width, count - done);
      for (let lane = 0; lane < filled; lane += 1) {
        put(lane, lastWord);
        countUp(block, pinAt, end);
      }
      const found = firstFit(filled);
      if (found >= 0) return digitsOf(from + done + found, length);
      done += filled;
    }
    return null;
  }

  return {
    kind: lanes.kind,
    find: (s) => ('pins' in s ? ofList(s.pins) : ofRange(s.length, s.from, s.count)),
  };
}

const ZERO = 0x30;
const NINE = 0x39;

/** The next number in ASCII, whose digits stand from `first` to `last`; zeros follow nines. */
function countUp(block: Uint8Array, first: number, last: number): void {
  let i = last;
  while (i >= first && block[i] === NINE) {
    block[i] = ZERO;
    i -= 1;
  }
  if (i >= first) block[i]! += 1;
}

export const digitsOf = (n: number, length: number): string => String(n).padStart(length, '0');

function fitter(target: GuessTarget, lanes: Lanes): (lane: number) => boolean {
  if ('digits' in target) {
    const digits = Uint8Array.from(target.digits, (d) => d.charCodeAt(0) - ZERO);
    return (lane) => digits.every((d, i) => ((lanes.word(lane, i >> 2) >>> (24 - 8 * (i & 3))) & 0xff) % 10 === d);
  }
  const wanted = wordsOf(fromHex(target.mac) ?? new Uint8Array(4 * STATE));
  const first = wanted[0]!;
  return (lane) => {
    if (lanes.word(lane, 0) !== first) return false;
    for (let i = 1; i < STATE; i += 1) if (lanes.word(lane, i) !== wanted[i]) return false;
    return true;
  };
}
