// A document as a WSP push, with the MAC that its receiver checks.

import { encodePush, type PushHeader } from '../../dissectors/wap/encode.ts';
import { METHODS, type Method } from '../verify/candidates.ts';
import { imsiKey, join, pinKeys } from '../verify/keys.ts';
import { decimalDigits, macOf } from '../verify/mac.ts';
import type { EncodeFault, WrittenDocument } from './document.ts';

export interface PushForm {
  readonly security: { readonly method: Method; readonly imsi: string | null; readonly pin: string | null } | null;
  readonly headers: readonly PushHeader[];
  /** 0..255; 1 unless given. */
  readonly transactionId?: number;
}

export interface WrittenPush {
  readonly bytes: Uint8Array;
  /** USERPINMAC: the digits that the user enters behind the PIN; null for the other methods. */
  readonly checkDigits: string | null;
}

/** OMA-WAP-TS-ProvBoot-V1_1 6, USERPINMAC: receivers refuse numbers of fewer than ten digits, and MACs have 20. */
const USERPINMAC_DIGITS = /^\d{5,20}$/;

/**
 * The push PDU. The MAC is made over the body; USERPINMAC puts its check digits into what the user enters.
 *
 * @see WAP-230-WSP 8.2.4.1; OMA-WAP-TS-ProvBoot-V1_1 clause 6
 */
export function writePush(document: WrittenDocument, form: PushForm): WrittenPush | EncodeFault {
  const { security, headers, transactionId } = form;
  const { body, mediaType: contentType } = document;
  const common = { contentType, headers, body, ...(transactionId === undefined ? {} : { transactionId }) };
  if (security === null) return { bytes: encodePush(common), checkDigits: null };

  const { method, imsi, pin } = security;
  const refuse = (fault: string): EncodeFault => ({ fault, unreadable: false, place: null });
  const key = keyOf(method, imsi, pin);
  if (key === undefined) return refuse(`${method} needs ${NEEDED[method]}`);
  const sec = METHODS.indexOf(method);
  const mac = macOf(key, body);
  if (method !== 'USERPINMAC') return { bytes: encodePush({ ...common, sec, mac }), checkDigits: null };
  if (!USERPINMAC_DIGITS.test(pin ?? '')) return refuse('USERPINMAC needs a PIN of 5 to 20 digits');
  return { bytes: encodePush({ ...common, sec }), checkDigits: decimalDigits(mac, pin!.length) };
}

const NEEDED: Readonly<Record<Method, string>> = {
  NETWPIN: 'an IMSI',
  USERPIN: 'a PIN',
  USERNETWPIN: 'an IMSI and a PIN',
  USERPINMAC: 'a PIN',
};

function keyOf(method: Method, imsi: string | null, pin: string | null): Uint8Array | undefined {
  const network = imsi === null ? undefined : imsiKey(imsi);
  const user = pin === null ? undefined : pinKeys(pin)[0];
  if (method === 'NETWPIN') return network;
  if (method !== 'USERNETWPIN') return user;
  return network === undefined || user === undefined ? undefined : join(network, user);
}
