// Octets, numbers and chance for the generator. Everything here depends on its arguments alone.

export const join = (...parts: readonly Uint8Array[]): Uint8Array => {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) {
    out.set(p, at);
    at += p.length;
  }
  return out;
};

export const octets = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);
export const u16 = (v: number): Uint8Array => octets(v >>> 8, v);
export const u32 = (v: number): Uint8Array => octets(v >>> 24, v >>> 16, v >>> 8, v);
export const ascii = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
/** Text with a closing NUL. */
export const cstring = (text: string): Uint8Array => join(ascii(text), octets(0));

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
