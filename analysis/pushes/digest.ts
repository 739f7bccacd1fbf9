// The digest of a notification: H(B64(H(server:password)):nonce:B64(H(trigger))), H being MD5
// (OMA-TS-DM_Notification-V1_2 6.2.1, with the credentials of OMA-TS-DM_Security-V1_2 5.3).

import { md5 } from '@noble/hashes/legacy.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** RFC 4648 4. */
export function toBase64(octets: Uint8Array): string {
  let out = '';
  for (let i = 0; i < octets.length; i += 3) {
    const v = (octets[i]! << 16) | ((octets[i + 1] ?? 0) << 8) | (octets[i + 2] ?? 0);
    const there = octets.length - i;
    out += ALPHABET[v >> 18]! + ALPHABET[(v >> 12) & 63]!;
    out += (there > 1 ? ALPHABET[(v >> 6) & 63]! : '=') + (there > 2 ? ALPHABET[v & 63]! : '=');
  }
  return out;
}

/** Octets of RFC 4648 4; undefined where the text is none. */
export function fromBase64(text: string): Uint8Array | undefined {
  const digits = text.replace(/=+$/, '');
  if (!/^[A-Za-z0-9+/]*$/.test(digits) || digits.length % 4 === 1) return undefined;
  const out: number[] = [];
  let bits = 0;
  let v = 0;
  for (const d of digits) {
    v = ((v << 6) | ALPHABET.indexOf(d)) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out.push((v >> bits) & 0xff);
    }
  }
  return Uint8Array.from(out);
}

const encoder = new TextEncoder();

function join(...parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) {
    out.set(p, at);
    at += p.length;
  }
  return out;
}

/** The digest of a trigger: its header and body, which follow the digest in the notification. */
export function triggerDigest(server: string, password: string, nonce: Uint8Array, trigger: Uint8Array): Uint8Array {
  const who = toBase64(md5(encoder.encode(`${server}:${password}`)));
  return md5(join(encoder.encode(`${who}:`), nonce, encoder.encode(`:${toBase64(md5(trigger))}`)));
}
