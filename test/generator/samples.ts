// The stories that ship with otascope, in the order in which they are offered, and their manifest.

import { phishing } from './stories/attacks.ts';
import { contentFaults, hijack } from './stories/content.ts';
import { phoneOff } from './stories/core.ts';
import { badLine, partMissing, referenceReused, throttled } from './stories/delivery.ts';
import { absentSubscriber, cimdNack, confirmedPush, emiUndelivered, modemRetry } from './stories/gateways.ts';
import { altered, asciiImsi, networkAndPin, networkPin } from './stories/keys.ts';
import { mixedTraffic, modemLog } from './stories/mixed.ts';
import { phoneLife } from './stories/phone.ts';
import { indicationChain, managementCall, smartMessages } from './stories/pushes.ts';
import { cardBootstrap, phoneFull } from './stories/radio.ts';
import { macLost, otaHttp, sipRetry } from './stories/web.ts';
import type { Story } from './story.ts';

export const stories = (): Story[] => [
  networkPin(),
  altered(),
  partMissing(),
  throttled(),
  asciiImsi(),
  contentFaults(),
  hijack(),
  phishing(),
  referenceReused(),
  modemLog(),
  mixedTraffic(),
  networkAndPin(),
  badLine(),
  phoneFull(),
  cardBootstrap(),
  macLost(),
  otaHttp(),
  sipRetry(),
  phoneOff(),
  confirmedPush(),
  modemRetry(),
  emiUndelivered(),
  cimdNack(),
  absentSubscriber(),
  indicationChain(),
  managementCall(),
  smartMessages(),
  phoneLife(),
];

/** The manifest: everything about the stories but their octets. */
export const manifest = (list: readonly Story[]): string =>
  `${JSON.stringify(
    list.map(({ bytes: _, ...entry }) => entry),
    null,
    2,
  )}\n`;
