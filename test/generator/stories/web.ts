// Stories on IP: push access, push over HTTP, short messages in SIP.

import type { Endpoint } from '../../../analysis/encode/network.ts';
import { Tape, TcpLink, udpFrame } from '../../../analysis/encode/tape.ts';
import { element } from '../../../dissectors/content/tree.ts';
import { encodeWbxml } from '../../../dissectors/content/wbxml/encode.ts';
import { PROV } from '../../../dissectors/content/wbxml/tables/prov.ts';
import { apn, browser, CP_TYPE, welcome } from '../documents.ts';
import { GATEWAY, Session } from '../gateway.ts';
import { keyOf, mac } from '../keys.ts';
import { ascii } from '../octets.ts';
import { openPush, parts, protectedPush } from '../push.ts';
import { pcapOf, type Story } from '../story.ts';
import {
  chunked,
  papAddress,
  papDocument,
  papPush,
  rpAck,
  rpData,
  sipAnswer,
  sipMessage,
  textMessage,
  xmlAnswer,
  xmlText,
} from '../web.ts';

const INITIATOR: Endpoint = { mac: '02:00:5e:00:53:30', ip: '192.0.2.30', port: 40_117 };
const PPG: Endpoint = { ...GATEWAY, port: 8080 };
const NOTIFIED: Endpoint = { ...INITIATOR, port: 8090 };
const PHONE: Endpoint = { mac: '02:00:5e:00:53:77', ip: '198.51.100.77', port: 4035 };
const SMS_GATEWAY: Endpoint = { mac: '02:00:5e:00:53:40', ip: '192.0.2.40', port: 5060 };
const HANDSET: Endpoint = { mac: '02:00:5e:00:53:78', ip: '198.51.100.78', port: 5060 };

/** PAP push, SMPP behind the gateway, result notification. */
export function macLost(): Story {
  const pin = '7351';
  const to = '+4915550100217';
  const id = 'welcome-217@pi.example.com';
  const body = welcome();
  const tape = new Tape('2026-11-09T08:00:00Z');
  const pap = new TcpLink(tape, INITIATOR, PPG, 0x61).open();
  const contentType = `${CP_TYPE}; SEC=1; MAC=${mac(keyOf.USERPIN(pin), body)}`;
  pap.send('client', papPush({ id, to, contentType, content: body, notifyTo: 'http://pi.example.com/notify' }));
  tape.wait(20);
  pap.send(
    'server',
    xmlAnswer(
      papDocument(`<push-response push-id="${id}"><response-result code="1001" desc="Accepted"/></push-response>`),
    ),
  );
  pap.close();
  const session = new Session(tape, 0x6100).begin();
  const ids = session.submitParts('32100', to, parts(openPush(body), 0x44));
  session.pause(2100);
  for (const one of ids) session.receipt(one, '32100', to, 'DELIVRD').pause(300);
  session.end();
  const back = new TcpLink(tape, { ...GATEWAY, port: 40_900 }, NOTIFIED, 0x62).open();
  const result = `<resultnotification-message push-id="${id}" message-state="delivered" code="1000" desc="OK">${papAddress(to)}</resultnotification-message>`;
  back.send(
    'client',
    textMessage(
      ['POST /notify HTTP/1.1', 'Host: pi.example.com', 'Content-Type: application/xml'],
      papDocument(result),
    ),
  );
  tape.wait(15);
  back.send('server', xmlAnswer(papDocument(`<resultnotification-response push-id="${id}" code="1000"/>`)));
  back.close();
  return {
    id: 'pap-mac-lost',
    file: 'pap-mac-lost.pcap',
    title: 'The gateway drops the MAC',
    story:
      'A push initiator hands over signed settings by PAP, and the gateway sends them on by SMPP without SEC and MAC, so that everybody reports success and the phone sees an unprotected message.',
    keys: { imsi: [], pin: [pin] },
    expect: {
      messages: [
        {
          kind: 'client-provisioning',
          state: 'complete',
          to,
          parts: [1, 1],
          method: 'USERPIN',
          verdict: 'valid',
          errors: [],
        },
        {
          kind: 'client-provisioning',
          state: 'complete',
          to,
          parts: [ids.length, ids.length],
          verdict: 'unprotected',
          findings: ['HOP-MAC-LOST', 'HOP-SEGMENTED-ANEW'],
        },
      ],
      outcomes: ['delivered'],
    },
    bytes: pcapOf(tape),
  };
}

/** Push OTA over HTTP: the first form is refused, the second is taken. */
export function otaHttp(): Story {
  const imsi = '001010000000251';
  const tape = new Tape('2026-11-09T09:30:00Z');
  const document = element(
    'wap-provisioningdoc',
    { version: '1.1' },
    apn('MOBILE-NAP', 'Example Mobile', 'internet.example.net'),
    browser('Example Mobile', { 'TO-NAPID': 'MOBILE-NAP' }, 'http://start.example.com/'),
  );
  const xml = ascii(`<?xml version="1.0"?>${xmlText(document)}`);
  const wbxml = encodeWbxml(document, { table: PROV });
  const sign = (body: Uint8Array): string => `; SEC=0; MAC=${mac(keyOf.NETWPIN(imsi), body)}`;
  const link = new TcpLink(tape, { ...GATEWAY, port: 41_400 }, PHONE, 0x71).open();
  const post = (type: string): string[] => [
    'POST / HTTP/1.1',
    `Host: ${PHONE.ip}`,
    `Content-Type: ${type}`,
    'X-Wap-Push-OTA-Version: 1.0',
    'X-Wap-Application-Id: x-wap-application:*',
  ];
  link.send('client', textMessage(post(`text/vnd.wap.connectivity-xml${sign(xml)}`), xml));
  tape.wait(40);
  link.send('server', textMessage(['HTTP/1.1 415 Unsupported Media Type', 'Content-Length: 0']));
  tape.wait(3000);
  link.send('client', textMessage([...post(`${CP_TYPE}${sign(wbxml)}`), 'Transfer-Encoding: chunked']));
  link.send('client', chunked(wbxml, 200));
  tape.wait(60);
  link.send('server', textMessage(['HTTP/1.1 204 No Content', 'X-Wap-Push-Status: 400']));
  link.close();
  const message = {
    kind: 'client-provisioning',
    state: 'complete',
    to: PHONE.ip,
    parts: [1, 1],
    method: 'NETWPIN',
    verdict: 'valid',
  } as const;
  return {
    id: 'ota-http-retry',
    file: 'ota-http-retry.pcap',
    title: 'Pushed over HTTP, refused as text, taken as WBXML',
    story:
      'The gateway posts settings straight to the phone, which refuses the text form with 415 and accepts the same document as WBXML in chunks, each with a MAC of its own as a parameter of the content type.',
    keys: { imsi: [imsi], pin: [] },
    expect: {
      messages: [{ ...message, findings: ['FLOW-PART-REFUSED'] }, message],
      outcomes: ['accepted'],
    },
    bytes: pcapOf(tape),
  };
}

/** Short messages over IP: one part meets a phone that is not registered. */
export function sipRetry(): Story {
  const pin = '4404';
  const to = '+4915550100290';
  const gateway = 'sip:ipsmgw.ims.example.net';
  const phone = `tel:${to}`;
  const tape = new Tape('2026-11-09T10:10:00Z');
  let frame = 0x100;
  const send = (by: 'gateway' | 'phone', bytes: Uint8Array): void => {
    const [from, target] = by === 'gateway' ? [SMS_GATEWAY, HANDSET] : [HANDSET, SMS_GATEWAY];
    frame += 1;
    tape.add(udpFrame(from, target, frame, bytes));
    tape.wait(30);
  };
  const split = parts(protectedPush('USERPIN', keyOf.USERPIN(pin), welcome()), 0x9d);
  const deliver = (part: number, attempt: number, status: string): void => {
    const fields = { serviceCentre: '+491555000000', from: '+4932100', time: '261109111000', userData: split[part]! };
    const message = {
      to: phone,
      from: gateway,
      callId: `mt${part}-${attempt}`,
      sequence: attempt,
      body: rpData(part, fields),
    };
    send('gateway', sipMessage(message));
    send('phone', sipAnswer(message, status));
    if (!status.startsWith('200')) return;
    const report = {
      to: gateway,
      from: phone,
      callId: `dr${part}-${attempt}`,
      sequence: 1,
      inReplyTo: message.callId,
      body: rpAck(part),
    };
    send('phone', sipMessage(report));
    send('gateway', sipAnswer(report, '202 Accepted'));
  };
  split.forEach((_, part) => {
    if (part === 1) {
      deliver(part, 1, '480 Temporarily Unavailable');
      tape.wait(45_000);
    }
    deliver(part, 2, '200 OK');
    tape.wait(200);
  });
  return {
    id: 'sip-retry',
    file: 'sip-retry.pcap',
    title: 'Over IMS, with a phone that was gone for a moment',
    story:
      'Settings travel as short messages in SIP, the phone is not registered when the second part comes, gets it on the next attempt and confirms every part with a report of its own.',
    keys: { imsi: [], pin: [pin] },
    expect: {
      messages: [
        {
          kind: 'client-provisioning',
          state: 'complete',
          to,
          parts: [split.length, split.length],
          method: 'USERPIN',
          verdict: 'valid',
          findings: ['FLOW-PART-RETRIED'],
        },
      ],
      outcomes: ['delivered'],
    },
    bytes: pcapOf(tape),
  };
}
