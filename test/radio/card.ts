// Traces of a card by hand.

import { hex, latin1, toHex } from '../sms/support.ts';
import { gsmtapFrame } from './um.ts';

const u8 = (v: number): string => v.toString(16).padStart(2, '0');
const size = (text: string): number => hex(text).length;

/** A provisioning document whose only characteristic, BOOTSTRAP, has the name. */
export const bootstrap = (name: string): string =>
  toHex(hex(`03 0b 6a 00 c5 46 01 c6 56 01 87 07 06 03 ${toHex(latin1(name))} 00 01 01 01`));

/** The card with its interface in GSMTAP: one frame an APDU. */
export const onWire = (apdu: string): string => gsmtapFrame(apdu, { type: 4, channel: 0 });
export const piece = (subType: number, octets: string): string => gsmtapFrame(octets, { type: 4, channel: subType });

/** Commands of GSM (class A0) or of the UICC (class 00). */
export class Commands {
  readonly cla: string;

  constructor(cla: 'a0' | '00') {
    this.cla = cla;
  }

  select(fid: string, status = this.cla === 'a0' ? '9f0f' : '6120'): string {
    return `${this.cla} a4 00 ${this.cla === 'a0' ? '00' : '04'} 02 ${fid} ${status}`;
  }

  path(path: string, status = '6120'): string {
    return `${this.cla} a4 08 04 ${u8(size(path))} ${path} ${status}`;
  }

  application(aid: string, status = '6120'): string {
    return `${this.cla} a4 04 04 ${u8(size(aid))} ${aid} ${status}`;
  }

  response(data: string, status = '9000'): string {
    return `${this.cla} c0 00 00 ${u8(size(data))} ${data} ${status}`;
  }

  read(offset: number, data: string, status = '9000'): string {
    return `${this.cla} b0 ${u8(offset >> 8)} ${u8(offset & 255)} ${u8(size(data) & 255)} ${data} ${status}`;
  }

  /** READ BINARY of all of a file, 255 octets at a time. */
  readAll(file: string): string[] {
    const digits = toHex(hex(file));
    return Array.from({ length: Math.ceil(digits.length / 510) }, (_, i) =>
      this.read(255 * i, digits.slice(510 * i, 510 * (i + 1))),
    );
  }

  update(offset: number, data: string, status = '9000'): string {
    return `${this.cla} d6 ${u8(offset >> 8)} ${u8(offset & 255)} ${u8(size(data))} ${data} ${status}`;
  }

  updateAll(file: string): string[] {
    const digits = toHex(hex(file));
    return Array.from({ length: Math.ceil(digits.length / 400) }, (_, i) =>
      this.update(200 * i, digits.slice(400 * i, 400 * (i + 1))),
    );
  }

  readRecord(number: number, data: string, status = '9000'): string {
    return `${this.cla} b2 ${u8(number)} 04 ${u8(size(data))} ${data} ${status}`;
  }

  updateRecord(number: number, data: string, status = '9000'): string {
    return `${this.cla} dc ${u8(number)} 04 ${u8(size(data))} ${data} ${status}`;
  }

  envelope(data: string, status = '9000'): string {
    return `${this.cla === 'a0' ? 'a0' : '80'} c2 00 00 ${u8(size(data))} ${data} ${status}`;
  }

  fetch(data: string): string {
    return `${this.cla === 'a0' ? 'a0' : '80'} 12 00 00 ${u8(size(data))} ${data} 9000`;
  }
}

/** What a UICC says of an elementary file. */
export const fcp = (fid: string, octets: number, descriptor = '41'): string =>
  `62 0f 82 02 ${descriptor}21 83 02 ${fid} 80 02 ${u8(octets >> 8)}${u8(octets & 255)} 88 01 08`;
/** What a SIM says of one: length of the file, identifier, type 04. */
export const gsmFile = (fid: string, octets: number): string =>
  `0000 ${u8(octets >> 8)}${u8(octets & 255)} ${fid} 04 00 11ff44 01 02 00 00`;

export const PKCS15 = 'a000000063504b43532d3135';
/** Object directory: data objects are in the directory file at 3F00 7F50 4402. */
export const ODF = 'a7 0a 30 08 04 06 3f007f504402';
/** One object of the data object directory: label, identifier, path; index and length where given. */
export function entry(n: number, path: string, more = '', withTag = true): string {
  const oid = `672b050${n}`;
  const object = `${withTag ? '06 04' : ''} ${oid} 30 ${u8(2 + size(path) + size(more))} 04 ${u8(size(path))} ${path} ${more}`;
  const attributes = `30 06 0c 04 50524f56 30 00 a1 ${u8(2 + size(object))} 30 ${u8(size(object))} ${object}`;
  return `a1 ${u8(size(attributes))} ${attributes}`;
}
