// Large captures for benchmarks: the traffic of an IP network in which pushes are rare.

import { type Endpoint, ethernet, FLAGS, tcpPacket, udpPacket } from '../analysis/encode/network.ts';
import { encodePush } from '../dissectors/wap/encode.ts';
import { CP_TYPE, welcome } from '../test/generator/documents.ts';
import { keyOf, mac, SEC } from '../test/generator/keys.ts';
import { ascii, fromHex, seeded } from '../test/generator/octets.ts';
import { COMMAND, messageBody, pdu, RESPONSE, UDHI } from '../test/generator/smpp.ts';
import { splitUserData } from '../test/generator/sms.ts';
import { Output } from './lib/output.ts';

export interface MixedOptions {
  /** About as many octets the file will have. */
  readonly bytes: number;
  readonly pushes: number;
  readonly seed: number;
}

export interface MixedFacts {
  readonly bytes: number;
  readonly frames: number;
  /** Provisioning pushes: over SMPP, in parts, and over UDP. */
  readonly smppPushes: number;
  readonly udpPushes: number;
  readonly parts: number;
  /** The PIN all of them verify with. */
  readonly pin: string;
}

const PIN = '4711';
const HEADERS = 54;
const FLOWS = 256;
/** Every so many pushes, one goes over UDP. */
const UDP_EVERY = 10;

const endpoint = (host: number, ip: string, port: number): Endpoint => ({
  mac: `02:00:5e:00:${(0x53 + (host >> 8)).toString(16)}:${(host & 255).toString(16).padStart(2, '0')}`,
  ip,
  port,
});

const BODIES = { full: 1460, middle: 517, none: 0 } as const;
type Size = keyof typeof BODIES;

/** A connection of the background: its headers are ready, numbers are written over them. */
interface Flow {
  readonly headers: Readonly<Record<Size, readonly [toServer: Uint8Array, toClient: Uint8Array]>>;
  readonly next: [client: number, server: number];
  left: number;
}

function makeFlow(i: number, random: (below: number) => number): Flow {
  const client = endpoint(i, `198.51.100.${1 + (i % 250)}`, 20000 + i * 97);
  const server = endpoint(600 + (i % 40), `203.0.113.${1 + (i % 40)}`, i % 3 === 0 ? 80 : 443);
  const header = (from: Endpoint, to: Endpoint, size: number) => {
    const fields = { sequence: 0, acknowledgement: 0, flags: FLAGS.ack | (size > 0 ? FLAGS.psh : 0) };
    return ethernet(from, to, tcpPacket(from, to, 0, fields, new Uint8Array(size))).slice(0, HEADERS);
  };
  const pair = (size: number) => [header(client, server, size), header(server, client, size)] as const;
  return {
    headers: { full: pair(BODIES.full), middle: pair(BODIES.middle), none: pair(BODIES.none) },
    next: [random(2 ** 32), random(2 ** 32)],
    left: 200 + random(2000),
  };
}

/** Octets that look like TLS records, and some like HTTP. */
function makePool(random: (below: number) => number): Uint8Array {
  const pool = Uint8Array.from({ length: 1 << 18 }, () => random(256));
  // Each answer says how long it is and ends with a full segment. Without that, a reader that puts HTTP together (tshark)
  // has to keep every connection to its end, and a comparison would measure only that: 200 s of processor time, not 20.
  const answer = ascii(
    'HTTP/1.1 200 OK\r\nServer: example\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 1362\r\n\r\n<!doctype html>',
  );
  for (let at = 0; at + 2048 < pool.length; at += 2048) {
    if ((at >> 11) % 4 === 0) pool.set(answer, at);
    else pool.set([0x17, 3, 3, 5, 0xaf], at);
  }
  return pool;
}

function background(out: Output, flow: Flow, pool: Uint8Array, random: (below: number) => number): void {
  const kind = random(100);
  const size: Size = kind < 50 ? 'full' : kind < 62 ? 'middle' : 'none';
  const toClient = kind < 90 ? 1 : 0;
  const header = flow.headers[size][toClient];
  const length = BODIES[size];
  const at = out.record(HEADERS + length);
  out.buffer.set(header, at);
  out.view.setUint32(at + 38, flow.next[toClient]!, false);
  out.view.setUint32(at + 42, flow.next[toClient === 1 ? 0 : 1]!, false);
  if (length === 0) return;
  const from = random(100) << 11;
  out.buffer.set(pool.subarray(from, from + length), at + HEADERS);
  flow.next[toClient] = (flow.next[toClient]! + length) >>> 0;
  flow.left--;
  if (flow.left > 0) return;
  // The old connection is over; another one uses the same template with new ports and numbers.
  out.buffer[at + 47]! |= FLAGS.fin;
  const port = 20000 + random(40000);
  for (const [up, down] of Object.values(flow.headers)) {
    up.set([port >> 8, port & 255], 34);
    down.set([port >> 8, port & 255], 36);
  }
  flow.next[0] = random(2 ** 32);
  flow.next[1] = random(2 ** 32);
  flow.left = 200 + random(2000);
}

/** Frames of one push, with the places of what differs from one to the next. */
interface Template {
  readonly submits: readonly { readonly bytes: Uint8Array; readonly number: number; readonly reference: number }[];
}

const NUMBER = '491555010000000';
const DIGITS = 7;
const GATEWAY = endpoint(900, '192.0.2.10', 41022);
const CENTRE = endpoint(901, '192.0.2.20', 2775);
const PROXY = endpoint(902, '192.0.2.30', 9200);
const PHONE = endpoint(903, '198.51.100.99', 2948);

function makePush(): Uint8Array {
  const body = welcome();
  return encodePush({ contentType: CP_TYPE, sec: SEC.USERPIN, mac: mac(keyOf.USERPIN(PIN), body), body });
}

function makeTemplate(push: Uint8Array): Template {
  const submits = splitUserData(push, { reference: 0xaa }).map((message) => {
    const body = messageBody({ from: '32100', to: `+${NUMBER}`, esmClass: UDHI, registered: true, message });
    const submit = pdu(COMMAND.submitSm, 0, 0, body);
    const fields = { sequence: 0, acknowledgement: 0, flags: FLAGS.ack | FLAGS.psh };
    const bytes = ethernet(GATEWAY, CENTRE, tcpPacket(GATEWAY, CENTRE, 0, fields, submit));
    const text = new TextDecoder('latin1').decode(bytes);
    // Header: length, ports of 6 octets, then concatenation of 5 with the reference third.
    return {
      bytes,
      number: text.indexOf(NUMBER) + NUMBER.length - DIGITS,
      reference: bytes.length - message.length + 9,
    };
  });
  return { submits };
}

/** SMPP on one connection: what goes up and comes down, in sequence. */
class Sender {
  readonly #out: Output;
  readonly #template: Template;
  readonly #answer: Uint8Array;
  readonly #next = { up: 1000, down: 5000 };
  #sequence = 1;

  constructor(out: Output, template: Template) {
    this.#out = out;
    this.#template = template;
    const answer = pdu(RESPONSE + COMMAND.submitSm, 0, 0, ascii('00000000\0'));
    const fields = { sequence: 0, acknowledgement: 0, flags: FLAGS.ack | FLAGS.psh };
    this.#answer = ethernet(CENTRE, GATEWAY, tcpPacket(CENTRE, GATEWAY, 0, fields, answer));
  }

  get parts(): number {
    return this.#template.submits.length;
  }

  /** One part of push `n`, and its answer. */
  part(n: number, part: number): void {
    const { buffer, view } = this.#out;
    const submit = this.#template.submits[part]!;
    const up = this.#out.frame(submit.bytes);
    view.setUint32(up + 38, this.#next.up, false);
    view.setUint32(up + 42, this.#next.down, false);
    view.setUint32(up + HEADERS + 12, this.#sequence, false);
    buffer[up + submit.reference] = n & 255;
    for (let i = 0; i < DIGITS; i++)
      buffer[up + submit.number + i] = 0x30 + (Math.floor(n / 10 ** (DIGITS - 1 - i)) % 10);
    this.#next.up += submit.bytes.length - HEADERS;
    const down = this.#out.frame(this.#answer);
    view.setUint32(down + 38, this.#next.down, false);
    view.setUint32(down + 42, this.#next.up, false);
    view.setUint32(down + HEADERS + 12, this.#sequence, false);
    const id = this.#sequence.toString(16).padStart(8, '0');
    for (let i = 0; i < 8; i++) buffer[down + HEADERS + 16 + i] = id.charCodeAt(i);
    this.#next.down += this.#answer.length - HEADERS;
    this.#sequence++;
  }
}

/** A datagram of one push; the document is the same, the phone's address is not. */
function sendDatagram(out: Output, frame: Uint8Array, n: number): void {
  const at = out.frame(frame);
  out.buffer[at + 32] = 1 + ((n >> 6) % 250);
  out.buffer[at + 33] = 1 + (n % 250);
}

/**
 * Writes a pcap file of web traffic with `pushes` provisioning messages spread over it, nine of ten over SMPP, the others
 * over UDP. The same arguments give the same file.
 */
export function generateMixed(path: string, options: MixedOptions): MixedFacts {
  const random = seeded(options.seed);
  const out = new Output(path);
  const pool = makePool(random);
  const flows = Array.from({ length: FLOWS }, (_, i) => makeFlow(i, random));
  const push = makePush();
  const sender = new Sender(out, makeTemplate(push));
  const datagram = ethernet(PROXY, PHONE, udpPacket(PROXY, PHONE, 0, push));
  const asked = fromHex('1a2b 0100 0001 0000 0000 0000 03777777 076578616d706c65 03636f6d 00 0001 0001');
  const query = ethernet(PHONE, PROXY, udpPacket({ ...PHONE, port: 53124 }, { ...PROXY, port: 53 }, 0, asked));
  const step = options.bytes / Math.max(1, options.pushes);
  let [smppPushes, udpPushes] = [0, 0];
  for (let n = 0; out.written < options.bytes || n < options.pushes; ) {
    if (n < options.pushes && out.written >= step * n) {
      if (n % UDP_EVERY === UDP_EVERY - 1) {
        sendDatagram(out, datagram, n);
        udpPushes++;
      } else {
        for (let part = 0; part < sender.parts; part++) {
          sender.part(n, part);
          for (let i = random(6); i > 0; i--) background(out, flows[random(FLOWS)]!, pool, random);
        }
        smppPushes++;
      }
      n++;
      continue;
    }
    if (random(64) === 0) out.frame(query);
    else background(out, flows[random(FLOWS)]!, pool, random);
  }
  out.end();
  return { bytes: out.written, frames: out.frames, smppPushes, udpPushes, parts: smppPushes * sender.parts, pin: PIN };
}
