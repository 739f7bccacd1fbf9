// The filter over messages: checked while it is typed, run by the engine. What is invalid leaves the last one in force.

import { batch, computed, effect, signal, untracked } from '@preact/signals';
import type { FilterCheck, FilterReply } from '../../analysis/engine/contract/query.ts';
import { type MatchSet, matchSet } from '../view/bits.ts';
import { ask, capture, status, tell } from './session.ts';

export interface Matches extends MatchSet {
  /** Every message was looked at that can be without decoding it. */
  readonly done: boolean;
  /** Messages that must be decoded to tell, and how many of them were. */
  readonly decoding: FilterReply['decoding'];
  /** When nothing fits: how many each term lets through. */
  readonly blame: FilterReply['blame'];
}

/** What stands in the field, valid or not. */
export const filterText = signal('');
/** Filters that stay in force beside the one in the field. */
export const pinned = signal<readonly string[]>([]);
/** Where the caret stands in it: completions are for that place. null: at the end. */
export const caret = signal<number | null>(null);
/** Somebody is at it: what is not finished yet is no mistake. Ends with Enter, and when the field is left. */
export const typing = signal(false);
/** What the engine says of the text; null until it has. */
export const checked = signal<FilterCheck | null>(null);
/** The text it said it of: typing goes on meanwhile. */
export const checkedText = signal('');
/** The last valid text of the field. */
const valid = signal('');
/** What is in force: the pinned filters and the last valid one; '' lets everything through. */
export const applied = computed(() => {
  const all = [...pinned.value, valid.value].filter((t) => t.trim() !== '');
  return all.length < 2 ? (all[0] ?? '') : all.map((t) => `(${t})`).join(' and ');
});
/** null: no filter. */
export const matches = signal<Matches | null>(null);
/** Filters used in this visit, latest first. */
export const history = signal<readonly string[]>([]);

const MOST_HISTORY = 30;
/** Decoding that takes less than this, seconds, is not asked about. */
const QUICK = 0.4;
/** The filter whose messages may be decoded. */
const agreed = signal('');

/** The field's filter takes effect with everything typed so far; it is remembered. */
export function remember(): void {
  const text = filterText.peek().trim();
  if (text !== '' && checked.peek()?.state === 'valid') {
    history.value = [text, ...history.peek().filter((h) => h !== text)].slice(0, MOST_HISTORY);
  }
}

export const clearFilter = (): void => {
  batch(() => {
    filterText.value = '';
    pinned.value = [];
  });
};

/** Adds a term to what stands in the field. */
export function addTerm(term: string): void {
  const text = filterText.peek().trim();
  filterText.value = text === '' ? term : `${/\bor\b/i.test(text) ? `(${text})` : text} and ${term}`;
}

export function pinFilter(): void {
  const text = valid.peek().trim();
  if (text === '') return;
  batch(() => {
    pinned.value = [...pinned.peek().filter((p) => p !== text), text];
    filterText.value = '';
    valid.value = '';
  });
}

/** Yes to the question whether to decode. */
export const decodeNow = (): void => {
  agreed.value = applied.peek();
};
export const stopDecoding = (): void => {
  agreed.value = '';
};
export const isDecoding = computed(
  () => agreed.value !== '' && agreed.value === applied.value && matches.value?.decoding != null,
);

let checking = 0;

async function check(text: string, cursor: number): Promise<void> {
  checking += 1;
  const mine = checking;
  try {
    const reply = await ask({ op: 'check', text, cursor });
    if (mine !== checking) return;
    batch(() => {
      checked.value = reply;
      checkedText.value = text;
      if (reply.state !== 'invalid') valid.value = text;
      if (reply.needsDecode !== null && reply.needsDecode.seconds < QUICK) agreed.value = applied.peek();
    });
  } catch (e) {
    tell(e);
  }
}

let running = 0;

async function run(text: string): Promise<void> {
  running += 1;
  const mine = running;
  const at = capture.peek();
  if (text === '') {
    matches.value = null;
    return;
  }
  try {
    for (;;) {
      const reply = await ask({ op: 'filter', text, decode: agreed.peek() === text });
      if (mine !== running || at !== capture.peek()) return;
      matches.value = {
        ...matchSet(reply.bits, reply.total, reply.count),
        done: reply.total === status.peek().messages,
        decoding: reply.decoding,
        blame: reply.blame,
      };
      if (reply.decoding === null || agreed.peek() !== text) return;
    }
  } catch (e) {
    if (mine === running) tell(e);
  }
}

/** Binds checks and runs to the text and to what is loaded. */
export function followFilter(): void {
  let timer = 0;
  effect(() => {
    const text = filterText.value;
    const at = Math.min(caret.value ?? text.length, text.length);
    clearTimeout(timer);
    if (text.trim() === '') {
      checking += 1;
      valid.value = '';
    }
    if (status.value.messages > 0) timer = window.setTimeout(() => untracked(() => void check(text, at)), 60);
  });
  let again = 0;
  let last = '';
  effect(() => {
    const text = applied.value;
    void agreed.value;
    void status.value.version;
    clearTimeout(again);
    // A new filter at once; the same one, over what came since, now and then.
    const wait = text === last ? 300 : 0;
    last = text;
    again = window.setTimeout(() => untracked(() => void run(text)), wait);
  });
  effect(() => {
    if (capture.value > 0) clearFilter();
  });
}
