// The app's icons: drawn by our own script, so the files are read back here as the systems read them.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { checkout } from './built.ts';

const { draw, png, ico, icns, lines } = (await import(join(checkout, 'scripts', 'icons.mjs'))) as {
  draw(svg: string, size: number): Buffer;
  png(pixels: Buffer, size: number): Buffer;
  ico(pictures: readonly { size: number; bytes: Buffer }[]): Buffer;
  icns(pngOf: (size: number) => Buffer): Buffer;
  lines(d: string): { points: number[][]; closed: boolean }[];
};
const svg = readFileSync(join(checkout, 'ui', 'icon.svg'), 'utf8');
const SIZE = 64;
const pixels = draw(svg, SIZE);
/** Colour at a place of the drawing, which is 32 wide. */
const at = (x: number, y: number): number[] => [...pixels.subarray(4 * (2 * y * SIZE + 2 * x)).subarray(0, 4)];

const BLUE = [0x1b, 0x4f, 0xae, 255];
const WHITE = [255, 255, 255, 255];

describe('the icon', () => {
  const places: readonly [string, number, number, number[]][] = [
    ['nothing in its corner', 0, 0, [0, 0, 0, 0]],
    ['its ground', 16, 3, BLUE],
    ['the bar', 10, 12, WHITE],
    ['the line between the bars', 7, 16, WHITE],
    ['the rhomb', 15, 16, WHITE],
    ['the tick in it', 19, 18, BLUE],
  ];
  for (const [name, x, y, colour] of places) test(`has ${name}`, () => expect(at(x, y)).toEqual(colour));

  test('is drawn from straight lines only; a curve is refused', () => {
    expect(lines('M1 2h3v4L5 6z')).toEqual([
      {
        points: [
          [1, 2],
          [4, 2],
          [4, 6],
          [5, 6],
        ],
        closed: true,
      },
    ]);
    expect(() => lines('M0 0C1 1 2 2 3 3')).toThrow('curve');
  });

  test('is a PNG', () => {
    const file = png(pixels, SIZE);
    expect(file.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
    expect([file.readUInt32BE(16), file.readUInt32BE(20), file[24], file[25]]).toEqual([SIZE, SIZE, 8, 6]);
    const rows = inflateSync(file.subarray(41, 41 + file.readUInt32BE(33)));
    expect(rows.length).toBe((4 * SIZE + 1) * SIZE);
    expect(rows.subarray(1, 4 * SIZE + 1).equals(pixels.subarray(0, 4 * SIZE))).toBe(true);
  });

  test('is an ICO and an ICNS whose lists name what is in them', () => {
    const small = png(draw(svg, 16), 16);
    const windows = ico([
      { size: 16, bytes: small },
      { size: 256, bytes: small },
    ]);
    expect([windows.readUInt16LE(2), windows.readUInt16LE(4), windows[6], windows[22]]).toEqual([1, 2, 16, 0]);
    for (const entry of [6, 22]) {
      const [length, from] = [windows.readUInt32LE(entry + 8), windows.readUInt32LE(entry + 12)];
      expect(windows.subarray(from, from + length).equals(small)).toBe(true);
    }
    const mac = icns(() => small);
    expect([mac.toString('latin1', 0, 4), mac.readUInt32BE(4)]).toEqual(['icns', mac.length]);
    const types: string[] = [];
    for (let p = 8; p < mac.length; p += mac.readUInt32BE(p + 4)) types.push(mac.toString('latin1', p, p + 4));
    expect(types).toEqual(['ic07', 'ic08', 'ic09', 'ic10', 'ic11', 'ic12', 'ic13', 'ic14']);
  });
});
