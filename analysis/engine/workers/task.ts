// What threads are given and give back. Octets of all messages of a task lie in one buffer, which moves; everything else
// is small and copied.

import type { Finding, Rule } from '../../../captures/finding.ts';
import type { Inferred } from '../../verify/candidates.ts';
import type { Readable } from '../readable.ts';
import type { Evidence, Judgement } from '../records.ts';

/** A message without its octets. */
export interface Head extends Omit<Readable, 'data' | 'findings'> {
  /** Octets of the task's buffer. */
  readonly start: number;
  readonly length: number;
}

/** Sentences are made before they leave: functions stay where they are. */
export interface SentInferred extends Omit<Inferred, 'why'> {
  readonly why: string;
}

export interface SentEvidence extends Omit<Evidence, 'inferred' | 'told'> {
  readonly inferred: readonly SentInferred[];
  readonly told: readonly SentInferred[];
}

export interface ToThread {
  readonly id: number;
  readonly octets: Uint8Array;
  readonly heads: readonly Head[];
  /** Of each message. */
  readonly evidence: readonly SentEvidence[];
}

/** A finding whose rule has a number among those the thread named. */
export interface SentFinding extends Omit<Finding, 'rule'> {
  readonly rule: number;
}

export interface SentJudgement extends Omit<Judgement, 'findings' | 'verificationFindings'> {
  readonly findings: readonly SentFinding[];
  readonly verificationFindings: readonly SentFinding[];
}

export interface FromThread {
  readonly id: number;
  /** Rules that were not named before; they have the next numbers. */
  readonly rules: readonly Rule[];
  readonly judgements: readonly SentJudgement[];
}

/** Can another thread say what it means? What the joining found is the message's own, and so is a text. */
export const isSendable = (j: Readable): boolean =>
  j.state === 'complete' && j.payload !== 'text' && j.findings.length === 0;

const sentInferred = (list: readonly Inferred[]): SentInferred[] =>
  list.map(({ value, weak, why }) => ({ value, weak, why: why() }));

const heldInferred = (list: readonly SentInferred[]): Inferred[] => list.map((i) => ({ ...i, why: () => i.why }));

/** A message as it was when it was sent, wherever it is judged: without what was found in joining it since. */
export const heldMessage = ([j, e]: readonly [Readable, SentEvidence]): readonly [Readable, Evidence] => [
  { ...j, findings: NONE },
  { ...e, inferred: heldInferred(e.inferred), told: heldInferred(e.told) },
];

const headOf = (j: Readable, start: number): Head => ({
  payload: j.payload,
  state: j.state,
  ports: j.ports,
  to: j.to,
  ...(j.contentType === undefined ? {} : { contentType: j.contentType }),
  ...(j.payloadOffset === undefined ? {} : { payloadOffset: j.payloadOffset }),
  ...(j.connectionOriented === undefined ? {} : { connectionOriented: j.connectionOriented }),
  contiguous: j.contiguous,
  missing: j.missing,
  text: j.text,
  segments: j.segments.map(({ part, of, status, length }) => ({ part, of, status, length })),
  start,
  length: j.data.bytes.length,
});

const NONE: readonly never[] = [];

/** What is known now: sentences about evidence tell how much of the capture was read. */
export function sentEvidence(e: Evidence): SentEvidence {
  if (e.inferred.length + e.told.length === 0) return { ...e, inferred: NONE, told: NONE };
  return { ...e, inferred: sentInferred(e.inferred), told: sentInferred(e.told) };
}

/** The task of these messages; its octets are a buffer of its own. */
export function taskOf(id: number, messages: readonly (readonly [Readable, SentEvidence])[]): ToThread {
  const octets = new Uint8Array(messages.reduce((n, [j]) => n + j.data.bytes.length, 0));
  let at = 0;
  const heads = messages.map(([j]) => {
    const head = headOf(j, at);
    octets.set(j.data.bytes, at);
    at += head.length;
    return head;
  });
  const evidence = messages.map(([, e]) => e);
  return { id, octets, heads, evidence };
}

/** The messages of a task, as they were but for where their octets came from. */
export function* messagesOf({ octets, heads, evidence }: ToThread): Generator<readonly [Readable, Evidence]> {
  for (const [n, { start, length, ...head }] of heads.entries()) {
    const data = { bytes: octets.subarray(start, start + length), map: NONE };
    yield heldMessage([{ ...head, data, findings: NONE }, evidence[n]!]);
  }
}
