// All findings, grouped by rule, for the drawer. Loaded when it is open.

import { effect, signal, untracked } from '@preact/signals';
import type { FindingRow } from '../../analysis/engine/contract.ts';
import { type FindingGroup, groupFindings } from '../view/group.ts';
import { prefs } from './prefs.ts';
import { ask, status, tell } from './session.ts';

export interface AllFindings {
  readonly groups: readonly FindingGroup[];
  readonly loaded: number;
  readonly total: number;
}

const PAGE = 200;
/** More are counted, not listed. */
export const MOST = 5000;

export const allFindings = signal<AllFindings | null>(null);

let run = 0;

async function load(): Promise<void> {
  run += 1;
  const mine = run;
  const rows: FindingRow[] = [];
  try {
    for (let total = 1; rows.length < Math.min(total, MOST); ) {
      const reply = await ask({ op: 'rows', table: 'findings', from: rows.length, count: PAGE });
      if (mine !== run) return;
      total = reply.total;
      rows.push(...reply.findings);
      if (reply.findings.length === 0) break;
      if (rows.length % 1000 === 0) allFindings.value = { groups: groupFindings(rows), loaded: rows.length, total };
    }
    const total = Math.max(
      rows.length,
      status.peek().findings.error + status.peek().findings.warning + status.peek().findings.note,
    );
    allFindings.value = { groups: groupFindings(rows), loaded: rows.length, total };
  } catch (e) {
    tell(e);
  }
}

/** Binds loading to the drawer and to what is open. */
export function followFindings(): void {
  let timer = 0;
  effect(() => {
    const open = prefs.value.drawerOpen;
    const s = status.value;
    untracked(() => {
      clearTimeout(timer);
      if (open && s.messages > 0) timer = window.setTimeout(() => void load(), s.phase === 'loading' ? 1000 : 30);
    });
  });
}
