// Stories played by a handful of phones, as rows and marks. Deterministic.

import type { Gap } from '../../../analysis/engine/contract/timeline.ts';
import { MARKS, type MarkKind, type MessageRow, VERDICTS, type Verdict } from '../../../analysis/engine/contract.ts';
import type { Severity } from '../../../captures/finding.ts';

export interface FakeMark {
  readonly lane: number;
  readonly kind: MarkKind;
  readonly time: number;
  readonly from: number;
  readonly message: number;
  readonly part: number;
  readonly verdict: number;
  readonly severity: number;
}

export interface FakeFinding {
  readonly code: string;
  readonly severity: Severity;
  readonly text: string;
  readonly title: string;
  readonly clause: string;
  readonly receivers: string | null;
  readonly fix: string | null;
}

export interface FakeMessage {
  readonly row: MessageRow;
  readonly lane: number;
  readonly story: Story;
  readonly partTimes: readonly number[];
  readonly frames: readonly number[];
  readonly findings: readonly FakeFinding[];
}

export type Story =
  | 'pin'
  | 'wrong-imsi'
  | 'missing'
  | 'refused'
  | 'unprotected'
  | 'dangling'
  | 'si'
  | 'mms'
  | 'broken'
  | 'no-mac';

const FINDINGS = {
  missing: {
    code: 'SMS-CONCAT-MISSING',
    severity: 'error',
    text: 'Part 3 of 4 was never seen; the last part came 41 s before the capture ends.',
    title: 'A part of a concatenated message is missing',
    clause: '3GPP TS 23.040 9.2.3.24.1',
    receivers: 'Phones keep the other parts for hours or days and show nothing.',
    fix: 'Send the missing part again with the same reference, or the whole message with a new one.',
  },
  dangling: {
    code: 'CP-DANGLING-TO-NAPID',
    severity: 'error',
    text: 'TO-NAPID refers to NAP7, which no NAPDEF in this document defines.',
    title: 'A reference points to an access point that is not there',
    clause: 'OMA-WAP-TS-ProvCont-V1_1 4.5.4',
    receivers: 'Most phones store the application without a connection, so that it never goes online.',
    fix: 'Define NAPDEF NAP7, or refer to one that is there: NAP1.',
  },
  unprotected: {
    code: 'CP-UNPROTECTED',
    severity: 'warning',
    text: 'The message carries neither SEC nor MAC.',
    title: 'Provisioning without protection',
    clause: 'OMA-WAP-TS-ProvBoot-V1_1 4.1',
    receivers: 'Many phones ignore it without a word; others ask the user.',
    fix: 'Protect the message with NETWPIN or USERPIN.',
  },
  wrong: {
    code: 'MAC-MISMATCH',
    severity: 'error',
    text: 'The MAC does not match, but it does when the IMSI is hashed as ASCII digits.',
    title: 'The MAC was made with a wrong key recipe',
    clause: 'OMA-WAP-TS-ProvBoot-V1_1 6.2',
    receivers: 'The phone discards the message without telling anybody.',
    fix: 'Make the key of the IMSI in semi-octets, as on the SIM card.',
  },
  refused: {
    code: 'SMPP-REFUSED',
    severity: 'error',
    text: 'Part 2 was refused with ESME_RSUBMITFAIL (0x00000045).',
    title: 'The message centre refused a part',
    clause: 'SMPP 5.0 4.7.6',
    receivers: null,
    fix: null,
  },
  broken: {
    code: 'WBXML-TRUNCATED',
    severity: 'error',
    text: 'The document ends inside an inline string that began at octet 61.',
    title: 'A document that ends too early',
    clause: 'WAP-192-WBXML 5.4',
    receivers: 'Phones drop the document.',
    fix: null,
  },
  nomac: {
    code: 'CP-SEC-WITHOUT-MAC',
    severity: 'error',
    text: 'SEC names USERPIN, but there is no MAC parameter.',
    title: 'A security method without a MAC',
    clause: 'OMA-WAP-TS-ProvBoot-V1_1 4.1.1',
    receivers: 'Some phones treat it as unprotected, one is known to crash.',
    fix: 'Add the MAC as 40 hex digits.',
  },
  addr: {
    code: 'CP-PXADDR-ZEROS',
    severity: 'warning',
    text: 'The address 203.000.113.008 has leading zeros.',
    title: 'An IPv4 address with leading zeros',
    clause: 'OMA-WAP-TS-ProvCont-V1_1 4.6.2',
    receivers: 'Some phones read the number as octal.',
    fix: 'Write 203.0.113.8.',
  },
  note: {
    code: 'WSP-TID-ZERO',
    severity: 'note',
    text: 'The transaction identifier is 0.',
    title: 'A transaction identifier of zero',
    clause: 'WAP-230-WSP 8.2.1',
    receivers: null,
    fix: null,
  },
} as const satisfies Record<string, FakeFinding>;

interface StorySpec {
  readonly kind: string;
  readonly parts: number;
  readonly method: string | null;
  readonly verdict: Verdict;
  readonly outcome: string | null;
  readonly state: MessageRow['state'];
  readonly summary: string;
  readonly findings: readonly FakeFinding[];
}

export const STORIES: Readonly<Record<Story, StorySpec>> = {
  pin: {
    kind: 'client-provisioning',
    parts: 3,
    method: 'USERPIN',
    verdict: 'no-key',
    outcome: 'delivered',
    state: 'complete',
    summary: 'Sets up the access point internet.example and the proxy 203.0.113.8',
    findings: [FINDINGS.addr],
  },
  'wrong-imsi': {
    kind: 'client-provisioning',
    parts: 4,
    method: 'NETWPIN',
    verdict: 'invalid',
    outcome: 'accepted',
    state: 'complete',
    summary: 'Sets up the access point internet.example and the proxy 203.0.113.8',
    findings: [FINDINGS.wrong],
  },
  missing: {
    kind: 'client-provisioning',
    parts: 4,
    method: 'NETWPIN',
    verdict: 'no-key',
    outcome: 'unconfirmed',
    state: 'incomplete',
    summary: 'Part 3 of 4 never came; the first two say: access point internet.example',
    findings: [FINDINGS.missing],
  },
  refused: {
    kind: 'client-provisioning',
    parts: 3,
    method: 'USERNETWPIN',
    verdict: 'no-key',
    outcome: 'failed',
    state: 'complete',
    summary: 'Sets up the access point internet.example; part 2 was refused for good',
    findings: [FINDINGS.refused, FINDINGS.note],
  },
  unprotected: {
    kind: 'client-provisioning',
    parts: 2,
    method: null,
    verdict: 'unprotected',
    outcome: 'accepted',
    state: 'complete',
    summary: 'Sets the mail server mail.example, without any protection',
    findings: [FINDINGS.unprotected],
  },
  dangling: {
    kind: 'client-provisioning',
    parts: 3,
    method: 'NETWPIN',
    verdict: 'valid',
    outcome: 'delivered',
    state: 'complete',
    summary: 'Sets up browsing that refers to a connection NAP7 which is not there',
    findings: [FINDINGS.dangling, FINDINGS.addr],
  },
  si: {
    kind: 'service-indication',
    parts: 1,
    method: null,
    verdict: 'not-applicable',
    outcome: 'delivered',
    state: 'complete',
    summary: 'Service indication: “Your bill for October”, http://example.com/bill',
    findings: [],
  },
  mms: {
    kind: 'mms-notification',
    parts: 2,
    method: null,
    verdict: 'not-applicable',
    outcome: 'delivered',
    state: 'complete',
    summary: 'MMS of 31.4 kB waits at http://mms.example/x7',
    findings: [],
  },
  broken: {
    kind: 'client-provisioning',
    parts: 2,
    method: 'USERPIN',
    verdict: 'malformed',
    outcome: 'accepted',
    state: 'undecodable',
    summary: 'The document breaks off after 61 octets',
    findings: [FINDINGS.broken],
  },
  'no-mac': {
    kind: 'client-provisioning',
    parts: 2,
    method: 'USERPIN',
    verdict: 'no-mac',
    outcome: 'accepted',
    state: 'complete',
    summary: 'Sets up the access point internet.example, names USERPIN but carries no MAC',
    findings: [FINDINGS.nomac],
  },
};

const RANK = { note: 1, warning: 2, error: 3 } as const;
export const rank = (s: Severity | null): number => (s === null ? 0 : RANK[s]);

export const worstOf = (list: readonly { readonly severity: Severity }[]): Severity | null =>
  list.reduce<Severity | null>((w, f) => (rank(f.severity) > rank(w) ? f.severity : w), null);

export interface Traffic {
  readonly messages: readonly FakeMessage[];
  readonly marks: readonly FakeMark[];
  readonly lanes: readonly { readonly id: string; readonly label: string }[];
  readonly t1: number;
  /** Indexes of the messages that are one transaction. */
  readonly transaction?: readonly number[];
  readonly gaps?: readonly Gap[];
}

const inLaneOrder = (a: FakeMark, b: FakeMark): number =>
  a.lane - b.lane || a.time - b.time || MARKS.indexOf(a.kind) - MARKS.indexOf(b.kind);

/** `count` messages to `lanes` phones over a time that grows with them. */
export function playTraffic(count: number, lanes: number): Traffic {
  let seed = 20261123;
  const random = (): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  const order: readonly Story[] = [
    'pin',
    'wrong-imsi',
    'si',
    'missing',
    'dangling',
    'refused',
    'unprotected',
    'mms',
    'broken',
    'no-mac',
  ];
  const messages: FakeMessage[] = [];
  const marks: FakeMark[] = [];
  let t = 0.12e9;
  let frame = 6;
  for (let index = 0; index < count; index += 1) {
    const story = index < order.length ? order[index]! : order[Math.floor(random() ** 1.6 * order.length)]!;
    const spec = STORIES[story];
    const lane = index < lanes ? index : Math.floor(random() * lanes);
    const partTimes: number[] = [];
    const frames: number[] = [];
    let at = Math.round(t);
    for (let p = 0; p < spec.parts; p += 1) {
      partTimes.push(at);
      frames.push(frame);
      frame += 2;
      at += Math.round((0.05 + random() * 0.5) * 1e9);
    }
    const missing = story === 'missing' ? 1 : 0;
    const last = partTimes[partTimes.length - 1]!;
    const worst = worstOf(spec.findings);
    const row: MessageRow = {
      id: `m${index + 1}`,
      index,
      kind: spec.kind,
      state: spec.state,
      bearer: 'smpp',
      from: index % 3 === 0 ? '12345' : index % 3 === 1 ? '+491710000000' : 'Example',
      to: `+4917${(10000000 + lane * 7919) % 100000000}`,
      imsi: lane % 4 === 1 ? `26201${String(1000000000 + lane * 31337)}` : null,
      firstTime: partTimes[0]!,
      lastTime: last,
      parts: spec.parts,
      missing,
      contentType:
        spec.kind === 'client-provisioning' ? 'application/vnd.wap.connectivity-wbxml' : 'application/vnd.wap.sic',
      method: spec.method,
      verdict: spec.verdict,
      outcome: spec.outcome,
      summary: spec.summary,
      worst,
      findings: spec.findings.length,
      lane,
    };
    messages.push({ row, lane, story, partTimes, frames, findings: spec.findings });
    const mark = (kind: MarkKind, time: number, part: number, severity = 0, from = time, verdict = 255): void => {
      marks.push({ lane, kind, time, from, message: index, part, verdict, severity });
    };
    partTimes.forEach((time, p) => {
      if (story === 'missing' && p === 2) mark('missing', last, 3, 3);
      else mark('segment', time, p + 1);
      if (story === 'missing' && p === 2) return;
      if (story === 'refused' && p === 1) mark('refusal', time + 8e6, 2, 3);
      else mark('answer', time + 8e6, p + 1);
    });
    mark('message', last, 0, rank(worst), partTimes[0]!, VERDICTS.indexOf(spec.verdict));
    if (spec.outcome === 'delivered') mark('receipt', last + 0.9e9, 0);
    t += (0.2 + random() * 3.2) * 1e9;
    if (index % 17 === 16) t += 30e9;
  }
  marks.sort(inLaneOrder);
  return {
    messages,
    marks,
    lanes: Array.from({ length: lanes }, (_, i) => ({
      id: `+4917${(10000000 + i * 7919) % 100000000}`,
      label: `+4917${(10000000 + i * 7919) % 100000000}`,
    })),
    t1: marks.reduce((m, x) => Math.max(m, x.time), 0),
  };
}

/** One message, seen at `hops` hops. */
export function playChain(hops: number): Traffic {
  const t = playTraffic(hops, 1);
  const first = t.messages[0]!.row;
  const last = t.messages[hops - 1]!.row;
  const mark: FakeMark = {
    lane: 0,
    kind: 'transaction',
    time: last.lastTime,
    from: first.firstTime,
    message: 0,
    part: hops,
    verdict: 255,
    severity: 0,
  };
  return { ...t, marks: [...t.marks, mark].sort(inLaneOrder), transaction: t.messages.map((m) => m.row.index) };
}
