// SMPP 3.4 3.2: PDU headers, and how sure one can be of them.

import { NEED_MORE, NOT_OURS } from '../../base/dissector.ts';
import {
  BIND_RECEIVER,
  BIND_TRANSCEIVER,
  BIND_TRANSMITTER,
  DATA_SM,
  DELIVER_SM,
  GENERIC_NACK,
  isKnown,
  isVendor,
  lengthBounds,
  MAX_PDU,
  RESPONSE,
  SUBMIT_MULTI,
  SUBMIT_SM,
} from './commands.ts';

export const HEADER_LENGTH = 16;

/** Of submit_sm and deliver_sm. */
const [LEAST_MESSAGE] = lengthBounds(SUBMIT_SM);

const u32 = (b: Uint8Array, at: number): number =>
  ((b[at]! << 24) | (b[at + 1]! << 16) | (b[at + 2]! << 8) | b[at + 3]!) >>> 0;

/** Vendor and reserved commands are believed only when another PDU, or the end, follows where they say. */
type Trust = 'no' | 'doubtful' | 'yes';

function trust(b: Uint8Array, at: number): Trust {
  const length = u32(b, at);
  const id = u32(b, at + 4);
  const status = u32(b, at + 8);
  if (length < HEADER_LENGTH || length > MAX_PDU) return 'no';
  if (!isKnown(id)) {
    const request = id >= RESPONSE ? id - RESPONSE : id;
    return request !== 0 && (isVendor(id) || request < 0x400) && length < 4096 ? 'doubtful' : 'no';
  }
  const [least, most] = lengthBounds(id);
  if (length < least || length > most) return 'no';
  if (id < RESPONSE && status !== 0) return status < 0x1000 ? 'doubtful' : 'no';
  return status > 0xffff && id >= RESPONSE ? 'doubtful' : 'yes';
}

/** Could a header be cut off here? For fewer than 16 octets. */
function mayBegin(b: Uint8Array, at: number, end: number): boolean {
  const n = end - at;
  if (n >= 1 && b[at] !== 0) return false;
  if (n >= 2 && b[at + 1]! > MAX_PDU >>> 16) return false;
  if (n >= 4) {
    const length = u32(b, at);
    if (length < HEADER_LENGTH || length > MAX_PDU) return false;
  }
  if (n >= 5 && b[at + 4] !== 0 && b[at + 4] !== 0x80) return false;
  if (n >= 8) {
    const id = u32(b, at + 4);
    return isKnown(id) || isVendor(id);
  }
  return true;
}

/**
 * PDU length at `start`, NEED_MORE, or NOT_OURS. A header is ours when its length fits its command and the command is
 * known; one that only nearly fits is ours when what follows it is a header again.
 */
export function frame(b: Uint8Array, start: number, end: number, last: boolean): number {
  if (end - start < HEADER_LENGTH) {
    if (!mayBegin(b, start, end)) return NOT_OURS;
    if (!last) return NEED_MORE;
    return end - start >= 8 ? u32(b, start) : NOT_OURS;
  }
  // Nearly every PDU: submit_sm or deliver_sm of less than 64 KiB, with status 0.
  const word = u32(b, start);
  const isMessage = word >= LEAST_MESSAGE && word < 0x1_0000 && (u32(b, start + 4) & ~1) === SUBMIT_SM;
  if (isMessage && u32(b, start + 8) === 0) return word;
  const sure = trust(b, start);
  if (sure === 'no') return NOT_OURS;
  const length = u32(b, start);
  if (sure === 'yes') return length;
  const next = start + length;
  if (next > end) return last ? NOT_OURS : NEED_MORE;
  if (next + HEADER_LENGTH <= end) return trust(b, next) === 'no' ? NOT_OURS : length;
  return next === end || mayBegin(b, next, end) ? length : NOT_OURS;
}

const printable = (v: number): boolean => v >= 0x20 && v < 0x7f;

/** A C-octet string of printable characters, `most` octets with its NUL; -1 where none is, `end` where it is cut off. */
function skipString(b: Uint8Array, at: number, end: number, most: number): number {
  for (let i = at; i < end; i += 1) {
    if (i - at >= most) return -1;
    if (b[i] === 0) return i + 1;
    if (!printable(b[i]!)) return -1;
  }
  return end;
}

/** TON, NPI and address, as far as they are there. */
function skipAddress(b: Uint8Array, at: number, end: number, most: number): number {
  if (at < end && b[at]! > 7) return -1;
  if (at + 1 < end && b[at + 1]! > 18) return -1;
  return at + 2 >= end ? end : skipString(b, at + 2, end, most);
}

function plausibleBody(b: Uint8Array, id: number, at: number, end: number): boolean {
  const steps: ((p: number) => number)[] = [];
  if (id === BIND_RECEIVER || id === BIND_TRANSMITTER || id === BIND_TRANSCEIVER) {
    for (const most of [24, 24, 24]) steps.push((p) => skipString(b, p, end, most));
  } else if (id === SUBMIT_SM || id === DELIVER_SM || id === DATA_SM) {
    const most = id === DATA_SM ? 66 : 24;
    steps.push((p) => skipString(b, p, end, 8));
    steps.push((p) => skipAddress(b, p, end, most));
    steps.push((p) => skipAddress(b, p, end, most));
  } else if (id === SUBMIT_MULTI) {
    steps.push((p) => skipString(b, p, end, 8));
    steps.push((p) => skipAddress(b, p, end, 24));
  } else if (id > RESPONSE) steps.push((p) => skipString(b, p, end, 80));
  let p = at;
  for (const step of steps) {
    if (p >= end) return true;
    p = step(p);
    if (p < 0) return false;
  }
  return true;
}

/**
 * Can an SMPP connection (or a part of one) begin with these octets? A whole header, a length that fits the command,
 * status 0 for requests, and a body that starts as the command's body must.
 */
export function looksLike(b: Uint8Array, start: number, end: number): boolean {
  if (end - start < HEADER_LENGTH || b[start] !== 0) return false;
  if (trust(b, start) !== 'yes') return false;
  const id = u32(b, start + 4);
  const sequence = u32(b, start + 12);
  if (sequence > 0x7fff_ffff || (sequence === 0 && id !== GENERIC_NACK)) return false;
  const length = u32(b, start);
  if (id >= RESPONSE && u32(b, start + 8) > 0x4ff) return false;
  return plausibleBody(b, id, start + HEADER_LENGTH, Math.min(end, start + length));
}
