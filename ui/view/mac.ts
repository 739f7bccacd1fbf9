// Two MACs, digit under digit.

export interface MacDigit {
  readonly received: string;
  readonly computed: string;
  /** Same digit, letter case aside. */
  readonly same: boolean;
}

/** Pairs of digits, padded with '·' where one MAC is shorter. */
export function alignMacs(received: string | null, computed: string | null): MacDigit[] {
  const a = received ?? '';
  const b = computed ?? '';
  return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => {
    const x = a[i] ?? '·';
    const y = b[i] ?? '·';
    return { received: x, computed: y, same: x.toUpperCase() === y.toUpperCase() };
  });
}

/** In rows of `perRow`. */
export const rowsOf = <T>(list: readonly T[], perRow: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / perRow) }, (_, i) => list.slice(i * perRow, (i + 1) * perRow));

/** '38 of 40 digits differ'. */
export function differenceText(digits: readonly MacDigit[]): string {
  const n = digits.filter((d) => !d.same).length;
  return n === 0 ? `all ${digits.length} digits agree` : `${n} of ${digits.length} digits differ`;
}
