import type { Cursor } from '../../base/cursor.ts';
import type { Field } from '../../base/fields.ts';
import { BAD, CUT, FRAGMENT, IP_PROTO } from '../../link/next.ts';
import { type Packet, wordAt } from '../../link/packet.ts';
import { formatIpv6 } from '../address.ts';
import { ipProtocols } from '../protocols.ts';
import { ipv6Fields as f } from './fields.ts';
import { ipv6Rules } from './rules.ts';

const HEADER = 40;
const MAX_EXTENSIONS = 16;

/** IANA, IPv6 Extension Header Types. */
const HOP_BY_HOP = 0;
const ROUTING = 43;
const FRAGMENT_HEADER = 44;
const AUTHENTICATION = 51;
const DESTINATION_OPTIONS = 60;
const MOBILITY = 135;
const HIP = 139;
const SHIM6 = 140;

// RFC 8200 3, IPv6 Header Format.
export function decodeIpv6(c: Cursor, p: Packet): number {
  if (c.left < HEADER && c.rec === null) return CUT;
  const start = c.pos;
  const first = c.u32(f.versionClassFlow);
  if (first >>> 28 !== 6) {
    c.report(ipv6Rules.header, start, 1, `version ${first >>> 28}`);
    return BAD;
  }
  const payloadLength = c.u16(f.payloadLength);
  const nextHeader = c.u8(f.nextHeader);
  c.u8(f.hopLimit);
  const source = address(c, f.source);
  const b = c.bytes;
  p.version = 6;
  p.s0 = wordAt(b, source);
  p.s1 = wordAt(b, source + 4);
  p.s2 = wordAt(b, source + 8);
  p.s3 = wordAt(b, source + 12);
  const destination = address(c, f.destination);
  p.d0 = wordAt(b, destination);
  p.d1 = wordAt(b, destination + 4);
  p.d2 = wordAt(b, destination + 8);
  p.d3 = wordAt(b, destination + 12);
  narrow(c, p, start, payloadLength);
  return decodeIpv6Extensions(c, p, nextHeader);
}

/** Payload length 0: a jumbogram (RFC 2675), or segmentation left to the network card. */
function narrow(c: Cursor, p: Packet, start: number, payloadLength: number): void {
  p.missing = 0;
  if (payloadLength === 0) return;
  if (payloadLength <= c.left) {
    c.end = c.pos + payloadLength;
    return;
  }
  p.missing = payloadLength - c.left;
  if (!p.cut) c.report(ipv6Rules.beyondFrame, start + 4, 2, `payload length ${payloadLength}, there are ${c.left}`);
}

// RFC 8200 4, IPv6 Extension Headers: a chain that ends with the first header that is none of them.
export function decodeIpv6Extensions(c: Cursor, p: Packet, first: number): number {
  let next = first;
  for (let i = 0; i < MAX_EXTENSIONS; i++) {
    if (!isExtension(next)) return IP_PROTO | next;
    if (c.left < 8 && c.rec === null) return CUT;
    if (next === FRAGMENT_HEADER) {
      next = decodeFragmentHeader(c, p);
      // An atomic fragment (RFC 6946) is a whole datagram.
      if (p.fragmentOffset !== 0 || p.moreFragments) {
        p.fragment = true;
        p.fragmentProtocol = next;
        return FRAGMENT;
      }
    } else {
      next = c.rec === null ? decodeExtension(c, next) : recordExtension(c, next);
      if (next < 0) return CUT;
    }
  }
  c.report(ipv6Rules.extensions, c.pos, 0, `more than ${MAX_EXTENSIONS}`);
  return BAD;
}

const isExtension = (n: number): boolean =>
  n === HOP_BY_HOP ||
  n === ROUTING ||
  n === FRAGMENT_HEADER ||
  n === AUTHENTICATION ||
  n === DESTINATION_OPTIONS ||
  n === MOBILITY ||
  n === HIP ||
  n === SHIM6;

// RFC 8200 4.3: length in units of 8 octets, the first not counted. RFC 4302 2.2: AH counts 4-octet units, less 2.
// Returns the next header, -1 where the capture cut the header.
function decodeExtension(c: Cursor, type: number): number {
  const next = c.u8(f.nextHeader);
  const units = c.u8(f.extensionLength);
  const length = type === AUTHENTICATION ? (units + 2) * 4 : (units + 1) * 8;
  if (length - 2 > c.left && c.rec === null) return -1;
  c.span(f.extensionData, length - 2);
  return next;
}

const recordExtension = (c: Cursor, type: number): number =>
  c.group(f.extension, ipProtocols[type], () => decodeExtension(c, type));

// RFC 8200 4.5, Fragment Header.
function decodeFragmentHeader(c: Cursor, p: Packet): number {
  const next = c.u8(f.nextHeader);
  c.u8(f.reserved);
  const at = c.pos;
  const offset = c.u16(f.offsetAndFlag);
  if (c.rec !== null) {
    c.rec.leaf(f.fragmentOffset, at, 2, offset & 0xfff8);
    c.rec.leaf(f.moreFragments, at + 1, 1, offset & 1);
  }
  p.fragmentOffset = offset & 0xfff8;
  p.moreFragments = (offset & 1) === 1;
  p.identification = c.u32(f.identification) | 0;
  return next;
}

function address(c: Cursor, field: Field<'address'>): number {
  const at = c.take(16);
  if (c.rec !== null) {
    const b = c.bytes;
    c.rec.leaf(field, at, 16, formatIpv6(wordAt(b, at), wordAt(b, at + 4), wordAt(b, at + 8), wordAt(b, at + 12)));
  }
  return at;
}
