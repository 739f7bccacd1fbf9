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

/** What is kept of a message while others are looked at: flows are large. */
interface Seen extends Omit<FlowMessage, 'flow'> {
  readonly outcome: Outcome;
  readonly retries: number;
  readonly failure: Failure | null;
  /** Of its events; NaN where none has a time. */
  readonly begun: Time;
  /** The last time anything about it was seen. */
  readonly ended: Time;
  /** null where it can be made again. */
  readonly flow: MessageFlow | null;
}

function seen(m: FlowMessage, keep: boolean): Seen {
  const { outcome, retries, failure } = m.flow;
  let begun = Number.NaN;
  let ended = m.lastTime;
  for (const t of timesOf(m.flow)) {
    if (t < begun || Number.isNaN(begun)) begun = t;
    if (!Number.isNaN(t)) ended = Math.max(ended, t);
  }
  return {
    id: m.id,
    recipient: m.recipient,
    firstTime: m.firstTime,
    lastTime: m.lastTime,
    content: m.content,
    ...(m.road === undefined ? {} : { road: m.road }),
    outcome,
    retries,
    failure,
    begun,
    ended,
    flow: keep ? m.flow : null,
  };
}

interface Group {
  readonly messages: Seen[];
  /** Roads of the attempt that is under way. */
  readonly roads: Set<string>;
  /** Indexes in `messages` at which an attempt begins. */
  readonly attempts: number[];
}

/** Numbers are written in more than one way on the roads between gateways. */
const plainNumber = (recipient: string): string => recipient.replace(/^(\+|00)(?=\d)/, '');

function continues(g: Group, m: Seen): 'hop' | 'retry' | null {
  const before = g.messages.at(-1)!;
  const first = g.messages[g.attempts.at(-1)!]!;
  if (m.road !== undefined && !g.roads.has(m.road) && m.firstTime - first.firstTime <= HOP_WINDOW) return 'hop';
  return !done(before.outcome) && m.firstTime - before.ended <= RETRY_WINDOW ? 'retry' : null;
}

/** A class, so that thousands of them share the code of their events. */
class Attempts implements Transaction {
  readonly id: string;
  readonly recipient: string;
  readonly messages: readonly string[];
  readonly hops: readonly (readonly string[])[];
  readonly outcome: Outcome;
  readonly begun: Time;
  readonly retries: number;
  readonly failure: Failure | null;
  readonly #flowsOf: (t: Transaction) => readonly MessageFlow[];

  constructor(id: string, { messages, attempts }: Group, flowsOf: (t: Transaction) => readonly MessageFlow[]) {
    const final = messages.at(-1)!;
    this.id = id;
    this.recipient = messages[0]!.recipient ?? NOBODY;
    this.messages = messages.map((m) => m.id);
    this.outcome = final.outcome;
    this.begun = messages.reduce((t, m) => (m.begun < t || Number.isNaN(t) ? m.begun : t), Number.NaN);
    this.hops = hopsOf(this.messages, attempts);
    this.retries = attempts.length - 1 + messages.reduce((n, m) => n + m.retries, 0);
    this.failure = done(final.outcome)
      ? null
      : (final.failure ?? messages.findLast((m) => m.failure !== null)?.failure ?? null);
    this.#flowsOf = flowsOf;
  }

  get events(): readonly FlowEvent[] {
    return this.#flowsOf(this)
      .flatMap((f) => f.events)
      .sort(byTime);
  }
}

/**
 * Groups messages into transactions. A message joins the last one with the same recipient and content when it is seen on
 * another road within HOP_WINDOW, or when that one has neither been delivered nor accepted and ended less than
 * RETRY_WINDOW before; the last message decides the outcome. `again` makes the flow of a message anew, for its events:
 * then the flows given do not stay in memory, and messages may be made as they are asked for.
 */
export function buildTransactions(
  messages: Iterable<FlowMessage>,
  again?: (message: string) => MessageFlow,
): Transaction[] {
  const groups: Group[] = [];
  const last = new Map<string, Group>();
  const sorted: Seen[] = [];
  for (const m of messages) sorted.push(seen(m, again === undefined));
  sorted.sort((a, b) => order(a.firstTime) - order(b.firstTime) || 0);
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
  const kept = new Map(again === undefined ? sorted.map((m) => [m.id, m.flow!]) : []);
  const flowOf = again ?? ((id: string) => kept.get(id)!);
  const flowsOf = (t: Transaction): readonly MessageFlow[] => t.messages.map(flowOf);
  return groups.map((group, i) => new Attempts(`t${i + 1}`, group, flowsOf));
}

/** The messages of each attempt. */
function hopsOf(ids: readonly string[], attempts: readonly number[]): readonly (readonly string[])[] {
  if (attempts.length === 1) return [ids];
  return attempts.map((from, i) => ids.slice(from, attempts[i + 1] ?? ids.length));
}
