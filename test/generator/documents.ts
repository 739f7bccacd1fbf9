// Documents that pushes carry, encoded.

import { element, type TreeElement } from '../../dissectors/content/tree.ts';
import { encodeWbxml } from '../../dissectors/content/wbxml/encode.ts';
import { PROV } from '../../dissectors/content/wbxml/tables/prov.ts';
import { SI, SL } from '../../dissectors/content/wbxml/tables/push.ts';
import { ascii, cstring, join, octets, u32 } from './octets.ts';

export type Parms = Readonly<Record<string, string | null | readonly string[]>>;

/** A characteristic; null: the parm stands without a value, a list: it is repeated. */
export function characteristic(type: string, parms: Parms, ...inner: readonly TreeElement[]): TreeElement {
  const list = Object.entries(parms).flatMap(([name, value]) =>
    (Array.isArray(value) ? (value as readonly string[]) : [value as string | null]).map((v) =>
      element('parm', v === null ? { name } : { name, value: v }),
    ),
  );
  return element('characteristic', { type }, ...list, ...inner);
}

export const CP_TYPE = 'application/vnd.wap.connectivity-wbxml';

export const provisioning = (...characteristics: readonly TreeElement[]): Uint8Array =>
  encodeWbxml(element('wap-provisioningdoc', { version: '1.0' }, ...characteristics), { table: PROV });

export const apn = (id: string, name: string, address: string, more: Parms = {}, ...inner: readonly TreeElement[]) =>
  characteristic(
    'NAPDEF',
    { NAPID: id, NAME: name, BEARER: 'GSM-GPRS', 'NAP-ADDRESS': address, 'NAP-ADDRTYPE': 'APN', ...more },
    ...inner,
  );

export const proxy = (id: string, name: string, address: string, port: string, nap: string, more: Parms = {}) =>
  characteristic(
    'PXLOGICAL',
    { 'PROXY-ID': id, NAME: name, ...more },
    characteristic(
      'PXPHYSICAL',
      { 'PHYSICAL-PROXY-ID': `${id}-1`, PXADDR: address, PXADDRTYPE: 'IPV4', 'TO-NAPID': nap },
      characteristic('PORT', { PORTNBR: port }),
    ),
  );

export const browser = (name: string, to: Parms, startPage: string) =>
  characteristic(
    'APPLICATION',
    { APPID: 'w2', NAME: name, ...to },
    characteristic('RESOURCE', { URI: startPage, NAME: 'Home', STARTPAGE: null }),
  );

export const mms = (name: string, to: Parms, centre: string) =>
  characteristic('APPLICATION', { APPID: 'w4', NAME: name, ...to, ADDR: centre });

/** Access point, proxy, browser and MMS: what an operator sends a new subscriber. */
export const welcome = (): Uint8Array =>
  provisioning(
    proxy('MOBILE-PX', 'Example Mobile', '192.0.2.80', '8080', 'MOBILE-NAP', {
      STARTPAGE: 'http://start.example.com/',
    }),
    apn(
      'MOBILE-NAP',
      'Example Mobile',
      'internet.example.com',
      {},
      characteristic('NAPAUTHINFO', { AUTHTYPE: 'PAP', AUTHNAME: 'mobile', AUTHSECRET: 'mobile' }),
    ),
    browser('Example Mobile', { 'TO-PROXY': 'MOBILE-PX' }, 'http://start.example.com/'),
    mms('Example MMS', { 'TO-NAPID': 'MOBILE-NAP' }, 'http://mms.example.com/mms'),
  );

export const accessPoint = (name: string, address: string): Uint8Array =>
  provisioning(
    apn('INTERNET-NAP', name, address),
    browser(name, { 'TO-NAPID': 'INTERNET-NAP' }, 'http://www.example.com/'),
  );

export const serviceIndication = (href: string, text: string): Uint8Array =>
  encodeWbxml(
    element(
      'si',
      {},
      element(
        'indication',
        { href, 'si-id': '7@example.com', action: 'signal-medium', created: '2026-11-02T08:15:00Z' },
        text,
      ),
    ),
    { table: SI },
  );

export const serviceLoading = (href: string): Uint8Array =>
  encodeWbxml(element('sl', { href, action: 'execute-low' }), { table: SL });

/** OMA-TS-MMS_ENC-V1_3 6.2, M-Notification.ind. */
export function mmsNotification(from: string, location: string, size: number): Uint8Array {
  const sender = join(octets(0x80), cstring(`${from}/TYPE=PLMN`));
  return join(
    octets(0x8c, 0x82, 0x98),
    cstring('T20261102a'),
    octets(0x8d, 0x92, 0x89, sender.length),
    sender,
    octets(0x8a, 0x80, 0x8e, 4),
    u32(size),
    octets(0x88, 5, 0x81, 3, 0x03, 0xf4, 0x80, 0x83),
    ascii(location),
    octets(0),
  );
}
