// Which connections matter: HTTP is everywhere, and next to none of it carries provisioning. The first octets decide for
// nearly all segments; the header section is looked through only for requests and answers themselves.

import { COLON, CR, find, findHeader, headEnd, isText, LF, lineEnd, SPACE, spells } from './octets.ts';

const G = 0x47;
const H = 0x48;
const O = 0x4f;
const P = 0x50;
const SLASH = 0x2f;
const QUESTION = 0x3f;
const AMPERSAND = 0x26;
/** Octets of a body in which the root element of a PAP document has to appear. */
const BODY_LOOK = 600;

/** Octets of an answer's header section in which its type has to appear, and the least its first line takes. */
const ANSWER_LOOK = 4096;
const STATUS_LINE = 12;

/** Media types of provisioning documents, as far as that many characters tell them apart from others. */
const PROVISIONING = [
  'application/vnd.wap.connectivity-',
  'text/vnd.wap.connectivity-',
  'application/x-wap-prov.',
] as const;

/** WAP-251-PushMessage, WAP-235-PushOTA 9: headers only a push has. X-Wap-Profile stands in requests of every phone. */
const PUSH_HEADERS = ['x-wap-push-', 'x-wap-application-id', 'x-kannel-'] as const;

/** 'sendsms' and 'sendota' of gateways, or a user data header as a parameter. `at`: of the request target. */
export function isGatewayTarget(b: Uint8Array, at: number, end: number): boolean {
  let name = at;
  let i = at;
  for (; i < end && b[i]! > SPACE && b[i] !== QUESTION; i += 1) if (b[i] === SLASH) name = i + 1;
  if (i - name === 7 && (spells(b, name, i, 'sendsms') || spells(b, name, i, 'sendota'))) return true;
  for (; i < end && b[i]! > SPACE; i += 1) {
    if ((b[i] === QUESTION || b[i] === AMPERSAND) && spells(b, i + 1, end, 'udh=')) return true;
  }
  return false;
}

const isProvisioning = (b: Uint8Array, at: number, end: number): boolean =>
  PROVISIONING.some((type) => spells(b, at, end, type));

/** Packages of device management, which phones post to their server. */
const DM = 'application/vnd.syncml.dm+';
/** Messages of MMS, which phones fetch. */
const MMS = 'application/vnd.wap.mms-message';

/** A type that is pushed to phones. What MMS sends over HTTP is no push. */
export function isPushType(b: Uint8Array, at: number, end: number): boolean {
  if (isProvisioning(b, at, end)) return true;
  const rest = spells(b, at, end, 'text/vnd.wap.') ? 13 : spells(b, at, end, 'application/vnd.wap.') ? 20 : 0;
  if (rest === 0) return spells(b, at, end, 'application/vnd.syncml.notification');
  return ['si', 'sl', 'co', 'emn'].some((kind) => spells(b, at + rest, end, kind));
}

/** Is there `text`, lower case, anywhere in [start, end)? */
function holds(b: Uint8Array, start: number, end: number, text: string): boolean {
  const first = text.charCodeAt(0);
  for (let i = start; i + text.length <= end; i += 1) {
    if ((b[i]! | 0x20) === (first | 0x20) && spells(b, i, end, text)) return true;
  }
  return false;
}

function hasPushHeader(b: Uint8Array, start: number, end: number): boolean {
  for (let at = lineEnd(b, start, end) + 1; at < end; at = lineEnd(b, at, end) + 1) {
    if ((b[at]! | 0x20) === 0x78 && PUSH_HEADERS.some((h) => spells(b, at, end, h))) return true;
    if (b[at] === CR || b[at] === LF || find(b, COLON, at, end) === end) break;
  }
  return false;
}

/** WAP-247-PAP 8: a PAP document, alone or as the first part of multipart/related. */
function isPap(b: Uint8Array, target: number, start: number, head: number, end: number): boolean {
  const type = findHeader(b, start, head < 0 ? end : head, 'content-type');
  if (type === null) return false;
  const related = spells(b, type.start, type.end, 'multipart/related');
  if (related && !holds(b, type.start, type.end, 'application/xml')) return false;
  if (!related && !spells(b, type.start, type.end, 'application/xml') && !spells(b, type.start, type.end, 'text/xml')) {
    return false;
  }
  if (head >= 0 && head < end) return holds(b, head, Math.min(end, head + BODY_LOOK), '<pap');
  // The body comes later: the type says enough of a push, and else the address must sound like a push gateway's.
  if (related) return true;
  const stop = find(b, SPACE, target, lineEnd(b, start, end));
  return ['pap', 'push', 'ppg', 'notif'].some((word) => holds(b, target, stop, word));
}

function isPost(b: Uint8Array, start: number, end: number): boolean {
  const target = start + 5;
  if (isGatewayTarget(b, target, end)) return true;
  const head = headEnd(b, start, end);
  const stop = head < 0 ? end : head;
  const type = findHeader(b, start, stop, 'content-type');
  if (type !== null && (isPushType(b, type.start, type.end) || spells(b, type.start, type.end, DM))) return true;
  return hasPushHeader(b, start, stop) || isPap(b, target, start, head, end);
}

/** One pass over the header lines of an answer, and no further: this is what plain web traffic costs. */
function isAnswer(b: Uint8Array, start: number, end: number): boolean {
  const stop = Math.min(end, start + ANSWER_LOOK);
  for (let at = start + STATUS_LINE; at < stop; at += 1) {
    if (b[at] !== LF) continue;
    const next = b[at + 1]!;
    if (next === CR || next === LF) return false;
    if ((next | 0x20) !== 0x63 || !spells(b, at + 1, end, 'content-type:')) continue;
    let value = at + 1 + 'content-type:'.length;
    while (value < end && b[value]! <= SPACE && b[value] !== LF) value += 1;
    return isProvisioning(b, value, end) || spells(b, value, end, MMS);
  }
  return false;
}

export const FIRST_OCTETS = [G, H, O, P] as const;

/** Does a request or an answer begin here that says itself that it is about pushes or short messages? */
export function looksLikeHttp(b: Uint8Array, start: number, end: number): boolean {
  switch (b[start]) {
    case G:
      return isText(b, start, end, 'GET /') && isGatewayTarget(b, start + 4, end);
    case P:
      return isText(b, start, end, 'POST ') && isPost(b, start, end);
    case O:
      return isText(b, start, end, 'OPTIONS ') && hasPushHeader(b, start, end);
    case H:
      return b[start + 1] === 0x54 && isText(b, start, end, 'HTTP/1.') && isAnswer(b, start, end);
    default:
      return false;
  }
}

const octets = (text: string): Uint8Array => Uint8Array.from(text, (ch) => ch.charCodeAt(0) & 0xff);

/** The same for a header's value. */
export const isProvisioningType = (type: string): boolean => isProvisioning(octets(type), 0, type.length);
export const isDmType = (type: string): boolean => spells(octets(type), 0, type.length, DM);
export const isMmsType = (type: string): boolean => spells(octets(type), 0, type.length, MMS);
export const isPushTypeText = (type: string): boolean => isPushType(octets(type), 0, type.length);
