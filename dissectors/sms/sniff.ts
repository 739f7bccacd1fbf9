// Recognising a connectionless WSP push by its octets, for messages whose ports are missing or say nothing.

import type { Ports } from '../base/message.ts';

/** Destination ports whose datagrams are WSP: push, session services, Nokia/Ericsson and SyncML settings. */
const WSP_PORTS: ReadonlySet<number> = new Set([2948, 2949, 9200, 9201, 9202, 9203, 49999, 49996]);

const SECURED: ReadonlySet<number> = new Set([2949, 9202, 9203]);

export const isSecuredPort = (ports: Ports | null): boolean => ports !== null && SECURED.has(ports.destination);

export const isWspPort = (ports: Ports | null): boolean => ports !== null && WSP_PORTS.has(ports.destination);

// WAP-230-WSP Table 40: media types that are pushed, as short integers.
const PUSHED: ReadonlySet<number> = new Set([
  0x29, 0x2d, 0x2e, 0x2f, 0x30, 0x31, 0x32, 0x34, 0x35, 0x36, 0x3e, 0x42, 0x43, 0x44, 0x4a, 0x4b, 0x4e,
]);

const PUSH = 0x06;
const MEDIA_TYPE = /^(application|text|multipart|image)\/[a-z0-9.+*_-]+$/i;

interface Value {
  readonly value: number;
  readonly next: number;
}

/** WAP-230-WSP 8.1.2: at most two octets here, longer headers are no push. */
function shortUintvar(b: Uint8Array, at: number, end: number): Value | null {
  const first = b[at];
  if (first === undefined || at >= end) return null;
  if (first < 0x80) return { value: first, next: at + 1 };
  const second = b[at + 1];
  if (second === undefined || at + 1 >= end || second >= 0x80) return null;
  return { value: ((first & 0x7f) << 7) | second, next: at + 2 };
}

function isMediaText(b: Uint8Array, at: number, end: number): boolean {
  let text = '';
  for (let i = at; i < end && i - at < 64; i += 1) {
    const v = b[i]!;
    if (v === 0) return MEDIA_TYPE.test(text);
    if (v < 0x21 || v > 0x7e) return false;
    text += String.fromCharCode(v);
  }
  return false;
}

function isMedia(b: Uint8Array, at: number, end: number): boolean {
  const v = b[at];
  if (v === undefined || at >= end) return false;
  if (v >= 0x80) return PUSHED.has(v & 0x7f);
  // A registered type of two octets: 0x02 0x01 to 0x03.
  if (v === 2) return at + 3 <= end && b[at + 1]! >= 2 && b[at + 1]! <= 3;
  return v >= 0x20 && isMediaText(b, at, end);
}

// WAP-230-WSP 8.2.4.1, 8.4.2.24: TID, Push, length of headers, content type.
/** Whether a push begins at `start`. What is looked at must be within [start, end); the rest may be missing. */
export function looksLikePush(b: Uint8Array, start: number, end: number): boolean {
  if (end - start < 4 || b[start + 1] !== PUSH) return false;
  const headers = shortUintvar(b, start + 2, end);
  if (headers === null || headers.value < 1 || headers.value > 1024) return false;
  const at = headers.next;
  const stop = Math.min(end, at + headers.value);
  const first = b[at];
  if (first === undefined || at >= stop) return false;
  if (first === 0 || first > 0x1f) return isMedia(b, at, stop);
  const size = first === 0x1f ? shortUintvar(b, at + 1, stop) : { value: first, next: at + 1 };
  if (size === null || size.value < 2 || size.next + size.value > at + headers.value) return false;
  return isMedia(b, size.next, stop);
}

/** How far behind the start a push is looked for. */
const FARTHEST = 16;

/** Where a push begins: 0, a few octets later, or null. */
export function findPush(b: Uint8Array, end: number): number | null {
  for (let at = 0; at <= FARTHEST; at += 1) if (looksLikePush(b, at, end)) return at;
  return null;
}
