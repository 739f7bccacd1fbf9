// Shapes of marks, once for canvas and SVG. Coordinates are in radii about the centre.

import type { Severity } from '../../captures/finding.ts';
import type { Verdict } from '../engine/contract.ts';

type Points = readonly (readonly [number, number])[];

export interface Glyph {
  readonly outline: Points;
  /** 'solid': strokes inside are drawn in the colour of the ground. */
  readonly fill: 'solid' | 'half' | 'none';
  readonly dashed?: boolean;
  /** Open polylines. */
  readonly strokes: readonly Points[];
  /** Name of the colour token. */
  readonly token: string;
}

const DIAMOND: Points = [
  [0, -1],
  [1, 0],
  [0, 1],
  [-1, 0],
];
const SMALL_DIAMOND: Points = DIAMOND.map(([x, y]) => [x * 0.62, y * 0.62] as const);

const ring = (n: number, turn = 0): Points =>
  Array.from({ length: n }, (_, i) => {
    const a = ((i + turn) / n) * 2 * Math.PI;
    return [Math.sin(a), -Math.cos(a)] as const;
  });

const CHECK: Points = [
  [-0.4, 0.04],
  [-0.1, 0.34],
  [0.42, -0.26],
];
const CROSS: readonly Points[] = [
  [
    [-0.3, -0.3],
    [0.3, 0.3],
  ],
  [
    [-0.3, 0.3],
    [0.3, -0.3],
  ],
];
const BANG: readonly Points[] = [
  [
    [0, -0.5],
    [0, 0.12],
  ],
  [
    [0, 0.42],
    [0, 0.46],
  ],
];

export const VERDICT_GLYPH: Readonly<Record<Verdict, Glyph>> = {
  valid: { outline: DIAMOND, fill: 'solid', strokes: [CHECK], token: '--verdict-ok' },
  invalid: { outline: DIAMOND, fill: 'solid', strokes: CROSS, token: '--verdict-bad' },
  'no-key': { outline: DIAMOND, fill: 'half', strokes: [], token: '--verdict-open' },
  'no-mac': { outline: DIAMOND, fill: 'none', strokes: BANG, token: '--verdict-warn' },
  unprotected: { outline: DIAMOND, fill: 'none', strokes: [], token: '--verdict-warn' },
  malformed: { outline: DIAMOND, fill: 'none', dashed: true, strokes: CROSS, token: '--verdict-bad' },
  'not-applicable': { outline: SMALL_DIAMOND, fill: 'solid', strokes: [], token: '--verdict-none' },
};

export const SEVERITY_GLYPH: Readonly<Record<Severity, Glyph>> = {
  error: { outline: ring(8, 0.5), fill: 'solid', strokes: CROSS, token: '--sev-error' },
  warning: {
    outline: [
      [0, -0.95],
      [1, 0.8],
      [-1, 0.8],
    ],
    fill: 'solid',
    strokes: [
      [
        [0, -0.3],
        [0, 0.2],
      ],
      [
        [0, 0.48],
        [0, 0.52],
      ],
    ],
    token: '--sev-warning',
  },
  note: {
    outline: ring(20),
    fill: 'none',
    strokes: [
      [
        [0, -0.06],
        [0, 0.5],
      ],
      [
        [0, -0.5],
        [0, -0.46],
      ],
    ],
    token: '--sev-note',
  },
};

/** The right half of the outline, for 'half'. */
export const rightHalf = (outline: Points): Points => outline.filter(([x]) => x >= -1e-9);

/** SVG path data of a polyline scaled by `r` about (c, c). */
export const pathOf = (points: Points, r: number, c: number, close: boolean): string =>
  `${points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${(c + x * r).toFixed(2)} ${(c + y * r).toFixed(2)}`).join('')}${
    close ? 'Z' : ''
  }`;

export type { Points };
