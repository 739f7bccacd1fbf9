// 3GPP TS 23.038 Annex A: national language shift tables.
//
// The tables of the Indic scripts follow the order of their Unicode block, so they are written as what differs: where
// the block begins, which of its characters have no place, and what stands in the places that follow no order.

/** Characters of a locking shift table by septet; '' where the default alphabet's own character stays. */
export type ShiftTable = readonly string[];

type Overrides = Readonly<Record<number, string>>;

const from = (o: Overrides): ShiftTable => Array.from({ length: 128 }, (_, i) => o[i] ?? '');

// A.3.1
const TURKISH_LOCKING: Overrides = {
  4: '€',
  7: 'ı',
  11: 'Ğ',
  12: 'ğ',
  28: 'Ş',
  29: 'ş',
  64: 'İ',
  96: 'ç',
};

// A.3.3
const PORTUGUESE_LOCKING: Overrides = {
  4: 'ê',
  6: 'ú',
  7: 'í',
  8: 'ó',
  9: 'ç',
  11: 'Ô',
  12: 'ô',
  14: 'Á',
  15: 'á',
  18: 'ª',
  19: 'Ç',
  20: 'À',
  21: '∞',
  22: '^',
  23: '\\',
  24: '€',
  25: 'Ó',
  26: '|',
  28: 'Â',
  29: 'â',
  30: 'Ê',
  36: 'º',
  64: 'Í',
  91: 'Ã',
  92: 'Õ',
  93: 'Ú',
  96: '~',
  123: 'ã',
  124: 'õ',
  125: '`',
};

// A.3.13; the block has no useful order here. Septets 0x00-0x09, 0x0B, 0x0C, 0x0E-0x1A and so on, 0x1B being the escape.
const URDU_FIRST = 'اآبٻڀپڦتۂٿ';
const URDU_AFTER_FEED = 'ٹٽ';
const URDU_AFTER_RETURN = 'ٺټثجځڄڃڅچڇحخد';
const URDU_AFTER_ESCAPE = 'ڌڈډڊ';
const URDU_LETTERS: readonly (readonly [number, string])[] = [
  [0x00, URDU_FIRST],
  [0x0b, URDU_AFTER_FEED],
  [0x0e, URDU_AFTER_RETURN],
  [0x1c, URDU_AFTER_ESCAPE],
  [0x22, 'ڏڍذرڑړ'],
  [0x2a, 'ڙز'],
  [0x2d, 'ږ'],
  [0x2f, 'ژ'],
  [0x3c, 'ښسش'],
  [0x40, 'صضطظعفقکڪګگڳڱلمنںڻڼوۄەہھءیېے\u064d\u0650\u064f\u0657\u0654'],
  [0x7b, '\u0655\u0651\u0653\u0656\u0670'],
];

interface Indic {
  /** Code point the block begins at. */
  readonly block: number;
  /** Offsets in the block that have no place; the septet is a space. */
  readonly absent: readonly number[];
  /** Offsets at septets 0x60 and 0x7B to 0x7F. */
  readonly rest: readonly number[];
}

const INDIC: Readonly<Record<number, Indic>> = {
  4: {
    block: 0x0980,
    absent: [0x0d, 0x0e, 0x11, 0x12, 0x29, 0x31, 0x33, 0x34, 0x35, 0x45, 0x46, 0x49, 0x4a],
    rest: [0x4e, 0x57, 0x5c, 0x5d, 0x70, 0x71],
  },
  5: {
    block: 0x0a80,
    absent: [0x0e, 0x12, 0x29, 0x31, 0x34, 0x46, 0x4a],
    rest: [0x50, 0x60, 0x61, 0x62, 0x63, 0x71],
  },
  6: { block: 0x0900, absent: [], rest: [0x50, 0x72, 0x7b, 0x7c, 0x7e, 0x7f] },
  7: {
    block: 0x0c80,
    absent: [0x01, 0x0d, 0x11, 0x29, 0x34, 0x45, 0x49],
    rest: [0x55, 0x56, 0x60, 0x61, 0x62, 0x63],
  },
  8: {
    block: 0x0d00,
    absent: [0x01, 0x0d, 0x11, 0x29, 0x3c, 0x45, 0x49],
    rest: [0x57, 0x60, 0x61, 0x62, 0x63, 0x79],
  },
  9: {
    block: 0x0b00,
    absent: [0x0d, 0x0e, 0x11, 0x12, 0x29, 0x31, 0x34, 0x45, 0x46, 0x49, 0x4a],
    rest: [0x56, 0x57, 0x60, 0x61, 0x62, 0x63],
  },
  10: {
    block: 0x0a00,
    absent: [0x0b, 0x0c, 0x0d, 0x0e, 0x11, 0x12, 0x29, 0x31, 0x34, 0x37, 0x3d, 0x43, 0x44, 0x45, 0x46, 0x49, 0x4a],
    rest: [0x51, 0x70, 0x71, 0x72, 0x73, 0x74],
  },
  11: {
    block: 0x0b80,
    absent: [
      0x01, 0x0b, 0x0c, 0x0d, 0x11, 0x16, 0x17, 0x18, 0x1b, 0x1d, 0x20, 0x21, 0x22, 0x25, 0x26, 0x27, 0x2b, 0x2c, 0x2d,
      0x3c, 0x3d, 0x43, 0x44, 0x45, 0x49,
    ],
    rest: [0x50, 0x57, 0x70, 0x71, 0x72, 0x79],
  },
  12: {
    block: 0x0c00,
    absent: [0x0d, 0x11, 0x29, 0x34, 0x3c, 0x45, 0x49],
    rest: [0x55, 0x56, 0x60, 0x61, 0x62, 0x63],
  },
};

/** First septet, last septet, block offset of the first: the order all Indic locking tables share. */
const INDIC_ORDER: readonly (readonly [number, number, number])[] = [
  [0x00, 0x02, 0x01],
  [0x03, 0x09, 0x05],
  [0x0b, 0x0c, 0x0c],
  [0x0e, 0x1a, 0x0e],
  [0x1c, 0x1f, 0x1b],
  [0x22, 0x27, 0x1f],
  [0x2a, 0x2b, 0x25],
  [0x2d, 0x2d, 0x27],
  [0x2f, 0x2f, 0x28],
  [0x3c, 0x3e, 0x29],
  [0x40, 0x4d, 0x2c],
  [0x4e, 0x5f, 0x3c],
];

const REST = [0x60, 0x7b, 0x7c, 0x7d, 0x7e, 0x7f] as const;

/** Septets that are the same in every table outside Latin scripts and not as in the default alphabet. */
const PUNCTUATION: Overrides = { 40: ')', 41: '(', 44: ',', 46: '.' };

function indicLocking(script: Indic): ShiftTable {
  const out: Record<number, string> = { ...PUNCTUATION };
  for (const [first, last, offset] of INDIC_ORDER) {
    for (let i = first; i <= last; i += 1) {
      const at = offset + i - first;
      out[i] = script.absent.includes(at) ? ' ' : String.fromCharCode(script.block + at);
    }
  }
  REST.forEach((septet, i) => {
    out[septet] = String.fromCharCode(script.block + script.rest[i]!);
  });
  return from(out);
}

function urduLocking(): ShiftTable {
  const out: Record<number, string> = { ...PUNCTUATION };
  for (const [first, letters] of URDU_LETTERS) {
    for (let i = 0; i < letters.length; i += 1) out[first + i] = letters[i]!;
  }
  return from(out);
}

/** 6.2.1.1: the default extension table. */
export const EXTENSION: Overrides = {
  10: '\f',
  20: '^',
  40: '{',
  41: '}',
  47: '\\',
  60: '[',
  61: '~',
  62: ']',
  64: '|',
  101: '€',
};

// A.2.1
const TURKISH_SINGLE: Overrides = { 71: 'Ğ', 73: 'İ', 83: 'Ş', 99: 'ç', 103: 'ğ', 105: 'ı', 115: 'ş' };

// A.2.2
const SPANISH_SINGLE: Overrides = {
  9: 'ç',
  65: 'Á',
  73: 'Í',
  79: 'Ó',
  85: 'Ú',
  97: 'á',
  105: 'í',
  111: 'ó',
  117: 'ú',
};

// A.2.3
const PORTUGUESE_SINGLE: Overrides = {
  5: 'ê',
  9: 'ç',
  11: 'Ô',
  12: 'ô',
  14: 'Á',
  15: 'á',
  18: 'Φ',
  19: 'Γ',
  21: 'Ω',
  22: 'Π',
  23: 'Ψ',
  24: 'Σ',
  25: 'Θ',
  31: 'Ê',
  65: 'À',
  73: 'Í',
  79: 'Ó',
  85: 'Ú',
  91: 'Ã',
  92: 'Õ',
  97: 'Â',
  105: 'í',
  111: 'ó',
  117: 'ú',
  123: 'ã',
  124: 'õ',
  127: 'â',
};

/** Code points at septets 0x19, 0x1A, 0x1C to 0x27, 0x2A to 0x2E and 0x30 to 0x3B; 0: none. */
type Singles = readonly number[];

const range = (first: number, count: number): number[] => Array.from({ length: count }, (_, i) => first + i);

const DANDAS = [0x0964, 0x0965];

const SINGLES: Readonly<Record<number, Singles>> = {
  4: [...range(0x09e6, 10), 0x09df, ...range(0x09e0, 4), ...range(0x09f2, 9)],
  5: [...DANDAS, ...range(0x0ae6, 10)],
  6: [...DANDAS, ...range(0x0966, 10), ...range(0x0951, 4), ...range(0x0958, 12), 0x0970, 0x0971],
  7: [...DANDAS, ...range(0x0ce6, 10), 0x0cde, 0x0cf1, 0x0cf2],
  8: [...DANDAS, ...range(0x0d66, 16), ...range(0x0d7a, 6)],
  9: [...DANDAS, ...range(0x0b66, 10), 0x0b5c, 0x0b5d, 0x0b5f, 0x0b70, 0x0b71],
  10: [...DANDAS, ...range(0x0a66, 10), 0x0a59, 0x0a5a, 0x0a5b, 0x0a5c, 0x0a5e, 0x0a75],
  11: [...DANDAS, ...range(0x0be6, 10), ...range(0x0bf3, 6), 0x0bfa],
  12: [0, 0, ...range(0x0c66, 10), 0x0c58, 0x0c59, ...range(0x0c78, 8)],
  13: [
    0x0600,
    0x0601,
    ...range(0x06f0, 10),
    ...range(0x060c, 9),
    0x061b,
    0x061f,
    0x0640,
    0x0652,
    0x0658,
    0x066b,
    0x066c,
    0x0672,
    0x0673,
    0x06cd,
  ],
};

const SINGLE_PLACES = [0x19, 0x1a, ...range(0x1c, 12), ...range(0x2a, 5), ...range(0x30, 12)];

/** Septets 0x00 to 0x18 of every single shift table outside Latin scripts. */
const SINGLE_FIRST = '@£$¥¿"¤%&\'\f*+ -/<=>¡^¡_#*';

function indicSingle(language: number): ShiftTable {
  const out: Record<number, string> = { ...EXTENSION };
  for (let i = 0; i < SINGLE_FIRST.length; i += 1) out[i] = SINGLE_FIRST[i]!;
  const points = SINGLES[language] ?? [];
  points.forEach((point, i) => {
    if (point !== 0) out[SINGLE_PLACES[i]!] = String.fromCharCode(point);
  });
  for (let i = 0; i < 26; i += 1) out[0x41 + i] = String.fromCharCode(0x41 + i);
  if (language === 13) out[0x3f] = '\u06d4';
  return from(out);
}

/** The locking shift table of a language; null where there is none (Spanish has none, 14 and above are reserved). */
export function lockingTable(language: number): ShiftTable | null {
  if (language === 1) return from(TURKISH_LOCKING);
  if (language === 3) return from(PORTUGUESE_LOCKING);
  if (language === 13) return urduLocking();
  const script = INDIC[language];
  return script === undefined ? null : indicLocking(script);
}

/** The single shift table of a language; null where there is none. */
export function singleTable(language: number): ShiftTable | null {
  if (language === 1) return from({ ...EXTENSION, ...TURKISH_SINGLE });
  if (language === 2) return from({ ...EXTENSION, ...SPANISH_SINGLE });
  if (language === 3) return from({ ...EXTENSION, ...PORTUGUESE_SINGLE });
  return language >= 4 && language <= 13 ? indicSingle(language) : null;
}
