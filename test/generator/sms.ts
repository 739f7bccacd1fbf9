// Short messages: the parts and TPDUs that the product writes, and ordinary texts.

import { packSeptets, serviceCentreAddress, timestamp, tpAddress } from '../../analysis/encode/sms.ts';
import { join, octets } from './octets.ts';

export {
  type DeliverFields,
  deliverPdu,
  PUSH_PORT,
  type SplitOptions,
  splitUserData,
} from '../../analysis/encode/sms.ts';

/** Digits in swapped semi-octets, F as filler; apart from the product's own, which keys are made with. */
export function semiOctets(digits: string): Uint8Array {
  const even = digits.length % 2 === 0 ? digits : `${digits}F`;
  return Uint8Array.from({ length: even.length / 2 }, (_, i) => Number.parseInt(even[2 * i + 1]! + even[2 * i]!, 16));
}

/** SMS-DELIVER of an ordinary text of the basic alphabet without extensions. */
export function textPdu(serviceCentre: string, from: string, time: string, text: string): Uint8Array {
  return join(
    serviceCentreAddress(serviceCentre),
    octets(0x04),
    tpAddress(from),
    octets(0, 0),
    timestamp(time, 4),
    octets(text.length),
    packSeptets(text),
  );
}
