import type { Cursor } from '../../base/cursor.ts';
import { bits, header, octets, readHeader } from '../../link/header.ts';
import { BAD, CUT, FRAGMENT, IP_PROTO } from '../../link/next.ts';
import { type Packet, u16At, wordAt } from '../../link/packet.ts';
import { readIpv6 } from '../address.ts';
import { ipProtocols } from '../protocols.ts';
import { ipv6Fields as f } from './fields.ts';
import { ipv6Rules } from './rules.ts';

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

const fixed = header(
  f.versionClassFlow,
  f.payloadLength,
  f.nextHeader,
  f.hopLimit,
  octets(f.source, 16, readIpv6),
  octets(f.destination, 16, readIpv6),
);

// RFC 8200 3, IPv6 Header Format.
export function decodeIpv6(c: Cursor, p: Packet): number {
  if (c.left < fixed.size && c.rec === null) return CUT;
  const at = readHeader(c, fixed);
  const b = c.bytes;
  if (b[at]! >> 4 !== 6) {
    c.report(ipv6Rules.header, at, 1, `version ${b[at]! >> 4}`);
    return BAD;
  }
  p.version = 6;
  p.s0 = wordAt(b, at + 8);
  p.s1 = wordAt(b, at + 12);
  p.s2 = wordAt(b, at + 16);
  p.s3 = wordAt(b, at + 20);
  p.d0 = wordAt(b, at + 24);
  p.d1 = wordAt(b, at + 28);
  p.d2 = wordAt(b, at + 32);
  p.d3 = wordAt(b, at + 36);
  narrow(c, p, at, u16At(b, at + 4));
  return decodeIpv6Extensions(c, p, b[at + 6]!);
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

const fragmentHeader = header(
  f.nextHeader,
  f.reserved,
  f.offsetAndFlag,
  bits(f.fragmentOffset, 2, 3, 13, 8),
  bits(f.moreFragments, 2, 0, 1),
  f.identification,
);

// RFC 8200 4.5, Fragment Header.
function decodeFragmentHeader(c: Cursor, p: Packet): number {
  const at = readHeader(c, fragmentHeader);
  const offset = u16At(c.bytes, at + 2);
  p.fragmentOffset = offset & 0xfff8;
  p.moreFragments = (offset & 1) === 1;
  p.identification = wordAt(c.bytes, at + 4);
  return c.bytes[at]!;
}
