// Octets, numbers and chance for the generator. Everything here depends on its arguments alone.

export { ascii, cstring, octets, u16, u32 } from '../../analysis/encode/octets.ts';
export { join } from '../../analysis/verify/keys.ts';

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
export const toHex = (b: Uint8Array): string =>
  Array.from(b, (v) => v.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();

export const fromHex = (text: string): Uint8Array => {
  const digits = text.replaceAll(/\s/g, '');
  return Uint8Array.from({ length: digits.length / 2 }, (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16));
};

/** Numbers in [0, below) that depend on the seed alone (PCG's constants for 32 bits). */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 747796405) + 2891336453) >>> 0;
    const mixed = Math.imul((state >>> ((state >>> 28) + 4)) ^ state, 277803737) >>> 0;
    return Math.floor(((((mixed >>> 22) ^ mixed) >>> 0) / 4294967296) * below);
  };
}
