// Stories with more than one kind of input: a modem's log, a capture of two interfaces.

import type { Endpoint } from '../../../analysis/encode/network.ts';
import { type Frame, Tape, udpFrame } from '../../../analysis/encode/tape.ts';
import { type WrittenBlock, writePcapng } from '../../../captures/write/pcapng.ts';
import { accessPoint, mmsNotification, serviceIndication, serviceLoading, welcome } from '../documents.ts';
import { GATEWAY, Session } from '../gateway.ts';
import { keyOf } from '../keys.ts';
import { ascii, octets, toHex, utf8 } from '../octets.ts';
import { parts, protectedPush, typedPush } from '../push.ts';
import { TLV, tlv } from '../smpp.ts';
import { deliverPdu, textPdu } from '../sms.ts';
import type { Story } from '../story.ts';

const CENTRE = '+4915550100001';

export function modemLog(): Story {
  const pin = '1234';
  const from = '+4915550100009';
  const all = parts(
    protectedPush('USERPIN', keyOf.USERPIN(pin), accessPoint('Example Mobile', 'internet.example.com')),
    0x2a,
  );
  const lines: string[] = [];
  const say = (time: string, ...text: readonly string[]) => {
    for (const t of text) lines.push(`2026-11-06 08:${time} ${t}`);
  };
  say('14:02.110', '> AT', '< OK', '> AT+CMGF=0', '< OK', '> AT+CPMS="SM"', '< +CPMS: 4,40,4,40,4,40', '< OK');
  say('14:03.480', '> AT+CMGL=4');
  const stored = [
    textPdu(CENTRE, '+4915550100077', '261106081005', 'Your new settings follow. The PIN is in your letter.'),
    ...all.map((userData, i) => deliverPdu({ serviceCentre: CENTRE, from, time: `26110608120${i}`, userData })),
  ];
  stored.forEach((pdu, i) => {
    const length = pdu.length - 1 - pdu[0]!;
    say(`14:03.${490 + i}`, `< +CMGL: ${i + 1},1,,${length}`, `< ${toHex(pdu)}`);
  });
  say('14:03.520', '< OK');
  return {
    id: 'modem-log',
    file: 'modem-log.log',
    title: 'A modem read out by hand',
    story: `No capture, only the log of a modem's AT+CMGL: a text message and the ${all.length} parts of a provisioning message that verifies with PIN ${pin}.`,
    keys: { imsi: [], pin: [pin] },
    expect: {
      messages: [
        {
          kind: 'client-provisioning',
          state: 'complete',
          to: null,
          parts: [all.length, all.length],
          method: 'USERPIN',
          verdict: 'valid',
        },
      ],
      texts: 1,
    },
    bytes: utf8(`${lines.join('\n')}\n`),
  };
}

const PHONE: Endpoint = { mac: '02:00:5e:00:53:63', ip: '198.51.100.99', port: 2948 };
const PUSH_PROXY: Endpoint = { mac: '02:00:5e:00:53:1e', ip: '198.51.100.10', port: 9200 };

export function mixedTraffic(): Story {
  const pin = '6174';
  const imsi = '001010000000058';
  const [a, b, c] = ['+4915550100201', '+4915550100202', '+4915550100203'] as const;
  const sms = new Tape('2026-11-07T12:00:00Z');
  const session = new Session(sms, 0x8000).begin();
  const text = (to: string, words: string) =>
    session.submit({ from: 'EXAMPLE', to, dataCoding: 0, message: ascii(words) });
  text(a, 'Your parcel arrives today between 2 and 4 pm.');
  session.pause(900);
  session.submitParts('32100', b, parts(protectedPush('USERPIN', keyOf.USERPIN(pin), welcome()), 0x0102, { bits: 16 }));
  session.pause(400);
  text(c, 'Lunch at 12:30? - Kim');
  session.pause(1300);
  const news = typedPush(
    'application/vnd.wap.sic',
    serviceIndication('http://www.example.com/news', 'Your bill for October is ready'),
  );
  session.submitParts('EXAMPLE', a, parts(news, 0x31));
  session.pause(800);
  const picture = typedPush(
    'application/vnd.wap.mms-message',
    mmsNotification('+4915550100201', 'http://mms.example.com/m?a1', 48213),
    'x-wap-application:mms.ua',
  );
  // As some gateways do: one message with its ports in TLVs, payload whole.
  const ports = [tlv(TLV.sourcePort, octets(0x23, 0xf0)), tlv(TLV.destinationPort, octets(0x0b, 0x84))];
  session.submit({ from: '+4915550100201', to: c, dataCoding: 4, tlvs: [...ports, tlv(TLV.messagePayload, picture)] });
  session.pause(15_000).alive().end();

  const wap = new Tape('2026-11-07T12:00:01.5Z');
  wap.add(
    udpFrame(PUSH_PROXY, PHONE, 1, typedPush('application/vnd.wap.slc', serviceLoading('http://www.example.com/menu'))),
  );
  wap.wait(4200);
  const cp = protectedPush('NETWPIN', keyOf.NETWPIN(imsi), accessPoint('Example WLAN', 'wlan.example.com'));
  wap.add(udpFrame(PUSH_PROXY, PHONE, 2, cp));

  const messages = parts(protectedPush('USERPIN', keyOf.USERPIN(pin), welcome()), 0x0102, { bits: 16 }).length;
  const one = (kind: string, to: string | null, verdict: string) =>
    ({ kind, state: 'complete', to, parts: [1, 1], verdict }) as const;
  return {
    id: 'mixed-day',
    file: 'mixed-day.pcapng',
    title: 'Fifteen seconds of a day',
    story: `Two interfaces see text messages, a bill's service indication, an MMS notification, a page that is loaded, and two provisioning messages, which verify with PIN ${pin} and IMSI ${imsi}.`,
    keys: { imsi: [imsi], pin: [pin] },
    expect: {
      messages: [
        {
          kind: 'client-provisioning',
          state: 'complete',
          to: b,
          parts: [messages, messages],
          method: 'USERPIN',
          verdict: 'valid',
        },
        one('service-loading', PHONE.ip, 'not-applicable'),
        one('service-indication', a, 'not-applicable'),
        one('mms-notification', c, 'not-applicable'),
        { ...one('client-provisioning', PHONE.ip, 'valid'), method: 'NETWPIN' },
      ],
      texts: 2,
    },
    bytes: pcapngOf(sms.frames, wap.frames),
  };
}

/** Frames of two interfaces in the order of their times. */
function pcapngOf(sms: readonly Frame[], wap: readonly Frame[]): Uint8Array {
  const blocks = [...sms.map((f) => ({ ...f, interface: 0 })), ...wap.map((f) => ({ ...f, interface: 1 }))]
    .sort((x, y) => Number(x.time - y.time))
    .map(
      (f, i): WrittenBlock => ({
        kind: 'packet',
        ...f,
        ...(i === 0 ? { comment: `The gateway is ${GATEWAY.ip}` } : {}),
      }),
    );
  return writePcapng([
    {
      comment: 'A made-up day: all numbers, names and addresses are reserved for examples',
      application: 'otascope sample generator',
      interfaces: [
        { linkType: 1, name: 'smsc0' },
        { linkType: 1, name: 'wap0', resolution: { base: 10, exponent: 9 } },
      ],
      blocks,
    },
  ]);
}
