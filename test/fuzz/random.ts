// Random numbers that come again with their seed.

export interface Random {
  /** 0 to n-1. */
  below(n: number): number;
  pick<T>(list: readonly T[]): T;
  chance(oneIn: number): boolean;
}

/** sfc32: small and fast, good enough to damage octets with. */
export function randomOf(seed: number): Random {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = seed | 0;
  let d = 1;
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i += 1) next();
  const below = (n: number): number => (n <= 1 ? 0 : next() % n);
  return { below, pick: (list) => list[below(list.length)]!, chance: (oneIn) => below(oneIn) === 0 };
}

/** A seed for one of several things that are done with one seed. */
export function seedOf(seed: number, name: string): number {
  let h = seed ^ 0x811c9dc5;
  for (let i = 0; i < name.length; i += 1) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193);
  return h >>> 0;
}
