// Names that are written to look like others: punycode decoded, scripts told apart, similar letters made equal.

/** RFC 3492 5: parameters of punycode. */
const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const INITIAL_BIAS = 72;
const INITIAL_N = 128;
/** A label has 63 octets at most; more can't come out. */
const MOST = 64;

function adapt(delta: number, points: number, first: boolean): number {
  let d = first ? Math.floor(delta / DAMP) : delta >> 1;
  d += Math.floor(d / points);
  let k = 0;
  for (; d > ((BASE - T_MIN) * T_MAX) >> 1; k += BASE) d = Math.floor(d / (BASE - T_MIN));
  return k + Math.floor(((BASE - T_MIN + 1) * d) / (d + SKEW));
}

/** RFC 3492 6.2: the label behind 'xn--'; null where it is no punycode. */
export function decodePunycode(text: string): string | null {
  const out: number[] = [];
  const dash = text.lastIndexOf('-');
  for (const c of dash > 0 ? text.slice(0, dash) : '') out.push(c.charCodeAt(0));
  let n = INITIAL_N;
  let i = 0;
  let bias = INITIAL_BIAS;
  for (let at = dash > 0 ? dash + 1 : 0; at < text.length; ) {
    const before = i;
    for (let w = 1, k = BASE; ; k += BASE) {
      const digit = /[a-z]/i.test(text[at] ?? '')
        ? (text[at] ?? '').toLowerCase().charCodeAt(0) - 97
        : /\d/.test(text[at] ?? '')
          ? Number(text[at]) + 26
          : -1;
      at += 1;
      if (digit < 0) return null;
      i += digit * w;
      if (!Number.isSafeInteger(i)) return null;
      const t = k <= bias ? T_MIN : k >= bias + T_MAX ? T_MAX : k - bias;
      if (digit < t) break;
      w *= BASE - t;
    }
    const points = out.length + 1;
    bias = adapt(i - before, points, before === 0);
    n += Math.floor(i / points);
    i %= points;
    if (n > 0x10ffff || (n >= 0xd800 && n < 0xe000) || out.length >= MOST) return null;
    out.splice(i, 0, n);
    i += 1;
  }
  return String.fromCodePoint(...out);
}

/** The name with its 'xn--' labels in their own letters (RFC 5890 2.3.2.1). */
export const inLetters = (host: string): string =>
  host
    .split('.')
    .map((l) => (/^xn--/i.test(l) ? (decodePunycode(l.slice(4)) ?? l) : l))
    .join('.');

const SCRIPTS: readonly (readonly [name: string, of: RegExp])[] = [
  ['Latin', /\p{Script=Latin}/u],
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Armenian', /\p{Script=Armenian}/u],
  ['Hebrew', /\p{Script=Hebrew}/u],
  ['Arabic', /\p{Script=Arabic}/u],
  ['Cherokee', /\p{Script=Cherokee}/u],
];

/** Scripts of one label, of those whose letters are mixed up with each other. */
export const scriptsOf = (label: string): string[] => SCRIPTS.filter(([, of]) => of.test(label)).map(([name]) => name);

/** Letters of other scripts, and digits, that pass for Latin letters (after Unicode TR39; a small table of our own). */
const SIMILAR: ReadonlyMap<string, string> = new Map(
  (
    'а:a|ӑ:a|ь:b|в:b|с:c|ԁ:d|е:e|ё:e|є:e|ɡ:g|һ:h|н:h|і:i|ї:i|ӏ:l|ј:j|к:k|ӄ:k|м:m|п:n|о:o|ө:o|р:p|ԛ:q|г:r|ѕ:s|т:t|' +
    'у:y|ү:y|ѵ:v|ԝ:w|ш:w|х:x|ҳ:x|α:a|β:b|ϲ:c|ε:e|η:n|ι:i|κ:k|ν:v|ο:o|ρ:p|τ:t|υ:u|χ:x|ω:w|γ:y|օ:o|ս:u|ո:n|հ:h|' +
    'ı:i|ȷ:j|ł:l|ø:o|đ:d|ħ:h|0:o|1:l|5:s|$:s'
  )
    .split('|')
    .map((e) => [e.slice(0, e.indexOf(':')), e.slice(e.indexOf(':') + 1)]),
);

/** What a reader in a hurry takes the name for: names that look alike have equal skeletons. */
export function skeletonOf(host: string): string {
  let out = '';
  for (const c of inLetters(host).toLowerCase().normalize('NFKD')) {
    if (/\p{Mn}/u.test(c)) continue;
    out += SIMILAR.get(c) ?? c;
  }
  return out.replaceAll('rn', 'm').replaceAll('vv', 'w');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is asked for
const ASCII = /^[\u0000-\u007f]*$/;

/** Why the name by itself looks like an imitation; null where it does not. */
export function imitationIn(host: string): string | null {
  const letters = inLetters(host);
  if (ASCII.test(letters)) return null;
  for (const label of letters.split('.')) {
    const scripts = scriptsOf(label);
    if (scripts.length > 1) return `${scripts.join(' and ')} letters stand in one word: "${label}"`;
    const plain = skeletonOf(label);
    if (scripts[0] !== undefined && scripts[0] !== 'Latin' && ASCII.test(plain)) {
      return `all letters of "${label}" are ${scripts[0]} and pass for "${plain}"`;
    }
  }
  return null;
}
