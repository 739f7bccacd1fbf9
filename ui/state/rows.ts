// Pages of the message table, kept while they are true. Old pages are shown until new ones are there.

import { effect, signal } from '@preact/signals';
import type { MessageRow } from '../../analysis/engine/contract.ts';
import { ask, capture, status, tell } from './session.ts';

const PAGE = 100;
const KEEP = 60;

interface Page {
  readonly rows: readonly MessageRow[];
  readonly version: number;
  loading: boolean;
}

const pages = new Map<number, Page>();

/** Changes whenever a page has come. Read it where rows are drawn. */
export const rowsChanged = signal(0);

async function loadPage(page: number): Promise<readonly MessageRow[]> {
  const { version } = status.peek();
  const old = pages.get(page);
  const mine: Page = { rows: old?.rows ?? [], version, loading: true };
  pages.delete(page);
  pages.set(page, mine);
  const at = capture.peek();
  try {
    const reply = await ask({ op: 'rows', table: 'messages', from: page * PAGE, count: PAGE });
    if (at !== capture.peek()) return [];
    pages.set(page, { rows: reply.messages, version, loading: false });
    while (pages.size > KEEP) pages.delete(pages.keys().next().value ?? -1);
    rowsChanged.value += 1;
    return reply.messages;
  } catch (e) {
    mine.loading = false;
    throw e;
  }
}

/** The row if it is here; otherwise it is sent for. */
export function rowAt(index: number): MessageRow | null {
  const page = Math.floor(index / PAGE);
  const p = pages.get(page);
  if ((p === undefined || p.version !== status.peek().version) && p?.loading !== true) loadPage(page).catch(tell);
  return p?.rows[index % PAGE] ?? null;
}

/** The row if it is here; nothing is sent for. Where many rows are drawn at once, sending for all would never end. */
export const knownRow = (index: number): MessageRow | null =>
  pages.get(Math.floor(index / PAGE))?.rows[index % PAGE] ?? null;

/** The row, waited for; null where there is none. */
export async function fetchRow(index: number): Promise<MessageRow | null> {
  if (index < 0 || index >= status.peek().messages) return null;
  const page = Math.floor(index / PAGE);
  const p = pages.get(page);
  const rows = p !== undefined && !p.loading && p.version === status.peek().version ? p.rows : await loadPage(page);
  return rows[index % PAGE] ?? null;
}

effect(() => {
  void capture.value;
  pages.clear();
});
