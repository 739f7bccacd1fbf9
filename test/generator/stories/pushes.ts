// Stories about what else is pushed: indications that replace each other, calls to a management server, smart messages.

import { Tape } from '../../../analysis/encode/tape.ts';
import { browser, characteristic, provisioning, serviceLoading } from '../documents.ts';
import { Session } from '../gateway.ts';
import { keyOf } from '../keys.ts';
import { ascii, fromHex, join, octets } from '../octets.ts';
import { parts, protectedPush, typedPush } from '../push.ts';
import {
  base64,
  card,
  entry,
  indication,
  invalidation,
  item,
  multipart,
  networkCode,
  newMail,
  picture,
  rights,
  ringingTone,
  suplInit,
  syncEntry,
  syncList,
  trigger,
} from '../pushes.ts';
import { splitUserData } from '../sms.ts';
import { type ExpectedMessage, NO_KEYS, pcapOf, type Story } from '../story.ts';

const one = (
  kind: string,
  to: string,
  verdict = 'not-applicable',
  findings: readonly string[] = [],
): ExpectedMessage => ({
  kind,
  state: 'complete',
  to,
  parts: [1, 1],
  verdict,
  ...(findings.length === 0 ? {} : { findings }),
});

export function indicationChain(): Story {
  const to = '+4915550100231';
  const from = '32100';
  const tape = new Tape('2026-11-06T08:00:00Z');
  const session = new Session(tape, 0x7300).begin();
  let reference = 0x30;
  const push = (type: string, body: Uint8Array): void => {
    session.submitParts(from, to, parts(typedPush(type, body), reference++)).map(String);
    session.pause(20_000);
  };
  const si = 'application/vnd.wap.sic';
  const href = 'http://mail.example.com/inbox';
  const id = 'inbox@example.com';
  push(si, indication({ href, id, created: '2026-11-06T08:00:00Z' }, '1 new message'));
  push(si, indication({ href, id, created: '2026-11-06T08:00:40Z', action: 'signal-high' }, '3 new messages'));
  push(si, indication({ href, id, created: '2026-11-06T08:00:20Z' }, '2 new messages'));
  push(si, indication({ id, action: 'delete', created: '2026-11-06T08:01:20Z' }, ''));
  push(si, indication({ href: 'http://news.example.com/', expires: '2026-11-05T23:00:00Z' }, 'Yesterday’s offer'));
  push('application/vnd.wap.slc', serviceLoading('http://start.example.com/welcome'));
  push('application/vnd.wap.coc', invalidation(['http://start.example.com/news'], ['http://start.example.com/']));
  session.end();
  return {
    id: 'indication-chain',
    file: 'indication-chain.pcap',
    title: 'Which of five indications does the user see?',
    story:
      'A mail server sends an indication, a newer one, an older one that was held up, and then takes it back, while an offer arrives after it had expired.',
    keys: NO_KEYS,
    expect: {
      messages: [
        one('service-indication', to),
        one('service-indication', to, 'not-applicable', ['SI-REPLACES']),
        one('service-indication', to, 'not-applicable', ['SI-OLDER']),
        one('service-indication', to, 'not-applicable', ['SI-DELETES']),
        one('service-indication', to, 'not-applicable', ['SI-EXPIRED']),
        one('service-loading', to),
        one('cache-operation', to),
      ],
    },
    bytes: pcapOf(tape),
  };
}

export function managementCall(): Story {
  const pin = '7410';
  const to = '+4915550100232';
  const from = '32100';
  const server = 'dm.example.com';
  const password = 'srv-example';
  const nonce = fromHex('00112233445566778899aabbccddeeff');
  const document = provisioning(
    characteristic(
      'APPLICATION',
      { APPID: 'w7', 'PROVIDER-ID': server, NAME: 'Example management', 'TO-NAPID': 'INTERNET' },
      characteristic(
        'APPADDR',
        { ADDR: 'https://dm.example.com/dm', ADDRTYPE: 'ALPHA' },
        characteristic('PORT', { PORTNBR: '443' }),
      ),
      characteristic('APPAUTH', {
        AAUTHLEVEL: 'APPSRV',
        AAUTHTYPE: 'DIGEST',
        AAUTHNAME: server,
        AAUTHSECRET: password,
        AAUTHDATA: base64(nonce),
      }),
      characteristic('APPAUTH', {
        AAUTHLEVEL: 'CLIENT',
        AAUTHTYPE: 'DIGEST',
        AAUTHNAME: 'phone-232',
        AAUTHSECRET: 'phone-example',
        AAUTHDATA: base64(fromHex('0102030405060708')),
      }),
    ),
    browser('Example', { 'TO-NAPID': 'INTERNET' }, 'http://www.example.com/'),
  );
  const tape = new Tape('2026-11-06T09:00:00Z');
  const session = new Session(tape, 0x7400).begin();
  const ids = session.submitParts(from, to, parts(protectedPush('USERPIN', keyOf.USERPIN(pin), document), 0x51));
  session.pause(60_000);
  const call = (type: string, body: Uint8Array): void => {
    session.submitParts(from, to, parts(typedPush(type, body, 'x-wap-application:syncml.dm'), 0x52));
    session.pause(30_000);
  };
  const dm = 'application/vnd.syncml.notification';
  call(dm, trigger({ server, session: 0x1001, password, nonce }));
  call(dm, trigger({ server, session: 0x1002, ui: 3, password: 'guess', nonce }));
  call(dm, trigger({ server: 'dm.example.net', session: 0x1003, password: 'other', nonce }));
  const stores = syncList(syncEntry(6, 0x07, 'contacts'), syncEntry(9, 0x06, 'calendar'));
  call('application/vnd.syncml.ds.notification', trigger({ server, session: 0x1004, body: stores }));
  session.end();
  return {
    id: 'management-call',
    file: 'management-call.pcap',
    title: 'Who may call the phone to its management server?',
    story:
      'After the phone has got a management account it is called four times, once with the right digest, once by somebody who guessed the password, once for an unknown server and once without any digest.',
    keys: { imsi: [], pin: [pin] },
    expect: {
      messages: [
        {
          kind: 'client-provisioning',
          state: 'complete',
          to,
          parts: [ids.length, ids.length],
          method: 'USERPIN',
          verdict: 'valid',
        },
        one('dm-notification', to, 'valid'),
        one('dm-notification', to, 'invalid', ['DM-DIGEST-MISMATCH']),
        one('dm-notification', to, 'no-key'),
        one('sync-notification', to, 'unprotected', ['DM-DIGEST-EMPTY']),
      ],
    },
    bytes: pcapOf(tape),
  };
}

const LOGO: readonly string[] = [
  '########################################################################',
  '#......................................................................#',
  '#..#####..#...#...###...#...#..####...#......#####.....................#',
  '#..#.......#.#...#...#..##.##..#...#..#......#.........................#',
  '#..####.....#....#####..#.#.#..####...#......####......................#',
  '#..#.......#.#...#...#..#...#..#......#......#.........................#',
  '#..#####..#...#..#...#..#...#..#......#####..#####.....................#',
  '#......................................................................#',
  '#...#...#...###...####...###..#......#####.............................#',
  '#...##.##..#...#..#...#...#...#......#.................................#',
  '#...#.#.#..#...#..####....#...#......####..............................#',
  '#...#...#...###...####...###..#####..#####.............................#',
  '#......................................................................#',
  '########################################################################',
];

const PICTURE: readonly string[] = [...LOGO, ...LOGO];

export function smartMessages(): Story {
  const to = '+4915550100233';
  const from = 'Example';
  const tape = new Tape('2026-11-06T10:00:00Z');
  const session = new Session(tape, 0x7500).begin();
  const messages: ExpectedMessage[] = [];
  let reference = 0x70;
  const send = (kind: string, userData: readonly Uint8Array[], findings: readonly string[] = []): void => {
    session.submitParts(from, to, userData);
    session.pause(15_000);
    messages.push({ ...one(kind, to, 'not-applicable', findings), parts: [userData.length, userData.length] });
  };
  const port = (destinationPort: number, body: Uint8Array): Uint8Array[] =>
    splitUserData(body, { reference: reference++, destinationPort, sourcePort: 0 });
  const push = (type: string, body: Uint8Array): Uint8Array[] => parts(typedPush(type, body), reference++);
  const tune = [8, 8, 10, 8, 1, 12].map((note, i) => ({ note, length: i % 2 === 0 ? 3 : 2 }));
  send('ringing-tone', port(5505, ringingTone('Birthday', tune)));
  send('operator-logo', port(5506, join(octets(0x30), networkCode('001', '01'), octets(0x0a), picture(LOGO))));
  send('caller-logo', port(5507, picture(LOGO)));
  send('picture-message', port(5514, join(octets(0x30), item(0, ascii('Greetings')), item(2, picture(PICTURE)))));
  send(
    'business-card',
    port(9204, card(['N:Beispiel;Erika', 'FN:Erika Beispiel', 'TEL;CELL:+4915550100299', 'EMAIL:erika@example.com'])),
  );
  send('calendar-entry', port(9205, entry(['SUMMARY:Dentist', 'DTSTART:20261112T090000Z', 'DTEND:20261112T093000Z'])));
  send(
    'supl-init',
    port(
      7275,
      suplInit({
        session: fromHex('01020304'),
        server: 'slp.example.com',
        method: 1,
        notification: { type: 3, requestor: 'Family finder', client: 'Example' },
        qop: { horizontal: 20, age: 60, delay: 5 },
        mode: 0,
        mac: fromHex('a1b2c3d4e5f60718'),
      }),
    ),
  );
  send(
    'email-notification',
    push('application/vnd.wap.emn+wbxml', newMail('mailat:erika@example.com', '2026-11-06T09:58:00Z')),
  );
  send(
    'drm-rights',
    push('application/vnd.oma.drm.rights+wbxml', rights('cid:tune-1@example.com', 'bm90IGEgc2VjcmV0ISE=', '3')),
    ['DRM-KEY-IN-CLEAR'],
  );
  send(
    'multipart',
    push(
      'application/vnd.wap.multipart.mixed',
      multipart([0x30, serviceLoading('http://start.example.com/')], ['text/plain', ascii('The page for today')]),
    ),
  );
  send('application-message', port(16050, ascii('{"turn":12,"move":"e2e4"}')));
  send('unknown', port(5503, fromHex('010203040506')));
  session.end();
  return {
    id: 'smart-messages',
    file: 'smart-messages.pcap',
    title: 'Everything else that can be sent to a phone',
    story:
      'One after the other a phone gets a tune, two logos, a picture, a card, an appointment, a request for its position, word of new mail, rights to a tune, two bodies in one push, a move in a game and octets for a port nobody here reads.',
    keys: NO_KEYS,
    expect: { messages },
    bytes: pcapOf(tape),
  };
}
