// Attempts to provision one recipient: a message at each hop where it was seen, and those that repeat it after it
// failed or went unanswered.

import { sha256 } from '@noble/hashes/sha2.js';
import type { Time } from '../../dissectors/base/message.ts';
import { byTime, type Failure, type FlowEvent, type MessageFlow, type Outcome, timesOf } from './flow.ts';
import type { Stage } from './stages.ts';

/** Capture time within which the same document on another road is the same message at another hop. */
export const HOP_WINDOW = 10 * 60 * 1e9;

/** Capture time after which the same document for the same recipient is a new attempt and not a retry. */
export const RETRY_WINDOW = 15 * 60 * 1e9;

/** Recipient of messages that name nobody: each is a transaction of its own. */
export const NOBODY = 'recipient unknown';

export interface FlowMessage {
  readonly id: string;
  /** As the report writes it; null where the message names nobody, and then it stands alone. */
  readonly recipient: string | null;
  readonly firstTime: Time;
  readonly lastTime: Time;
  /** What tells documents apart, see `contentKey`; null: comparable with nothing. */
  readonly content: string | null;
  /** The road: sightings on different roads may be one message at two hops. */
  readonly road?: string;
  readonly flow: MessageFlow;
}

export interface Transaction {
  /** 't1' in order of first time. */
  readonly id: string;
  readonly recipient: string;
  readonly messages: readonly string[];
  /** Messages of each attempt in the order of their hops. */
  readonly hops: readonly (readonly string[])[];
  readonly outcome: Outcome;
  /** Made when they are asked for. */
  readonly events: readonly FlowEvent[];
  /** Of the first event; NaN where none has a time. */
  readonly begun: Time;
  /** Parts sent again after a refusal or without an answer, and whole messages sent again. */
  readonly retries: number;
  readonly failure: Failure | null;
  /** Made for who wants them: the legs of all its messages and the phone's next moves. */
  readonly stages?: readonly TransactionStage[];
  /** The phone was seen using what it was told; null: the capture does not tell. */
  readonly applied?: boolean | null;
}

export interface TransactionStage extends Stage {
  /** 1-based. */
  readonly hop: number;
  readonly attempt: number;
}

/** A short name of a document's octets: equal octets have equal names. */
export const contentKey = (body: Uint8Array): string =>
  Array.from(sha256(body).subarray(0, 8), (b) => b.toString(16).padStart(2, '0')).join('');

const done = (o: Outcome): boolean => o === 'delivered' || o === 'accepted';

const order = (t: Time): number => (Number.isNaN(t) ? Number.POSITIVE_INFINITY : t);

interface Group {
  readonly messages: FlowMessage[];
  /** Roads of the attempt that is under way. */
  readonly roads: Set<string>;
  /** Indexes in `messages` at which an attempt begins. */
  readonly attempts: number[];
}

/** Numbers are written in more than one way on the roads between gateways. */
const plainNumber = (recipient: string): string => recipient.replace(/^(\+|00)(?=\d)/, '');

function continues(g: Group, m: FlowMessage): 'hop' | 'retry' | null {
  const before = g.messages.at(-1)!;
  const first = g.messages[g.attempts.at(-1)!]!;
  if (m.road !== undefined && !g.roads.has(m.road) && m.firstTime - first.firstTime <= HOP_WINDOW) return 'hop';
  return !done(before.flow.outcome) && m.firstTime - endOf(before) <= RETRY_WINDOW ? 'retry' : null;
}

/**
 * Groups messages into transactions. A message joins the last one with the same recipient and content when it is seen on
 * another road within HOP_WINDOW, or when that one has neither been delivered nor accepted and ended less than
 * RETRY_WINDOW before; the last message decides the outcome. `again` makes the flow of a message anew, for its events:
 * then the flows given need not stay in memory.
 */
export function buildTransactions(
  messages: readonly FlowMessage[],
  again?: (message: string) => MessageFlow,
): Transaction[] {
  const groups: Group[] = [];
  const last = new Map<string, Group>();
  const sorted = [...messages].sort((a, b) => order(a.firstTime) - order(b.firstTime) || 0);
  for (const m of sorted) {
    const key = m.content === null || m.recipient === null ? null : `${plainNumber(m.recipient)}\n${m.content}`;
    const group = key === null ? undefined : last.get(key);
    const how = group === undefined ? null : continues(group, m);
    if (group !== undefined && how !== null) {
      if (how === 'retry') {
        group.roads.clear();
        group.attempts.push(group.messages.length);
      }
      group.messages.push(m);
      if (m.road !== undefined) group.roads.add(m.road);
      continue;
    }
    const fresh: Group = { messages: [m], roads: new Set(m.road === undefined ? [] : [m.road]), attempts: [0] };
    groups.push(fresh);
    if (key !== null) last.set(key, fresh);
  }
  return groups.map(({ messages: group, attempts }, i) => {
    const final = group.at(-1)!.flow;
    const ids = group.map((m) => m.id);
    const events = again === undefined ? eventsIn(group) : eventsAgain(ids, again);
    return {
      id: `t${i + 1}`,
      recipient: group[0]!.recipient ?? NOBODY,
      messages: ids,
      outcome: final.outcome,
      get events() {
        return events();
      },
      begun: group.reduce((t, m) => firstOf(m.flow, t), Number.NaN),
      hops: hopsOf(group, attempts),
      retries: attempts.length - 1 + group.reduce((n, m) => n + m.flow.retries, 0),
      failure: done(final.outcome)
        ? null
        : (final.failure ?? group.findLast((m) => m.flow.failure !== null)?.flow.failure ?? null),
    };
  });
}

/** The last time anything about the message was seen. */
function endOf(m: FlowMessage): Time {
  let last = m.lastTime;
  for (const t of timesOf(m.flow)) if (!Number.isNaN(t)) last = Math.max(last, t);
  return last;
}

function firstOf(flow: MessageFlow, before: Time): Time {
  let first = before;
  for (const t of timesOf(flow)) if (t < first || Number.isNaN(first)) first = t;
  return first;
}

const inTime = (flows: readonly MessageFlow[]): readonly FlowEvent[] => flows.flatMap((f) => f.events).sort(byTime);

// Apart, so that neither keeps what the other needs.
const eventsIn = (group: readonly FlowMessage[]) => () => inTime(group.map((m) => m.flow));
const eventsAgain = (ids: readonly string[], again: (message: string) => MessageFlow) => () => inTime(ids.map(again));

function hopsOf(group: readonly FlowMessage[], attempts: readonly number[]): string[][] {
  return attempts.map((from, i) => group.slice(from, attempts[i + 1] ?? group.length).map((m) => m.id));
}
