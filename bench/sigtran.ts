// Captures in which every packet is a MAP forward: texts to phones and from them, and settings for a few.

import { packSeptets } from '../analysis/encode/sms.ts';
import { encodePush } from '../dissectors/wap/encode.ts';
import { CP_TYPE, welcome } from '../test/generator/documents.ts';
import { keyOf, mac, SEC } from '../test/generator/keys.ts';
import { seeded } from '../test/generator/octets.ts';
import { semiOctets, splitUserData } from '../test/generator/sms.ts';
import * as map from '../test/sigtran/build.ts';
import { Output } from './lib/output.ts';

export interface SigtranOptions {
  /** Forwards, one a frame. */
  readonly forwards: number;
  /** Of a thousand of them, so many are parts of settings. */
  readonly settings: number;
  /** Each forward is followed by its answer, in a frame of its own. */
  readonly answers: boolean;
  readonly seed: number;
}

export interface SigtranFacts {
  readonly bytes: number;
  readonly frames: number;
  readonly forwards: number;
  readonly pushes: number;
  /** The PIN all settings verify with. */
  readonly pin: string;
}

const PIN = '4711';
const TEXTS = 256;
/** Of a hundred texts, so many go to phones. */
const TO_PHONES = 70;
const IMSI = '262019000000000';
const NUMBER = '491555090000000';
const DIGITS = 8;
const OTID = '7a7a7a7a';

/** A frame with the places of what differs from one to the next. */
interface Template {
  readonly bytes: Uint8Array;
  readonly tsn: number;
  readonly dialogue: number;
  /** The octets of eight digits; -1: nobody is named. */
  readonly digits: number;
}

const indexOf = (b: Uint8Array, what: Uint8Array): number => {
  for (let at = 0; at + what.length <= b.length; at++) if (what.every((v, i) => b[at + i] === v)) return at;
  return -1;
};

/** TSN of a data chunk behind Ethernet, IPv4, the common header of SCTP and that of the chunk. */
const TSN_AT = 14 + 20 + 12 + 4;

function template(message: Uint8Array, back: boolean, who: string | null): Template {
  const bytes = new map.Link({ from: 2905, to: 2905 }).tcap(message, back);
  const digits = who === null ? -1 : indexOf(bytes, semiOctets(who));
  return { bytes, tsn: TSN_AT, dialogue: indexOf(bytes, map.hex(OTID)), digits: digits < 0 ? -1 : digits + 3 };
}

const begin = (context: string, operation: number, argument: Uint8Array): Uint8Array =>
  map.begin({
    from: OTID,
    dialogue: map.aarq(map.mapContext(context, 3)),
    components: [map.invoke(1, operation, argument)],
  });

const toPhone = (tpdu: Uint8Array): Uint8Array =>
  begin('mt', 44, map.ber('30', map.imsi('80', IMSI), map.isdn('84', map.CENTRE), map.ber('04', tpdu)));

const fromPhone = (tpdu: Uint8Array): Uint8Array =>
  begin('mo', 46, map.ber('30', map.isdn('84', map.CENTRE), map.isdn('82', NUMBER), map.ber('04', tpdu)));

const answer = (context: string, operation: number): Uint8Array =>
  map.end({
    to: OTID,
    dialogue: map.aare(map.mapContext(context, 3)),
    components: [map.result(1, operation, map.ber('30'))],
  });

/** SMS-DELIVER and SMS-SUBMIT of a text in the default alphabet. */
const delivered = (text: string): Uint8Array =>
  map.join('04 0d 91 945155050900f0 00 00 62112291058240', map.u8(text.length), packSeptets(text));
const submitted = (text: string, n: number): Uint8Array =>
  map.join('01', map.u8(n & 255), '0c 91 947130000010 00 00', map.u8(text.length), packSeptets(text));

const WORDS = 'the order for tomorrow is on its way and will be there before noon call me when you have it'.split(' ');

function sentence(random: (below: number) => number): string {
  let text = `${1000 + random(9000)}`;
  for (let i = 4 + random(18); i > 0; i--) text += ` ${WORDS[random(WORDS.length)]}`;
  return text.slice(0, 120);
}

function settings(reference: number): Template[] {
  const body = welcome();
  const push = encodePush({ contentType: CP_TYPE, sec: SEC.USERPIN, mac: mac(keyOf.USERPIN(PIN), body), body });
  return splitUserData(push, { reference, most: 120 }).map((part) => {
    const tpdu = map.join('44 05 81 2301f0 00 f5 62112291058240', map.u8(part.length), part);
    return template(toPhone(tpdu), false, IMSI);
  });
}

/** Writes a pcap file of one association that carries forwards as fast as it can. The same arguments give the same file. */
export function generateSigtran(path: string, options: SigtranOptions): SigtranFacts {
  const random = seeded(options.seed);
  const out = new Output(path);
  const mt = Array.from({ length: TEXTS }, () => template(toPhone(delivered(sentence(random))), false, IMSI));
  const mo = Array.from({ length: TEXTS }, (_, n) => template(fromPhone(submitted(sentence(random), n)), true, NUMBER));
  const answers = { mt: template(answer('mt', 44), true, null), mo: template(answer('mo', 46), false, null) };
  const parts = settings(7);
  const tsn = [1000, 5000];
  let [dialogue, forwards, pushes] = [0x1000, 0, 0];
  const put = (t: Template, side: 0 | 1, digits: number): void => {
    const at = out.frame(t.bytes);
    out.view.setUint32(at + t.tsn, tsn[side]!, false);
    out.view.setUint16(at + t.tsn + 6, tsn[side]! & 0xffff, false);
    tsn[side]! += 1;
    out.view.setUint32(at + t.dialogue, dialogue, false);
    for (let i = 0, n = digits; t.digits >= 0 && i < DIGITS / 2; i++, n = Math.floor(n / 100)) {
      out.buffer[at + t.digits + i] = (n % 10) | ((Math.floor(n / 10) % 10) << 4);
    }
  };
  const forward = (t: Template, side: 0 | 1, digits: number): void => {
    dialogue += 1;
    forwards += 1;
    put(t, side, digits);
    if (options.answers) put(side === 0 ? answers.mt : answers.mo, side === 0 ? 1 : 0, 0);
  };
  while (forwards < options.forwards) {
    const digits = random(1e8);
    if (random(1000 * parts.length) < options.settings) {
      for (const part of parts) forward(part, 0, digits);
      pushes += 1;
    } else if (random(100) < TO_PHONES) forward(mt[random(TEXTS)]!, 0, digits);
    else forward(mo[random(TEXTS)]!, 1, digits);
  }
  out.end();
  return { bytes: out.written, frames: out.frames, forwards, pushes, pin: PIN };
}
