// Pages of a list too long to hold: asked for as rows come into view, the oldest forgotten.

import { signal } from '@preact/signals';
import { tell } from './session.ts';

export interface PagesOf<T> {
  /** How many rows the list has; null: not known yet. */
  readonly total: { readonly value: number | null };
  /** Changes whenever a page has come. */
  readonly changed: { readonly value: number };
  /** The row if it is here; otherwise it is sent for. */
  at(place: number): T | null;
  forget(): void;
}

interface Page<T> {
  readonly rows: readonly T[];
  readonly state: string;
  loading: boolean;
}

export interface PagesSource<T> {
  /** Rows of a page. */
  readonly size: number;
  /** Names the list and what it is made of: rows of another state are shown until the new ones are here. */
  state(): string;
  /** A page that is full stays as it is in whatever state. */
  readonly grows: boolean;
  load(from: number, count: number): Promise<{ readonly total: number; readonly rows: readonly T[] }>;
}

const KEEP = 40;

export function createPages<T>(source: PagesSource<T>): PagesOf<T> {
  const total = signal<number | null>(null);
  const changed = signal(0);
  let pages = new Map<number, Page<T>>();

  async function load(page: number, old: readonly T[]): Promise<void> {
    const mine: Page<T> = { rows: old, state: source.state(), loading: true };
    const all = pages;
    pages.delete(page);
    pages.set(page, mine);
    try {
      const reply = await source.load(page * source.size, source.size);
      if (all !== pages) return;
      pages.set(page, { ...mine, rows: reply.rows, loading: false });
      while (pages.size > KEEP) pages.delete(pages.keys().next().value ?? -1);
      total.value = reply.total;
      changed.value += 1;
    } catch (e) {
      mine.loading = false;
      if (all === pages) tell(e);
    }
  }

  return {
    total,
    changed,
    at(place) {
      const page = Math.floor(place / source.size);
      const p = pages.get(page);
      const current =
        p !== undefined && (p.state === source.state() || (source.grows && p.rows.length === source.size));
      if (!current && p?.loading !== true) void load(page, p?.rows ?? []);
      return p?.rows[place % source.size] ?? null;
    },
    forget() {
      pages = new Map();
      total.value = null;
      changed.value += 1;
    },
  };
}
