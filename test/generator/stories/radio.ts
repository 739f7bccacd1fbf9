// Stories from the last hop: the radio interface, and the card in the phone.

import { Tape } from '../../../analysis/encode/tape.ts';
import { apn, browser, characteristic, provisioning } from '../documents.ts';
import { keyOf } from '../keys.ts';
import { ascii, fromHex, join } from '../octets.ts';
import { parts, protectedPush } from '../push.ts';
import { CardTrace, imsiFile, objectDirectory, partOf, provisioningObject, RadioChannel } from '../radio.ts';
import { NO_KEYS, pcapOf, type Story } from '../story.ts';

const IMSI = '001010000000256';
const MEMORY_EXCEEDED = 22;

const settings = () =>
  provisioning(
    apn('FIELD-NAP', 'Example Field', 'field.example.net', {}),
    browser('Example Field', { 'TO-NAPID': 'FIELD-NAP' }, 'http://field.example.net/'),
  );

/** The phone's memory is full; the network sends the part again. */
export function phoneFull(): Story {
  const tape = new Tape('2026-11-03T10:02:11Z');
  const channel = new RadioChannel(tape).open(IMSI);
  const userData = parts(protectedPush('NETWPIN', keyOf.NETWPIN(IMSI), settings()), 0x3d);
  userData.forEach((data, i) => {
    const { tpdu, centre } = partOf('+4915550100900', '32100', '261103100211', data);
    const isLast = i === userData.length - 1;
    if (isLast)
      channel
        .deliver(0x20 + i, tpdu, centre)
        .answer(0x20 + i, MEMORY_EXCEEDED)
        .pause(9000);
    channel
      .deliver(0x30 + i, tpdu, centre)
      .answer(0x30 + i)
      .pause(400);
  });
  return {
    id: 'radio-phone-full',
    file: 'radio-phone-full.pcap',
    title: 'Refused by the phone on the air, then taken',
    story:
      'On the radio interface the phone refuses the last part because its memory is full and takes it nine seconds later, and as it names its IMSI when it is paged, the MAC verifies without a key being entered.',
    keys: NO_KEYS,
    expect: {
      messages: [
        {
          kind: 'client-provisioning',
          state: 'complete',
          to: null,
          parts: [userData.length, userData.length],
          method: 'NETWPIN',
          verdict: 'valid',
          findings: ['FLOW-PART-RETRIED'],
          errors: [],
        },
      ],
      outcomes: ['delivered'],
    },
    bytes: pcapOf(tape),
  };
}

const PKCS15 = join(fromHex('A000000063'), ascii('PKCS-15'));
const DIRECTORY = fromHex('7F504401');
const BOOTSTRAP = fromHex('7F504F01');
const FILE_SIZE = 600;

/** The phone reads its card when it is switched on. */
export function cardBootstrap(): Story {
  const document = provisioning(
    characteristic('BOOTSTRAP', { NAME: 'Example Mobile' }),
    apn('CARD-NAP', 'Example Mobile', 'start.example.net', {}),
    browser('Example Mobile', { 'TO-NAPID': 'CARD-NAP' }, 'http://start.example.net/'),
  );
  const file = new Uint8Array(FILE_SIZE).fill(0xff);
  file.set(document);
  const tape = new Tape('2026-11-03T06:30:00Z');
  new CardTrace(tape)
    .application(fromHex('A0000000871002'))
    .read(fromHex('7FFF6F07'), imsiFile(IMSI))
    .pause(40)
    .application(PKCS15)
    .read(fromHex('7F505031'), objectDirectory(join(fromHex('3F00'), DIRECTORY)))
    .read(DIRECTORY, provisioningObject('Provisioning', 1, join(fromHex('3F00'), BOOTSTRAP)))
    .read(BOOTSTRAP, file);
  return {
    id: 'card-bootstrap',
    file: 'card-bootstrap.pcap',
    title: 'Settings from the SIM card',
    story:
      'A phone that is switched on finds the Bootstrap file of its card through the PKCS#15 directory and reads settings for access point and browser from it, which no network message carried.',
    keys: NO_KEYS,
    expect: {
      messages: [
        {
          kind: 'client-provisioning',
          state: 'complete',
          to: null,
          parts: [1, 1],
          verdict: 'not-applicable',
          errors: [],
        },
      ],
    },
    bytes: pcapOf(tape),
  };
}
