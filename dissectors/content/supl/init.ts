// OMA-TS-ULP-V2_0 11, SUPL-INIT: how the position is to be found, who asks, and how it may be checked.

import type { PackedReader } from '../../asn1/per.ts';
import { utf8Strict } from '../charset.ts';
import { hex, slpAddress } from './session.ts';
import type { Told } from './told.ts';

/** UlpMessage, the messages of version 1. */
export const MESSAGES: readonly string[] =
  'SUPL INIT,SUPL START,SUPL RESPONSE,SUPL POS INIT,SUPL POS,SUPL END,SUPL AUTH REQ,SUPL AUTH RESP'.split(',');

const POS_METHODS: readonly string[] = [
  'A-GPS, the server computes',
  'A-GPS, the device computes',
  'A-GPS, the server computes if it can',
  'A-GPS, the device computes if it can',
  'GPS alone',
  'AFLT',
  'enhanced cell identity',
  'E-OTD',
  'OTDOA',
  'no position: the session is for something else',
];

const NOTIFICATIONS: readonly string[] = [
  'the user is neither told nor asked',
  'the user is told',
  'the user is asked; without an answer the position is given',
  'the user is asked; without an answer the position is refused',
  'privacy is overridden: the user is neither told nor asked',
];

const ENCODINGS: readonly string[] = ['UCS-2', 'GSM default alphabet', 'UTF-8'];
const FORMATS: readonly string[] = 'logical name,mail address,MSISDN,URL,SIP address,MIN,MDN,IMS public identity'.split(
  ',',
);
const MODES: readonly string[] = [
  'proxy: the device speaks with its home server',
  'non-proxy: the device speaks with the positioning centre',
];

const named = (names: readonly string[], n: number | null): string =>
  n === null ? 'one of a later version' : (names[n] ?? String(n));

function nameOf(octets: Uint8Array, encoding: number | null): string {
  if (encoding === 0 && octets.length % 2 === 0)
    return Array.from({ length: octets.length / 2 }, (_, i) =>
      String.fromCharCode((octets[2 * i]! << 8) | octets[2 * i + 1]!),
    ).join('');
  const text = utf8Strict(octets);
  return text !== undefined && /^[ -~\u00a0-\uffff]*$/.test(text) ? text : `0x${hex(octets)}`;
}

function notification(p: PackedReader, told: Told): void {
  const extended = p.flag();
  const [hasEncoding, hasRequestor, hasRequestorType, hasClient, hasClientType] = [
    p.flag(),
    p.flag(),
    p.flag(),
    p.flag(),
    p.flag(),
  ];
  let from = p.at;
  const say = (field: Parameters<Told['say']>[0], label: string, value: string): void =>
    told.say(field, label, value, p, from);
  say('notificationType', 'Notification', named(NOTIFICATIONS, p.option(5, true)));
  from = p.at;
  const encoding = hasEncoding ? p.option(3, true) : null;
  if (hasEncoding) say('encoding', 'Encoding of names', named(ENCODINGS, encoding));
  const name = (field: 'requestor' | 'client', label: string, there: boolean, typed: boolean): void => {
    from = p.at;
    const text = there ? nameOf(p.octetString(p.whole(1, 50)), encoding) : '';
    const type = typed ? ` (${named(FORMATS, p.option(8, true))})` : '';
    if (there || typed) say(field, label, `${text}${type}`);
  };
  name('requestor', 'Requested by', hasRequestor, hasRequestorType);
  name('client', 'Client', hasClient, hasClientType);
  if (extended) extensions(p, told);
}

/** Steps of the horizontal and vertical accuracy (3GPP TS 23.032 6.2 and 6.4). */
const horizontal = (k: number): string => `${(10 * (1.1 ** k - 1)).toFixed(1)} m`;
const vertical = (k: number): string => `${(45 * (1.025 ** k - 1)).toFixed(1)} m high`;

function qop(p: PackedReader, told: Told): void {
  const from = p.at;
  const extended = p.flag();
  const [hasVertical, hasAge, hasDelay] = [p.flag(), p.flag(), p.flag()];
  const parts = [horizontal(p.whole(0, 127))];
  if (hasVertical) parts.push(vertical(p.whole(0, 127)));
  if (hasAge) parts.push(`at most ${p.whole(0, 65535)} s old`);
  if (hasDelay) parts.push(`within ${2 ** p.whole(0, 7)} s`);
  told.say('qop', 'Quality wanted', parts.join(', '), p, from);
  if (extended) extensions(p, told);
}

function extensions(p: PackedReader, told: Told): void {
  const from = p.at;
  const n = p.extensions();
  told.say('extensions', 'Additions of later versions', String(n), p, from);
}

/** SUPLINIT. Throws UNREADABLE. */
export function readInit(p: PackedReader, told: Told): void {
  const extended = p.flag();
  const [hasNotification, hasAddress, hasQop, hasMac, hasKey] = [p.flag(), p.flag(), p.flag(), p.flag(), p.flag()];
  let from = p.at;
  told.say('posMethod', 'Positioning', named(POS_METHODS, p.option(POS_METHODS.length, true)), p, from);
  if (hasNotification) notification(p, told);
  if (hasAddress) {
    from = p.at;
    told.say('slpAddress', 'Server address', slpAddress(p), p, from);
  }
  if (hasQop) qop(p, told);
  from = p.at;
  told.say('slpMode', 'Mode', named(MODES, p.option(2, false)), p, from);
  if (hasMac) {
    from = p.at;
    told.say('mac', 'MAC', hex(p.octetString(8)), p, from);
  }
  if (hasKey) {
    from = p.at;
    told.say('keyIdentity', 'Key identity', hex(p.octetString(16)), p, from);
  }
  if (extended) extensions(p, told);
}
