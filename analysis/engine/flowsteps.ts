// The ladder of a transaction: endpoints, and everything that went between them in capture order.

import type { FrameId } from '../../dissectors/base/bytemap.ts';
import { formatAddress, type Time } from '../../dissectors/base/message.ts';
import { explain } from '../flows/codes.ts';
import { endsOf, ROLE_WORDS, type Role } from '../flows/endpoints.ts';
import type { Attempt, MessageFlow } from '../flows/flow.ts';
import type { NextMove } from '../flows/moves.ts';
import type { FlowEndpoint, FlowStep } from './contract/flows.ts';
import type { Loaded } from './load.ts';
import type { MessageRecord } from './records.ts';

/** A sighting of the message, where it stands in its transaction. */
export interface Sighting {
  readonly record: MessageRecord;
  readonly flow: MessageFlow;
  /** 1-based. */
  readonly attempt: number;
  readonly hop: number;
}

type Draft = Omit<FlowStep, 'index'>;

/** Steps of one transaction that are handed out. */
export const MOST_STEPS = 2000;

export interface Ladder {
  readonly endpoints: readonly FlowEndpoint[];
  readonly steps: readonly FlowStep[];
  readonly more: number;
}

const order = (t: Time): number => (Number.isNaN(t) ? Number.POSITIVE_INFINITY : t);

function placeOf(loaded: Loaded, frame: FrameId): { frame: number | null; input: number | null } {
  if (frame < 0) return { frame: null, input: null };
  const { number, input } = loaded.frames.at(frame);
  return { frame: number, input };
}

class Endpoints {
  readonly #all = new Map<string, FlowEndpoint>();

  get list(): FlowEndpoint[] {
    return [...this.#all.values()];
  }

  add(role: Role, host: string | null, port: number | null, name: string | null): string {
    const id = role === 'phone' && name !== null ? 'phone' : `${role}:${host ?? ''}${port === null ? '' : `:${port}`}`;
    if (!this.#all.has(id)) {
      const where = name ?? host;
      const plain = where === null || where === '' ? ROLE_WORDS[role] : `${ROLE_WORDS[role]} ${where}`;
      const taken = port !== null && this.list.some((e) => e.label === plain);
      this.#all.set(id, { id, label: taken ? `${plain} port ${port}` : plain, role, host });
    }
    return id;
  }

  hostOf(id: string): string | null {
    return this.#all.get(id)?.host ?? null;
  }
}

/** `calls`: messages that asked the phone to open the session a push came in. */
export function ladder(
  loaded: Loaded,
  sightings: readonly Sighting[],
  moves: readonly NextMove[],
  calls: readonly MessageRecord[] = [],
): Ladder {
  const ends = new Endpoints();
  const drafts: Draft[] = [];
  let before: string | null = null;
  const phone = phoneName(sightings);
  for (const s of sightings) {
    const e = endsOf(s.record.joined);
    if (s.hop === 1) before = null;
    const name = (role: Role) => (role === 'phone' ? phone : null);
    const sender = e.from === 'sender' && e.fromHost === null ? (s.record.joined.from?.value ?? null) : name(e.from);
    // The next hop is sent by who received the one before, where the host is the same.
    const same = before !== null && ends.hostOf(before) === e.fromHost;
    const from = same && before !== null ? before : ends.add(e.from, e.fromHost, null, sender);
    const to = ends.add(e.to, e.toHost, e.to === 'phone' ? null : e.toPort, name(e.to));
    before = to;
    drafts.push(...stepsOf(loaded, s, from, to));
  }
  for (const call of calls) drafts.push(sessionStep(loaded, call, ends, phone));
  for (const m of moves) drafts.push(...stepsOfMove(loaded, m, ends, phone));
  const sorted = drafts
    .map((d, i) => [d, i] as const)
    .sort(
      ([a, i], [b, j]) =>
        order(a.time) - order(b.time) ||
        (a.frame ?? Number.MAX_SAFE_INTEGER) - (b.frame ?? Number.MAX_SAFE_INTEGER) ||
        i - j,
    );
  const steps = sorted.slice(0, MOST_STEPS).map(([d], index) => ({ index, ...d }));
  return { endpoints: inOrder(ends.list), steps, more: drafts.length - steps.length };
}

function phoneName(sightings: readonly Sighting[]): string {
  for (const { record } of sightings) {
    const { to, imsi } = record.joined;
    if (to !== null && to.type !== 'ip') return formatAddress(to);
    if (imsi !== null) return `IMSI ${imsi}`;
  }
  return sightings[0]?.record.joined.to?.value ?? '';
}

/** From the sender to the phone, servers behind it. */
const RANK: Readonly<Record<Role, number>> = {
  file: 0,
  sender: 0,
  gateway: 1,
  pushProxy: 2,
  smsc: 3,
  network: 4,
  phone: 5,
  dns: 6,
  server: 7,
};

const inOrder = (list: readonly FlowEndpoint[]): FlowEndpoint[] =>
  list
    .map((e, i) => [e, i] as const)
    .sort(([a, i], [b, j]) => RANK[a.role] - RANK[b.role] || i - j)
    .map(([e]) => e);

function stepsOf(loaded: Loaded, s: Sighting, from: string, to: string): Draft[] {
  const { record, flow, attempt } = s;
  const j = record.joined;
  const complete = j.segments.findLast((g) => g.status === 'used');
  const out: Draft[] = [];
  const base = { from, to, message: record.id, layer: j.bearer as string, until: null };
  for (const p of flow.parts) {
    const whole = p.of === 1 && p.part === 1;
    const part = whole ? { part: null, of: null } : { part: p.part, of: p.of };
    for (const a of p.attempts) {
      const common = { ...base, ...part, attempt: attempt + a.repeat };
      const { segment } = a;
      const silent = a.answer === null && segment.answerKey !== null;
      out.push({
        ...common,
        time: segment.time,
        kind: whole ? 'submit' : 'segment',
        label: segment.operation,
        text: silent ? 'no answer is in the capture' : segment.status === 'used' ? '' : segment.status,
        ...placeOf(loaded, segment.frame),
        result: silent ? 'missing' : 'none',
        code: null,
        codeText: null,
        verdict: segment === complete && record.state !== 'incomplete' ? record.verification.verdict : null,
      });
      out.push(...repliesTo(loaded, a, common));
    }
  }
  for (const part of j.missing) {
    out.push({
      ...base,
      part,
      of: j.segments[0]?.of ?? null,
      attempt,
      time: j.lastTime,
      kind: 'missing',
      label: j.operation,
      text: 'this part is not in the capture',
      frame: null,
      input: null,
      result: 'missing',
      code: null,
      codeText: null,
      verdict: null,
    });
  }
  return out;
}

function sessionStep(loaded: Loaded, call: MessageRecord, ends: Endpoints, phone: string): Draft {
  const j = call.joined;
  const e = endsOf(j);
  const [first] = j.segments;
  return {
    from: ends.add(e.from, e.fromHost, null, null),
    to: ends.add(e.to, e.toHost, null, e.to === 'phone' ? phone : null),
    time: j.firstTime,
    until: null,
    layer: j.bearer,
    kind: 'session',
    label: 'Session initiation',
    text: 'asks the phone to open a session',
    part: null,
    of: null,
    attempt: 1,
    ...placeOf(loaded, first?.frame ?? -1),
    message: call.id,
    result: 'none',
    code: null,
    codeText: null,
    verdict: null,
  };
}

type Common = Pick<Draft, 'from' | 'to' | 'message' | 'layer' | 'until' | 'part' | 'of' | 'attempt'>;

function repliesTo(loaded: Loaded, a: Attempt, common: Common): Draft[] {
  const out: Draft[] = [];
  const back = { ...common, from: common.to, to: common.from, verdict: null };
  const { answer, broken } = a;
  if (answer !== null) {
    out.push({
      ...back,
      time: answer.time,
      kind: 'answer',
      layer: answer.bearer,
      label: answer.operation,
      text: answer.messageId === null ? answer.text : `${answer.text}, as ${answer.messageId}`,
      ...placeOf(loaded, answer.frame),
      result: answer.ok ? 'ok' : 'refused',
      code: answer.code,
      codeText: answer.ok ? null : explain(answer.bearer, answer.code, answer.text, 'answer').words,
    });
  }
  if (broken !== null) {
    out.push({
      ...common,
      verdict: null,
      time: broken.time,
      kind: 'gap',
      layer: broken.layer,
      label: broken.operation,
      text: `the connection was ${broken.what} before an answer came`,
      ...placeOf(loaded, broken.frame),
      result: 'missing',
      code: null,
      codeText: null,
    });
  }
  for (const r of a.receipts) {
    const onward = /^reportSM/.test(r.operation);
    const failed = r.state === 'failed';
    out.push({
      ...(onward ? { ...common, verdict: null } : back),
      time: r.time,
      kind: 'receipt',
      layer: r.bearer,
      label: r.operation,
      text: r.text,
      ...placeOf(loaded, r.frame),
      result: failed ? 'refused' : r.state === 'delivered' ? 'ok' : 'none',
      code: r.code,
      codeText: failed ? explain(r.bearer, r.code, r.text, 'receipt').words : null,
    });
  }
  return out;
}

const SERVERS: Readonly<Partial<Record<NextMove['stage'], Role>>> = { activation: 'network', name: 'dns' };

function stepsOfMove(loaded: Loaded, m: NextMove, ends: Endpoints, phone: string): Draft[] {
  const from = m.certain
    ? ends.add('phone', null, null, phone)
    : ends.add('phone', m.from === '' ? null : m.from, null, null);
  const to = ends.add(SERVERS[m.stage] ?? 'server', m.to === '' ? null : m.to, null, null);
  const base = {
    kind: 'next-move',
    layer: m.layer,
    part: null,
    of: null,
    attempt: 1,
    message: null,
    verdict: null,
    until: null,
  } as const;
  const { answer } = m;
  const unsure = m.certain ? '' : ', perhaps of another phone';
  const out: Draft[] = [
    {
      ...base,
      from,
      to,
      time: m.time,
      label: m.operation,
      text: `${m.text}${unsure}`,
      ...placeOf(loaded, m.frame),
      result: answer === null ? 'missing' : 'none',
      code: null,
      codeText: null,
    },
  ];
  if (answer === null) return out;
  out.push({
    ...base,
    from: to,
    to: from,
    time: answer.time,
    label: answer.operation,
    text: answer.text,
    ...placeOf(loaded, answer.frame),
    result: answer.ok ? 'ok' : 'refused',
    code: answer.code,
    codeText: answer.ok ? null : explain(m.layer, answer.code, answer.text, 'answer').words,
  });
  return out;
}
