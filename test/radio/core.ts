// Messages of SGs, S1, A and Abis by hand.

import { hex } from '../sms/support.ts';
import { DELIVER } from './support.ts';

const octets = (text: string): number => hex(text).length;
const u8 = (v: number): string => v.toString(16).padStart(2, '0');
const u16 = (v: number): string => v.toString(16).padStart(4, '0');

export const lv = (text: string): string => `${u8(octets(text))} ${text}`;
export const tlv = (tag: number, text: string): string => `${u8(tag)} ${lv(text)}`;

/** CP-DATA with RP-DATA to the phone. */
export const cpData = (reference = '07'): string =>
  `09 01 ${lv(`01 ${reference} 07 91 947101670000 00 ${lv(DELIVER)}`)}`;
/** The phone's CP-DATA with RP-ACK or RP-ERROR. */
export const cpAnswer = (rp: string): string => `89 01 ${lv(rp)}`;

export const IMSI = '262019876543210';
/** Mobile identity of that IMSI. */
export const IDENTITY = '29 26108967452301';

export const sgs = (type: number, ...elements: readonly string[]): string => `${u8(type)} ${elements.join(' ')}`;
export const sgsData = (type: number, container: string): string => sgs(type, tlv(1, IDENTITY), tlv(0x16, container));

/** Length determinant of aligned PER. */
const per = (text: string): string => {
  const n = octets(text);
  return `${n < 128 ? u8(n) : u16(0x8000 | n)} ${text}`;
};
export const s1Element = (id: number, value: string): string => `${u16(id)} 40 ${per(value)}`;
/** An initiatingMessage. */
export function s1(procedure: number, ...elements: readonly string[]): string {
  return `00 ${u8(procedure)} 40 ${per(`00 ${u16(elements.length)} ${elements.join(' ')}`)}`;
}
export const s1Nas = (procedure: number, nas: string, enb = '40 0123'): string =>
  s1(procedure, s1Element(0, 'c0 01020304'), s1Element(8, enb), s1Element(26, per(nas)));

export const nasTransport = (container: string, down = true): string => `07 ${down ? '62' : '63'} ${lv(container)}`;
/** `header`: 1 integrity, 2 integrity and ciphering. */
export const nasSecured = (message: string, header = 1): string => `${header}7 a1b2c3d4 05 ${message}`;

export const dtap = (message: string): string => `01 03 ${lv(message)}`;
export const bssmap = (message: string): string => `00 ${lv(message)}`;

export const rslData = (type: number, message: string, sapi = 3, channel = 0x41): string =>
  `03 ${u8(type)} 01 ${u8(channel)} 02 ${u8(sapi)} 0b ${u16(octets(message))} ${message}`;
