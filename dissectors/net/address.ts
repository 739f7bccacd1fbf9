// IP addresses as text, from the four signed words of a Packet.

import { wordAt } from '../link/packet.ts';

/** '192.0.2.1' */
export const formatIpv4 = (word: number): string =>
  `${word >>> 24}.${(word >>> 16) & 0xff}.${(word >>> 8) & 0xff}.${word & 0xff}`;

/** Of the four octets at `at`. */
export const readIpv4 = (b: Uint8Array, at: number): string => formatIpv4(wordAt(b, at));

/** Of the sixteen octets at `at`. */
export const readIpv6 = (b: Uint8Array, at: number): string =>
  formatIpv6(wordAt(b, at), wordAt(b, at + 4), wordAt(b, at + 8), wordAt(b, at + 12));

/** RFC 5952 4 and 5: lower case, the longest run of zero groups as '::', IPv4-mapped addresses with dots. */
export function formatIpv6(w0: number, w1: number, w2: number, w3: number): string {
  if (w0 === 0 && w1 === 0 && w2 === 0xffff) return `::ffff:${formatIpv4(w3)}`;
  const groups = [w0 >>> 16, w0 & 0xffff, w1 >>> 16, w1 & 0xffff, w2 >>> 16, w2 & 0xffff, w3 >>> 16, w3 & 0xffff];
  let best = 0;
  let bestLength = 0;
  for (let i = 0; i < 8; i++) {
    let n = i;
    while (n < 8 && groups[n] === 0) n += 1;
    if (n - i > bestLength) {
      best = i;
      bestLength = n - i;
    }
    i = Math.max(i, n - 1);
  }
  const text = (from: number, to: number): string =>
    groups
      .slice(from, to)
      .map((g) => g.toString(16))
      .join(':');
  // "The symbol '::' MUST NOT be used to shorten just one 16-bit 0 field."
  if (bestLength < 2) return text(0, 8);
  return `${text(0, best)}::${text(best + bestLength, 8)}`;
}

/** Either kind; '' for a packet without an IP header. */
export function formatAddressWords(version: 0 | 4 | 6, w0: number, w1: number, w2: number, w3: number): string {
  if (version === 4) return formatIpv4(w3);
  return version === 6 ? formatIpv6(w0, w1, w2, w3) : '';
}
