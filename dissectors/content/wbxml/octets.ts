// Octets being written: multi-byte integers and strings as WBXML and WSP have them.

/** mb_u_int32 of WAP-192 5.1, uintvar of WAP-230 8.1.2: seven bits an octet, high bit set on all but the last. */
export function multiByte(value: number): number[] {
  const out = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) out.unshift((rest % 128) | 0x80);
  return out;
}

/**
 * Text in a character set given by MIBenum: 3, 4 (characters beyond become '?'), 106, 1000, 1013, 1014, 1015 (big-
 * endian). Undefined for any other.
 */
export function encodeText(text: string, charset: number): number[] | undefined {
  if (charset === 106 || charset === 0) return [...new TextEncoder().encode(text)];
  if (charset === 3 || charset === 4) {
    const top = charset === 3 ? 0x7f : 0xff;
    return [...text].map((ch) => (ch.codePointAt(0)! <= top ? ch.codePointAt(0)! : 0x3f));
  }
  if (charset === 1000 || charset === 1013 || charset === 1015 || charset === 1014) {
    const out: number[] = [];
    for (let i = 0; i < text.length; i += 1) {
      const u = text.charCodeAt(i);
      if (charset === 1014) out.push(u & 0xff, u >> 8);
      else out.push(u >> 8, u & 0xff);
    }
    return out;
  }
  return undefined;
}

/** The zero octets that end a string of this character set. */
export const terminator = (charset: number): number[] =>
  charset === 1000 || charset === 1013 || charset === 1014 || charset === 1015 ? [0, 0] : [0];
