// A message gateway and a message centre talking SMPP, on a tape.

import type { Endpoint } from '../../analysis/encode/network.ts';
import type { Tape } from '../../analysis/encode/tape.ts';
import { TcpLink } from '../../analysis/encode/tape.ts';
import { cstring, octets } from './octets.ts';
import {
  bind,
  bound,
  COMMAND,
  dataBody,
  type Message,
  messageBody,
  pdu,
  RESPONSE,
  receipt,
  STATUS,
  UDHI,
} from './smpp.ts';

export const GATEWAY: Endpoint = { mac: '02:00:5e:00:53:0a', ip: '192.0.2.10', port: 41022 };
export const CENTRE: Endpoint = { mac: '02:00:5e:00:53:14', ip: '192.0.2.20', port: 2775 };

export interface SendOptions {
  /** Milliseconds until the answer. */
  readonly after?: number;
  readonly status?: number;
  /** The PDU never reaches the centre, and there is no answer. */
  readonly lost?: boolean;
  /** Octets of a TCP segment. */
  readonly most?: number;
}

export class Session {
  readonly link: TcpLink;
  readonly tape: Tape;
  #sequence = 0;
  #serverSequence = 9000;
  #id: number;

  /** `first`: the first message identifier the centre gives. */
  constructor(tape: Tape, first: number, client: Endpoint = GATEWAY, server: Endpoint = CENTRE) {
    this.tape = tape;
    this.link = new TcpLink(tape, client, server, first);
    this.#id = first;
  }

  /** Connects and binds. The password is a placeholder: the sample is public. */
  begin(): this {
    this.link.open();
    this.#exchange(bind(COMMAND.bindTransceiver, this.#next(), 'otagw', 'example'), (s) =>
      bound(COMMAND.bindTransceiver, s, 'SMSC'),
    );
    return this.pause(120);
  }

  pause(ms: number): this {
    this.tape.wait(ms);
    return this;
  }

  alive(): this {
    this.#exchange(pdu(COMMAND.enquireLink, 0, this.#next()), (s) => pdu(RESPONSE + COMMAND.enquireLink, 0, s));
    return this;
  }

  /** submit_sm and its answer; the identifier the centre gave, '' when it refused. */
  submit(m: Message, o: SendOptions = {}): string {
    return this.#send(COMMAND.submitSm, messageBody(m), o);
  }

  /** data_sm and its answer. */
  data(m: Message, o: SendOptions = {}): string {
    return this.#send(COMMAND.dataSm, dataBody(m), o);
  }

  /** Parts with user data headers, one submit_sm each. */
  submitParts(from: string, to: string, parts: readonly Uint8Array[], o: SendOptions = {}): string[] {
    return parts.map((message) => {
      const id = this.submit({ from, to, esmClass: UDHI, registered: true, message }, o);
      this.pause(35);
      return id;
    });
  }

  /** A delivery receipt from the centre and the gateway's answer. */
  receipt(id: string, from: string, to: string, state: 'DELIVRD' | 'UNDELIV' | 'EXPIRED', error = '000'): this {
    const done = new Date(Number(this.tape.now / 1_000_000n)).toISOString().replaceAll(/[-T:]/g, '').slice(2, 12);
    const sequence = this.#serverSequence++;
    this.link.send('server', receipt(sequence, { from: to, to: from, id, state, error, done }));
    this.pause(4);
    this.link.send('client', pdu(RESPONSE + COMMAND.deliverSm, 0, sequence, octets(0)));
    this.pause(2);
    this.link.ack('server');
    return this;
  }

  end(): this {
    this.#exchange(pdu(COMMAND.unbind, 0, this.#next()), (s) => pdu(RESPONSE + COMMAND.unbind, 0, s));
    this.link.close();
    return this;
  }

  #next(): number {
    return ++this.#sequence;
  }

  #send(command: number, body: Uint8Array, o: SendOptions): string {
    const sequence = this.#next();
    if (o.lost === true) return '';
    const status = o.status ?? STATUS.ok;
    const id = status === STATUS.ok ? (this.#id++).toString(16).toUpperCase() : '';
    this.link.send('client', pdu(command, 0, sequence, body), o.most);
    this.pause(o.after ?? 18);
    const answer = pdu(RESPONSE + command, status, sequence, status === STATUS.ok ? cstring(id) : octets());
    this.link.send('server', answer);
    this.pause(1);
    this.link.ack('client');
    return id;
  }

  #exchange(request: Uint8Array, answer: (sequence: number) => Uint8Array): void {
    this.link.send('client', request);
    this.pause(6);
    this.link.send('server', answer(this.#sequence));
    this.pause(1);
    this.link.ack('client');
  }
}
