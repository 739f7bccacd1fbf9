// Routing labels: who sends, who receives, and by which link. Networks differ in the size of point codes, and nothing in
// a message says which it is: the message behind the label tells.

import { looksLikeSccp } from '../sccp/looks.ts';

export interface LabelForm {
  readonly title: string;
  readonly octets: number;
  /** Bits of a point code. */
  readonly bits: 14 | 16 | 24;
}

/** ITU-T Q.704 2.2; ANSI T1.111.4 2.2 (China writes the same octets); TTC JT-Q704 2.2. */
export const LABELS: readonly LabelForm[] = [
  { title: 'ITU', octets: 4, bits: 14 },
  { title: 'ANSI or China', octets: 7, bits: 24 },
  { title: 'Japan', octets: 5, bits: 16 },
];

export interface Label {
  readonly opc: number;
  readonly dpc: number;
  readonly sls: number;
}

/** Reads a label; the caller has made sure that it is there. Low octets come first. */
export function labelAt(b: Uint8Array, at: number, form: LabelForm): Label {
  const le = (from: number, octets: number): number => {
    let v = 0;
    for (let i = octets - 1; i >= 0; i--) v = v * 256 + b[from + i]!;
    return v;
  };
  if (form.bits === 14) {
    const word = le(at, 4);
    return { dpc: word & 0x3fff, opc: (word >>> 14) & 0x3fff, sls: (word >>> 28) & 0x0f };
  }
  const octets = form.bits / 8;
  return { dpc: le(at, octets), opc: le(at + octets, octets), sls: b[at + 2 * octets]! };
}

export interface Fit {
  readonly form: LabelForm;
  /** Sure enough to expect the same form in the messages that follow. */
  readonly sure: boolean;
}

/** The form behind which SCCP makes sense; undefined where none does. `known`: believed in doubt. */
export function formBySccp(b: Uint8Array, at: number, end: number, known: LabelForm | null): Fit | undefined {
  const forms = known === null ? LABELS : [known, ...LABELS];
  const looks = forms.map((form) => (at + form.octets < end ? looksLikeSccp(b, at + form.octets, end) : 0));
  const best = Math.max(...looks);
  return best === 0 ? undefined : { form: forms[looks.indexOf(best as 1 | 2)]!, sure: best === 2 };
}
