// Stories about MACs: right, altered on the way, made with the wrong key.

import { Tape } from '../../../analysis/encode/tape.ts';
import { apn, browser, provisioning, welcome } from '../documents.ts';
import { Session } from '../gateway.ts';
import { keyOf } from '../keys.ts';
import { ascii } from '../octets.ts';
import { parts, protectedPush } from '../push.ts';
import { pcapOf, type Story } from '../story.ts';

const SENDER = '32100';

export function networkPin(): Story {
  const imsi = '001010000000017';
  const to = '+4915550100117';
  const tape = new Tape('2026-11-02T08:00:00Z');
  const session = new Session(tape, 0x51a0).begin();
  const ids = session.submitParts(SENDER, to, parts(protectedPush('NETWPIN', keyOf.NETWPIN(imsi), welcome()), 0x21));
  session.pause(2400);
  for (const id of ids) session.receipt(id, SENDER, to, 'DELIVRD').pause(700);
  session.pause(20_000).alive().pause(500).end();
  return {
    id: 'netwpin-welcome',
    file: 'netwpin-welcome.pcap',
    title: 'Settings for a new subscriber, signed with the IMSI',
    story: `A subscriber with IMSI ${imsi} gets access point, proxy, browser and MMS settings in one NETWPIN message that arrives whole and verifies.`,
    keys: { imsi: [imsi], pin: [] },
    expect: {
      messages: [
        {
          kind: 'client-provisioning',
          state: 'complete',
          to,
          parts: [ids.length, ids.length],
          method: 'NETWPIN',
          verdict: 'valid',
          errors: [],
        },
      ],
      outcomes: ['delivered'],
    },
    bytes: pcapOf(tape),
  };
}

export function altered(): Story {
  const pin = '2580';
  const to = '+4915550100125';
  const document = (address: string) =>
    provisioning(
      apn('OFFICE-NAP', 'Example Office', address, { 'DNS-ADDR': ['192.0.2.53', '192.0.2.54'] }),
      browser('Example Office', { 'TO-NAPID': 'OFFICE-NAP' }, 'http://intranet.example.net/'),
    );
  const push = protectedPush(
    'USERPIN',
    keyOf.USERPIN(pin),
    document('web.example.net'),
    document('office.example.net'),
  );
  const tape = new Tape('2026-11-02T09:12:30Z');
  const session = new Session(tape, 0x51c4).begin();
  const ids = session.submitParts('OFFICE-IT', to, parts(push, 0x5e));
  session.pause(3100);
  for (const id of ids) session.receipt(id, 'OFFICE-IT', to, 'DELIVRD').pause(450);
  session.end();
  return {
    id: 'userpin-altered',
    file: 'userpin-altered.pcap',
    title: 'Right PIN, altered document',
    story: `A gateway replaced the access point's address after the message was signed, so that PIN ${pin} is right and the phone still refuses it.`,
    keys: { imsi: [], pin: [pin] },
    expect: {
      messages: [
        {
          kind: 'client-provisioning',
          state: 'complete',
          to,
          parts: [ids.length, ids.length],
          method: 'USERPIN',
          verdict: 'invalid',
          findings: ['MAC-MISMATCH'],
        },
      ],
      outcomes: ['delivered'],
    },
    bytes: pcapOf(tape),
  };
}

export function asciiImsi(): Story {
  const imsi = '001010000000033';
  const to = '+4915550100133';
  const document = provisioning(
    apn('DATA-NAP', 'Example Data', 'data.example.org'),
    browser('Example Data', { 'TO-NAPID': 'DATA-NAP' }, 'http://www.example.org/'),
  );
  const tape = new Tape('2026-11-02T10:40:05Z');
  const session = new Session(tape, 0x52f1).begin();
  const ids = session.submitParts(SENDER, to, parts(protectedPush('NETWPIN', ascii(imsi), document), 0x77));
  session.pause(1900);
  for (const id of ids) session.receipt(id, SENDER, to, 'DELIVRD').pause(350);
  session.end();
  return {
    id: 'netwpin-ascii-imsi',
    file: 'netwpin-ascii-imsi.pcap',
    title: 'The IMSI hashed as text',
    story: `The sender made the MAC with the digits of IMSI ${imsi} as text instead of semi-octets, and every phone discards the message.`,
    keys: { imsi: [imsi], pin: [] },
    expect: {
      messages: [
        {
          kind: 'client-provisioning',
          state: 'complete',
          to,
          parts: [ids.length, ids.length],
          method: 'NETWPIN',
          verdict: 'invalid',
          matchesOtherDerivation: 'imsi-ascii',
          findings: ['MAC-WRONG-KEY-FORM'],
        },
      ],
      outcomes: ['delivered'],
    },
    bytes: pcapOf(tape),
  };
}

export function networkAndPin(): Story {
  const imsi = '001010000000041';
  const pin = '7319';
  const to = '+4915550100141';
  const document = welcome();
  const push = (given: string) => protectedPush('USERNETWPIN', keyOf.USERNETWPIN(imsi, given), document);
  const tape = new Tape('2026-11-03T07:30:00Z');
  const session = new Session(tape, 0x5310).begin();
  const first = session.submitParts(SENDER, to, parts(push('7391'), 0x90));
  session.pause(2000);
  for (const id of first) session.receipt(id, SENDER, to, 'DELIVRD').pause(300);
  session.pause(260_000).alive().pause(100_000);
  const second = session.submitParts(SENDER, to, parts(push(pin), 0x91));
  session.pause(2200);
  for (const id of second) session.receipt(id, SENDER, to, 'DELIVRD').pause(300);
  session.end();
  const message = {
    kind: 'client-provisioning',
    state: 'complete',
    to,
    parts: [first.length, first.length],
    method: 'USERNETWPIN',
  } as const;
  return {
    id: 'usernetwpin-second-try',
    file: 'usernetwpin-second-try.pcap',
    title: 'IMSI and PIN, right the second time',
    story: `The help desk mistyped the PIN at first and sent the settings again six minutes later: with IMSI ${imsi} and PIN ${pin} only the second message verifies.`,
    keys: { imsi: [imsi], pin: [pin] },
    expect: {
      messages: [
        { ...message, verdict: 'invalid', findings: ['MAC-MISMATCH'] },
        { ...message, verdict: 'valid', errors: [] },
      ],
    },
    bytes: pcapOf(tape),
  };
}
