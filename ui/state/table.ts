// The list: which columns, in which order, and pages of it as they are needed.

import { computed, effect, signal, untracked } from '@preact/signals';
import type { FieldRow, Order } from '../../analysis/engine/contract/query.ts';
import type { MessageRow } from '../../analysis/engine/contract.ts';
import { columnsOf, DEFAULT_COLUMNS, pathsOf } from '../list/columns.tsx';
import { applied, matches } from './filter.ts';
import { prefs, setPref } from './prefs.ts';
import { selectedRow } from './selection.ts';
import { ask, capture, status, tell } from './session.ts';

/** What a dragged field carries. */
export const FIELD_TYPE = 'application/x-otascope-field';

const PAGE = 100;
const KEEP = 40;

export interface TableRow {
  readonly row: MessageRow;
  /** Texts of the columns that are fields, by path. */
  readonly cells: ReadonlyMap<string, string>;
}

interface Page {
  readonly rows: readonly TableRow[];
  readonly state: string;
  loading: boolean;
}

/** null: by time, as captured. */
export const sort = signal<{ readonly by: string; readonly down: boolean } | null>(null);

/** All fields there are, once somebody asked. */
export const allFields = signal<readonly FieldRow[]>([]);

export async function loadFields(): Promise<void> {
  if (allFields.peek().length > 0) return;
  try {
    allFields.value = await ask({ op: 'fields' });
  } catch (e) {
    tell(e);
  }
}

const sortable = (path: string): boolean => allFields.value.some((f) => f.path === path && f.sorts);
const chosen = computed(() => (prefs.value.columns.length === 0 ? DEFAULT_COLUMNS : prefs.value.columns));
export const columnIds = computed<readonly string[]>(() => chosen.value);
export const columns = computed(() => columnsOf(chosen.value, sortable));

export function setColumns(ids: readonly string[]): void {
  const usual = ids.length === DEFAULT_COLUMNS.length && ids.every((id, i) => id === DEFAULT_COLUMNS[i]);
  setPref('columns', usual ? [] : ids);
}

/** Puts a field in front of column `at`; left out: of the last one, which is the wide one. A column that is there moves. */
export function addColumn(path: string, at?: number): void {
  const ids = chosen.peek();
  if (at === undefined && ids.includes(path)) return;
  const to = at ?? ids.length - 1;
  setColumns([...ids.slice(0, to).filter((x) => x !== path), path, ...ids.slice(to).filter((x) => x !== path)]);
}

/** Up, down, then as captured again. */
export function sortBy(path: string): void {
  const s = sort.peek();
  sort.value = s?.by !== path ? { by: path, down: false } : s.down ? null : { by: path, down: true };
}

const order = computed<Order>(() => ({
  ...(applied.value === '' || matches.value === null ? {} : { filter: applied.value }),
  ...(sort.value ?? {}),
}));

export const tableTotal = computed(() => matches.value?.count ?? status.value.messages);
/** Changes whenever a page has come. */
export const tableChanged = signal(0);

const pages = new Map<string, Page>();
const keyOf = (page: number): string => `${page} ${JSON.stringify([order.peek(), pathsOf(columns.peek())])}`;
const stateNow = (): string => `${status.peek().version} ${matches.peek()?.count ?? ''}`;

async function loadPage(page: number): Promise<readonly TableRow[]> {
  const key = keyOf(page);
  const state = stateNow();
  const mine: Page = { rows: pages.get(key)?.rows ?? [], state, loading: true };
  pages.delete(key);
  pages.set(key, mine);
  const at = capture.peek();
  const paths = pathsOf(columns.peek());
  try {
    const reply = await ask({ op: 'grid', from: page * PAGE, count: PAGE, columns: paths, ...order.peek() });
    if (at !== capture.peek()) return [];
    const rows = reply.messages.map((row, i) => ({
      row,
      cells: new Map(paths.map((p, c) => [p, reply.cells[i]?.[c] ?? ''])),
    }));
    pages.set(key, { rows, state, loading: false });
    while (pages.size > KEEP) pages.delete(pages.keys().next().value ?? '');
    tableChanged.value += 1;
    return rows;
  } catch (e) {
    mine.loading = false;
    throw e;
  }
}

/** The row if it is here; otherwise it is sent for. Read `tableChanged` where rows are drawn. */
export function tableRow(place: number): TableRow | null {
  void order.value;
  const page = Math.floor(place / PAGE);
  const p = pages.get(keyOf(page));
  if ((p === undefined || p.state !== stateNow()) && p?.loading !== true) loadPage(page).catch(tell);
  return p?.rows[place % PAGE] ?? null;
}

/** The row, waited for; null where there is none. */
export async function fetchTableRow(place: number): Promise<TableRow | null> {
  if (place < 0 || place >= tableTotal.peek()) return null;
  const page = Math.floor(place / PAGE);
  const p = pages.get(keyOf(page));
  const rows = p !== undefined && !p.loading && p.state === stateNow() ? p.rows : await loadPage(page);
  return rows[place % PAGE] ?? null;
}

/** Where the selected message stands in the list; -1: not in it, or not known yet. */
export const ownPlace = signal(-1);

export function followTable(): void {
  let asking = 0;
  effect(() => {
    const row = selectedRow.value;
    const m = matches.value;
    const o = order.value;
    void status.value.version;
    asking += 1;
    const mine = asking;
    if (row === null) ownPlace.value = -1;
    else if (o.by === undefined) ownPlace.value = m === null ? row.index : m.has(row.index) ? m.rank(row.index) : -1;
    else {
      untracked(async () => {
        try {
          const { place } = await ask({ op: 'place', index: row.index, ...o });
          if (mine === asking) ownPlace.value = place ?? -1;
        } catch (e) {
          tell(e);
        }
      });
    }
  });
  effect(() => {
    void capture.value;
    pages.clear();
    sort.value = null;
  });
  // Which fields sort is asked once there are columns of the user's own.
  effect(() => {
    if (prefs.value.columns.length > 0 && status.value.messages > 0) untracked(() => void loadFields());
  });
}
