// Writes connectionless WSP Push PDUs (WAP-230-WSP 8.2.4.1), as gateways send them.

import { multiByte } from '../content/wbxml/octets.ts';
import { mediaTypeCode } from './wsp/mediatypes.ts';
import { APPLICATION_IDS, CONFIRMED_PUSH, HEADER_NAMES, PUSH } from './wsp/names.ts';

export interface PushHeader {
  /** Any well-known name of code page 1 in any case, else it is written as text. */
  readonly name: string;
  /**
   * Numbers become Integer-values; texts Text-strings. X-Wap-Application-Id takes a registered identifier, too;
   * Date, Expires and Last-Modified take 'YYYY-MM-DDThh:mm:ssZ'.
   */
  readonly value: string | number;
}

export interface PushOptions {
  /** 0..255; 1 unless given. */
  readonly transactionId?: number;
  readonly pduType?: 'Push' | 'ConfirmedPush';
  /** False: without the transaction octet, as in connection mode over WTP. */
  readonly connectionless?: boolean;
  readonly contentType: string;
  /** Write the content type as text even where it has a number. */
  readonly contentTypeAsText?: boolean;
  /** MIBenum of the charset parameter. */
  readonly charset?: number;
  /** 0 NETWPIN, 1 USERPIN, 2 USERNETWPIN, 3 USERPINMAC. */
  readonly sec?: number;
  /** Written as it is given. */
  readonly mac?: string;
  readonly headers?: readonly PushHeader[];
  readonly body: Uint8Array;
}

const text = (s: string): number[] => {
  const octets = [...new TextEncoder().encode(s)];
  // A first octet of 128 or more is quoted (WAP-230 8.4.2.1).
  return [...((octets[0] ?? 0) >= 0x80 ? [0x7f] : []), ...octets, 0];
};

function longInteger(value: number): number[] {
  const out: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) out.unshift(rest % 256);
  return [out.length, ...out];
}

/** Integer-value (WAP-230 8.4.2.3): short below 128, else length and octets. */
export const integer = (value: number): number[] => (value < 0x80 ? [0x80 | value] : longInteger(value));

/** Value-length (WAP-230 8.4.2.2) before the octets. */
const withLength = (octets: readonly number[]): number[] =>
  octets.length <= 30 ? [octets.length, ...octets] : [0x1f, ...multiByte(octets.length), ...octets];

function contentType(o: PushOptions): number[] {
  const code = o.contentTypeAsText === true ? undefined : mediaTypeCode(o.contentType.toLowerCase());
  const media = code === undefined ? text(o.contentType) : integer(code);
  const parameters = [
    ...(o.charset === undefined ? [] : [0x81, ...integer(o.charset)]),
    ...(o.sec === undefined ? [] : [0x91, ...integer(o.sec)]),
    ...(o.mac === undefined ? [] : [0x92, ...text(o.mac)]),
  ];
  if (parameters.length > 0) return withLength([...media, ...parameters]);
  // Constrained-media is one octet or text; a longer number needs the general form.
  return code !== undefined && code >= 0x80 ? withLength(media) : media;
}

const codeOf = (name: string): number | undefined => {
  const n = name.toLowerCase();
  for (const [code, known] of HEADER_NAMES) if (known.toLowerCase() === n) return code;
  return undefined;
};

function header(h: PushHeader): number[] {
  const code = codeOf(h.name);
  if (code === undefined) return [...text(h.name), ...text(String(h.value))];
  return [0x80 | code, ...headerValue(HEADER_NAMES.get(code) ?? '', h.value)];
}

function headerValue(name: string, value: string | number): number[] {
  if (typeof value === 'number') return name === 'Encoding-Version' ? [0x80 | value] : integer(value);
  if (name === 'X-Wap-Application-Id') {
    for (const [id, known] of APPLICATION_IDS) if (known === value) return integer(id);
  }
  const date = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? text(value) : longInteger(date / 1000);
}

/**
 * The octets of a Push or ConfirmedPush PDU.
 *
 * @see WAP-230-WSP 8.2.4.1, Push and ConfirmedPush
 */
export function encodePush(o: PushOptions): Uint8Array {
  const headers = [...contentType(o), ...(o.headers ?? []).flatMap(header)];
  return Uint8Array.from([
    ...(o.connectionless === false ? [] : [o.transactionId ?? 1]),
    o.pduType === 'ConfirmedPush' ? CONFIRMED_PUSH : PUSH,
    ...multiByte(headers.length),
    ...headers,
    ...o.body,
  ]);
}
