// The search for a PIN as the page sees it: one at a time, looked at a few times a second while it runs.

import { effect, signal } from '@preact/signals';
import type { KeyCandidate, SearchStatus } from '../../analysis/engine/contract/search.ts';
import { keysGiven } from './selection.ts';
import { ask, capture, tell } from './session.ts';

/** null: none was begun since the page was opened. */
export const search = signal<SearchStatus | null>(null);
/** Why one can't be begun, and of which message. */
export const searchRefused = signal<{ readonly message: string; readonly text: string } | null>(null);

/** Milliseconds between two looks. */
const EVERY = 250;
let looking = false;

async function look(): Promise<void> {
  if (looking) return;
  looking = true;
  try {
    for (;;) {
      const s = await ask({ op: 'searchStatus' });
      search.value = s;
      if (s.phase !== 'running') {
        // The engine checks with what was found by itself.
        if (s.phase === 'found') keysGiven.value += 1;
        return;
      }
      await new Promise((done) => setTimeout(done, EVERY));
    }
  } catch (e) {
    tell(e);
  } finally {
    looking = false;
  }
}

export async function startSearch(message: string, from: number, to: number): Promise<void> {
  searchRefused.value = null;
  try {
    search.value = await ask({ op: 'searchStart', message, from, to });
    void look();
  } catch (e) {
    searchRefused.value = { message, text: e instanceof Error ? e.message : String(e) };
  }
}

export async function stopSearch(): Promise<void> {
  try {
    search.value = await ask({ op: 'searchStop' });
  } catch (e) {
    tell(e);
  }
}

/** The PIN itself, asked for when somebody wants to see it. */
export async function foundPin(): Promise<string | null> {
  try {
    return (await ask({ op: 'searchStatus', secrets: true })).found?.pin ?? null;
  } catch (e) {
    tell(e);
    return null;
  }
}

export async function candidatesOf(message: string): Promise<readonly KeyCandidate[]> {
  try {
    return (await ask({ op: 'candidates', message })).candidates;
  } catch (e) {
    tell(e);
    return [];
  }
}

// Another capture has other messages.
effect(() => {
  void capture.value;
  search.value = null;
  searchRefused.value = null;
});
