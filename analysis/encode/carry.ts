// A push as what carries it: short messages, SMPP, a capture.

import { writePcap } from '../../captures/write/pcap.ts';
import { writePcapng } from '../../captures/write/pcapng.ts';
import { join, toHex } from '../verify/keys.ts';
import type { EncodeFault } from './document.ts';
import type { Endpoint } from './network.ts';
import { cstring, octets } from './octets.ts';
import { bind, bound, COMMAND, messageBody, pdu, RESPONSE, UDHI } from './smpp.ts';
import { deliverPdu, MOST_PARTS, type SplitOptions, splitUserData, submitPdu } from './sms.ts';
import { Tape, TcpLink } from './tape.ts';

/** User data of each part, with its header (3GPP TS 23.040 9.2.3.24), or why there are too many. */
export function partsOf(push: Uint8Array, o: SplitOptions): Uint8Array[] | EncodeFault {
  const parts = splitUserData(push, o);
  if (parts.length <= MOST_PARTS) return parts;
  return {
    fault: `the push has ${push.length} octets, which is ${parts.length} short messages; ${MOST_PARTS} can be joined`,
    unreadable: false,
    place: null,
  };
}

export interface Envelope {
  readonly from: string;
  readonly to: string;
  readonly serviceCentre: string;
  /** ISO time with zone: when the message was handed over, and the capture begins. */
  readonly time: string;
}

/** A TPDU a line with the service centre address in front, as AT+CMGS takes and AT+CMGL prints it. */
export function pduLines(parts: readonly Uint8Array[], direction: 'submit' | 'deliver', e: Envelope): string {
  const lines = parts.map((userData) => {
    const { serviceCentre, from, to } = e;
    const time = new Date(e.time).toISOString().replaceAll(/[-T:]/g, '').slice(2, 14);
    return toHex(
      direction === 'submit'
        ? submitPdu({ serviceCentre, to, userData })
        : deliverPdu({ serviceCentre, from, time, quarters: 0, userData }),
    );
  });
  return `${lines.join('\n')}\n`;
}

/** Header and content of each part apart, as HTTP interfaces of gateways take them. */
export function headerLines(parts: readonly Uint8Array[], to: string): string {
  const rows = parts.map((p) => {
    const end = 1 + (p[0] ?? 0);
    return [to, toHex(p.subarray(0, end)), toHex(p.subarray(end))].join(',');
  });
  return `${['to,UDH,UD', ...rows].join('\n')}\n`;
}

const submit = (part: Uint8Array, sequence: number, e: Envelope): Uint8Array =>
  pdu(COMMAND.submitSm, 0, sequence, messageBody({ from: e.from, to: e.to, esmClass: UDHI, message: part }));

/** submit_sm PDUs one behind the other, numbered from 1 (SMPP 3.4 4.4.1). */
export const smppStream = (parts: readonly Uint8Array[], e: Envelope): Uint8Array =>
  join(...parts.map((part, i) => submit(part, i + 1, e)));

// Addresses for documentation: RFC 5737, RFC 7042.
const GATEWAY: Endpoint = { mac: '02:00:5e:00:53:0a', ip: '192.0.2.10', port: 41022 };
const CENTRE: Endpoint = { mac: '02:00:5e:00:53:14', ip: '192.0.2.20', port: 2775 };
const ETHERNET = 1;

/** A gateway that binds, submits the parts, each of which the centre accepts, and unbinds. */
function session(parts: readonly Uint8Array[], e: Envelope): Tape {
  const tape = new Tape(e.time);
  const link = new TcpLink(tape, GATEWAY, CENTRE, 1).open();
  let sequence = 0;
  const exchange = (request: Uint8Array, answer: Uint8Array): void => {
    link.send('client', request);
    tape.wait(10);
    link.send('server', answer).ack('client');
    tape.wait(30);
  };
  sequence += 1;
  exchange(bind(COMMAND.bindTransceiver, sequence, 'otascope', ''), bound(COMMAND.bindTransceiver, sequence, 'SMSC'));
  for (const [i, part] of parts.entries()) {
    sequence += 1;
    const accepted = pdu(RESPONSE + COMMAND.submitSm, 0, sequence, cstring(String(i + 1)));
    exchange(submit(part, sequence, e), accepted);
  }
  sequence += 1;
  exchange(pdu(COMMAND.unbind, 0, sequence), pdu(RESPONSE + COMMAND.unbind, 0, sequence, octets()));
  link.close();
  return tape;
}

/** The session as a capture of Ethernet frames. */
export function captureOf(parts: readonly Uint8Array[], e: Envelope, form: 'pcap' | 'pcapng'): Uint8Array {
  const { frames } = session(parts, e);
  if (form === 'pcap') return writePcap(frames, { linkType: ETHERNET });
  const blocks = frames.map((f) => ({ kind: 'packet' as const, interface: 0, ...f }));
  return writePcapng([{ application: 'otascope encode', interfaces: [{ linkType: ETHERNET }], blocks }]);
}
