// Forwarding of short messages: MT-ForwardSM, MO-ForwardSM, and ForwardSM of versions 1 and 2.

import { type Element, inside, leaf, octetsLeaf } from '../../../asn1/ber.ts';
import { toHex } from '../../../asn1/values.ts';
import type { Cursor } from '../../../base/cursor.ts';
import type { Address } from '../../../base/message.ts';
import { decodeTpdu, type Tpdu } from '../../../sms/tpdu.ts';
import { mapFields as f } from './fields.ts';
import { OPERATION } from './operations.ts';
import type { Forward, ForwardResult } from './parameters.ts';
import { addressString, imsiOf, readAll } from './values.ts';

const TAG = {
  octetString: 0x04,
  null: 0x05,
  imsi: 0x80,
  lmsi: 0x81,
  msisdn: 0x82,
  roamingNumber: 0x83,
  serviceCentre: 0x84,
  none: 0x85,
} as const;

interface Reading {
  imsi: string | null;
  lmsi: string | null;
  msisdn: Address | null;
  smsc: Address | null;
  destination: 'subscriber' | 'centre' | 'none' | null;
  origin: 'subscriber' | 'centre' | 'none' | null;
  moreMessages: boolean;
}

// 3GPP TS 29.002 17.7.6, MT-ForwardSM-Arg, MO-ForwardSM-Arg: destination, origin, the TPDU, and what else there is.
/** Reads the contents of the argument; null where they are no such argument. `missing`: octets behind them not there. */
export function readForward(c: Cursor, operation: number, missing: number): Forward | null {
  const r: Reading = {
    imsi: null,
    lmsi: null,
    msisdn: null,
    smsc: null,
    destination: null,
    origin: null,
    moreMessages: false,
  };
  let ui: Element | null = null as Element | null;
  let tpdu: Tpdu | null = null as Tpdu | null;
  readAll(c, (e) => {
    if (r.destination === null) return readDestination(c, e, r);
    if (r.origin === null) return readOrigin(c, e, r);
    if (e.tag === TAG.octetString && ui === null) {
      ui = e;
      tpdu = inside(c, f.userInformation, e, (body) => decodeTpdu(body, isMt(operation, r) ? 'mt' : 'mo'));
      return true;
    }
    return readRest(c, e, r);
  });
  if (r.destination === null || r.origin === null) return null;
  const { imsi, lmsi, msisdn, smsc, moreMessages } = r;
  const cut = missing > 0 && (ui === null || !(tpdu?.complete ?? false) || ui.end === c.end);
  const sameParties = r.destination === 'none' || r.origin === 'none';
  return { what: 'forward', mt: isMt(operation, r), imsi, lmsi, msisdn, smsc, sameParties, tpdu, moreMessages, cut };
}

/** Before version 3 one operation served both directions: the service centre's side tells. */
function isMt(operation: number, r: Reading): boolean {
  if (operation === OPERATION.mtForward) return true;
  return r.destination === 'subscriber' || r.origin === 'centre' || (r.destination === 'none' && r.origin === 'none');
}

// SM-RP-DA
function readDestination(c: Cursor, e: Element, r: Reading): boolean {
  switch (e.tag) {
    case TAG.imsi:
      r.imsi = imsiOf(c, f.destinationImsi, e);
      r.destination = 'subscriber';
      return true;
    case TAG.lmsi:
      r.lmsi = toHex(c.bytes, e.start, e.end);
      octetsLeaf(c, f.destinationLmsi, e);
      r.destination = 'subscriber';
      return true;
    case TAG.roamingNumber:
      addressString(c, f.destinationRoaming, e);
      r.destination = 'subscriber';
      return true;
    case TAG.serviceCentre:
      r.smsc = addressString(c, f.destinationCentre, e);
      r.destination = 'centre';
      return true;
    case TAG.none:
      leaf(c, f.noDestination, e, null);
      r.destination = 'none';
      return true;
    default:
      return false;
  }
}

// SM-RP-OA
function readOrigin(c: Cursor, e: Element, r: Reading): boolean {
  switch (e.tag) {
    case TAG.msisdn:
      r.msisdn = addressString(c, f.originMsisdn, e);
      r.origin = 'subscriber';
      return true;
    case TAG.serviceCentre:
      r.smsc = addressString(c, f.originCentre, e);
      r.origin = 'centre';
      return true;
    case TAG.none:
      leaf(c, f.noOrigin, e, null);
      r.origin = 'none';
      return true;
    default:
      return false;
  }
}

function readRest(c: Cursor, e: Element, r: Reading): boolean {
  if (e.tag === TAG.null) {
    leaf(c, f.moreMessages, e, null, 'yes');
    r.moreMessages = true;
    return true;
  }
  // MO-ForwardSM-Arg of version 3: who sends.
  if (e.tag === TAG.octetString && r.destination === 'centre') {
    r.imsi = imsiOf(c, f.imsi, e);
    return true;
  }
  return false;
}

// 17.7.6, MT-ForwardSM-Res, MO-ForwardSM-Res: the report of the phone, or of the service centre.
export function readForwardResult(c: Cursor, operation: number): ForwardResult {
  let tpdu: Tpdu | null = null as Tpdu | null;
  readAll(c, (e) => {
    if (e.tag !== TAG.octetString || tpdu !== null) return false;
    const direction = operation === OPERATION.mtForward ? 'mo' : 'mt';
    tpdu = inside(c, f.userInformation, e, (body) => decodeTpdu(body, direction));
    return true;
  });
  return { what: 'forward-result', tpdu };
}
