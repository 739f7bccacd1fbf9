// The same message seen at two hops: what changed on the way.

import { type Finding, type Rule, rules } from '../../captures/finding.ts';
import type { Bearer, Ports, Time } from '../../dissectors/base/message.ts';

export const HOP_RULES = rules({
  macLost: {
    code: 'HOP-MAC-LOST',
    severity: 'error',
    title: 'A hop passed the message on without the MAC that it had',
    clause: 'OMA-WAP-TS-ProvBoot-V1_1 5',
    receivers: 'Phones see an unprotected message; many ignore it.',
    fix: 'Have the gateway keep all parameters of the content type.',
  },
  signed: {
    code: 'HOP-MAC-ADDED',
    severity: 'note',
    title: 'A hop signed the message, which came to it without a MAC',
    clause: 'OMA-WAP-TS-ProvBoot-V1_1 5',
  },
  macChanged: {
    code: 'HOP-MAC-CHANGED',
    severity: 'error',
    title: 'SEC or MAC is not the same behind a hop',
    clause: 'OMA-WAP-TS-ProvBoot-V1_1 5',
  },
  ports: {
    code: 'HOP-PORTS-CHANGED',
    severity: 'warning',
    title: 'The application ports are not the same behind a hop',
    clause: '3GPP TS 23.040 9.2.3.24.4',
    receivers: 'A phone that finds no push port shows the octets as a text, or nothing.',
  },
  coding: {
    code: 'HOP-DCS-CHANGED',
    severity: 'warning',
    title: 'The data coding scheme is not the same behind a hop',
    clause: '3GPP TS 23.038 4',
    receivers: 'Octets that are announced as characters may be converted on the way or by the phone.',
  },
  parts: {
    code: 'HOP-SEGMENTED-ANEW',
    severity: 'note',
    title: 'The message has another number of parts behind a hop',
    clause: '3GPP TS 23.040 9.2.3.24.1',
  },
  lost: {
    code: 'HOP-PART-LOST',
    severity: 'error',
    title: 'A part that came to a hop is not seen behind it',
    clause: '3GPP TS 23.040 9.2.3.24.1',
    receivers: 'Phones keep the other parts and show nothing.',
  },
});

/** A message where one hop was captured. */
export interface Hop {
  /** Id of the message. */
  readonly message: string;
  readonly bearer: Bearer;
  readonly operation: string;
  readonly time: Time;
  /** Its first frame, as the user knows it: 'frame 12', 'frame 3 of b.pcap'. */
  readonly place: string;
  readonly sec: number | null;
  readonly mac: string | null;
  readonly ports: Ports | null;
  /** null where the road has no data coding scheme. */
  readonly dcs: number | null;
  readonly parts: number;
  readonly missing: readonly number[];
}

const name = (h: Hop): string => `${h.operation} (${h.place})`;
const port = (p: Ports): string => `${p.source ?? 'none'} to ${p.destination}`;

/** What is different at `after` from `before`; each sentence names both places. Ranges point at nothing: there are two. */
export function hopFindings(before: Hop, after: Hop): Finding[] {
  const out: Finding[] = [];
  const add = (rule: Rule, what: string): void => {
    const message = `${what}, from ${name(before)} to ${name(after)}`;
    out.push({ rule, message, of: 'datagram', start: 0, length: 0 });
  };
  if (before.mac !== null && after.mac === null) add(HOP_RULES.macLost, 'the MAC was lost');
  else if (before.mac === null && after.mac !== null) add(HOP_RULES.signed, 'the MAC was added');
  else if (before.mac !== after.mac || before.sec !== after.sec) add(HOP_RULES.macChanged, 'SEC or MAC changed');
  if (before.ports !== null && after.ports?.destination !== before.ports.destination) {
    const now = after.ports === null ? 'no ports are left' : `ports ${port(after.ports)}`;
    add(HOP_RULES.ports, `ports ${port(before.ports)} became ${now}`);
  }
  if (before.dcs !== null && after.dcs !== null && before.dcs !== after.dcs) {
    add(HOP_RULES.coding, `data coding ${hex(before.dcs)} became ${hex(after.dcs)}`);
  }
  if (before.parts !== after.parts) add(HOP_RULES.parts, `${before.parts} parts became ${after.parts}`);
  const lost = after.missing.filter((n) => !before.missing.includes(n));
  if (lost.length > 0) add(HOP_RULES.lost, `part ${lost.join(', ')} was lost`);
  return out;
}

const hex = (n: number): string => `0x${n.toString(16).toUpperCase().padStart(2, '0')}`;
