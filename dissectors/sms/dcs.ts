// 3GPP TS 23.038 4: data coding scheme, all 256 values.

export type Alphabet = 'gsm7' | '8bit' | 'ucs2' | 'reserved';

export interface Dcs {
  readonly alphabet: Alphabet;
  /** 0 flash, 1 ME, 2 (U)SIM, 3 TE; null without class. */
  readonly messageClass: 0 | 1 | 2 | 3 | null;
  readonly compressed: boolean;
  /** Message marked for automatic deletion. */
  readonly deletion: boolean;
  /** Message waiting indication group. */
  readonly waiting: null | { readonly active: boolean; readonly kind: string; readonly store: boolean };
  /** The value belongs to a group kept for later; it is read as the default alphabet. */
  readonly reserved: boolean;
}

const ALPHABETS: readonly Alphabet[] = ['gsm7', '8bit', 'ucs2', 'reserved'];
const WAITING = ['voicemail', 'fax', 'e-mail', 'other'];
const NOTHING = { messageClass: null, compressed: false, deletion: false, waiting: null, reserved: false } as const;

const classOf = (dcs: number): 0 | 1 | 2 | 3 => (dcs & 3) as 0 | 1 | 2 | 3;

/** Values that were met: there are few of them, in every message. */
const known: Dcs[] = [];

/** Clause 4: the meaning of a TP-DCS octet. */
export function decodeDcs(dcs: number): Dcs {
  known[dcs & 0xff] ??= meaningOf(dcs & 0xff);
  return known[dcs & 0xff]!;
}

function meaningOf(dcs: number): Dcs {
  const group = dcs >> 4;
  if (group < 8) {
    const alphabet = ALPHABETS[(dcs >> 2) & 3]!;
    return {
      ...NOTHING,
      alphabet,
      messageClass: (dcs & 0x10) !== 0 ? classOf(dcs) : null,
      compressed: (dcs & 0x20) !== 0,
      deletion: group >= 4,
      reserved: alphabet === 'reserved',
    };
  }
  if (group < 12) return { ...NOTHING, alphabet: 'gsm7', reserved: true };
  if (group === 15) {
    return {
      ...NOTHING,
      alphabet: (dcs & 4) !== 0 ? '8bit' : 'gsm7',
      messageClass: classOf(dcs),
      reserved: (dcs & 8) !== 0,
    };
  }
  const waiting = { active: (dcs & 8) !== 0, kind: WAITING[dcs & 3]!, store: group !== 12 };
  return { ...NOTHING, alphabet: group === 14 ? 'ucs2' : 'gsm7', waiting };
}

const ALPHABET_NAMES: Readonly<Record<Alphabet, string>> = {
  gsm7: '7-bit default alphabet',
  '8bit': '8-bit data',
  ucs2: 'UCS2',
  reserved: 'reserved alphabet',
};

const CLASSES = ['class 0 (display)', 'class 1 (ME)', 'class 2 ((U)SIM)', 'class 3 (TE)'];

/** '8-bit data, class 1 (ME)'. */
export function describeDcs(value: number): string {
  const d = decodeDcs(value);
  const words = [ALPHABET_NAMES[d.alphabet]];
  if (d.messageClass !== null) words.push(CLASSES[d.messageClass]!);
  if (d.compressed) words.push('compressed');
  if (d.deletion) words.push('for automatic deletion');
  if (d.waiting !== null) {
    const { active, kind, store } = d.waiting;
    words.push(`${kind} waiting ${active ? 'on' : 'off'}${store ? '' : ', discard'}`);
  }
  if (d.reserved) words.push('reserved coding');
  return words.join(', ');
}

const SMPP_ALPHABETS: Readonly<Record<number, Alphabet>> = { 2: '8bit', 4: '8bit', 8: 'ucs2' };

/** SMPP 3.4 5.2.19: data_coding. Values from 0xC0 on are those of 3GPP TS 23.038; others without octet data are text. */
export function smppAlphabet(dataCoding: number): Alphabet | 'single-octet' {
  if (dataCoding >= 0xc0) return decodeDcs(dataCoding).alphabet;
  const known = SMPP_ALPHABETS[dataCoding];
  if (known !== undefined) return known;
  // Gateways hand TP-DCS through: 0x14 to 0x17 and 0x11 to 0x13 mean there what they mean on the air.
  if (dataCoding >= 0x10 && dataCoding < 0x80) return decodeDcs(dataCoding).alphabet;
  return dataCoding === 0 ? 'gsm7' : 'single-octet';
}
