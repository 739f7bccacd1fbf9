// Stories from the core network: a service centre and the registers it asks.

import { Tape } from '../../../analysis/encode/tape.ts';
import * as map from '../../sigtran/build.ts';
import { deliverTpdu, ServiceCentre } from '../core.ts';
import { apn, browser, provisioning } from '../documents.ts';
import { keyOf } from '../keys.ts';
import { parts, protectedPush } from '../push.ts';
import { NO_KEYS, pcapOf, type Story } from '../story.ts';

const ABSENT_SUBSCRIBER = 6;
/** 3GPP TS 23.040 3.3.2: IMSI detached. */
const DETACHED = 1;

/** The phone is off; the register tells when it is back. */
export function phoneOff(): Story {
  const imsi = '001010000000305';
  const msisdn = '4915550100305';
  const document = provisioning(
    apn('CORE-NAP', 'Example Core', 'core.example.net'),
    browser('Example Core', { 'TO-NAPID': 'CORE-NAP' }, 'http://core.example.net/'),
  );
  const userData = parts(protectedPush('NETWPIN', keyOf.NETWPIN(imsi), document), 0x4e);
  const tpdus = userData.map((u, i) => deliverTpdu('32100', '261106091500', u, i < userData.length - 1));
  const tape = new Tape('2026-11-06T08:15:00Z');
  const centre = new ServiceCentre(tape);
  centre.askRoute(msisdn, { imsi }).pause(40);
  const [first, ...others] = tpdus;
  if (first === undefined) throw new Error('no part to send');
  centre.deliver(imsi, [first], map.error(1, ABSENT_SUBSCRIBER, map.ber('30', map.ber('02', map.u8(DETACHED)))));
  centre.reportAbsent(msisdn, DETACHED).pause(412_000);
  centre.alerted(msisdn).pause(1500);
  centre
    .askRoute(msisdn, { imsi })
    .pause(40)
    .deliver(imsi, [first, ...others])
    .pause(2000)
    .end();
  return {
    id: 'map-phone-off',
    file: 'map-phone-off.pcap',
    title: 'Off, then back: the message in the core network',
    story:
      'The switch answers that the phone is detached, the service centre has itself called when it is back seven minutes later, and as the home register told the IMSI, the MAC verifies without a key being entered.',
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
