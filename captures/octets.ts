// Integers out of byte arrays. No checks: the caller has looked at the length.

export function u16(b: Uint8Array, at: number, little: boolean): number {
  return little ? b[at]! | (b[at + 1]! << 8) : (b[at]! << 8) | b[at + 1]!;
}

export function u32(b: Uint8Array, at: number, little: boolean): number {
  return little
    ? (b[at]! | (b[at + 1]! << 8) | (b[at + 2]! << 16) | (b[at + 3]! << 24)) >>> 0
    : ((b[at]! << 24) | (b[at + 1]! << 16) | (b[at + 2]! << 8) | b[at + 3]!) >>> 0;
}

/** Does `b` hold these octets at `at`? */
export function hasOctets(b: Uint8Array, at: number, ...octets: readonly number[]): boolean {
  if (at + octets.length > b.length) return false;
  for (let i = 0; i < octets.length; i++) if (b[at + i] !== octets[i]) return false;
  return true;
}

/** Does `b` hold this ASCII text at `at`? */
export function hasText(b: Uint8Array, at: number, text: string): boolean {
  if (at + text.length > b.length) return false;
  for (let i = 0; i < text.length; i++) if (b[at + i] !== text.charCodeAt(i)) return false;
  return true;
}
