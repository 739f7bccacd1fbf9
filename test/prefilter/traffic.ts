// SMPP connections as they should not be: every form of message and of damage, by chance, from a seed.

import { type Endpoint, ethernet, FLAGS, tcpPacket } from '../../analysis/encode/network.ts';
import { writePcap } from '../../captures/write/pcap.ts';
import { welcome } from '../generator/documents.ts';
import { keyOf } from '../generator/keys.ts';
import { ascii, cstring, join, octets, seeded, u16 } from '../generator/octets.ts';
import { parts, protectedPush } from '../generator/push.ts';
import { COMMAND, dataBody, messageBody, pdu, RESPONSE, receipt, TLV, tlv, UDHI } from '../generator/smpp.ts';

export type Random = (below: number) => number;

export const PIN = '4711';

export const pick = <T>(random: Random, list: readonly T[]): T => list[random(list.length)]!;

const NUMBERS = ['+491555010001', '+491555010002', '491555010003', '+49x', '+', '', 'Gateway', '12345'];
const TEXTS = [
  'Your code is 4711',
  'Bring milk',
  '  id: is not all it takes',
  'id:0001 sub:001 dlvrd:001 stat:DELIVRD err:000 text:',
  '//SCK0B84 and no more',
  '\u0001\u0006\u0001\u00ae',
  'A longer text. '.repeat(9),
];

/** One message as octets of a PDU, and those that belong to it; `n` is its sequence number. */
function request(random: Random, n: number): Uint8Array[] {
  const [from, to] = [pick(random, NUMBERS), pick(random, NUMBERS)];
  const message = ascii(pick(random, TEXTS));
  const command = random(4) === 0 ? COMMAND.deliverSm : COMMAND.submitSm;
  const text = { from, to, dataCoding: pick(random, [0, 0, 1, 3, 8, 0xf1, 0x11]), message };
  const one = (body: Uint8Array, id: number = command, status = 0) => [pdu(id, status, n, body)];
  switch (random(24)) {
    case 0: {
      const push = protectedPush('USERPIN', keyOf.USERPIN(PIN), welcome());
      const all = parts(push, random(256));
      return all.map((p, i) => pdu(COMMAND.submitSm, 0, n + i, messageBody({ from, to, esmClass: UDHI, message: p })));
    }
    case 1:
      return [receipt(n, { from, to, id: `${n}`, state: 'DELIVRD', error: '000', done: '2611231200' })];
    case 2:
      return one(messageBody({ ...text, tlvs: [tlv(TLV.userMessageReference, u16(n & 0xffff))] }));
    case 3:
      return one(messageBody({ ...text, tlvs: [tlv(TLV.destinationPort, u16(2948))] }));
    case 4:
      return one(messageBody({ ...text, tlvs: [tlv(TLV.sarTotal, octets(2))] }));
    case 5:
      return one(messageBody({ ...text, message: octets(), tlvs: [tlv(TLV.messagePayload, message)] }));
    case 6:
      return one(messageBody({ ...text, message: octets() }));
    case 7:
      return one(messageBody({ ...text, esmClass: pick(random, [UDHI, 4, 8, 3, 0x20, 0x80]) }));
    case 8:
      return one(join(messageBody(text), octets(1, 2)));
    case 9:
      return one(messageBody(text).slice(0, 20 + random(20)));
    case 10:
      return one(dataBody({ ...text, tlvs: [tlv(TLV.messagePayload, message)] }), COMMAND.dataSm);
    case 11:
      return one(messageBody({ ...text, message: join(octets(5, 0, 3, 7, 2, 1), message) }));
    case 12:
      return one(messageBody(text), command, pick(random, [0x58, 0x2000]));
    case 13:
      return one(octets(), COMMAND.enquireLink);
    case 14:
      return one(messageBody({ ...text, dataCoding: 4 }));
    case 15:
      return one(join(messageBody(text), tlv(0x1400, octets(...message))));
    default:
      return one(messageBody(text));
  }
}

function response(random: Random, request: Uint8Array): Uint8Array {
  const sequence = new DataView(request.buffer, request.byteOffset).getUint32(12);
  const id = new DataView(request.buffer, request.byteOffset).getUint32(4);
  const number = random(20) === 0 ? sequence + 1 : sequence;
  const status = random(6) === 0 ? 0x58 : 0;
  const body = pick(random, [cstring(`${sequence}`), cstring(`${sequence}`), octets(), ascii('no end'), octets(0, 9)]);
  return random(30) === 0 ? pdu(COMMAND.genericNack, 3, number) : pdu(RESPONSE + id, status, number, body);
}

export interface Frame {
  bytes: Uint8Array;
  time: bigint;
  wireLength?: number;
}

/** Both directions of one connection, cut into segments by chance. */
function connection(random: Random, out: Frame[], client: Endpoint, centre: Endpoint, messages: number): void {
  const next = { up: random(2 ** 32), down: random(2 ** 32) };
  let time = BigInt(1_795_500_000_000 + random(5000)) * 1_000_000n;
  const put = (up: boolean, flags: number, payload: Uint8Array): void => {
    const [from, to] = up ? [client, centre] : [centre, client];
    const [mine, other] = up ? ([next.up, next.down] as const) : ([next.down, next.up] as const);
    const fields = { sequence: mine >>> 0, acknowledgement: other >>> 0, flags };
    time += BigInt(1 + random(40)) * 1_000_000n;
    out.push({ time, bytes: ethernet(from, to, tcpPacket(from, to, out.length & 0xffff, fields, payload)) });
    const taken = payload.length + ((flags & FLAGS.syn) !== 0 ? 1 : 0);
    if (up) next.up += taken;
    else next.down += taken;
  };
  if (random(3) > 0) {
    put(true, FLAGS.syn, octets());
    put(false, FLAGS.syn | FLAGS.ack, octets());
  }
  const swapped = random(4) === 0;
  const waiting: Uint8Array[] = [];
  const queue = { up: octets(), down: octets() };
  let n = 1 + random(5);
  const flush = (up: boolean, all: boolean): void => {
    const side = up ? 'up' : 'down';
    while (queue[side].length > 0) {
      const size = all ? queue[side].length : Math.min(queue[side].length, 1 + random(500));
      put(up, FLAGS.ack | FLAGS.psh, queue[side].slice(0, Math.min(size, 1400)));
      queue[side] = queue[side].slice(Math.min(size, 1400));
      if (!all && random(2) === 0) return;
    }
  };
  for (let i = 0; i < messages; i++) {
    for (const p of request(random, n)) {
      queue.up = join(queue.up, p);
      waiting.push(p);
      n += random(12) === 0 ? 0 : 1;
    }
    if (random(3) > 0) flush(true, random(3) > 0);
    while (waiting.length > 0 && random(3) > 0) queue.down = join(queue.down, response(random, waiting.shift()!));
    if (random(2) > 0) flush(false, random(3) > 0);
  }
  flush(true, true);
  flush(false, true);
  put(true, pick(random, [FLAGS.ack | FLAGS.fin, FLAGS.rst, FLAGS.ack]), octets());
  if (swapped) out.reverse();
}

/** Loss, repetition, disorder, short captures, changed octets. */
export function damage(random: Random, frames: Frame[]): Frame[] {
  const out: Frame[] = [];
  const kinds = random(4) === 0 ? 0 : 40;
  for (const f of frames) {
    const kind = kinds === 0 ? -1 : random(kinds);
    if (kind === 0) continue;
    if (kind === 1) out.push(f);
    if (kind === 2) out.push({ ...f, bytes: f.bytes.slice(0, 40 + random(40)), wireLength: f.bytes.length });
    else if (kind === 3) out.splice(Math.max(0, out.length - 1 - random(4)), 0, f);
    else if (kind === 4) {
      const bytes = f.bytes.slice();
      bytes[Math.min(bytes.length - 1, 54 + random(60))]! ^= 1 << random(8);
      out.push({ ...f, bytes });
    } else out.push(f);
  }
  return random(3) === 0 ? out.slice(random(20)) : out;
}

/** A capture of one or two connections between clients and a message centre on a port that is bound, or on any. */
export function smppCapture(seed: number, messages = 60): Uint8Array {
  const random = seeded(seed);
  const frames: Frame[] = [];
  for (let i = 0; i <= random(2); i++) {
    const client = { mac: '02:00:5e:00:53:01', ip: '192.0.2.1', port: 40_000 + i };
    const centre = { mac: '02:00:5e:00:53:02', ip: '192.0.2.2', port: pick(random, [2775, 2775, 5016, 80]) };
    const own: Frame[] = [];
    connection(random, own, client, centre, messages);
    frames.push(...own);
  }
  const sorted = random(4) === 0 ? frames : frames.sort((a, b) => Number(a.time - b.time));
  return writePcap(damage(random, sorted), { linkType: 1 });
}
