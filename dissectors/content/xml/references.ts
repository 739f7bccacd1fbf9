// XML 1.0 4.1 and 4.6: character references and the five entities every document has. No others are ever expanded.

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const isCharacter = (n: number): boolean =>
  n === 0x9 ||
  n === 0xa ||
  n === 0xd ||
  (n >= 0x20 && n <= 0xd7ff) ||
  (n >= 0xe000 && n <= 0xfffd) ||
  (n >= 0x10000 && n <= 0x10ffff);

function resolve(reference: string): string | undefined {
  if (!reference.startsWith('#')) return Object.hasOwn(ENTITIES, reference) ? ENTITIES[reference] : undefined;
  const hex = /^#x([0-9A-Fa-f]{1,6})$/.exec(reference);
  const decimal = /^#([0-9]{1,7})$/.exec(reference);
  const n = hex !== null ? Number.parseInt(hex[1]!, 16) : decimal !== null ? Number(decimal[1]) : -1;
  return isCharacter(n) ? String.fromCodePoint(n) : undefined;
}

/** Text with its references replaced. Those that mean nothing stay as they are, and are counted in `unknown`. */
export function expand(text: string): { readonly text: string; readonly unknown: number } {
  let unknown = 0;
  const out = text.replace(/&([^&;\s]{0,32});?/g, (all, name: string) => {
    const value = all.endsWith(';') ? resolve(name) : undefined;
    if (value === undefined) unknown += 1;
    return value ?? all;
  });
  return { text: out, unknown };
}
