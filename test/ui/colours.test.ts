// Shapes carry the meaning, colours only repeat it; they must still not fall together for those who see fewer of them.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkout } from '../project/built.ts';

type Rgb = readonly [number, number, number];
type Matrix = readonly [Rgb, Rgb, Rgb];

/** Machado, Oliveira, Fernandes 2009, severity 1.0, over linear light. */
const SEEN_BY: Readonly<Record<string, Matrix>> = {
  everybody: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const linear = (hex: string): Rgb => {
  const of = (at: number): number => {
    const v = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  };
  return [of(1), of(3), of(5)];
};

const apply = (m: Matrix, c: Rgb): Rgb => {
  const row = (r: Rgb): number => Math.min(1, Math.max(0, r[0] * c[0] + r[1] * c[1] + r[2] * c[2]));
  return [row(m[0]), row(m[1]), row(m[2])];
};

/** CIE 1976 L*a*b*, D65. */
function lab([r, g, b]: Rgb): Rgb {
  const f = (t: number): number => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const difference = (a: Rgb, b: Rgb): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

const css = readFileSync(join(checkout, 'ui', 'styles', 'tokens.css'), 'utf8');

/** Tokens of the rule that begins with this selector, over those of the light theme. */
function tokens(selector: string): ReadonlyMap<string, string> {
  const of = (from: string): [string, string][] => {
    const body = css.slice(css.indexOf(from), css.indexOf('}', css.indexOf(from)));
    return [...body.matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6});/g)].map((m) => [m[1]!, m[2]!]);
  };
  return new Map([...of(':root {'), ...of(selector)]);
}

const THEMES = { light: ':root {', dark: ':root[data-theme="dark"] {', contrast: ':root[data-theme="contrast"] {' };
/** What stands side by side and means different things. */
const TOGETHER = [
  ['--sev-error', '--sev-warning', '--sev-note'],
  ['--verdict-ok', '--verdict-bad', '--verdict-open'],
  ['--mark-ok', '--sev-error', '--mark-part'],
] as const;
/** Twice what is just told apart when two patches do not touch. */
const LEAST = 10;

describe('colours that mean something', () => {
  test.each(
    Object.entries(THEMES).flatMap(([theme, selector]) =>
      Object.keys(SEEN_BY).map((eyes) => ({ theme, selector, eyes })),
    ),
  )('$theme, as seen with $eyes', ({ selector, eyes }) => {
    expect(css).toContain(selector);
    const of = tokens(selector);
    const close: string[] = [];
    for (const group of TOGETHER) {
      group.forEach((a, i) => {
        for (const b of group.slice(i + 1)) {
          const [x, y] = [a, b].map((t) => lab(apply(SEEN_BY[eyes]!, linear(of.get(t)!)))) as [Rgb, Rgb];
          if (difference(x, y) < LEAST) close.push(`${a} and ${b}: ${difference(x, y).toFixed(1)}`);
        }
      });
    }
    expect(close).toEqual([]);
  });
});
