// What is copied, in the forms people paste: tables, octets, constants.

/** A cell of tab-separated text: no tabs or line ends within. */
export const tsvCell = (text: string): string => text.replace(/[\t\r\n]+/g, ' ');

export const tsv = (rows: readonly (readonly string[])[]): string =>
  rows.map((r) => `${r.map(tsvCell).join('\t')}\n`).join('');

const two = (b: number): string => b.toString(16).toUpperCase().padStart(2, '0');

export const hexText = (bytes: Uint8Array): string => Array.from(bytes, two).join('');

/** As an array of C, twelve octets a line. */
export function cArray(name: string, bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let i = 0; i < bytes.length; i += 12) {
    lines.push(`  ${Array.from(bytes.subarray(i, i + 12), (b) => `0x${two(b)},`).join(' ')}`);
  }
  const safe = name.replace(/\W/g, '_').replace(/^(?=\d)/, '_');
  return `const unsigned char ${safe}[${bytes.length}] = {\n${lines.join('\n')}\n};\n`;
}
