// Sightings of one message, as people count them.

import type { HopRow } from '../../analysis/engine/contract.ts';

/** 1-based number of each sighting within its attempt. */
export function hopNumbers(hops: readonly HopRow[]): number[] {
  const seen = new Map<number, number>();
  return hops.map(({ attempt }) => {
    const n = (seen.get(attempt) ?? 0) + 1;
    seen.set(attempt, n);
    return n;
  });
}

export const operationWord = (operation: string): string => (operation === '' ? '–' : operation);

const BEARER_WORD: Readonly<Record<string, string>> = {
  at: 'AT commands',
  bssap: 'BSSAP',
  cimd2: 'CIMD2',
  'diameter-sgd': 'Diameter SGd',
  'exported-pdu': 'Exported PDU',
  gsmtap: 'GSMTAP',
  gsup: 'GSUP',
  http: 'HTTP',
  'kannel-box': 'Kannel box',
  map: 'MAP',
  'ota-http': 'OTA over HTTP',
  pap: 'Push Access Protocol',
  s1ap: 'S1AP',
  sgsap: 'SGsAP',
  'sim-apdu': 'Card',
  sip: 'SIP',
  smpp: 'SMPP',
  ucp: 'UCP',
  udp: 'UDP',
  wtp: 'WTP',
};

/** Short names without a word of their own are abbreviations: 'tcp', 'dns'. */
export const bearerWord = (bearer: string): string =>
  BEARER_WORD[bearer] ?? (/^[a-z]{2,5}$/.test(bearer) ? bearer.toUpperCase() : bearer);
