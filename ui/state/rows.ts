// Pages of the message table, kept while they are true. Old pages are shown until new ones are there.

import { effect, signal } from '@preact/signals';
import type { MessageRow } from '../../analysis/engine/contract.ts';
import { applied, matches } from './filter.ts';
import { ask, capture, status, tell } from './session.ts';

const PAGE = 100;
const KEEP = 60;

interface Page {
  readonly rows: readonly MessageRow[];
  readonly state: string;
  loading: boolean;
}

/** Rows of all messages, or of those that fit the filter in force. */
export type Among = 'all' | 'fitting';

const pages = new Map<string, Page>();

/** Changes whenever a page has come. Read it where rows are drawn. */
export const rowsChanged = signal(0);

const filterOf = (among: Among): string => (among === 'fitting' ? applied.peek() : '');
const keyOf = (among: Among, page: number): string => `${page} ${filterOf(among)}`;
/** Pages of another state are out of date; what fits grows while messages are decoded for a filter. */
const stateOf = (among: Among): string =>
  `${status.peek().version} ${among === 'fitting' ? (matches.peek()?.count ?? 0) : ''}`;

async function loadPage(page: number, among: Among): Promise<readonly MessageRow[]> {
  const key = keyOf(among, page);
  const state = stateOf(among);
  const mine: Page = { rows: pages.get(key)?.rows ?? [], state, loading: true };
  pages.delete(key);
  pages.set(key, mine);
  const at = capture.peek();
  const filter = filterOf(among);
  try {
    const request = { op: 'rows', table: 'messages', from: page * PAGE, count: PAGE } as const;
    const reply = await ask(filter === '' ? request : { ...request, filter });
    if (at !== capture.peek()) return [];
    pages.set(key, { rows: reply.messages, state, loading: false });
    while (pages.size > KEEP) pages.delete(pages.keys().next().value ?? '');
    rowsChanged.value += 1;
    return reply.messages;
  } catch (e) {
    mine.loading = false;
    throw e;
  }
}

/** The row if it is here; otherwise it is sent for. */
export function rowAt(place: number, among: Among = 'all'): MessageRow | null {
  const page = Math.floor(place / PAGE);
  const p = pages.get(keyOf(among, page));
  if ((p === undefined || p.state !== stateOf(among)) && p?.loading !== true) loadPage(page, among).catch(tell);
  return p?.rows[place % PAGE] ?? null;
}

/** The row, waited for; null where there is none. */
export async function fetchRow(place: number, among: Among = 'all'): Promise<MessageRow | null> {
  const total = among === 'all' ? status.peek().messages : (matches.peek()?.count ?? status.peek().messages);
  if (place < 0 || place >= total) return null;
  const page = Math.floor(place / PAGE);
  const p = pages.get(keyOf(among, page));
  const rows = p !== undefined && !p.loading && p.state === stateOf(among) ? p.rows : await loadPage(page, among);
  return rows[place % PAGE] ?? null;
}

effect(() => {
  void capture.value;
  pages.clear();
});
