// Short messages: parts with user data headers, TPDUs as a phone keeps them.

import { join, octets, u16 } from './octets.ts';

export interface SplitOptions {
  readonly reference: number;
  /** Width of the reference; 8 unless given. */
  readonly bits?: 8 | 16;
  readonly destinationPort?: number;
  readonly sourcePort?: number;
  /** Octets of a part with its header; 140 unless given. */
  readonly most?: number;
}

export const PUSH_PORT = 2948;
const GATEWAY_PORT = 9200;

/** 3GPP TS 23.040 9.2.3.24: user data of each part, with its header. One part has the ports only. */
export function splitUserData(payload: Uint8Array, o: SplitOptions): Uint8Array[] {
  const destination = o.destinationPort ?? PUSH_PORT;
  const portElement = join(octets(5, 4), u16(destination), u16(o.sourcePort ?? GATEWAY_PORT));
  const most = o.most ?? 140;
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

/** Digits in swapped semi-octets, F as filler. */
export function semiOctets(digits: string): Uint8Array {
  const even = digits.length % 2 === 0 ? digits : `${digits}F`;
  return Uint8Array.from({ length: even.length / 2 }, (_, i) => Number.parseInt(even[2 * i + 1]! + even[2 * i]!, 16));
}

const INTERNATIONAL = 0x91;
const UNKNOWN = 0x81;

/** 3GPP TS 23.040 9.1.2.5, address field of a TPDU; '+49...' or a short code. */
function tpAddress(text: string): Uint8Array {
  const digits = text.replace('+', '');
  return join(octets(digits.length, text.startsWith('+') ? INTERNATIONAL : UNKNOWN), semiOctets(digits));
}

/** 9.2.3.11: 'YYMMDDhhmmss' and quarters of an hour. */
const timestamp = (local: string, quarters: number): Uint8Array =>
  semiOctets(local + String(quarters).padStart(2, '0'));

export interface DeliverFields {
  readonly serviceCentre: string;
  readonly from: string;
  readonly time: string;
  readonly userData: Uint8Array;
}

/** Service centre address and SMS-DELIVER (9.2.2.1) with 8-bit user data and header, as a modem prints it. */
export function deliverPdu(d: DeliverFields): Uint8Array {
  const centre = semiOctets(d.serviceCentre.replace('+', ''));
  return join(
    octets(centre.length + 1, INTERNATIONAL),
    centre,
    octets(0x44),
    tpAddress(d.from),
    octets(0, 0xf5),
    timestamp(d.time, 4),
    octets(d.userData.length),
    d.userData,
  );
}

/** SMS-DELIVER of an ordinary text of the basic alphabet without extensions. */
export function textPdu(serviceCentre: string, from: string, time: string, text: string): Uint8Array {
  const centre = semiOctets(serviceCentre.replace('+', ''));
  return join(
    octets(centre.length + 1, INTERNATIONAL),
    centre,
    octets(0x04),
    tpAddress(from),
    octets(0, 0),
    timestamp(time, 4),
    octets(text.length),
    packSeptets(text),
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
