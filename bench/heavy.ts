// Captures in which every packet is a short message: texts, and settings for one phone each.

import { type Endpoint, ethernet, FLAGS, tcpPacket } from '../analysis/encode/network.ts';
import { encodePush } from '../dissectors/wap/encode.ts';
import { apn, browser, CP_TYPE, provisioning, proxy } from '../test/generator/documents.ts';
import { keyOf, mac, SEC } from '../test/generator/keys.ts';
import { ascii, seeded } from '../test/generator/octets.ts';
import { COMMAND, messageBody, pdu, UDHI } from '../test/generator/smpp.ts';
import { splitUserData } from '../test/generator/sms.ts';
import { Output } from './lib/output.ts';

export interface SmppOptions {
  /** PDUs, one a frame. */
  readonly submits: number;
  /** Of a hundred messages, so many are settings; 0.1: one of a thousand. */
  readonly settings: number;
  readonly seed: number;
}

export interface SmppFacts {
  readonly bytes: number;
  readonly submits: number;
  readonly settings: number;
  readonly texts: number;
  /** The PIN all settings verify with. */
  readonly pin: string;
}

const PIN = '4711';
/** How many settings are not the same: more than any cache that is worth its memory. */
const DOCUMENTS = 5000;
const GATEWAY: Endpoint = { mac: '02:00:5e:00:56:84', ip: '192.0.2.10', port: 41022 };
const CENTRE: Endpoint = { mac: '02:00:5e:00:56:85', ip: '192.0.2.20', port: 2775 };
const HEADERS = 54;

/** Settings of subscriber `n`, with a MAC over them. */
function settings(n: number): Uint8Array {
  const name = String(n).padStart(5, '0');
  const body = provisioning(
    proxy('PX', 'Example Mobile', '192.0.2.80', '8080', 'NAP'),
    apn('NAP', `Example ${name}`, 'internet.example.com', { INTERNET: null }),
    browser('Example', { 'TO-PROXY': 'PX' }, `http://start.example.com/${name}`),
  );
  return encodePush({ contentType: CP_TYPE, sec: SEC.USERPIN, mac: mac(keyOf.USERPIN(PIN), body), body });
}

/** Writes a pcap file of one SMPP connection that submits as fast as it can. The same arguments give the same file. */
export function generateSmpp(path: string, options: SmppOptions): SmppFacts {
  const random = seeded(options.seed);
  const out = new Output(path);
  const documents: Uint8Array[] = [];
  const counts = { submits: 0, settings: 0, texts: 0 };
  let sequence = 1000;
  const submit = (to: string, esmClass: number, dataCoding: number, message: Uint8Array): void => {
    counts.submits += 1;
    const body = messageBody({ from: '32100', to, esmClass, dataCoding, registered: true, message });
    const octets = pdu(COMMAND.submitSm, 0, counts.submits, body);
    const fields = { sequence, acknowledgement: 1, flags: FLAGS.ack | FLAGS.psh };
    const frame = ethernet(GATEWAY, CENTRE, tcpPacket(GATEWAY, CENTRE, 0, fields, octets));
    out.frame(frame);
    sequence = (sequence + frame.length - HEADERS) >>> 0;
  };
  while (counts.submits < options.submits) {
    const to = `+4915550${String(random(1e8)).padStart(8, '0')}`;
    if (random(100_000) < options.settings * 1000) {
      const n = counts.settings % DOCUMENTS;
      documents[n] ??= settings(n);
      const push = documents[n];
      for (const part of splitUserData(push, { reference: counts.settings & 255 })) submit(to, UDHI, 0x04, part);
      counts.settings += 1;
    } else {
      submit(to, 0, 0, ascii(`Your order ${random(1e6)} is on its way and arrives between ${random(12)} and 18.`));
      counts.texts += 1;
    }
  }
  out.end();
  return { bytes: out.written, pin: PIN, ...counts };
}
