// Diameter by hand.

import { hex, join, u32 } from '../stack/build.ts';

const u24 = (n: number): string => n.toString(16).padStart(6, '0');
export const VENDOR = 10415;

/** One AVP; codes from 700 on are 3GPP's own and carry its number. `value`: hex or text in quotes. */
export function avp(code: number, value: Uint8Array | string, vendor = code >= 700): Uint8Array {
  const data =
    value instanceof Uint8Array ? value : value.startsWith("'") ? new TextEncoder().encode(value.slice(1)) : hex(value);
  const length = data.length + (vendor ? 12 : 8);
  return join(
    u32(code),
    vendor ? 'c0' : '40',
    u24(length),
    vendor ? u32(VENDOR) : '',
    data,
    '00'.repeat((4 - (length % 4)) % 4),
  );
}

export const group = (code: number, ...inside: readonly Uint8Array[]): Uint8Array => avp(code, join(...inside));

export interface Made {
  readonly command: number;
  readonly request: boolean;
  readonly hop?: number;
  readonly application?: number;
}

export function message(m: Made, ...avps: readonly Uint8Array[]): Uint8Array {
  const body = join(...avps);
  const ids = `${u32(m.application ?? 16777313)}${u32(m.hop ?? 0x101)}${u32(0x10a)}`;
  return join('01', u24(20 + body.length), m.request ? 'c0' : '40', u24(m.command), ids, body);
}
