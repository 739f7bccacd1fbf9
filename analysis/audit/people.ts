// Who sent, and to whom: what a reviewer asks of each sender and of each phone.

import type { AuditSenderRow, AuditVictimRow } from '../engine/contract/audit.ts';
import type { Verdict } from '../engine/contract.ts';
import type { Known } from './known.ts';
import { type AuditMessage, isProtectable, methodOf, proofOf } from './message.ts';
import { type AuditSeverity, severityOrder } from './rule.ts';
import { ROLE_NAME, type Stake } from './targets.ts';
import { nameOf } from './words.ts';

const MOST = { senders: 20_000, victims: 50_000 };
const MOST_HOSTS = 12;
const MOST_TOLD_APART = 50_000;

type Writable<T> = { -readonly [K in keyof T]: T[K] };
interface Sender extends Writable<Omit<AuditSenderRow, 'hosts' | 'methods' | 'verdicts'>> {
  hosts: Set<string>;
  methods: Record<string, number>;
  verdicts: Partial<Record<Verdict, number>>;
}
interface Victim extends Writable<Omit<AuditVictimRow, 'senders' | 'atStake' | 'unproven'>> {
  senders: Set<string>;
  atStake: Set<string>;
  unproven: Set<string>;
}

export interface People {
  add(m: AuditMessage, stake: Stake | null, worst: AuditSeverity | null): void;
  /** Worst first, then those with more messages. */
  senders(): AuditSenderRow[];
  victims(): AuditVictimRow[];
  readonly over: number;
}

const worse = (a: AuditSeverity | null, b: AuditSeverity | null): AuditSeverity | null =>
  a === null ? b : b === null ? a : severityOrder(a) <= severityOrder(b) ? a : b;

const rank = (s: AuditSeverity | null): number => (s === null ? 9 : severityOrder(s));

export function createPeople(own: Pick<Known, 'sender'>, most = MOST): People {
  const senders = new Map<string, Sender>();
  const victims = new Map<string, Victim>();
  /** Pairs of sender and phone, so that each phone counts once. */
  const pairs = new Set<string>();
  let over = 0;

  function sender(m: AuditMessage): Sender | null {
    const key = m.from?.name ?? '';
    const known = senders.get(key);
    if (known !== undefined) return known;
    if (senders.size >= most.senders) return null;
    const fresh: Sender = {
      name: m.from?.name ?? null,
      type: m.from?.type ?? null,
      messages: 0,
      victims: 0,
      methods: {},
      verdicts: {},
      hosts: new Set(),
      firstTime: m.time,
      lastTime: m.time,
      worst: null,
      ours: m.from !== null && own.sender(m.from.name),
      first: m.index,
    };
    senders.set(key, fresh);
    return fresh;
  }

  function victim(m: AuditMessage, to: string): Victim | null {
    const known = victims.get(to);
    if (known !== undefined) return known;
    if (victims.size >= most.victims) return null;
    const fresh: Victim = {
      name: to,
      messages: 0,
      senders: new Set(),
      arrived: 0,
      accepted: 0,
      failed: 0,
      unknown: 0,
      atStake: new Set(),
      unproven: new Set(),
      firstTime: m.time,
      lastTime: m.time,
      worst: null,
      first: m.index,
    };
    victims.set(to, fresh);
    return fresh;
  }

  return {
    add(m, stake, worst) {
      const s = sender(m);
      const v = m.to === null ? null : victim(m, m.to);
      if (s === null || (v === null && m.to !== null)) over += 1;
      if (s !== null) {
        s.messages += 1;
        const method = isProtectable(m) ? (methodOf(m) ?? 'none') : 'other push';
        s.methods[method] = (s.methods[method] ?? 0) + 1;
        s.verdicts[m.verdict] = (s.verdicts[m.verdict] ?? 0) + 1;
        for (const t of stake?.targets ?? []) if (t.role !== 'apn' && s.hosts.size < MOST_HOSTS) s.hosts.add(nameOf(t));
        if (!(m.time <= s.lastTime)) s.lastTime = m.time;
        s.worst = worse(s.worst, worst);
        const pair = `${m.from?.name ?? ''}\n${m.to ?? ''}`;
        if (m.to !== null && !pairs.has(pair)) {
          s.victims += 1;
          if (pairs.size < MOST_TOLD_APART) pairs.add(pair);
        }
      }
      if (v === null) return;
      v.messages += 1;
      if (v.senders.size < MOST_HOSTS && m.from !== null) v.senders.add(m.from.name);
      if (m.outcome === 'delivered') v.arrived += 1;
      else if (m.outcome === 'accepted') v.accepted += 1;
      else if (m.outcome === 'failed' || m.outcome === 'expired') v.failed += 1;
      else v.unknown += 1;
      const proof = proofOf(m);
      // A PIN that the capture gives away proves nothing either.
      const unproven = (proof !== 'proven' && m.verdict !== 'no-key') || m.kind === 'ota-settings';
      for (const t of stake?.targets ?? []) {
        if (t.role === 'other') continue;
        v.atStake.add(ROLE_NAME[t.role]);
        if (unproven) v.unproven.add(ROLE_NAME[t.role]);
      }
      if (!(m.time <= v.lastTime)) v.lastTime = m.time;
      v.worst = worse(v.worst, worst);
    },
    senders: () =>
      [...senders.values()]
        .map((s) => ({ ...s, hosts: [...s.hosts] }))
        .sort((a, b) => rank(a.worst) - rank(b.worst) || b.messages - a.messages || a.first - b.first),
    victims: () =>
      [...victims.values()]
        .map((v) => ({ ...v, senders: [...v.senders], atStake: [...v.atStake], unproven: [...v.unproven] }))
        .sort((a, b) => rank(a.worst) - rank(b.worst) || b.messages - a.messages || a.first - b.first),
    get over() {
      return over;
    },
  };
}
