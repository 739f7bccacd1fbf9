// Bookmarks of messages with notes. They are kept beyond the visit only where the user says so: notes tell of a capture.

import { computed, effect, signal, untracked } from '@preact/signals';
import { plural } from '../view/format.ts';
import { prefs } from './prefs.ts';
import { capture, status } from './session.ts';

export interface Bookmark {
  /** Id of the message. */
  readonly message: string;
  /** What the list says of it. */
  readonly label: string;
  readonly note: string;
}

export const bookmarks = signal<readonly Bookmark[]>([]);
const byMessage = computed(() => new Map(bookmarks.value.map((b) => [b.message, b] as const)));
export const bookmarkOf = (message: string | null): Bookmark | null =>
  message === null ? null : (byMessage.value.get(message) ?? null);

export const MOST_NOTE = 2000;

export function putBookmark(b: Bookmark): void {
  const own = { ...b, note: b.note.trim().slice(0, MOST_NOTE) };
  const old = bookmarks.peek();
  bookmarks.value = old.some((x) => x.message === b.message)
    ? old.map((x) => (x.message === b.message ? own : x))
    : [...old, own];
}

export const dropBookmark = (message: string): void => {
  bookmarks.value = bookmarks.peek().filter((b) => b.message !== message);
};

export const bookmarkWords = computed(() => plural(bookmarks.value.length, 'bookmark'));

const KEY = 'otascope.bookmarks';
/** Captures remembered; the oldest are forgotten. */
const MOST_CAPTURES = 50;

/** What a capture is known by when it is opened again: its files and how long they are. */
const captureName = computed(() =>
  status.value.phase === 'ready' ? status.value.inputs.map((i) => `${i.name} ${i.bytes ?? i.consumed}`).join('|') : '',
);

type Kept = Record<string, readonly Bookmark[]>;

function kept(): Kept {
  try {
    const all: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof all === 'object' && all !== null && !Array.isArray(all) ? (all as Kept) : {};
  } catch {
    return {};
  }
}

const isBookmark = (b: Partial<Bookmark> | null): b is Bookmark =>
  typeof b?.message === 'string' && typeof b.note === 'string' && typeof b.label === 'string';

function keep(name: string, list: readonly Bookmark[]): void {
  try {
    const { [name]: _, ...others } = kept();
    const entries = Object.entries(list.length === 0 ? others : { ...others, [name]: list }).slice(-MOST_CAPTURES);
    if (entries.length === 0) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(entries)));
  } catch {
    // Private windows may refuse; the bookmarks last as long as the page.
  }
}

/** Forgets the bookmarks with the capture, and keeps or brings back those the user wants kept. */
export function followBookmarks(): void {
  effect(() => {
    void capture.value;
    bookmarks.value = [];
  });
  effect(() => {
    const name = captureName.value;
    if (name === '' || !untracked(() => prefs.value.keepBookmarks)) return;
    const old = kept()[name];
    if (Array.isArray(old) && bookmarks.peek().length === 0) bookmarks.value = old.filter(isBookmark);
  });
  effect(() => {
    const wanted = prefs.value.keepBookmarks;
    const list = bookmarks.value;
    const name = untracked(() => captureName.value);
    if (!wanted) {
      try {
        localStorage.removeItem(KEY);
      } catch {
        // Nothing was kept then.
      }
    } else if (name !== '' && (list.length > 0 || kept()[name] !== undefined)) keep(name, list);
  });
}
