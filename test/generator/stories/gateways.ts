// Stories of other roads into the network: a WAP session, a modem, EMI, CIMD2, Diameter.

import type { Endpoint } from '../../../analysis/encode/network.ts';
import { Tape, TcpLink, udpFrame } from '../../../analysis/encode/tape.ts';
import { encodePush } from '../../../dissectors/wap/encode.ts';
import { cimdPdu } from '../../gateways/cimd2.ts';
import { avp, group, message } from '../../gateways/diameter.ts';
import { five, ucpPdu, udhField } from '../../gateways/ucp.ts';
import { accessPoint, CP_TYPE, welcome } from '../documents.ts';
import { CENTRE, GATEWAY } from '../gateway.ts';
import { keyOf, mac } from '../keys.ts';
import { ascii, fromHex, join, octets, toHex, u32 } from '../octets.ts';
import { parts, protectedPush } from '../push.ts';
import { deliverPdu, semiOctets } from '../sms.ts';
import { pcapOf, type Story } from '../story.ts';

const SENDER = '32100';
const CP = { kind: 'client-provisioning', state: 'complete' } as const;
const WAP_GATEWAY: Endpoint = { mac: '02:00:5e:00:53:60', ip: '192.0.2.60', port: 9201 };
const PHONE: Endpoint = { mac: '02:00:5e:00:53:81', ip: '198.51.100.81', port: 49_300 };
const MODEM: Endpoint = { mac: '02:00:5e:00:53:61', ip: '192.0.2.61', port: 4001 };
const MME: Endpoint = { mac: '02:00:5e:00:53:62', ip: '192.0.2.62', port: 3868 };

/** WTP with segments: one is lost on the air, asked for, and sent again (WAP-224-WTP 7.14). */
export function confirmedPush(): Story {
  const imsi = '001010000000281';
  const body = accessPoint('Example Mobile', 'internet.example.org');
  const sign = mac(keyOf.NETWPIN(imsi), body);
  const push = encodePush({
    connectionless: false,
    pduType: 'ConfirmedPush',
    contentType: CP_TYPE,
    sec: 0,
    mac: sign,
    body,
  });
  const tape = new Tape('2026-11-12T10:00:00Z');
  let id = 0x2800;
  const send = (from: Endpoint, to: Endpoint, ...data: Uint8Array[]): void => {
    id += 1;
    tape.add(udpFrame(from, to, id, join(...data)));
  };
  const up = (text: string): void => send(PHONE, WAP_GATEWAY, fromHex(text));
  // Capabilities: SDU sizes of 1400 octets, both push facilities, one request at a time; Encoding-Version 1.4.
  const agreed = '03 80 8a78 03 81 8a78 02 82 c0 02 83 01 02 84 01';
  up(`0e 0001 12 01 10 11 02 ${agreed} c3 94`);
  tape.wait(180);
  send(WAP_GATEWAY, PHONE, fromHex(`16 8001 02 07 11 02 ${agreed} c3 94`));
  tape.wait(210);
  up('18 0001');
  tape.wait(900);
  const size = Math.ceil(push.length / 3);
  const packet = (header: string, n: number): void =>
    send(WAP_GATEWAY, PHONE, fromHex(header), push.subarray(n * size, (n + 1) * size));
  packet('08 0010 11', 0);
  packet('28 0010 01', 1);
  packet('2a 0010 02', 2);
  tape.wait(640);
  up('38 8010 01 01');
  tape.wait(150);
  packet('29 0010 01', 1);
  tape.wait(420);
  up('18 8010');
  return {
    id: 'wtp-confirmed-push',
    file: 'wtp-confirmed-push.pcap',
    title: 'A confirmed push that lost a packet on the way',
    story:
      'A phone opens a WAP session, misses the second of three packets of a confirmed push, asks for it, and acknowledges the whole.',
    keys: { imsi: [imsi], pin: [] },
    expect: {
      messages: [
        {
          ...CP,
          to: PHONE.ip,
          parts: [3, 3],
          method: 'NETWPIN',
          verdict: 'valid',
          findings: ['WTP-RETRANSMISSION', 'FLOW-PART-RETRIED'],
          errors: [],
        },
      ],
      outcomes: ['accepted'],
    },
    bytes: pcapOf(tape),
  };
}

/** 3GPP TS 23.040 9.2.2.2, SMS-SUBMIT of class 1 with a header, a relative validity in front of the length. */
const submitTpdu = (to: string, userData: Uint8Array): Uint8Array => {
  const digits = to.replace('+', '');
  return join(
    octets(0x51, 0, digits.length, 0x91),
    semiOctets(digits),
    octets(0, 0xf5, 0xa7, userData.length),
    userData,
  );
};

/** 3GPP TS 27.005 3.5.1: a modem behind a serial server. */
export function modemRetry(): Story {
  const pin = '9062';
  const to = '+4915550100282';
  const all = parts(protectedPush('USERPIN', keyOf.USERPIN(pin), welcome()), 0x5d);
  const tape = new Tape('2026-11-12T11:15:00Z');
  const link = new TcpLink(tape, GATEWAY, MODEM, 0x9000).open();
  const say = (text: string, answer: string, after = 40): void => {
    link.send('client', ascii(text));
    tape.wait(after);
    if (answer !== '') link.send('server', ascii(answer));
  };
  say('AT+CMGF=0\r', '\r\nOK\r\n');
  const submit = (userData: Uint8Array, answer: string, after: number): void => {
    const tpdu = submitTpdu(to, userData);
    say(`AT+CMGS=${tpdu.length}\r`, '\r\n> ');
    say(`00${toHex(tpdu)}\x1a`, answer, after);
    tape.wait(300);
  };
  all.forEach((userData, i) => {
    if (i === 1) {
      submit(userData, '\r\n+CMS ERROR: 331\r\n', 9000);
      tape.wait(20_000);
    }
    submit(userData, `\r\n+CMGS: ${i + 40}\r\n\r\nOK\r\n`, 2900);
  });
  link.close();
  return {
    id: 'modem-retry',
    file: 'modem-retry.pcap',
    title: 'A modem that had no network for a moment',
    story: `The modem refuses the second part with +CMS ERROR 331, takes it half a minute later, and the message verifies with PIN ${pin}.`,
    keys: { imsi: [], pin: [pin] },
    expect: {
      messages: [
        {
          ...CP,
          to,
          parts: [all.length, all.length],
          method: 'USERPIN',
          verdict: 'valid',
          findings: ['FLOW-PART-RETRIED'],
          errors: [],
        },
      ],
      outcomes: ['accepted'],
    },
    bytes: pcapOf(tape),
  };
}

const split = (userData: Uint8Array): readonly [udh: string, rest: Uint8Array] => {
  const length = userData[0]! + 1;
  return [toHex(userData.subarray(0, length)), userData.subarray(length)];
};

/** EMI-UCP 4.0, operations 51 and 53: accepted, buffered, never delivered. */
export function emiUndelivered(): Story {
  const pin = '5120';
  const to = '4915550100283';
  const all = parts(protectedPush('USERPIN', keyOf.USERPIN(pin), accessPoint('Example', 'web.example.com')), 0x21);
  const tape = new Tape('2026-11-12T13:40:00Z');
  const link = new TcpLink(tape, GATEWAY, { ...CENTRE, port: 5000 }, 0x9100).open();
  const stamp = (i: number): string => `12112613400${i}`;
  all.forEach((userData, i) => {
    const [udh, data] = split(userData);
    const fields = {
      adc: to,
      oadc: SENDER,
      nrq: '1',
      mt: '4',
      nb: String(8 * data.length),
      message: toHex(data),
      mcls: '1',
    };
    link.send('client', ucpPdu(i + 1, 'O', 51, five({ ...fields, xser: udhField(udh) })));
    tape.wait(60);
    link.send('server', ucpPdu(i + 1, 'R', 51, ['A', '', `${to}:${stamp(i)}`]));
    tape.wait(200);
  });
  const note = (i: number, trn: number, dst: string, rsn: string): void => {
    const fields = { adc: SENDER, oadc: to, scts: stamp(i), dst, rsn, dscts: '121126134500', mt: '3' };
    link.send('server', ucpPdu(trn, 'O', 53, five(fields)));
    tape.wait(50);
    link.send('client', ucpPdu(trn, 'R', 53, ['A', '', '']));
    tape.wait(400);
  };
  tape.wait(4000);
  note(0, 11, '0', '000');
  note(1, 12, '1', '107');
  tape.wait(3_600_000);
  note(1, 13, '2', '107');
  link.close();
  return {
    id: 'emi-undelivered',
    file: 'emi-undelivered.pcap',
    title: 'Accepted by the centre, never delivered',
    story:
      'The centre takes both parts over EMI, delivers the first, holds the second back for an absent subscriber, and gives it up an hour later.',
    keys: { imsi: [], pin: [pin] },
    expect: {
      messages: [
        {
          ...CP,
          to,
          parts: [2, 2],
          method: 'USERPIN',
          verdict: 'valid',
          findings: ['FLOW-NOT-DELIVERED'],
          errors: ['FLOW-NOT-DELIVERED'],
        },
      ],
      outcomes: ['failed'],
    },
    bytes: pcapOf(tape),
  };
}

/** CIMD 8.0 3.3.3: a packet with a wrong checksum is not acknowledged and sent again. */
export function cimdNack(): Story {
  const imsi = '001010000000284';
  const to = '+4915550100284';
  const all = parts(protectedPush('NETWPIN', keyOf.NETWPIN(imsi), accessPoint('Example', 'wap.example.com')), 0x22);
  const tape = new Tape('2026-11-12T15:05:00Z');
  const link = new TcpLink(tape, GATEWAY, { ...CENTRE, port: 9971 }, 0x9200).open();
  const exchange = (request: Uint8Array, answer: Uint8Array): void => {
    link.send('client', request);
    tape.wait(70);
    link.send('server', answer);
    tape.wait(250);
  };
  const submit = (packet: number, userData: Uint8Array): Uint8Array => {
    const [udh, data] = split(userData);
    return cimdPdu(3, packet, [
      [21, to],
      [23, SENDER],
      [30, '245'],
      [32, udh],
      [34, toHex(data)],
    ]);
  };
  exchange(
    cimdPdu(1, 1, [
      [10, 'otagw'],
      [11, 'example'],
    ]),
    cimdPdu(51, 1, []),
  );
  all.forEach((userData, i) => {
    const packet = 3 + 2 * i;
    const pdu = submit(packet, userData);
    if (i === 1) {
      const damaged = pdu.slice();
      damaged[damaged.length - 2] = damaged[damaged.length - 2] === 0x30 ? 0x31 : 0x30;
      exchange(damaged, cimdPdu(99, packet, []));
    }
    exchange(
      pdu,
      cimdPdu(53, packet, [
        [21, to],
        [60, `26111215050${i}`],
      ]),
    );
  });
  exchange(cimdPdu(2, 9, []), cimdPdu(52, 9, []));
  link.close();
  return {
    id: 'cimd-nack',
    file: 'cimd-nack.pcap',
    title: 'A checksum that did not fit',
    story:
      'The centre answers the second part with a nack because its checksum is wrong, and takes it when the gateway sends it again.',
    keys: { imsi: [imsi], pin: [] },
    expect: {
      messages: [
        {
          ...CP,
          to,
          parts: [2, 2],
          method: 'NETWPIN',
          verdict: 'valid',
          findings: ['CIMD2-CHECKSUM', 'FLOW-PART-RETRIED'],
          errors: [],
        },
      ],
      outcomes: ['accepted'],
    },
    bytes: pcapOf(tape),
  };
}

/** 3GPP TS 29.338 6.2: the MME answers that the subscriber is not there, and takes the message later. */
export function absentSubscriber(): Story {
  const imsi = '001010000000285';
  const all = parts(protectedPush('NETWPIN', keyOf.NETWPIN(imsi), accessPoint('Example', 'lte.example.com')), 0x23);
  const tape = new Tape('2026-11-12T16:20:00Z');
  const link = new TcpLink(tape, { ...GATEWAY, port: 41_900 }, MME, 0x9300).open();
  let hop = 0x700;
  const MT_FORWARD = 8_388_646;
  const own = (host: string) => [avp(263, `'${host};1;28`), avp(264, `'${host}`), avp(296, "'example.com")];
  const forward = (userData: Uint8Array, ...answer: Uint8Array[]): void => {
    hop += 1;
    const whole = deliverPdu({ serviceCentre: '+4915550100099', from: SENDER, time: '261112162000', userData });
    const tpdu = whole.subarray(whole[0]! + 1);
    const centre = semiOctets('4915550100099');
    const asked = [...own('smsc.example.com'), avp(1, `'${imsi}`), avp(3300, centre), avp(3301, tpdu)];
    link.send('client', message({ command: MT_FORWARD, request: true, hop }, ...asked));
    tape.wait(900);
    link.send('server', message({ command: MT_FORWARD, request: false, hop }, ...own('mme.example.com'), ...answer));
    tape.wait(150);
  };
  const absent = [group(297, avp(266, u32(10_415)), avp(298, u32(5550))), avp(3322, u32(1))];
  const success = avp(268, u32(2001));
  forward(all[0]!, ...absent);
  tape.wait(240_000);
  for (const userData of all) forward(userData, success);
  link.close();
  return {
    id: 'sgd-absent',
    file: 'sgd-absent.pcap',
    title: 'The phone was switched off at first',
    story:
      'The mobility management entity reports an absent user for the first part, and takes both parts four minutes later.',
    keys: { imsi: [imsi], pin: [] },
    expect: {
      messages: [
        {
          ...CP,
          to: null,
          parts: [2, 2],
          method: 'NETWPIN',
          verdict: 'valid',
          findings: ['FLOW-PART-RETRIED'],
          errors: [],
        },
      ],
      outcomes: ['accepted'],
    },
    bytes: pcapOf(tape),
  };
}
