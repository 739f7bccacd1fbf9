// CIMD2 by hand.

import { ascii as latin1 } from '../generator/octets.ts';

/** STX operation:packet TAB parameters TAB checksum ETX; parameters as [number, value]. */
export function cimdPdu(op: number, packet: number, parameters: readonly (readonly [number, string])[]): Uint8Array {
  const three = (n: number): string => String(n).padStart(3, '0');
  const head = `${String(op).padStart(2, '0')}:${three(packet)}`;
  const text = `\x02${[head, ...parameters.map(([n, v]) => `${three(n)}:${v}`)].join('\t')}\t`;
  let sum = 0;
  for (const c of text) sum += c.charCodeAt(0);
  return latin1(`${text}${(sum & 0xff).toString(16).toUpperCase().padStart(2, '0')}\x03`);
}
