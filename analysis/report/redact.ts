// Reports made for others: who is who stays recognisable within one report, and nowhere else.

export interface Redactor {
  /** A number, IMSI or address that stands alone. */
  identity(value: string): string;
  /** Free text: known identities, and whatever looks like a number or a mail address. */
  text(value: string): string;
  /** Name of an input: without its folder, and without any digits that could be a number. */
  file(value: string): string;
}

export const MASKED_MAC = '***';

/** A run of digits this long is somebody's number even when nothing else mentions it. */
const SURELY = 10;
/** Shorter known numbers are replaced in free text only from this length on: codes and ports look alike. */
const SHORTEST = 6;

const RUN = /\+?\d{6,}/g;
const MAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const HEX_MAC = /\b[0-9a-fA-F]{40}\b/g;
const NUMBER = /^\+?\d+$/;

/** One naming for one report: 'number-1', 'number-2' in order of appearance; 'last4': '…0123' instead. */
export function redactor(style: 'named' | 'last4' = 'named'): Redactor {
  const names = new Map<string, string>();
  const counts = { number: 0, address: 0, mail: 0 };
  /** Known identities that are no numbers, longest first, for replacing in text. */
  let addresses: string[] = [];

  const name = (key: string, kind: keyof typeof counts): string => {
    const known = names.get(key);
    if (known !== undefined) return known;
    counts[kind] += 1;
    const fresh = style === 'last4' && kind === 'number' ? `…${key.slice(-4)}` : `${kind}-${counts[kind]}`;
    names.set(key, fresh);
    if (kind === 'address') addresses = [...addresses, key].sort((a, b) => b.length - a.length);
    return fresh;
  };
  const bare = (value: string): string => value.replace(/^\+/, '');

  return {
    file: (value) => value.replace(/^.*[\\/]/s, '').replace(RUN, (run) => name(bare(run), 'number')),
    identity(value) {
      if (NUMBER.test(value)) return name(bare(value), 'number');
      if (/[.:]/.test(value)) return name(value, 'address');
      // An alphanumeric sender is a brand, not a person.
      return value;
    },
    text(value) {
      let out = value.replace(HEX_MAC, MASKED_MAC).replace(MAIL, (m) => name(m.toLowerCase(), 'mail'));
      for (const a of addresses) if (out.includes(a)) out = out.split(a).join(names.get(a) ?? a);
      return out.replace(RUN, (run) => {
        const digits = bare(run);
        if (digits.length >= SURELY) return name(digits, 'number');
        return digits.length >= SHORTEST ? (names.get(digits) ?? run) : run;
      });
    },
  };
}
