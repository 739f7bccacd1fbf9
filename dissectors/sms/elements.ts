// 3GPP TS 23.040 9.2.3.24: what the information elements are called and how long they are.

/** Names of TP-UDH information elements; ranges of the clause are filled in by `elementName`. */
export const ELEMENT_NAMES: Readonly<Record<number, string>> = {
  0: 'Concatenation, 8-bit reference',
  1: 'Special SMS message indication',
  4: 'Application ports, 8-bit',
  5: 'Application ports, 16-bit',
  6: 'SMSC control parameters',
  7: 'UDH source indicator',
  8: 'Concatenation, 16-bit reference',
  9: 'Wireless Control Message Protocol',
  10: 'Text formatting',
  11: 'Predefined sound',
  12: 'User defined sound (iMelody)',
  13: 'Predefined animation',
  14: 'Large animation (16x16)',
  15: 'Small animation (8x8)',
  16: 'Large picture (32x32)',
  17: 'Small picture (16x16)',
  18: 'Variable picture',
  19: 'User prompt indicator',
  20: 'Extended object',
  21: 'Reused extended object',
  22: 'Compression control',
  23: 'Object distribution indicator',
  24: 'Standard WVG object',
  25: 'Character size WVG object',
  26: 'Extended object data request command',
  32: 'RFC 822 e-mail header',
  33: 'Hyperlink format',
  34: 'Reply address',
  35: 'Enhanced voice mail information',
  36: 'National language single shift',
  37: 'National language locking shift',
};

export function elementName(id: number): string {
  const name = ELEMENT_NAMES[id];
  if (name !== undefined) return name;
  if (id >= 0x1b && id <= 0x1f) return 'Reserved for EMS';
  if (id >= 0x70 && id <= 0x7f) return '(U)SIM toolkit security header';
  if (id >= 0x80 && id <= 0x9f) return 'SME to SME specific use';
  if (id >= 0xc0 && id <= 0xdf) return 'Service centre specific use';
  return 'Reserved';
}

/** Elements the clause keeps for later: nobody may send them yet. */
export function elementReserved(id: number): boolean {
  return elementName(id).startsWith('Reserved') || id === 2 || id === 3;
}

/** Octets of data for elements of one fixed length. */
export const ELEMENT_LENGTHS: Readonly<Record<number, number>> = {
  0: 3,
  1: 2,
  4: 2,
  5: 4,
  6: 1,
  7: 1,
  8: 4,
  11: 2,
  13: 2,
  14: 129,
  15: 33,
  16: 129,
  17: 33,
  19: 1,
  23: 2,
  32: 1,
  33: 4,
  36: 1,
  37: 1,
};

/** Elements that may occur more than once in one header. */
export const REPEATABLE: ReadonlySet<number> = new Set([
  1, 7, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 23, 24, 25, 26, 33, 35,
]);

/** Pairs that mean the same in two widths; the last one of both counts. */
export const SAME_MEANING: Readonly<Record<number, number>> = { 0: 8, 8: 0, 4: 5, 5: 4 };

export const isRepeatable = (id: number): boolean => REPEATABLE.has(id) || id >= 0x70;

/** Languages of 3GPP TS 23.038 6.2.1.2.4 (value of elements 24 and 25). */
export const LANGUAGES: Readonly<Record<number, string>> = {
  1: 'Turkish',
  2: 'Spanish',
  3: 'Portuguese',
  4: 'Bengali',
  5: 'Gujarati',
  6: 'Hindi',
  7: 'Kannada',
  8: 'Malayalam',
  9: 'Oriya',
  10: 'Punjabi',
  11: 'Tamil',
  12: 'Telugu',
  13: 'Urdu',
};
