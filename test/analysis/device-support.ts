// Documents and messages for the tests of the device view.

import type { Received } from '../../analysis/device/received.ts';
import { provisioningOf } from './xml.ts';

type Parms = Readonly<Record<string, string | null | readonly string[]>>;

const attribute = (v: string): string => v.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

/** A characteristic as XML; null: the parm stands without a value, a list: it is repeated. */
export const ch = (type: string, parms: Parms, ...inner: readonly string[]): string => {
  const list = Object.entries(parms).flatMap(([name, value]) =>
    (Array.isArray(value) ? (value as readonly string[]) : [value as string | null]).map((v) =>
      v === null ? `<parm name="${name}"/>` : `<parm name="${name}" value="${attribute(v)}"/>`,
    ),
  );
  return `<characteristic type="${type}">${list.join('')}${inner.join('')}</characteristic>`;
};

export const doc = (...characteristics: readonly string[]) =>
  provisioningOf(`<wap-provisioningdoc version="1.1">${characteristics.join('')}</wap-provisioningdoc>`);

export const nap = (id: string, address: string, more: Parms = {}, ...inner: readonly string[]): string =>
  ch('NAPDEF', { NAPID: id, BEARER: 'GSM-GPRS', 'NAP-ADDRESS': address, 'NAP-ADDRTYPE': 'APN', ...more }, ...inner);

export const px = (id: string, address: string, to: string | readonly string[], port = '8080'): string =>
  ch(
    'PXLOGICAL',
    { 'PROXY-ID': id },
    ch(
      'PXPHYSICAL',
      { 'PHYSICAL-PROXY-ID': '1', PXADDR: address, PXADDRTYPE: 'IPV4', 'TO-NAPID': to },
      ch('PORT', { PORTNBR: port }),
    ),
  );

export const browser = (parms: Parms, page = 'http://start.example.com/'): string =>
  ch('APPLICATION', { APPID: 'w2', NAME: 'Example', ...parms }, ch('RESOURCE', { URI: page, STARTPAGE: null }));

export const mms = (parms: Parms, address = 'http://mms.example.com/'): string =>
  ch('APPLICATION', { APPID: 'w4', ADDR: address, ...parms });

let next = 0;

/** A message that arrived whole and unprotected, but for what is given. */
export function received(
  document: Received['document'],
  more: Partial<Omit<Received, 'verification'>> & { readonly method?: string; readonly verdict?: string } = {},
): Received {
  next += 1;
  const { method, verdict, ...rest } = more;
  return {
    message: `m${next}`,
    index: next - 1,
    time: next * 1e9,
    sightings: [],
    state: 'complete',
    missing: [],
    undelivered: null,
    document,
    legacy: false,
    managed: null,
    card: null,
    bare: false,
    sec: null,
    hasMac: false,
    trusted: false,
    initiator: null,
    ...rest,
    verification: {
      method: (method ?? null) as Received['verification']['method'],
      verdict: (verdict ?? (method === undefined ? 'unprotected' : 'valid')) as Received['verification']['verdict'],
      explanation: 'The IMSI was used as text.',
      keySource: 'given',
      matchesOtherDerivation: null,
      needs: [],
    },
  };
}

export const netwpin = (document: Received['document'], more: Partial<Received> = {}): Received =>
  received(document, { method: 'NETWPIN', sec: 0, hasMac: true, ...more });

export const userpin = (document: Received['document'], verdict = 'valid'): Received =>
  received(document, { method: 'USERPIN', sec: 1, hasMac: true, verdict });
