// The app's icon for each system, drawn from ui/icon.svg: PNG for Linux, ICO for Windows, ICNS for macOS. Nothing but Node:
// the drawing has a rounded square, straight lines and one polygon, and this draws just these.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { inRoot } from './lib.mjs';

/** Samples along each edge of a pixel: large pictures need fewer. */
const fine = (size) => (size >= 256 ? 2 : 4);

const attributes = (tag) => Object.fromEntries([...tag.matchAll(/([\w-]+)="([^"]*)"/g)].map((m) => [m[1], m[2]]));

function colour(text) {
  const hex = text.slice(1);
  const six = hex.length === 3 ? [...hex].map((c) => c + c).join('') : hex;
  if (!/^[0-9a-f]{6}$/i.test(six)) throw new Error(`The icon has a colour that is none: ${text}.`);
  return [0, 2, 4].map((at) => Number.parseInt(six.slice(at, at + 2), 16));
}

/** Corners of each part of a path of straight lines: M, m, L, l, H, h, V, v, Z, z. */
export function lines(d) {
  const parts = [];
  let at = [0, 0];
  for (const [, letter, rest] of d.matchAll(/([A-Za-z])([^A-Za-z]*)/g)) {
    const numbers = (rest.match(/-?\d*\.?\d+/g) ?? []).map(Number);
    const relative = letter === letter.toLowerCase();
    const kind = letter.toUpperCase();
    if (kind === 'Z') {
      parts.at(-1).closed = true;
      at = parts.at(-1).points[0];
      continue;
    }
    if (!'MLHV'.includes(kind)) throw new Error(`The icon has a curve: '${letter}'.`);
    const step = kind === 'H' || kind === 'V' ? 1 : 2;
    for (let n = 0; n < numbers.length; n += step) {
      const [x, y] =
        kind === 'H'
          ? [numbers[n], relative ? 0 : at[1]]
          : kind === 'V'
            ? [relative ? 0 : at[0], numbers[n]]
            : [numbers[n], numbers[n + 1]];
      at = relative ? [at[0] + x, at[1] + y] : [x, y];
      if (kind === 'M' && n === 0) parts.push({ points: [at], closed: false });
      else parts.at(-1).points.push(at);
    }
  }
  return parts;
}

const segments = ({ points, closed }) =>
  points.flatMap((p, n) => (n + 1 < points.length ? [[p, points[n + 1]]] : closed ? [[p, points[0]]] : []));

/** How far a place is from a line; beyond its ends without limit where it has no round ones. */
function distance(x, y, [[ax, ay], [bx, by]], round) {
  const [dx, dy] = [bx - ax, by - ay];
  const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1);
  if (!round && (along < 0 || along > 1)) return Number.POSITIVE_INFINITY;
  const t = Math.max(0, Math.min(1, along));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

/** Left, top, right and bottom of lines with `around` on each side. */
function boxOf(edges, around) {
  const xs = edges.flat().map(([x]) => x);
  const ys = edges.flat().map(([, y]) => y);
  const [left, top, right, bottom] = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  return (x, y) => x >= left - around && y >= top - around && x <= right + around && y <= bottom + around;
}

const inside = (x, y, edges) =>
  edges.filter(([[ax, ay], [bx, by]]) => ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax).length %
    2 ===
  1;

/** Shapes in the order they are painted: whether a place is in each, and its colour. */
export function shapesOf(svg) {
  const shapes = [];
  for (const [tag] of svg.matchAll(/<(rect|path)\b[^>]*>/g)) {
    const a = attributes(tag);
    if (tag.startsWith('<rect')) {
      const [w, h, r] = [a.width, a.height, a.rx].map(Number);
      const corner = (v, length) => Math.max(r - v, v - (length - r), 0);
      shapes.push({
        colour: colour(a.fill),
        has: (x, y) => x >= 0 && y >= 0 && x <= w && y <= h && Math.hypot(corner(x, w), corner(y, h)) <= r,
      });
      continue;
    }
    const parts = lines(a.d);
    if (a.fill !== undefined && a.fill !== 'none') {
      const edges = parts.flatMap((p) => segments({ ...p, closed: true }));
      const near = boxOf(edges, 0);
      shapes.push({ colour: colour(a.fill), has: (x, y) => near(x, y) && inside(x, y, edges) });
    }
    if (a.stroke !== undefined) {
      const half = Number(a['stroke-width']) / 2;
      const edges = parts.flatMap(segments);
      const round = a['stroke-linecap'] === 'round';
      const near = boxOf(edges, half);
      const has = (x, y) => near(x, y) && edges.some((e) => distance(x, y, e, round) <= half);
      shapes.push({ colour: colour(a.stroke), has });
    }
  }
  return shapes;
}

/** Red, green, blue and opacity of `size` times `size` pixels. */
export function draw(svg, size) {
  const [, , wide] = /viewBox="([^"]*)"/.exec(svg)[1].split(' ').map(Number);
  const shapes = shapesOf(svg);
  const pixels = Buffer.alloc(4 * size * size);
  const FINE = fine(size);
  const unit = wide / size;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const sum = [0, 0, 0];
      let painted = 0;
      for (let n = 0; n < FINE * FINE; n++) {
        const px = (x + ((n % FINE) + 0.5) / FINE) * unit;
        const py = (y + (Math.floor(n / FINE) + 0.5) / FINE) * unit;
        const top = shapes.findLast((s) => s.has(px, py));
        if (top === undefined) continue;
        painted += 1;
        for (const c of [0, 1, 2]) sum[c] += top.colour[c];
      }
      const at = 4 * (y * size + x);
      for (const c of [0, 1, 2]) pixels[at + c] = painted === 0 ? 0 : Math.round(sum[c] / painted);
      pixels[at + 3] = Math.round((255 * painted) / (FINE * FINE));
    }
  }
  return pixels;
}

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});
const crc32 = (octets) => {
  let c = 0xffffffff;
  for (const b of octets) c = CRC[(c ^ b) & 0xff] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
};
const u32 = (n) => {
  const b = Buffer.alloc(4);
  b.writeUInt32BE(n);
  return b;
};

/** PNG (ISO/IEC 15948) of eight bits a channel, with opacity. */
export function png(pixels, size) {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    return Buffer.concat([u32(data.length), body, u32(crc32(body))]);
  };
  const rows = Buffer.alloc((4 * size + 1) * size);
  for (let y = 0; y < size; y++) pixels.copy(rows, y * (4 * size + 1) + 1, 4 * size * y, 4 * size * (y + 1));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', Buffer.concat([u32(size), u32(size), Buffer.from([8, 6, 0, 0, 0])])),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** ICO: a directory of pictures, here all PNG. */
export function ico(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let at = head.length;
  for (const [n, { size, bytes }] of pictures.entries()) {
    const entry = 6 + 16 * n;
    // 0 stands for 256.
    head[entry] = size % 256;
    head[entry + 1] = size % 256;
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(bytes.length, entry + 8);
    head.writeUInt32LE(at, entry + 12);
    at += bytes.length;
  }
  return Buffer.concat([head, ...pictures.map((p) => p.bytes)]);
}

/** Type of an ICNS entry that holds a PNG -> its pixels; the same picture for a finer screen has another type. */
const ICNS = { ic07: 128, ic08: 256, ic09: 512, ic10: 1024, ic11: 32, ic12: 64, ic13: 256, ic14: 512 };

export function icns(pngOf) {
  const entries = Object.entries(ICNS).map(([type, size]) => {
    const bytes = pngOf(size);
    return Buffer.concat([Buffer.from(type, 'latin1'), u32(bytes.length + 8), bytes]);
  });
  const body = Buffer.concat(entries);
  return Buffer.concat([Buffer.from('icns', 'latin1'), u32(body.length + 8), body]);
}

const LINUX = [16, 24, 32, 48, 64, 128, 256, 512];
const WINDOWS = [16, 24, 32, 48, 64, 256];

/** Writes icon.icns, icon.ico and icons/NxN.png into `folder`, where electron-builder looks for them. */
export function writeIcons(folder) {
  const svg = readFileSync(inRoot('ui', 'icon.svg'), 'utf8');
  const made = new Map();
  const pngOf = (size) => {
    if (!made.has(size)) made.set(size, png(draw(svg, size), size));
    return made.get(size);
  };
  mkdirSync(join(folder, 'icons'), { recursive: true });
  for (const size of LINUX) writeFileSync(join(folder, 'icons', `${size}x${size}.png`), pngOf(size));
  writeFileSync(join(folder, 'icon.ico'), ico(WINDOWS.map((size) => ({ size, bytes: pngOf(size) }))));
  writeFileSync(join(folder, 'icon.icns'), icns(pngOf));
}
