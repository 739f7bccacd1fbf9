// Nokia Smart Messaging 3.0.0, OTA bitmap: a small picture of one bit a pixel.

import type { Cursor } from '../../base/cursor.ts';
import { fields } from '../../base/fields.ts';
import type { Detail } from '../kinds.ts';
import { NOKIA } from './rules.ts';

const f = fields('nokia.bitmap', {
  info: { kind: 'u8', label: 'Info field', hex: true },
  width: { kind: 'u8', label: 'Width', unit: 'pixels' },
  height: { kind: 'u8', label: 'Height', unit: 'pixels' },
  depth: { kind: 'u8', label: 'Grey scales or colours' },
  row: { kind: 'text', label: 'Row' },
  pixels: { kind: 'bytes', label: 'Pixels' },
  rest: { kind: 'bytes', label: 'After the picture' },
});

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Octets in front of the pixels. */
const HEAD = 4;
/** The info field's bits for sizes of sixteen bits and for external palettes are not in use. */
const PLAIN = 0x00;

/** A row as characters: dark pixels are blocks. */
function rowText(c: Cursor, at: number, octets: number): string {
  let out = '';
  for (let i = 0; i < octets; i += 1)
    for (let bit = 7; bit >= 0; bit -= 1) out += ((c.bytes[at + i]! >> bit) & 1) === 1 ? '█' : '·';
  return out;
}

/** The picture at the cursor, to the end of the window. `usual`: the sizes phones show. */
export function bitmap(c: Cursor, usual: readonly Size[]): Detail[] {
  const start = c.pos;
  if (c.left < HEAD) {
    c.report(NOKIA.logo, start, c.left, `${c.left} octets hold no picture`);
    if (c.left > 0) c.raw(f.rest, c.left);
    return [];
  }
  const info = c.u8(f.info);
  const width = c.u8(f.width);
  const height = c.u8(f.height);
  const depth = c.u8(f.depth);
  const out: Detail[] = [
    { label: 'Picture', value: `${width} by ${height} pixels`, range: { start, length: c.pos - start } },
  ];
  if (info !== PLAIN || depth !== 1) {
    c.report(NOKIA.logo, start, HEAD, `Info field 0x${info.toString(16)} and depth ${depth} are not those of a logo`);
  }
  if (!usual.some((s) => s.width === width && s.height === height)) {
    const known = usual.map((s) => `${s.width} by ${s.height}`).join(' or ');
    c.report(NOKIA.size, start + 1, 2, `The picture has ${width} by ${height} pixels, phones show ${known}`);
  }
  const due = Math.ceil((width * height) / 8);
  if (due > c.left) c.report(NOKIA.logo, c.pos, c.left, `${due} octets of pixels are announced, ${c.left} are left`);
  const pixels = c.windowUpTo(due);
  if (pixels.left > 0)
    out.push({ label: 'Pixels', value: drawn(pixels, width), range: { start: pixels.pos, length: pixels.left } });
  rows(pixels, width);
  if (c.left > 0) c.raw(f.rest, c.left);
  return out;
}

/** How much of the picture is dark, in words: the picture itself is in the tree. */
function drawn(c: Cursor, width: number): string {
  let dark = 0;
  for (let at = c.pos; at < c.end; at += 1) for (let v = c.bytes[at]!; v > 0; v >>= 1) dark += v & 1;
  return `${c.left} octets, ${dark} dark pixels${width % 8 === 0 ? '; the tree draws them row by row' : ''}`;
}

function rows(c: Cursor, width: number): void {
  if (c.rec === null) return;
  const octets = width / 8;
  // Rows that begin within an octet are not drawn.
  if (octets === 0 || !Number.isInteger(octets)) {
    if (c.left > 0) c.raw(f.pixels, c.left);
    return;
  }
  while (c.left >= octets) {
    const at = c.take(octets);
    c.rec.leaf(f.row, at, octets, rowText(c, at, octets));
  }
  if (c.left > 0) c.raw(f.pixels, c.left);
}
