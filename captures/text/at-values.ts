// The values of an AT command or answer: 3GPP TS 27.005 3.1 and 3.4, PDU mode and text mode.

import { type Moment, readTime } from './clock.ts';

export interface TextMode {
  readonly number?: string | undefined;
  readonly smsc?: string | undefined;
  readonly dcs?: number | undefined;
  readonly first?: number | undefined;
}

/** Values of an answer or command: quotes off, at most 16. */
export function values(text: string): string[] {
  const out: string[] = [];
  const value = /\s*(?:"([^"]{0,256})"|([^,]{0,256}))\s*(?:,|$)/y;
  while (out.length < 16 && value.lastIndex <= text.length) {
    const at = value.lastIndex;
    const m = value.exec(text);
    if (m === null) break;
    out.push(m[1] !== undefined ? `"${m[1]}` : (m[2] ?? '').trim());
    if (value.lastIndex === at || value.lastIndex >= text.length) break;
  }
  return out;
}

export const unquoted = (v: string | undefined): string | undefined =>
  v === undefined || v === '' ? undefined : v.startsWith('"') ? v.slice(1) : v;

export const numeric = (v: string | undefined): number | undefined =>
  v !== undefined && /^\d{1,3}$/.test(v) ? Number(v) : undefined;

/** "26/11/23,11:19:38+04": the service centre's time in text mode, zone in quarters of an hour. */
export function textTime(v: string | undefined): Moment | null {
  const m = /^"?(?:20)?(\d\d)\/(\d\d)\/(\d\d),(\d\d:\d\d:\d\d)(?:([+-])(\d\d))?/.exec(v ?? '');
  if (m === null) return null;
  const t = readTime(`20${m[1]}-${m[2]}-${m[3]} ${m[4]}`);
  const quarters = m[6] === undefined ? 0 : Number(m[6]) * (m[5] === '-' ? -1 : 1);
  return t === undefined ? null : { sec: t.moment.sec - quarters * 900, ns: 0 };
}

/** 3GPP TS 27.005 3.4.2, 3.4.3, 4.1.: text mode when a status or number stands in quotes before the time. */
export function textMode(name: string, v: readonly string[]): TextMode | undefined {
  const state = name === 'CMGL' ? 1 : 0;
  const status = name === 'CMT' ? undefined : v[state];
  const isText = name === 'CMT' ? (v[0] ?? '').length > 1 && textTime(v[2]) !== null : status?.startsWith('"') === true;
  if (!isText) return undefined;
  const number = name === 'CMT' ? 0 : state + 1;
  const extra = number + (name === 'CMT' ? 3 : 4) - (/STO/i.test(status ?? '') ? 1 : 0);
  return {
    number: unquoted(v[number]),
    first: name === 'CMGL' ? undefined : numeric(v[extra]),
    dcs: name === 'CMGL' ? undefined : numeric(v[extra + 2]),
    smsc: name === 'CMGL' ? undefined : unquoted(v[extra + 3]),
  };
}
