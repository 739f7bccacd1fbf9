// The findings of a review: told one by one, kept once for all messages they are true of.

import type { Time } from '../../dissectors/base/message.ts';
import type { Range } from '../../dissectors/content/document.ts';
import type { Ours } from './known.ts';
import type { AuditMessage } from './message.ts';
import { type AuditArea, type AuditRule, type AuditSeverity, severityOrder } from './rule.ts';

export interface AuditEvidence {
  /** Index of the record; null where it is no message: a text, a routing answer. */
  readonly message: number | null;
  readonly id: string | null;
  readonly frames: readonly number[];
  readonly range: (Range & { readonly of: 'body' | 'datagram' }) | null;
  /** 'the MAC', 'the text with the PIN, 4 s before'. */
  readonly what: string;
}

export interface AuditFinding {
  readonly rule: AuditRule;
  readonly severity: AuditSeverity;
  /** One sentence, without secrets. */
  readonly text: string;
  /** Messages it is true of, and phones they were for. */
  readonly messages: number;
  readonly victims: number;
  readonly from: string | null;
  /** All its servers, or its sender, are the reviewer's own; null: neither. */
  readonly ours: Ours | null;
  /** A few of them, the first ones. */
  readonly evidence: readonly AuditEvidence[];
  readonly firstTime: Time;
  readonly lastTime: Time;
}

interface Open extends AuditFinding {
  messages: number;
  victims: number;
  readonly seen: Set<string>;
  last: number;
  readonly evidence: AuditEvidence[];
  lastTime: Time;
}

export interface Telling {
  readonly severity?: AuditSeverity;
  readonly text: string;
  /** What makes it another finding of the same rule; the text by default. */
  readonly key?: string;
  readonly ours?: Ours;
  readonly evidence: readonly AuditEvidence[];
}

/** Findings kept of one rule, so that none crowds out another; evidence kept of each; phones told apart in each. */
const MOST_FINDINGS = 400;
const MOST_EVIDENCE = 12;
const MOST_SEEN = 2000;

/** Of equal severity, what takes over comes before what exposes. */
const AREAS: readonly AuditArea[] = ['takeover', 'authentication', 'campaign', 'transport', 'exposure', 'limits'];

export interface Book {
  tell(rule: AuditRule, m: AuditMessage, t: Telling): void;
  /** Worst first. */
  findings(): AuditFinding[];
  /** Findings that were not kept. */
  readonly over: number;
}

export function createBook(most = MOST_FINDINGS): Book {
  const open = new Map<string, Open>();
  const ofRule = new Map<string, number>();
  let over = 0;
  return {
    tell(rule, m, t) {
      const severity = t.severity ?? rule.severity;
      const key = `${rule.code}\n${severity}\n${m.from?.name ?? ''}\n${t.key ?? t.text}`;
      const known = open.get(key);
      if (known === undefined) {
        const kept = ofRule.get(rule.code) ?? 0;
        if (kept >= most) {
          over += 1;
          return;
        }
        ofRule.set(rule.code, kept + 1);
        open.set(key, {
          rule,
          severity,
          text: t.text,
          messages: 1,
          victims: m.to === null ? 0 : 1,
          seen: new Set(m.to === null ? [] : [m.to]),
          last: m.index,
          from: m.from?.name ?? null,
          ours: t.ours ?? null,
          evidence: t.evidence.slice(0, MOST_EVIDENCE),
          firstTime: m.time,
          lastTime: m.time,
        });
        return;
      }
      if (known.last !== m.index) known.messages += 1;
      known.last = m.index;
      if (m.to !== null && !known.seen.has(m.to)) {
        known.victims += 1;
        if (known.seen.size < MOST_SEEN) known.seen.add(m.to);
      }
      if (!(m.time <= known.lastTime)) known.lastTime = m.time;
      for (const e of t.evidence) if (known.evidence.length < MOST_EVIDENCE) known.evidence.push(e);
    },
    findings: () =>
      [...open.values()]
        .map(({ seen: _, last: __, ...f }) => f)
        .sort(
          (a, b) =>
            severityOrder(a.severity) - severityOrder(b.severity) ||
            AREAS.indexOf(a.rule.area) - AREAS.indexOf(b.rule.area) ||
            b.messages - a.messages ||
            (a.rule.code < b.rule.code ? -1 : a.rule.code > b.rule.code ? 1 : 0),
        ),
    get over() {
      return over;
    },
  };
}

export const inBody = (m: AuditMessage, range: Range | null, what: string): AuditEvidence =>
  evidence(m, range, 'body', what);

export const inPush = (m: AuditMessage, range: Range | null, what: string): AuditEvidence =>
  evidence(m, range, 'datagram', what);

const evidence = (m: AuditMessage, range: Range | null, of: 'body' | 'datagram', what: string): AuditEvidence => ({
  message: m.index,
  id: m.id,
  frames: m.frames,
  range: range === null ? null : { of, start: range.start, length: range.length },
  what,
});

/** Something that is no message of the list. */
export const inFrame = (frame: number | null, what: string): AuditEvidence => ({
  message: null,
  id: null,
  frames: frame === null ? [] : [frame],
  range: null,
  what,
});
