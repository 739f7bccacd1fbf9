// The review on show: asked for when somebody looks at it, again when keys or the capture change.

import { effect, signal, untracked } from '@preact/signals';
import type {
  AuditFindingRow,
  AuditSenderRow,
  AuditSeverity,
  AuditSummary,
  AuditVictimRow,
} from '../../analysis/engine/contract/audit.ts';
import { goTo, selectId, view } from '../state/selection.ts';
import { ask, capture, phase, status, tell } from '../state/session.ts';

export type Part = 'findings' | 'senders' | 'victims' | 'rest';

export const part = signal<Part>('findings');
export const review = signal<AuditSummary | null>(null);
/** Servers and senders that the reviewer named as their own. */
export const ours = signal<readonly string[]>([]);
/** What stands in the dialog that names them; null: it is closed. */
export const naming = signal<readonly string[] | null>(null);
export const working = signal(false);
/** Short PINs are being tried. */
export const trying = signal(false);
/** Severities that are listed; none chosen: all. */
export const chosen = signal<ReadonlySet<AuditSeverity>>(new Set());
/** Keys of groups that are open: 'high AUD-...'. */
export const open = signal<ReadonlySet<string>>(new Set());

export interface Rows<T> {
  readonly total: number;
  readonly rows: readonly T[];
}

/** Findings of groups that were opened, by the group's key. */
export const findings = signal<ReadonlyMap<string, Rows<AuditFindingRow>>>(new Map());
export const senders = signal<Rows<AuditSenderRow> | null>(null);
export const victims = signal<Rows<AuditVictimRow> | null>(null);

const PAGE = 50;
/** Groups that are open at first: the worst ones. */
const OPEN_AT_FIRST = 2;

export const groupKey = (g: { readonly severity: string; readonly code: string }): string => `${g.severity} ${g.code}`;

let run = 0;

async function load(pins?: 'try' | 'stop'): Promise<void> {
  run += 1;
  const mine = run;
  working.value = true;
  try {
    const known = ours.peek();
    const summary = await ask({ op: 'audit', known, ...(pins === undefined ? {} : { pins }) });
    if (mine !== run) return;
    show(summary);
  } catch (e) {
    tell(e);
  } finally {
    if (mine === run) {
      working.value = false;
      trying.value = false;
    }
  }
}

function show(summary: AuditSummary): void {
  review.value = summary;
  findings.value = new Map();
  senders.value = null;
  victims.value = null;
  const keys = new Set(summary.groups.map(groupKey));
  const kept = [...open.peek()].filter((k) => keys.has(k));
  const first = summary.groups.slice(0, OPEN_AT_FIRST).map(groupKey);
  open.value = new Set(kept.length > 0 ? kept : first);
  for (const g of summary.groups) if (open.peek().has(groupKey(g))) void moreFindings(g);
  if (part.peek() !== 'findings') void morePeople();
}

/** The next page of findings of a group. */
export async function moreFindings(g: { readonly severity: AuditSeverity; readonly code: string }): Promise<void> {
  const key = groupKey(g);
  const have = findings.peek().get(key)?.rows ?? [];
  const mine = run;
  try {
    const { code, severity } = g;
    const reply = await ask({ op: 'auditRows', table: 'findings', from: have.length, count: PAGE, code, severity });
    if (mine !== run) return;
    findings.value = new Map(findings.peek()).set(key, { total: reply.total, rows: [...have, ...reply.findings] });
  } catch (e) {
    tell(e);
  }
}

/** The next page of the table that is shown; the first one only where nothing is there. */
export async function morePeople(next = false): Promise<void> {
  const table = part.peek();
  if (table !== 'senders' && table !== 'victims') return;
  const have = (table === 'senders' ? senders.peek() : victims.peek())?.rows.length ?? 0;
  if (have > 0 && !next) return;
  const mine = run;
  try {
    const reply = await ask({ op: 'auditRows', table, from: have, count: PAGE });
    if (mine !== run) return;
    if (table === 'senders') {
      senders.value = { total: reply.total, rows: [...(senders.peek()?.rows ?? []), ...reply.senders] };
    } else {
      victims.value = { total: reply.total, rows: [...(victims.peek()?.rows ?? []), ...reply.victims] };
    }
  } catch (e) {
    tell(e);
  }
}

export function toggle(g: { readonly severity: AuditSeverity; readonly code: string }): void {
  const key = groupKey(g);
  const next = new Set(open.peek());
  if (!next.delete(key)) {
    next.add(key);
    if (!findings.peek().has(key)) void moreFindings(g);
  }
  open.value = next;
}

export function choose(severity: AuditSeverity): void {
  const next = new Set(chosen.peek());
  if (!next.delete(severity)) next.add(severity);
  chosen.value = next;
}

export function showPart(next: Part): void {
  part.value = next;
  void morePeople();
}

export const tryPins = (): void => {
  trying.value = true;
  void load('try');
};

export const stopTrying = (): void => void load('stop');

/** Comments and white space are left out. Answers with what is wrong with the list; null: it is in force. */
export async function nameOurs(text: string): Promise<string | null> {
  const before = ours.peek();
  ours.value = text
    .split('\n')
    .map((l) => l.replace(/(?:^|\s)#.*$/, '').trim())
    .filter((l) => l !== '');
  try {
    // Asked by itself first: a list that is wrong leaves the review as it is.
    await ask({ op: 'audit', known: ours.peek() });
  } catch (e) {
    ours.value = before;
    return e instanceof Error ? e.message : String(e);
  }
  await load();
  return null;
}

/** Opens the message that a finding rests on, and points at its octets. */
export async function openEvidence(e: AuditFindingRow['evidence'][number]): Promise<void> {
  if (e.message === null) return;
  await selectId(e.message, { tab: e.range === null || e.range.length === 0 ? 'summary' : 'bytes' });
  goTo(e.range, true);
}

/** Binds loading to the view, the capture and the keys. */
export function followReview(): void {
  let seen = '';
  effect(() => {
    const wanted = view.value === 'review';
    const ready = phase.value === 'ready' || phase.value === 'stopped';
    const { version } = status.value;
    const now = `${capture.value} ${version}`;
    untracked(() => {
      if (!wanted || !ready || seen === now) return;
      seen = now;
      void load();
    });
  });
  effect(() => {
    void capture.value;
    run += 1;
    review.value = null;
    working.value = false;
    trying.value = false;
    chosen.value = new Set();
    open.value = new Set();
    findings.value = new Map();
    senders.value = null;
    victims.value = null;
    naming.value = null;
  });
}
