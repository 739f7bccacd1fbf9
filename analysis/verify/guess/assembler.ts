// Just enough of the WebAssembly binary format to write straight-line code over 128-bit vectors
// (W3C WebAssembly Core 2.0, chapter 5: binary format).

export type Code = readonly number[];

/** Unsigned LEB128 (5.2.2). */
export function unsigned(n: number): Code {
  const out: number[] = [];
  let rest = n >>> 0;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    out.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return out;
}

/** Signed LEB128. */
export function signed(n: number): Code {
  const out: number[] = [];
  for (let rest = n | 0; ; ) {
    const low = rest & 0x7f;
    rest >>= 7;
    const last = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
    out.push(last ? low : low | 0x80);
    if (last) return out;
  }
}

const sized = (code: Code): Code => [...unsigned(code.length), ...code];
const list = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
const name = (text: string): Code => sized(Array.from(text, (c) => c.charCodeAt(0)));
const section = (id: number, items: readonly Code[]): Code => [id, ...sized(list(items))];

/** Value types (5.3). */
export const I32 = 0x7f;
export const V128 = 0x7b;

const vector = (op: number, ...rest: number[]): Code => [0xfd, ...unsigned(op), ...rest];

/** Instructions (5.4): each takes its operands from the stack. */
export const op = {
  get: (local: number): Code => [0x20, ...unsigned(local)],
  set: (local: number): Code => [0x21, ...unsigned(local)],
  tee: (local: number): Code => [0x22, ...unsigned(local)],
  i32: (n: number): Code => [0x41, ...signed(n)],
  addI32: [0x6a] as Code,
  lessI32: [0x49] as Code,
  /** Repeats `body` as long as what it leaves on the stack is not 0. */
  loop: (body: Code): Code => [0x03, 0x40, ...body, 0x0d, 0x00, 0x0b],
  /** Four words from, and to, the address on the stack plus an offset, aligned to 16. */
  load: (offset: number): Code => vector(0x00, 4, ...unsigned(offset)),
  store: (offset: number): Code => vector(0x0b, 4, ...unsigned(offset)),
  /** One word into all four. */
  loadSplat: (offset: number): Code => vector(0x09, 2, ...unsigned(offset)),
  splat: vector(0x11),
  and: vector(0x4e),
  or: vector(0x50),
  xor: vector(0x51),
  /** Bits of the first operand where the third has 1, of the second elsewhere. */
  select: vector(0x52),
  shiftLeft: vector(0xab),
  shiftRight: vector(0xad),
  add: vector(0xae),
} as const;

export interface WasmFunction {
  readonly name: string;
  /** Parameters are 32-bit integers, the first locals; there is no result. */
  readonly parameters: number;
  /** Vectors, the locals behind the parameters. */
  readonly vectors: number;
  readonly code: Code;
}

/** A module that exports its functions and one memory of so many pages of 64 KiB, named 'memory'. */
export function moduleOf(functions: readonly WasmFunction[], pages: number): Uint8Array {
  const types = functions.map((f): Code => [0x60, ...list(Array(f.parameters).fill([I32])), ...list([])]);
  const exported = functions.map((f, i): Code => [...name(f.name), 0x00, ...unsigned(i)]);
  const bodies = functions.map((f): Code => sized([...list([[...unsigned(f.vectors), V128]]), ...f.code, 0x0b]));
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, types),
    ...section(
      3,
      functions.map((_, i) => unsigned(i)),
    ),
    ...section(5, [[0x00, ...unsigned(pages)]]),
    ...section(7, [...exported, [...name('memory'), 0x02, 0x00]]),
    ...section(10, bodies),
  ]);
}
