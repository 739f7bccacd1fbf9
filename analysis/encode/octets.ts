// Octets as the protocols below write numbers and texts.

import { join } from '../verify/keys.ts';

export const octets = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);
export const u16 = (v: number): Uint8Array => octets(v >>> 8, v);
export const u32 = (v: number): Uint8Array => octets(v >>> 24, v >>> 16, v >>> 8, v);
/** One octet a character: the texts of the protocols are ASCII. */
export const ascii = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
/** Text with a closing NUL. */
export const cstring = (text: string): Uint8Array => join(ascii(text), octets(0));
