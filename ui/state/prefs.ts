// What the page remembers between visits. Never anything out of a capture.

import { computed, effect, signal } from '@preact/signals';
import { chordsOf } from '../view/chords.ts';
import type { Chord } from '../view/keys.ts';
import { TIME_FORMATS, type TimeFormat } from '../view/time.ts';

export const THEMES = ['system', 'light', 'dark', 'contrast'] as const;
export type Theme = (typeof THEMES)[number];

export const THEME_LABEL: Readonly<Record<Theme, string>> = {
  system: 'As the system',
  light: 'Light',
  dark: 'Dark',
  contrast: 'High contrast',
};

export const DENSITIES = ['comfortable', 'compact'] as const;
export type Density = (typeof DENSITIES)[number];
export const DRAWER_TABS = ['findings', 'frames', 'log', 'bookmarks'] as const;
export type DrawerTab = (typeof DRAWER_TABS)[number];

export interface Prefs {
  readonly theme: Theme;
  readonly density: Density;
  readonly time: TimeFormat;
  readonly inspectorWidth: number;
  readonly drawerHeight: number;
  readonly drawerOpen: boolean;
  readonly drawerTab: DrawerTab;
  readonly peekOpen: boolean;
  /** Octets are shown piece by piece, with what each is. */
  readonly annotated: boolean;
  /** The document is shown as it was sent. */
  readonly xmlAsSent: boolean;
  readonly legendOpen: boolean;
  readonly hintSeen: boolean;
  readonly laneBy: string;
  readonly laneOrder: string;
  /** Filters the user chose to keep. */
  readonly filters: readonly string[];
  /** Columns of the list by id or field path; empty: the usual ones. */
  readonly columns: readonly string[];
  readonly profiles: readonly { readonly name: string; readonly columns: readonly string[] }[];
  /** Codes of rules whose findings are not listed. */
  readonly silenced: readonly string[];
  /** Commands of the palette, the last used first. */
  readonly recent: readonly string[];
  /** The user's own keys, by binding. */
  readonly keys: Readonly<Record<string, readonly Chord[]>>;
  /** Bookmarks outlive the visit. They hold notes on a capture, so that is the user's choice. */
  readonly keepBookmarks: boolean;
}

const DEFAULTS: Prefs = {
  theme: 'system',
  density: 'comfortable',
  time: 'relative',
  inspectorWidth: 490,
  drawerHeight: 220,
  drawerOpen: false,
  drawerTab: 'findings',
  peekOpen: true,
  annotated: false,
  xmlAsSent: false,
  legendOpen: innerHeight >= 760,
  hintSeen: false,
  laneBy: 'subscriber',
  laneOrder: 'first',
  filters: [],
  columns: [],
  profiles: [],
  silenced: [],
  recent: [],
  keys: {},
  keepBookmarks: false,
};

const KEY = 'otascope.page';

const texts = (v: unknown): readonly string[] => (Array.isArray(v) ? v.filter((t) => typeof t === 'string') : []);

function load(): Prefs {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return DEFAULTS;
    const out: Record<string, unknown> = { ...DEFAULTS };
    for (const [key, value] of Object.entries(kept)) {
      if (typeof value === typeof out[key]) out[key] = value;
    }
    const p = out as unknown as Prefs;
    return {
      ...p,
      filters: texts(p.filters),
      columns: texts(p.columns),
      profiles: Array.isArray(p.profiles)
        ? p.profiles.flatMap((x) => (typeof x?.name === 'string' ? [{ name: x.name, columns: texts(x.columns) }] : []))
        : [],
      silenced: texts(p.silenced),
      recent: texts(p.recent),
      keys: chordsOf(p.keys),
      density: DENSITIES.includes(p.density) ? p.density : 'comfortable',
      drawerTab: DRAWER_TABS.includes(p.drawerTab) ? p.drawerTab : 'findings',
      theme: THEMES.includes(p.theme) ? p.theme : 'system',
      time: TIME_FORMATS.includes(p.time) ? p.time : 'relative',
    };
  } catch {
    // No storage, or not ours: start afresh.
    return DEFAULTS;
  }
}

export const prefs = signal<Prefs>(load());

export function setPref<K extends keyof Prefs>(key: K, value: Prefs[K]): void {
  if (prefs.peek()[key] !== value) prefs.value = { ...prefs.peek(), [key]: value };
}

/** Height of a row of a table, px; `--row` of the styles is the same. */
export const rowHeight = computed(() => (prefs.value.density === 'compact' ? 20 : 28));

/** Writes changes back and puts the theme on the document. */
export function keepPrefs(): void {
  effect(() => {
    const p = prefs.value;
    if (p.theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = p.theme;
    if (p.density === 'comfortable') delete document.documentElement.dataset.density;
    else document.documentElement.dataset.density = p.density;
    try {
      localStorage.setItem(KEY, JSON.stringify(p));
    } catch {
      // Private windows may refuse; the page works without.
    }
  });
}
