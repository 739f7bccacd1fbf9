// Syntax of single values.

const DOTTED = /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$/;

/** RFC 791 3.1, in dotted decimal. */
export function isIpv4(value: string): boolean {
  return DOTTED.test(value) && value.split('.').every((p) => Number(p) <= 255);
}

/** Leading zeros: read as octal by some parsers and as decimal by others (RFC 3986 7.4). */
export const hasLeadingZero = (ipv4: string): boolean => ipv4.split('.').some((p) => /^0\d/.test(p));

const GROUP = /^[0-9a-fA-F]{1,4}$/;

/** RFC 4291 2.2, with a dotted end and without a zone. */
export function isIpv6(value: string): boolean {
  if (!value.includes(':')) return false;
  const halves = value.split('::');
  if (halves.length > 2) return false;
  let groups = 0;
  for (const [h, half] of halves.entries()) {
    if (half === '') continue;
    const parts = half.split(':');
    for (const [i, p] of parts.entries()) {
      const last = h === halves.length - 1 && i === parts.length - 1;
      if (last && p.includes('.')) {
        if (!isIpv4(p)) return false;
        groups += 2;
      } else if (GROUP.test(p)) groups += 1;
      else return false;
    }
  }
  return halves.length === 2 ? groups <= 7 : groups === 8;
}

/** 3GPP TS 23.003 9.1: labels of letters, digits and hyphens, 100 octets in all. */
export function isApn(value: string): boolean {
  if (value.length === 0 || value.length > 100) return false;
  return value.split('.').every((l) => /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/.test(l));
}

/** ITU-T E.164 6.2: up to fifteen digits. */
export const isE164 = (value: string): boolean => /^\+?\d{1,15}$/.test(value);

/** RFC 952, RFC 1123 2.1. */
export const isHostName = (value: string): boolean =>
  value.length > 0 &&
  value.length <= 253 &&
  value.split('.').every((l) => /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/.test(l));

/** RFC 3986 3: a scheme and something behind it, without white space. */
export const isAbsoluteUri = (value: string): boolean => /^[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$/.test(value);

/** Scheme and authority of an absolute URI are there: what a phone can connect to. */
export const hasHost = (value: string): boolean => /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^\s/?#]+/.test(value);

export const isNumber = (value: string): boolean => /^\d+$/.test(value);

export const isHexNumber = (value: string): boolean => /^[0-9a-fA-F]+$/.test(value);
