// What drawings are made of, and how they become the text of an SVG file. No page is needed for either.

/** What a line or word means; the page has a colour for each, files have those below. */
export type Tone =
  | 'ground'
  | 'text'
  | 'quiet'
  | 'line'
  | 'strong'
  | 'accent'
  | 'ok'
  | 'bad'
  | 'warn'
  | 'open'
  | 'none'
  | 'part'
  | 'crowd';

export type Shape =
  | {
      readonly kind: 'line';
      readonly x1: number;
      readonly y1: number;
      readonly x2: number;
      readonly y2: number;
      readonly tone: Tone;
      readonly dash?: string;
      readonly width?: number;
    }
  | {
      readonly kind: 'path';
      readonly d: string;
      /** Of its outline; 'ground' where it has none. */
      readonly stroke: Tone | null;
      readonly fill: Tone | null;
      readonly width?: number;
      readonly dash?: string;
    }
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly tone: Tone;
      readonly anchor?: 'start' | 'middle' | 'end';
      readonly size?: number;
      readonly bold?: boolean;
      /** Keeps readable what crosses lines. */
      readonly halo?: boolean;
    };

/** Colours of a drawing that leaves the page: on white, as it is printed. */
const PAPER: Readonly<Record<Tone, string>> = {
  ground: '#ffffff',
  text: '#161a20',
  quiet: '#5a6371',
  line: '#d8dce2',
  strong: '#7d8796',
  accent: '#1b57bd',
  ok: '#0b7240',
  bad: '#b3202a',
  warn: '#8a5a00',
  open: '#6a45a8',
  none: '#6b7482',
  part: '#5a6371',
  crowd: '#b4bdc9',
};

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What XML can't hold, and what turns text around, becomes a visible sign. */
export const plainText = (s: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those are taken away
  s.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\p{Cs}/gu, '\ufffd');

export const escapeXml = (s: string): string => plainText(s).replace(/[&<>"']/g, (c) => ESCAPES[c] ?? c);

/** Width of a letter of usual text, of its size; wide fonts are met on machines that have no others. */
const EM = 0.6;

/** About how wide a text is, px: enough to cut it in time. */
export const textWidth = (s: string, size = 12): number => s.length * size * EM;

/** At most so wide, with an ellipsis where something was cut. */
export function fitted(s: string, width: number, size = 12): string {
  const clean = plainText(s);
  const room = Math.max(1, Math.floor(width / (size * EM)));
  return clean.length <= room ? clean : `${clean.slice(0, Math.max(1, room - 1))}…`;
}

const n = (v: number): string => String(Math.round(v * 100) / 100);

function shapeSvg(s: Shape): string {
  switch (s.kind) {
    case 'line': {
      const dash = s.dash === undefined ? '' : ` stroke-dasharray="${s.dash}"`;
      return `<line x1="${n(s.x1)}" y1="${n(s.y1)}" x2="${n(s.x2)}" y2="${n(s.y2)}" stroke="${PAPER[s.tone]}" stroke-width="${s.width ?? 1}"${dash}/>`;
    }
    case 'path': {
      const dash = s.dash === undefined ? '' : ` stroke-dasharray="${s.dash}"`;
      const stroke = s.stroke === null ? '' : ` stroke="${PAPER[s.stroke]}" stroke-width="${s.width ?? 1.5}"`;
      return `<path d="${s.d}" fill="${s.fill === null ? 'none' : PAPER[s.fill]}"${stroke}${dash} stroke-linejoin="round" stroke-linecap="round"/>`;
    }
    case 'text': {
      const anchor = s.anchor === undefined || s.anchor === 'start' ? '' : ` text-anchor="${s.anchor}"`;
      const weight = s.bold === true ? ' font-weight="600"' : '';
      const halo = s.halo === true ? ` paint-order="stroke" stroke="${PAPER.ground}" stroke-width="4"` : '';
      return `<text x="${n(s.x)}" y="${n(s.y)}" font-size="${s.size ?? 12}" fill="${PAPER[s.tone]}"${anchor}${weight}${halo}>${escapeXml(s.text)}</text>`;
    }
  }
}

/** A whole SVG file on white, with its title for readers that can't see it. */
export function toSvg(drawing: {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly shapes: readonly Shape[];
}): string {
  const { width, height, title, shapes } = drawing;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${n(width)}" height="${n(height)}" viewBox="0 0 ${n(width)} ${n(height)}" role="img" font-family="system-ui, 'Segoe UI', 'Noto Sans', sans-serif">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="100%" height="100%" fill="${PAPER.ground}"/>`,
    ...shapes.map(shapeSvg),
    '</svg>',
    '',
  ].join('\n');
}

/** The same shape somewhere else. */
export function moved(s: Shape, dy: number): Shape {
  switch (s.kind) {
    case 'line':
      return { ...s, y1: s.y1 + dy, y2: s.y2 + dy };
    case 'text':
      return { ...s, y: s.y + dy };
    case 'path':
      return { ...s, d: s.d.replace(/([ML])(-?[\d.]+) (-?[\d.]+)/g, (_, c, x, y) => `${c}${x} ${n(Number(y) + dy)}`) };
  }
}
