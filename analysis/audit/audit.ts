// The security review of a capture: messages in order go in, one judgement comes out. Bounded memory.

import type { AuditSenderRow, AuditVictimRow } from '../engine/contract/audit.ts';
import { type AuditFinding, type Book, createBook, type Telling } from './book.ts';
import { checkAuthentication } from './checks/authentication.ts';
import { createCampaign } from './checks/campaign.ts';
import { checkContent, checkLinks, checkRoad } from './checks/content.ts';
import { createHistory } from './checks/history.ts';
import { headlineOf } from './headline.ts';
import { type Known, leadsHome, mildest, NOTHING_KNOWN, oursOf } from './known.ts';
import { type AuditMessage, isProtectable, isSettings, methodOf } from './message.ts';
import { createPeople } from './people.ts';
import {
  AREA_TITLE,
  AUDIT_SEVERITIES,
  type AuditArea,
  type AuditRule,
  type AuditSeverity,
  severityOrder,
} from './rule.ts';
import { AUTHENTICATION } from './rules/authentication.ts';
import { TRANSPORT } from './rules/transport.ts';
import { AUDIT_RULES } from './rules.ts';
import { legacyStake, type Stake, stakeOf } from './targets.ts';
import { count } from './words.ts';

export interface AuditResult {
  /** The verdict in one sentence. */
  readonly headline: string;
  /** What it rests on, or what was looked at; one or two sentences. */
  readonly lead: string;
  readonly reviewed: number;
  /** Messages seen again at another hop, which were not judged twice. */
  readonly sightings: number;
  readonly bySeverity: Readonly<Record<AuditSeverity, number>>;
  readonly findings: readonly AuditFinding[];
  readonly senders: readonly AuditSenderRow[];
  /** Entries of servers and senders that were named as the reviewer's own. */
  readonly known: number;
  readonly victims: readonly AuditVictimRow[];
  /** What was looked for and not found, by area. */
  readonly notFound: readonly {
    readonly area: AuditArea;
    readonly title: string;
    readonly sought: readonly string[];
  }[];
  /** What could not be looked at, and why; one sentence each. */
  readonly notCheckable: readonly string[];
}

export interface Audit {
  /**
   * Messages in order of time. `again`: it was judged already, at another hop; 'changed': with another SEC or MAC, which
   * is judged by itself.
   */
  message(m: AuditMessage, again?: 'same' | 'changed'): void;
  end(): AuditResult;
}

export interface AuditOptions {
  readonly most?: { readonly findings?: number; readonly phones?: number; readonly kept?: number };
  /** What the host knows that could not be looked at. */
  readonly unread?: readonly string[];
  /** Servers and senders that the reviewer knows as their own. */
  readonly known?: Known;
}

/** Documents that are kept taken apart: campaigns send the same one over and over. */
const MOST_STAKES = 256;

export function createAudit(options: AuditOptions = {}): Audit {
  const inner = createBook(options.most?.findings);
  const known = options.known ?? NOTHING_KNOWN;
  let worst: AuditSeverity | null = null;
  /** The message on hand leads to the reviewer's own servers alone. */
  let home = false;
  const book: Book = {
    ...inner,
    tell(rule: AuditRule, m: AuditMessage, t: Telling) {
      const ours = oursOf(known, rule, m, home);
      const found = t.severity ?? rule.severity;
      const severity = ours === null ? found : mildest(found);
      if (worst === null || severityOrder(severity) < severityOrder(worst)) worst = severity;
      if (ours === null) inner.tell(rule, m, t);
      else inner.tell(rule, m, { ...t, severity, ours, key: `${t.key ?? t.text}\n${ours}` });
    },
  };
  const history = createHistory(book, options.most?.phones);
  const campaign = createCampaign(book, options.most?.kept, known);
  const people = createPeople(known);
  const stakes = new Map<string, Stake>();
  const open = { incomplete: 0, undecodable: 0, bare: 0, noTime: 0, noRecipient: 0, settings: 0, tried: 0, untried: 0 };
  const unchecked = new Map<string, number>();
  let reviewed = 0;
  let sightings = 0;
  let last: AuditMessage | null = null;

  function stake(m: AuditMessage): Stake | null {
    if (m.provisioning === null) return m.kind === 'ota-settings' ? legacyStake(m.details) : null;
    const known = m.content === null ? undefined : stakes.get(m.content);
    if (known !== undefined) return known;
    const fresh = stakeOf(m.provisioning);
    if (m.content !== null) {
      if (stakes.size >= MOST_STAKES)
        for (const oldest of stakes.keys()) {
          stakes.delete(oldest);
          break;
        }
      stakes.set(m.content, fresh);
    }
    return fresh;
  }

  function note(m: AuditMessage): void {
    if (m.state === 'incomplete') open.incomplete += 1;
    if (m.state === 'undecodable') open.undecodable += 1;
    if (Number.isNaN(m.time)) open.noTime += 1;
    if (m.to === null) open.noRecipient += 1;
    if (isSettings(m)) {
      open.settings += 1;
      if (m.push === null) open.bare += 1;
    }
    if (m.tried !== null) open.tried += 1;
    else if (m.verdict === 'no-key' && (m.push?.sec === 1 || m.push?.sec === 2) && m.push.mac !== null)
      open.untried += 1;
    if (m.verdict === 'no-key' && isProtectable(m)) {
      const method = methodOf(m) ?? '';
      unchecked.set(method, (unchecked.get(method) ?? 0) + 1);
    }
  }

  return {
    message(m, again) {
      if (again !== undefined) {
        sightings += 1;
        if (again === 'changed') {
          const s = stake(m);
          home = leadsHome(known, m, s);
          checkAuthentication(m, s, book);
        }
        return;
      }
      reviewed += 1;
      worst = null;
      last = m;
      note(m);
      const s = stake(m);
      home = leadsHome(known, m, s);
      checkAuthentication(m, s, book);
      if (s !== null) {
        checkContent(m, s, book);
        history.check(m, s);
      }
      checkLinks(m, book);
      checkRoad(m, book);
      campaign.check(m, s);
      people.add(m, s, worst);
    },
    end() {
      home = false;
      campaign.end();
      const over = inner.over + history.over + campaign.over + people.over;
      if (over > 0 && last !== null) {
        const text = `${count(over, 'comparison')} could not be made: there are more messages, senders or phones than are kept.`;
        inner.tell(TRANSPORT.budget, { ...last, from: null }, { text, evidence: [] });
      }
      const findings = inner.findings();
      const bySeverity = Object.fromEntries(
        AUDIT_SEVERITIES.map((s) => [s, findings.filter((f) => f.severity === s).length]),
      ) as Record<AuditSeverity, number>;
      const told = { reviewed, sightings, bySeverity, findings, settings: open.settings };
      return {
        ...headlineOf(told),
        reviewed,
        sightings,
        bySeverity,
        findings,
        senders: people.senders(),
        known: known.entries.length,
        victims: people.victims(),
        notFound: notFound(findings, open.tried > 0),
        notCheckable: [...notCheckable(open, unchecked), ...(options.unread ?? [])],
      };
    },
  };
}

function notFound(findings: readonly AuditFinding[], tried: boolean): AuditResult['notFound'] {
  const found = new Set(findings.map((f) => f.rule.code));
  // What nobody looked for was not looked for in vain.
  if (!tried) found.add(AUTHENTICATION.pinFound.code);
  return (Object.keys(AREA_TITLE) as AuditArea[])
    .filter((area) => area !== 'limits')
    .map((area) => ({
      area,
      title: AREA_TITLE[area],
      sought: AUDIT_RULES.filter((r) => r.area === area && !found.has(r.code)).map((r) => r.sought),
    }))
    .filter((a) => a.sought.length > 0);
}

const NEEDS: Readonly<Record<string, string>> = {
  NETWPIN: "without the subscriber's IMSI nobody can tell whether the MAC is right",
  USERPIN: 'without the PIN nobody can tell whether the MAC is right',
  USERNETWPIN: 'without IMSI and PIN nobody can tell whether the MAC is right',
  USERPINMAC: 'without the number that the user types nobody can tell whether it is right',
};

function notCheckable(
  open: Readonly<
    Record<'incomplete' | 'undecodable' | 'bare' | 'noTime' | 'noRecipient' | 'settings' | 'untried', number>
  >,
  unchecked: ReadonlyMap<string, number>,
): string[] {
  const out: string[] = [];
  for (const [method, n] of unchecked) out.push(`${count(n, `${method} message`)}: ${NEEDS[method] ?? ''}.`);
  if (open.untried > 0) out.push(`${count(open.untried, 'MAC')} made with a PIN: short PINs were not tried.`);
  if (open.incomplete > 0)
    out.push(`${count(open.incomplete, 'message')} with missing parts: only what came could be read.`);
  if (open.undecodable > 0) out.push(`${count(open.undecodable, 'message')} that could not be decoded.`);
  if (open.bare > 0)
    out.push(`${count(open.bare, 'document')} without a push around it: there is no place for SEC and MAC.`);
  if (open.noRecipient > 0) {
    out.push(`${count(open.noRecipient, 'message')} without a recipient: not compared with what came before.`);
  }
  if (open.noTime > 0) out.push(`${count(open.noTime, 'message')} without a time: what came first is not known.`);
  if (open.settings > 0) {
    out.push(
      'Whether a phone installed the settings: nothing on the wire tells, a receipt only says that they arrived.',
    );
  }
  return out;
}
