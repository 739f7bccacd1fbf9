import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeReply, encodeReply, isEngineError } from '../../analysis/engine/codec.ts';

const cases: readonly { readonly name: string; readonly value: unknown }[] = [
  { name: 'null', value: null },
  { name: 'plain data', value: { a: [1, 'x', null, true], b: { c: -0.5 } } },
  { name: 'numbers JSON lacks', value: [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] },
  { name: 'a key that looks like a column', value: { $: 'Int32Array', at: 0, n: 9 } },
  { name: 'a key $ beside others, nested', value: { x: { $: { $: 1 } } } },
  {
    name: 'columns of every width',
    value: { a: Uint8Array.of(1, 2, 3), b: Float64Array.of(1.5, Number.NaN), c: Int32Array.of(-7) },
  },
  { name: 'columns inside arrays', value: [{ x: Uint16Array.of(65535) }, { x: Int8Array.of(-1, 2, 3) }] },
  { name: 'empty columns', value: { a: new Uint8Array(0), b: new Float64Array(0) } },
  { name: 'text outside ASCII', value: 'Größe ❖ 設定' },
  { name: 'an error', value: { error: 'No such message.' } },
];

describe('codec', () => {
  for (const c of cases) {
    test(c.name, () => {
      expect(decodeReply(encodeReply(c.value))).toEqual(c.value);
    });
  }

  test('columns start on multiples of eight', () => {
    const bytes = encodeReply({ a: Uint8Array.of(1), b: Float64Array.of(2), c: Uint8Array.of(3) });
    const head = new DataView(bytes.buffer).getUint32(0, true);
    const area = (4 + head + 7) & ~7;
    expect([bytes[area], new Float64Array(bytes.buffer, area + 8, 1)[0], bytes[area + 16]]).toEqual([1, 2, 3]);
  });

  test('reads from an unaligned view', () => {
    const bytes = encodeReply({ t: Float64Array.of(1, 2, 3) });
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(decodeReply(shifted.subarray(3))).toEqual({ t: Float64Array.of(1, 2, 3) });
  });

  test('a view of part of a buffer sends only that part', () => {
    const whole = Uint8Array.from({ length: 32 }, (_, i) => i);
    expect(decodeReply(encodeReply(whole.subarray(3, 6)))).toEqual(Uint8Array.of(3, 4, 5));
  });

  test('undefined properties are left out', () => {
    expect(decodeReply(encodeReply({ a: undefined, b: 1 }))).toEqual({ b: 1 });
  });

  test('__proto__ in a capture stays data', () => {
    const got = decodeReply(encodeReply(JSON.parse('{"__proto__":{"polluted":1}}'))) as object;
    expect(Object.getPrototypeOf(got)).toBe(Object.prototype);
    expect(Object.keys(got)).toEqual(['__proto__']);
  });

  test('every truncation of a reply is an error sentence or the whole value, never a throw', () => {
    const bytes = encodeReply({ a: 1, t: Float64Array.of(1, 2), s: 'text' });
    for (let n = 0; n < bytes.length; n += 1) expect(isEngineError(decodeReply(bytes.slice(0, n)))).toBe(true);
  });

  test('random bytes never throw', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => void decodeReply(bytes)));
  });

  test('round trip of random JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = JSON.parse(JSON.stringify(value));
        expect(decodeReply(encodeReply(json))).toEqual(json);
      }),
    );
  });
});
