// A value of the tree as a term of the filter.

/** Longer values are asked for by their beginning. */
const MOST = 120;

const quote = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what a field of one line can't hold
const UNTYPABLE = /[\u0000-\u001f\u007f]/;

/**
 * `path`: of the field; `value`: as the tree shows it; `example`: what the field table gives, which tells how the field
 * is compared.
 */
export function filterTerm(path: string, value: string, example: string): string {
  if (value === '') return path;
  const named = /^(.*) \((0x[0-9A-F]+|-?\d+)\)$/s.exec(value);
  if (/== -?\d+$/.test(example)) {
    const digits = named?.[2] ?? /^(?:0x[0-9A-F]+|-?\d+(?:\.\d+)?)/.exec(value)?.[0];
    if (digits !== undefined) return `${path} == ${digits}`;
  }
  const text = named?.[1] ?? value;
  const octets = /^([0-9A-F]{2}(?: [0-9A-F]{2})*)( … \d+ octets)?$/.exec(text);
  if (octets !== null && / contains /.test(example)) {
    const hex = (octets[1] ?? '').replaceAll(' ', '');
    return octets[2] === undefined ? `${path} == ${quote(hex)}` : `${path} contains ${quote(hex)}`;
  }
  const end = Math.min(MOST, UNTYPABLE.exec(text)?.index ?? MOST);
  return end < text.length
    ? end === 0
      ? path
      : `${path} contains ${quote(text.slice(0, end))}`
    : `${path} == ${quote(text)}`;
}
