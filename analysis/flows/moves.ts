// What the phone did after it was told something: activations, look-ups, connections. Only what the capture ties to the
// phone counts as its own; what somebody else may have done is said to be just that.

import type { FrameId } from '../../dissectors/base/bytemap.ts';
import type { Time } from '../../dissectors/base/message.ts';
import type { Connect, Connects } from '../../dissectors/driver/connects.ts';
import { type ActivityBook, accessPointOf, type Move } from './activity.ts';
import type { FlowEvent } from './flow.ts';
import type { Intents, Server } from './intents.ts';
import type { StageName } from './stages.ts';

/** People do not always accept settings at once. */
const WINDOW = 3600e9;
/** Moves of each kind that are listed. */
const MOST = 16;
/** Of those that may be somebody else's. */
const MOST_UNCERTAIN = 3;
/** Connection attempts looked at for one server. */
const MOST_LOOKED_AT = 50_000;

export interface NextMove {
  readonly stage: StageName;
  readonly layer: string;
  readonly operation: string;
  /** One phrase: what was asked for. */
  readonly text: string;
  readonly time: Time;
  readonly frame: FrameId;
  readonly from: string;
  readonly to: string;
  readonly answer: {
    readonly time: Time;
    readonly frame: FrameId;
    readonly operation: string;
    readonly ok: boolean;
    readonly code: string | null;
    readonly text: string;
  } | null;
  /** The capture ties it to this phone. */
  readonly certain: boolean;
  /** It is what the settings say, and not something else of the same kind. */
  readonly asTold: boolean;
}

/** What the capture knows of a phone. */
export interface Phone {
  readonly imsi: string | null;
  readonly number: string | null;
  /** Network address, where messages go to it by one. */
  readonly address: string | null;
}

export interface Surroundings {
  readonly activities: ActivityBook;
  readonly connects: Connects;
  /** Attempts by destination port, in capture order. */
  attemptsTo(port: number): readonly number[];
}

/** Attempts by port, indexed at the first question. */
export function surroundings(activities: ActivityBook, connects: Connects): Surroundings {
  let indexed = 0;
  const byPort = new Map<number, number[]>();
  return {
    activities,
    connects,
    attemptsTo(port) {
      for (; indexed < connects.length; indexed += 1) {
        const list = byPort.get(connects.portOf(indexed));
        if (list === undefined) byPort.set(connects.portOf(indexed), [indexed]);
        else list.push(indexed);
      }
      return byPort.get(port) ?? [];
    },
  };
}

const within = (time: Time, after: Time): boolean => !(time < after) && !(time - after > WINDOW);

function move(m: Move, stage: StageName, text: string, certain: boolean, asTold = true): NextMove {
  const { layer, operation, time, frame, from, to, answer } = m;
  return { stage, layer, operation, text, time, frame, from, to, answer, certain, asTold };
}

/** Addresses the network gave the phone, and the one messages reach it by. */
function addressesOf(phone: Phone, own: readonly Move[]): Set<string> {
  const out = new Set(own.flatMap((m) => m.answer?.addresses ?? []));
  if (phone.address !== null) out.add(phone.address);
  return out;
}

function ownActivations(phone: Phone, s: Surroundings): Move[] {
  const found = [phone.imsi, phone.number].flatMap((who) => (who === null ? [] : s.activities.activationsOf(who)));
  return [...new Set(found)];
}

function activations(intents: Intents, own: readonly Move[], after: Time, s: Surroundings): NextMove[] {
  const wanted = new Set(intents.accessPoints.map(accessPointOf));
  if (wanted.size === 0) return [];
  const mine = own
    .filter((m) => within(m.time, after))
    .slice(0, MOST)
    .map((m) => {
      const told = wanted.has(accessPointOf(m.target));
      return move(m, 'activation', `${m.target}${told ? '' : ', not the access point of the settings'}`, true, told);
    });
  if (own.length > 0) return mine;
  return intents.accessPoints.flatMap((apn) =>
    s.activities
      .towards('activation', apn)
      .filter((m) => within(m.time, after) && m.imsi === null && m.msisdn === null)
      .slice(0, MOST_UNCERTAIN)
      .map((m) => move(m, 'activation', m.target, false)),
  );
}

/** The phone's own, or where its address is not known, a few of whoever it was. */
function chosen<T extends { readonly from: string }>(
  all: readonly T[],
  addresses: ReadonlySet<string>,
): [T, boolean][] {
  if (addresses.size > 0)
    return all
      .filter((m) => addresses.has(m.from))
      .slice(0, MOST)
      .map((m) => [m, true]);
  return all.slice(0, MOST_UNCERTAIN).map((m) => [m, false]);
}

function towards(
  what: Move['what'] & StageName,
  target: string,
  addresses: ReadonlySet<string>,
  after: Time,
  s: Surroundings,
): NextMove[] {
  const all = s.activities.towards(what, target).filter((m) => within(m.time, after));
  return chosen(all, addresses).map(([m, certain]) => move(m, what, target, certain));
}

function connection(c: Connect, server: Server, certain: boolean): NextMove {
  const ok = c.result === 'answered';
  const repeated = c.tries > 1 ? `, ${c.tries} times` : '';
  const answer = {
    time: c.answerTime,
    frame: c.answerFrame,
    operation: ok ? 'TCP SYN, ACK' : 'TCP RST',
    ok,
    code: ok ? null : 'TCP RST',
    text: ok ? 'open' : 'refused',
  };
  return {
    stage: 'connection',
    layer: 'tcp',
    operation: 'TCP SYN',
    text: `${server.purpose} ${server.host} port ${c.port}${repeated}`,
    time: c.time,
    frame: c.frame,
    from: c.from,
    to: c.to,
    answer: c.result === 'none' ? null : answer,
    certain,
    asTold: true,
  };
}

function connections(server: Server, addresses: ReadonlySet<string>, after: Time, s: Surroundings): NextMove[] {
  const resolved = s.activities.towards('name', server.host).flatMap((m) => m.answer?.addresses ?? []);
  const hosts = new Set([server.host, ...resolved]);
  const found: Connect[] = [];
  for (const port of server.ports) {
    const attempts = s.attemptsTo(port);
    let i = firstAfter(attempts, s.connects, after);
    for (let n = 0; i < attempts.length && n < MOST_LOOKED_AT && found.length < MOST * 4; i += 1, n += 1) {
      if (!within(s.connects.timeOf(attempts[i]!), after)) break;
      const c = s.connects.at(attempts[i]!);
      if (hosts.has(c.to)) found.push(c);
    }
  }
  return chosen(found, addresses).map(([c, certain]) => connection(c, server, certain));
}

function firstAfter(attempts: readonly number[], connects: Connects, after: Time): number {
  let [low, high] = [0, attempts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (connects.timeOf(attempts[middle]!) < after) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Everything the phone did within an hour of `after` that its settings may have led it to, in capture order. */
export function nextMoves(intents: Intents, phone: Phone, after: Time, s: Surroundings): NextMove[] {
  if (Number.isNaN(after)) return [];
  const own = ownActivations(phone, s);
  const addresses = addressesOf(phone, own);
  const hosts = [...new Set(intents.servers.map((v) => v.host))];
  const all = [
    ...activations(intents, own, after, s),
    ...hosts.flatMap((h) => towards('name', h, addresses, after, s)),
    ...intents.servers.flatMap((v) => connections(v, addresses, after, s)),
    ...hosts.flatMap((h) => towards('dm-session', h, addresses, after, s)),
    ...intents.urls.flatMap((u) => towards('retrieval', u, addresses, after, s)),
  ];
  const once = new Map(all.map((m) => [`${m.stage} ${m.frame} ${m.to}`, m]));
  return [...once.values()].sort((a, b) => a.time - b.time || a.frame - b.frame).slice(0, 4 * MOST);
}

/** The phone was seen using what it was told; null: the capture does not tell. */
export function isApplied(moves: readonly NextMove[]): boolean | null {
  return moves.some((m) => m.certain && m.asTold && m.stage !== 'name' && m.answer?.ok === true) ? true : null;
}

/** The move that failed for good: its last attempt was refused. Only what is surely this phone's counts. */
export function failedMove(moves: readonly NextMove[]): NextMove | null {
  const last = new Map<string, NextMove>();
  for (const m of moves) if (m.certain && m.asTold) last.set(`${m.stage} ${m.text}`, m);
  return [...last.values()].find((m) => m.answer !== null && !m.answer.ok) ?? null;
}

/** A move and its answer as events of a message's transaction. */
export function moveEvents(m: NextMove, message: string): FlowEvent[] {
  const base = { message, part: null, by: m.layer, what: 'next-move' } as const;
  const unsure = m.certain ? '' : ', perhaps of another phone';
  const { time, frame, answer } = m;
  const out: FlowEvent[] = [{ ...base, time, frame, code: null, text: `${m.operation}: ${m.text}${unsure}`, ok: null }];
  if (answer === null) return out;
  const { ok, code } = answer;
  const text = `${answer.operation}: ${answer.text}`;
  return [...out, { ...base, time: answer.time, frame: answer.frame, code, text, ok }];
}
