// RFC 1952 8, CRC-32, four octets a step.

const POLYNOMIAL = 0xedb88320;

const TABLES: readonly Uint32Array[] = (() => {
  const tables = Array.from({ length: 4 }, () => new Uint32Array(256));
  const [first, ...others] = tables;
  for (let i = 0; i < 256; i++) {
    let c = i;
    for (let k = 0; k < 8; k++) c = c & 1 ? POLYNOMIAL ^ (c >>> 1) : c >>> 1;
    first![i] = c;
  }
  let before = first!;
  for (const t of others) {
    for (let i = 0; i < 256; i++) t[i] = first![before[i]! & 255]! ^ (before[i]! >>> 8);
    before = t;
  }
  return tables;
})();

/** CRC of what `crc` stands for followed by `b`; start with 0. */
export function crc32(crc: number, b: Uint8Array): number {
  const [t0, t1, t2, t3] = TABLES as [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
  let c = ~crc;
  let i = 0;
  for (const end = b.length - 3; i < end; i += 4) {
    c ^= b[i]! | (b[i + 1]! << 8) | (b[i + 2]! << 16) | (b[i + 3]! << 24);
    c = t3[c & 255]! ^ t2[(c >>> 8) & 255]! ^ t1[(c >>> 16) & 255]! ^ t0[c >>> 24]!;
  }
  for (; i < b.length; i++) c = t0[(c ^ b[i]!) & 255]! ^ (c >>> 8);
  return ~c >>> 0;
}
