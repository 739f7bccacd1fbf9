// Where lines end, and which of them belong together: a command and its PDU, an answer and its PDU.

import { NEED_MORE, NOT_OURS } from '../../base/dissector.ts';

export const CR = 0x0d;
export const LF = 0x0a;
export const CTRL_Z = 0x1a;
export const ESC = 0x1b;
const TAB = 0x09;
const SPACE = 0x20;
const PROMPT = 0x3e;
const PLUS = 0x2b;

/** A PDU of 176 octets in digits, its header line, and room for what modems add. */
export const MOST = 2048;
/** Fewer octets without a line end are no evidence of anything. */
const SURE = 16;

const lower = (b: number | undefined): number => (b === undefined ? 0 : b | 0x20);

const isLineEnd = (b: number | undefined): boolean => b === CR || b === LF || b === 0;

export const isHexDigit = (b: number | undefined): boolean => {
  if (b === undefined) return false;
  if (b >= 0x30 && b <= 0x39) return true;
  const l = b | 0x20;
  return l >= 0x61 && l <= 0x66;
};

/** Do the octets begin with the characters, in capitals or not? As many as there are decide. */
function begins(b: Uint8Array, start: number, end: number, word: string): boolean {
  for (let i = 0; i < word.length; i += 1) {
    if (start + i >= end) return true;
    if (lower(b[start + i]) !== lower(word.charCodeAt(i))) return false;
  }
  return true;
}

const isWord = (b: Uint8Array, start: number, end: number, word: string): boolean =>
  end - start >= word.length && begins(b, start, end, word);

/** Position of the line's end: a CR, LF, Ctrl-Z or ESC. `end` where there is none yet, -1 where it is no text. */
function lineEnd(b: Uint8Array, start: number, end: number): number {
  const stop = Math.min(end, start + MOST);
  for (let i = start; i < stop; i += 1) {
    const o = b[i]!;
    if (o === CR || o === LF || o === CTRL_Z || o === ESC) return i;
    if (o < SPACE && o !== TAB) return -1;
  }
  return stop < end || stop - start >= MOST ? -1 : end;
}

/** 27.005 3.5.1, 4.3, 4.4: commands a message follows. */
const WITH_MESSAGE = ['AT+CMGS=', 'AT+CMGW=', 'AT+CNMA='];
/** 27.005 3.4.1, 3.4.2, 4.1: answers a PDU follows. */
const WITH_PDU = ['+CMT:', '+CDS:', '+CMGL:', '+CMGR:'];

/** Where the message that belongs to the line begins: behind CR and LF. */
export function messageStart(b: Uint8Array, lineStop: number, end: number): number {
  let at = lineStop + 1;
  if (b[lineStop] === CR && at < end && b[at] === LF) at += 1;
  return at;
}

const SHORT_END = -2;

/** End of the message behind a header, its terminator included; SHORT_END: not there yet; -1: none follows. */
function messageEnd(b: Uint8Array, lineStop: number, end: number, typed: boolean, text: boolean): number {
  const at = messageStart(b, lineStop, end);
  if (at >= end) return SHORT_END;
  if (!text && !isHexDigit(b[at])) return -1;
  if (text && isLineEnd(b[at])) return -1;
  for (let i = at; i < Math.min(end, lineStop + MOST); i += 1) {
    const o = b[i]!;
    if (typed && (o === CTRL_Z || o === ESC)) return i + 1;
    if (!typed && (o === CR || o === LF)) return i + 1;
    // Another command: the modem had refused the one before.
    if (!text && typed && !isHexDigit(o) && !isLineEnd(o) && o !== SPACE) return -1;
  }
  return end - lineStop >= MOST ? -1 : SHORT_END;
}

/** One unit: line ends, a prompt, a line, or a line with the message that belongs to it. */
export function frameAt(b: Uint8Array, start: number, end: number, last: boolean): number {
  if (start >= end) return NEED_MORE;
  const first = b[start]!;
  if (isLineEnd(first)) {
    let i = start + 1;
    while (i < end && i - start < MOST && isLineEnd(b[i])) i += 1;
    return i - start;
  }
  if (first === PROMPT && end - start >= 2 && b[start + 1] === SPACE) return 2;
  const stop = lineEnd(b, start, end);
  if (stop < 0) return NOT_OURS;
  if (stop === end) return last ? end - start : unfinished(b, start, end);
  const typed = WITH_MESSAGE.some((w) => isWord(b, start, end, w));
  const told = !typed && first === PLUS && WITH_PDU.some((w) => isWord(b, start, end, w));
  if ((typed || told) && b[stop] !== CTRL_Z && b[stop] !== ESC) {
    const quoted = typed && b[start + WITH_MESSAGE[0]!.length] === 0x22;
    const behind = messageEnd(b, stop, end, typed, quoted);
    if (behind > 0) return behind - start;
    if (behind === SHORT_END && !last) return NEED_MORE;
    if (behind === SHORT_END) return end - start;
  }
  return stop + 1 - start;
}

/** A line that goes on: what may be a command, an answer, a prompt or a PDU waits; short words prove nothing. */
function unfinished(b: Uint8Array, start: number, end: number): number {
  if (end - start >= SURE) return NEED_MORE;
  const expected = ['AT', '+C', '> '].some((w) => begins(b, start, end, w));
  return expected ? NEED_MORE : NOT_OURS;
}

/** Commands of short messages and the network, as first lines of sessions; AT alone, ATZ, ATE0 and the like. */
function isCommand(b: Uint8Array, start: number, end: number): boolean {
  if (lower(b[start]) !== 0x61 || lower(b[start + 1]) !== 0x74) return false;
  const stop = lineEnd(b, start, end);
  if (stop < 0 || stop === end || b[stop] !== CR) return false;
  let i = start + 2;
  if (b[i] === PLUS) {
    i += 1;
    const from = i;
    while (lower(b[i]) >= 0x61 && lower(b[i]) <= 0x7a) i += 1;
    return i - from >= 3 && (i === stop || b[i] === 0x3d || b[i] === 0x3f);
  }
  return stop - i <= 8;
}

/** Strict: a session begins with a command, or with a message the modem tells of. */
export function looksLikeAt(b: Uint8Array, start: number, end: number): boolean {
  const first = b[start];
  if (first === 0x41 || first === 0x61) return isCommand(b, start, end);
  let at = start;
  while (at < end && at - start < 4 && (b[at] === CR || b[at] === LF)) at += 1;
  return b[at] === PLUS && WITH_PDU.some((w) => isWord(b, at, end, w));
}

/** In a session that is followed any text may begin a line. */
export const resumesAt = (b: Uint8Array, start: number, end: number): boolean =>
  start < end && (isLineEnd(b[start]) || (b[start]! >= SPACE && lineEnd(b, start, end) >= 0));
