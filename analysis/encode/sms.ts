// Short messages: parts with user data headers, and the TPDUs that carry them (3GPP TS 23.040).

import { join, semiOctets } from '../verify/keys.ts';
import { octets, u16 } from './octets.ts';

export interface SplitOptions {
  readonly reference: number;
  /** Width of the reference; 8 unless given. */
  readonly bits?: 8 | 16;
  readonly destinationPort?: number;
  readonly sourcePort?: number;
  /** Octets of a part with its header; 140 unless given. */
  readonly most?: number;
}

/** WAP-259-WDP appendix B: connectionless push. */
export const PUSH_PORT = 2948;
const GATEWAY_PORT = 9200;
/** TP-User-Data of 8-bit data (3GPP TS 23.040 9.2.3.16). */
export const MOST_USER_DATA = 140;
/** Parts that one reference can count (3GPP TS 23.040 9.2.3.24.1). */
export const MOST_PARTS = 255;

/** 3GPP TS 23.040 9.2.3.24: user data of each part, with its header. One part has the ports only. */
export function splitUserData(payload: Uint8Array, o: SplitOptions): Uint8Array[] {
  const destination = o.destinationPort ?? PUSH_PORT;
  const portElement = join(octets(5, 4), u16(destination), u16(o.sourcePort ?? GATEWAY_PORT));
  const most = o.most ?? MOST_USER_DATA;
  const single = join(octets(portElement.length), portElement);
  if (single.length + payload.length <= most) return [join(single, payload)];
  const header = (total: number, part: number) => {
    const concatenation = o.bits === 16 ? join(octets(8, 4), u16(o.reference)) : octets(0, 3, o.reference);
    return join(octets(portElement.length + concatenation.length + 2), portElement, concatenation, octets(total, part));
  };
  const room = most - header(1, 1).length;
  const total = Math.ceil(payload.length / room);
  return Array.from({ length: total }, (_, i) =>
    join(header(total, i + 1), payload.subarray(i * room, (i + 1) * room)),
  );
}

const INTERNATIONAL = 0x91;
const UNKNOWN = 0x81;
const ALPHANUMERIC = 0xd0;

/** 3GPP TS 23.040 9.1.2.5, address field of a TPDU: '+49...', a short code, or up to 11 letters. */
export function tpAddress(text: string): Uint8Array {
  if (!/^\+?\d*$/.test(text)) {
    const packed = packSeptets(text);
    return join(octets(Math.ceil((text.length * 7) / 4), ALPHANUMERIC), packed);
  }
  const digits = text.replace('+', '');
  return join(octets(digits.length, text.startsWith('+') ? INTERNATIONAL : UNKNOWN), semiOctets(digits));
}

/** 9.2.3.11: 'YYMMDDhhmmss' and quarters of an hour. */
export const timestamp = (local: string, quarters: number): Uint8Array =>
  semiOctets(local + String(quarters).padStart(2, '0'));

/** Service centre address as modems print it in front of a TPDU: 3GPP TS 27.005 3.1. '' is none. */
export function serviceCentreAddress(centre: string): Uint8Array {
  const digits = centre.replace('+', '');
  if (digits === '') return octets(0);
  const packed = semiOctets(digits);
  return join(octets(packed.length + 1, centre.startsWith('+') ? INTERNATIONAL : UNKNOWN), packed);
}

export interface DeliverFields {
  /** '' where none is known. */
  readonly serviceCentre: string;
  readonly from: string;
  /** Local time, 'YYMMDDhhmmss'. */
  readonly time: string;
  /** Quarters of an hour east of UTC; 4 unless given. */
  readonly quarters?: number;
  readonly userData: Uint8Array;
}

/** TP-MTI, TP-UDHI and TP-MMS of the first octet (3GPP TS 23.040 9.2.3.1, 9.2.3.2, 9.2.3.23). */
const DELIVER_WITH_HEADER = 0x44;
const SUBMIT_WITH_HEADER = 0x41;
const DATA_CLASS_1 = 0xf5;

/** Service centre address and SMS-DELIVER (9.2.2.1) with 8-bit user data and header, as a modem prints it. */
export function deliverPdu(d: DeliverFields): Uint8Array {
  return join(
    serviceCentreAddress(d.serviceCentre),
    octets(DELIVER_WITH_HEADER),
    tpAddress(d.from),
    octets(0, DATA_CLASS_1),
    timestamp(d.time, d.quarters ?? 4),
    octets(d.userData.length),
    d.userData,
  );
}

export interface SubmitFields {
  /** '' lets the modem use its own. */
  readonly serviceCentre: string;
  readonly to: string;
  readonly userData: Uint8Array;
}

/** Service centre address and SMS-SUBMIT (9.2.2.2) without validity period, as AT+CMGS takes it. */
export function submitPdu(s: SubmitFields): Uint8Array {
  return join(
    serviceCentreAddress(s.serviceCentre),
    octets(SUBMIT_WITH_HEADER, 0),
    tpAddress(s.to),
    octets(0, DATA_CLASS_1, s.userData.length),
    s.userData,
  );
}

/** 3GPP TS 23.038 6.1.2.1.1; letters, digits and punctuation that are the same as in ASCII. */
export function packSeptets(text: string): Uint8Array {
  const out = new Uint8Array(Math.ceil((text.length * 7) / 8));
  for (let i = 0; i < text.length; i++) {
    const bit = i * 7;
    const v = text.charCodeAt(i) << (bit & 7);
    out[bit >> 3]! |= v;
    if (v > 0xff) out[(bit >> 3) + 1]! |= v >> 8;
  }
  return out;
}
