// GSMTAP: the radio interface between phone and base station, and the interface of a card, as tools record them.

import type { Endpoint } from '../../analysis/encode/network.ts';
import { type Tape, udpFrame } from '../../analysis/encode/tape.ts';
import { join, octets, u16, u32 } from './octets.ts';
import { deliverPdu, semiOctets } from './sms.ts';

const HERE: Endpoint = { mac: '02:00:00:00:10:01', ip: '192.0.2.41', port: 43_117 };
const THERE: Endpoint = { mac: '02:00:00:00:10:02', ip: '192.0.2.42', port: 4729 };

const UM = 1;
const SIM = 4;
const SDCCH8 = 8;
const UPLINK = 0x4000;
const ARFCN = 62;

const header = (type: number, subType: number, arfcn: number, frameNumber: number): Uint8Array =>
  join(octets(2, 4, type, 1), u16(arfcn), octets(0xc8, 18), u32(frameNumber), octets(subType, 0, 3, 0));

/** 3GPP TS 44.006 2.1, 2.2: frames of 23 octets; what is not used is filled. */
const N201 = 20;
const FILL = 0x2b;
const SIGNALLING = 0;
export const SHORT_MESSAGES = 3;

type Side = 'phone' | 'network';

/** 3GPP TS 24.008 10.5.1.4: mobile identity of an IMSI. */
const identity = (imsi: string): Uint8Array => semiOctets(`${imsi.length % 2 === 1 ? '9' : '1'}${imsi}`);

/** A dedicated channel: links are established, layer 3 messages cut into acknowledged I frames. */
export class RadioChannel {
  readonly #tape: Tape;
  readonly #numbers: Record<Side, number> = { phone: 0, network: 0 };
  #id = 0x2300;
  #frameNumber = 1_234_000;

  constructor(tape: Tape) {
    this.#tape = tape;
  }

  /** 3GPP TS 44.018 3.3.1.1.3: the phone answers paging with its IMSI; both links come up. */
  open(imsi: string): this {
    const id = identity(imsi);
    const paging = join(octets(0x06, 0x27, 0x07, 0x03, 0x53, 0x59, 0x86, id.length), id);
    this.#frame('phone', SIGNALLING, 0x3f, paging);
    this.#frame('network', SIGNALLING, 0x73, paging);
    this.#frame('network', SHORT_MESSAGES, 0x3f, octets());
    this.#frame('phone', SHORT_MESSAGES, 0x73, octets());
    return this;
  }

  pause(ms: number): this {
    this.#tape.wait(ms);
    return this;
  }

  /** 3GPP TS 24.011 7.3.1.1: a part on its way to the phone, CP-acknowledged. */
  deliver(reference: number, tpdu: Uint8Array, centre: Uint8Array): this {
    const rp = join(octets(1, reference), centre, octets(0, tpdu.length), tpdu);
    this.#message('network', join(octets(0x09, 0x01, rp.length), rp));
    this.#message('phone', octets(0x89, 0x04));
    return this;
  }

  /** 7.3.3, 7.3.4: the phone takes it, or gives a cause. */
  answer(reference: number, cause?: number): this {
    const rp = cause === undefined ? octets(2, reference) : octets(4, reference, 1, cause);
    this.#message('phone', join(octets(0x89, 0x01, rp.length), rp));
    this.#message('network', octets(0x09, 0x04));
    return this;
  }

  #message(from: Side, message: Uint8Array): void {
    for (let at = 0; at < message.length; at += N201) {
      const other = from === 'phone' ? 'network' : 'phone';
      const part = message.subarray(at, at + N201);
      const number = this.#numbers[from];
      this.#frame(from, SHORT_MESSAGES, number << 1, part, at + N201 < message.length);
      this.#numbers[from] = (number + 1) & 7;
      this.#frame(other, SHORT_MESSAGES, (((number + 1) & 7) << 5) | 1, octets());
    }
  }

  #frame(from: Side, sapi: number, control: number, information: Uint8Array, more = false): void {
    // 3.3.2: commands of the network and responses of the phone have C/R 1.
    const isCommand = (control & 1) === 0 || (control & 0xef) === 0x2f;
    const command = isCommand === (from === 'network') ? 2 : 0;
    const length = (information.length << 2) | (more ? 2 : 0) | 1;
    const fill = new Uint8Array(N201 - information.length).fill(FILL);
    const frame = join(octets((sapi << 2) | command | 1, control, length), information, fill);
    this.#frameNumber += 51;
    const arfcn = ARFCN | (from === 'phone' ? UPLINK : 0);
    this.#id += 1;
    const data = join(header(UM, SDCCH8, arfcn, this.#frameNumber), frame);
    this.#tape.add(udpFrame(HERE, THERE, this.#id, data)).wait(235);
  }
}

/** TPDU and service centre address of a part, as RP-DATA has them. */
export function partOf(serviceCentre: string, from: string, time: string, userData: Uint8Array) {
  const pdu = deliverPdu({ serviceCentre, from, time, userData });
  const centre = pdu.subarray(0, pdu[0]! + 1);
  return { centre, tpdu: pdu.subarray(centre.length) };
}

/** The interface of a card: whole APDUs, in the class of the UICC. */
export class CardTrace {
  readonly #tape: Tape;
  #id = 0x3100;

  constructor(tape: Tape) {
    this.#tape = tape;
  }

  #apdu(...parts: readonly Uint8Array[]): this {
    this.#id += 1;
    this.#tape.add(udpFrame(HERE, THERE, this.#id, join(header(SIM, 0, 0, 0), ...parts))).wait(11);
    return this;
  }

  #selected(size: number | null, fid: Uint8Array): this {
    const descriptor = size === null ? octets(0x82, 2, 0x78, 0x21) : octets(0x82, 2, 0x41, 0x21);
    const length = size === null ? octets() : join(octets(0x80, 2), u16(size));
    const inner = join(descriptor, octets(0x83, fid.length), fid, length);
    const fcp = join(octets(0x62, inner.length), inner);
    return this.#apdu(octets(0x00, 0xc0, 0, 0, fcp.length), fcp, u16(0x9000));
  }

  application(aid: Uint8Array): this {
    this.#apdu(octets(0x00, 0xa4, 0x04, 0x04, aid.length), aid, u16(0x6114));
    return this.#selected(null, octets(0x7f, 0xff));
  }

  /** SELECT by path from the master file, and READ BINARY of all of it, at most 200 octets at a time. */
  read(path: Uint8Array, file: Uint8Array): this {
    this.#apdu(octets(0x00, 0xa4, 0x08, 0x04, path.length), path, u16(0x6114));
    this.#selected(file.length, path.subarray(-2));
    for (let at = 0; at < file.length; at += 200) {
      const part = file.subarray(at, at + 200);
      this.#apdu(octets(0x00, 0xb0, at >> 8, at & 255, part.length), part, u16(0x9000));
    }
    return this;
  }

  pause(ms: number): this {
    this.#tape.wait(ms);
    return this;
  }
}

/** 3GPP TS 31.102 4.2.2: EF IMSI. */
export const imsiFile = (imsi: string): Uint8Array => join(octets(8), identity(imsi));

const tagged = (tag: number, ...parts: readonly Uint8Array[]): Uint8Array => {
  const value = join(...parts);
  return join(octets(tag, value.length), value);
};

/** PKCS#15: an object directory that points to the data object directory. */
export const objectDirectory = (path: Uint8Array): Uint8Array => tagged(0xa7, tagged(0x30, tagged(0x04, path)));

/** An entry of the data object directory: 2.23.43.5.n is at the path. */
export const provisioningObject = (label: string, n: number, path: Uint8Array): Uint8Array => {
  const name = tagged(
    0x30,
    tagged(
      0x0c,
      Uint8Array.from(label, (c) => c.charCodeAt(0)),
    ),
  );
  const object = tagged(0x30, tagged(0x06, octets(0x67, 0x2b, 0x05, n)), tagged(0x30, tagged(0x04, path)));
  return tagged(0xa1, name, tagged(0x30), tagged(0xa1, object));
};
