// Networks as people write them: RFC 4632 3.1 and RFC 4291 2.3.

import { isIpv4, isIpv6 } from '../conformance/values.ts';

export interface Network {
  readonly octets: readonly number[];
  /** Bits that an address has in common with it. */
  readonly length: number;
}

const ipv4Octets = (text: string): number[] => text.split('.').map(Number);

function ipv6Octets(text: string): number[] {
  const groups = (half: string): number[] =>
    half
      .split(':')
      .filter((g) => g !== '')
      .flatMap((g) => {
        if (g.includes('.')) return ipv4Octets(g);
        const n = Number.parseInt(g, 16);
        return [n >> 8, n & 0xff];
      });
  const [front = '', back = ''] = text.split('::');
  const [a, b] = [groups(front), groups(back)];
  return [...a, ...Array.from({ length: Math.max(0, 16 - a.length - b.length) }, () => 0), ...b];
}

/** Four or sixteen octets; null where it is no address. */
function octetsOf(text: string): number[] | null {
  if (isIpv4(text)) return ipv4Octets(text);
  return isIpv6(text) ? ipv6Octets(text) : null;
}

/** '192.0.2.0/24', '2001:db8::/32', or an address by itself; null where it is none of these. */
export function parseNetwork(text: string): Network | null {
  const [address = '', bits, ...more] = text.replace(/^\[|\]$/g, '').split('/');
  const octets = octetsOf(address);
  if (octets === null || more.length > 0) return null;
  const most = octets.length * 8;
  if (bits === undefined) return { octets, length: most };
  return /^\d{1,3}$/.test(bits) && Number(bits) <= most ? { octets, length: Number(bits) } : null;
}

/** False for names. */
export function isInNetwork(host: string, { octets, length }: Network): boolean {
  const own = octetsOf(host);
  if (own === null || own.length !== octets.length) return false;
  for (let bit = 0; bit < length; bit += 8) {
    const mask = length - bit >= 8 ? 0xff : (0xff << (8 - (length - bit))) & 0xff;
    if (((own[bit / 8]! ^ octets[bit / 8]!) & mask) !== 0) return false;
  }
  return true;
}
