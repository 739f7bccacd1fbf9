// How a reply travels: a small JSON head, then the typed-array columns as they lie in memory.
//
//   u32 LE head length | head, UTF-8 JSON | zeros to a multiple of 8 | column | zeros to 8 | column ...
//
// In the head a column stands as {"$":"Float64Array","at":offset in the column area,"n":elements}, and the numbers
// JSON has no word for as {"$":"NaN"}. An object with a key '$' of its own is wrapped as {"$":"object","v":{...}}.
// Columns are little-endian, as on every host this runs on.

import type { EngineError } from './contract.ts';

const COLUMNS = { Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array };
type ColumnName = keyof typeof COLUMNS;
type Column = InstanceType<(typeof COLUMNS)[ColumnName]>;

const NUMBERS: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
};

const DAMAGED: EngineError = { error: 'The reply of the engine could not be read.' };

const align8 = (n: number): number => (n + 7) & ~7;

/** Own keys only and defined as data, so that a key named __proto__ stays one. */
const mapValues = (o: object, f: (v: unknown) => unknown): object =>
  Object.fromEntries(
    Object.entries(o)
      .filter(([, v]) => v !== undefined)
      .map(([key, v]) => [key, f(v)]),
  );

function columnName(value: object): ColumnName | null {
  for (const name of Object.keys(COLUMNS) as ColumnName[]) if (value instanceof COLUMNS[name]) return name;
  return null;
}

/** Any reply, or an EngineError, as bytes. Accepts what structuredClone accepts of plain data and typed arrays. */
export function encodeReply(value: unknown): Uint8Array {
  const columns: { readonly at: number; readonly column: Column }[] = [];
  let room = 0;

  const plain = (v: unknown): unknown => {
    if (typeof v === 'number') return Number.isFinite(v) ? v : { $: String(v) };
    if (typeof v !== 'object' || v === null) return v;
    if (Array.isArray(v)) return v.map(plain);
    const name = columnName(v);
    if (name !== null) {
      const column = v as Column;
      const at = room;
      columns.push({ at, column });
      room = align8(room + column.byteLength);
      return { $: name, at, n: column.length };
    }
    const out = mapValues(v, plain);
    return Object.hasOwn(v, '$') ? { $: 'object', v: out } : out;
  };

  const head = new TextEncoder().encode(JSON.stringify(plain(value)) ?? 'null');
  const area = align8(4 + head.length);
  const bytes = new Uint8Array(area + room);
  new DataView(bytes.buffer).setUint32(0, head.length, true);
  bytes.set(head, 4);
  for (const { at, column } of columns) {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), area + at);
  }
  return bytes;
}

/**
 * The value that was encoded; bytes that are no reply give an EngineError. Columns are views of `bytes` where its
 * start is 8-byte aligned, else copies.
 */
export function decodeReply(bytes: Uint8Array): unknown {
  if (bytes.length < 4) return DAMAGED;
  const headLength = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
  if (headLength > bytes.length - 4) return DAMAGED;
  const area = align8(4 + headLength);

  const revive = (v: unknown): unknown => {
    if (typeof v !== 'object' || v === null) return v;
    if (Array.isArray(v)) return v.map(revive);
    const o = v as Record<string, unknown>;
    const tag = o.$;
    if (typeof tag !== 'string') return mapValues(o, revive);
    if (tag === 'object') return mapValues(o.v ?? {}, revive);
    const number = NUMBERS[tag];
    return number ?? column(tag, o.at, o.n);
  };
  const column = (name: string, at: unknown, n: unknown): Column => {
    if (!Object.hasOwn(COLUMNS, name) || !Number.isInteger(at) || !Number.isInteger(n)) throw new RangeError(name);
    const Type = COLUMNS[name as ColumnName];
    const start = area + (at as number);
    const size = (n as number) * Type.BYTES_PER_ELEMENT;
    if (start < area || size < 0 || start + size > bytes.length) throw new RangeError(name);
    const from = bytes.byteOffset + start;
    return from % Type.BYTES_PER_ELEMENT === 0 && bytes.buffer instanceof ArrayBuffer
      ? new Type(bytes.buffer, from, n as number)
      : new Type(bytes.slice(start, start + size).buffer);
  };

  try {
    return revive(JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + headLength))));
  } catch {
    return DAMAGED;
  }
}

/** Tells a failure from an answer. */
export const isEngineError = (value: unknown): value is EngineError =>
  typeof value === 'object' && value !== null && typeof (value as { error?: unknown }).error === 'string';
