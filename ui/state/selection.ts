// One selection for all panes: a message, octets of it, and what is known of both.

import { batch, computed, effect, signal, untracked } from '@preact/signals';
import type { BufferName, ByteRange, BytesReply, Detail, MessageRow } from '../../analysis/engine/contract.ts';
import type { Tab, View } from '../view/hash.ts';
import { sameOctets, tidy } from '../view/origin.ts';
import { bringIntoView } from './range.ts';
import { fetchRow } from './rows.ts';
import { ask, capture, phase, tell } from './session.ts';

export const view = signal<View>('timeline');
export const tab = signal<Tab>('summary');

/** Id of the selected message. */
export const selected = signal<string | null>(null);
/** Its row, as soon as it is known. */
export const selectedRow = signal<MessageRow | null>(null);
/** All about it, or null while that is on its way. */
export const detail = signal<Detail | null>(null);
/** Why there is no detail. */
export const detailError = signal<string | null>(null);
/** With the secrets readable, once they were asked for; forgotten with the selection. */
export const secretDetail = signal<Detail | null>(null);
/** Keys of what is revealed: 'setting:3', 'node:12', 'octets'. */
export const revealed = signal<ReadonlySet<string>>(new Set());

/** The selected octets. */
export const octets = signal<ByteRange | null>(null);
/** The buffer on show. */
export const bufferShown = signal<BufferName | null>(null);
/** The message's buffers with their octets. */
export const buffers = signal<ReadonlyMap<BufferName, BytesReply>>(new Map());

/** The selected octets in every buffer that holds them. */
export const octetsEverywhere = computed<readonly ByteRange[]>(() =>
  octets.value === null ? [] : sameOctets(octets.value, buffers.value),
);

/** Octets of secrets, in every buffer: what the engine marks, and what the fields and settings say. */
export const secretOctets = computed<readonly ByteRange[]>(() => {
  const d = detail.value;
  if (d === null) return [];
  const told = [...buffers.value.values()].flatMap((b) => (b.secret ?? []).map((r) => ({ buffer: b.buffer, ...r })));
  const own = [...d.tree, ...d.settings].flatMap((n) => (n.secret && n.range !== null ? [n.range] : []));
  return tidy([...told, ...own.flatMap((r) => sameOctets(r, buffers.value))]);
});

/** Lane row the keyboard is in; the timeline scrolls to it. */
export const focusLane = signal(0);
/** Set to a lane to have it scrolled into view. */
export const laneWanted = signal<number | null>(null);

/** The user pointed at what is selected: it is seen, nothing needs to scroll. */
export const stillSelected = signal(false);

/** Below 900 px the inspector is a sheet that is there or not. */
export const sheetOpen = signal(false);

/** Bumped after keys were given, so that what depends on them is asked for again. */
export const keysGiven = signal(0);

const MANY_BUFFERS = 24;

export interface SelectOptions {
  readonly tab?: Tab;
  /** Leave the chart where it is: the user pointed at something seen. */
  readonly still?: boolean;
}

export function select(row: MessageRow | null, options: SelectOptions = {}): void {
  batch(() => {
    selected.value = row?.id ?? null;
    selectedRow.value = row;
    if (options.tab !== undefined) tab.value = options.tab;
    sheetOpen.value = row !== null;
    stillSelected.value = options.still === true;
  });
  if (row === null) return;
  if (options.still !== true) bringIntoView(row.firstTime, row.lastTime);
}

export async function selectIndex(index: number, options: SelectOptions = {}): Promise<void> {
  try {
    const row = await fetchRow(index);
    if (row !== null) select(row, options);
  } catch (e) {
    tell(e);
  }
}

/** By id, as findings and addresses have it. */
export async function selectId(id: string, options: SelectOptions = {}): Promise<void> {
  try {
    const d = await ask({ op: 'detail', message: id });
    select(d.row, options);
  } catch (e) {
    tell(e);
  }
}

/** Points at octets. With `open`, the Bytes tab comes to the front. */
export function goTo(range: ByteRange | null, open = false): void {
  if (range === null || range.length === 0) return;
  batch(() => {
    octets.value = range;
    bufferShown.value = range.buffer;
    if (open) tab.value = 'bytes';
  });
}

/** Shows a secret; asks for the readable detail the first time. */
export async function reveal(key: string): Promise<void> {
  revealed.value = new Set([...revealed.peek(), key]);
  const id = selected.peek();
  if (id === null || secretDetail.peek() !== null) return;
  try {
    const d = await ask({ op: 'detail', message: id, secrets: true });
    if (selected.peek() === id) secretDetail.value = d;
  } catch (e) {
    tell(e);
  }
}

export function hide(key: string): void {
  revealed.value = new Set([...revealed.peek()].filter((k) => k !== key));
}

let asked: AbortController | null = null;

async function loadDetail(id: string): Promise<void> {
  asked?.abort();
  const mine = new AbortController();
  asked = mine;
  try {
    const d = await ask({ op: 'detail', message: id }, mine.signal);
    if (mine.signal.aborted) return;
    const names = new Set(d.buffers.map((b) => b.name));
    batch(() => {
      detail.value = d;
      detailError.value = null;
      selectedRow.value = d.row;
      if (bufferShown.peek() === null || !names.has(bufferShown.peek() ?? '')) {
        bufferShown.value = octets.peek()?.buffer ?? d.buffers[0]?.name ?? null;
      }
    });
    const known = buffers.peek();
    const missing = d.buffers.slice(0, MANY_BUFFERS).filter((b) => !known.has(b.name));
    if (missing.length === 0) return;
    const replies = await Promise.all(
      missing.map((b) => ask({ op: 'bytes', message: id, buffer: b.name }, mine.signal).catch(() => null)),
    );
    if (mine.signal.aborted) return;
    buffers.value = new Map([...known, ...replies.flatMap((r) => (r === null ? [] : [[r.buffer, r] as const]))]);
  } catch (e) {
    if (mine.signal.aborted) return;
    detailError.value = e instanceof Error ? e.message : String(e);
  }
}

/** One of many frames that were not loaded with the rest. */
export async function loadBuffer(name: BufferName): Promise<void> {
  const id = selected.peek();
  if (id === null || buffers.peek().has(name)) return;
  try {
    const reply = await ask({ op: 'bytes', message: id, buffer: name });
    if (selected.peek() === id) buffers.value = new Map([...buffers.peek(), [name, reply]]);
  } catch (e) {
    tell(e);
  }
}

/** Binds loading to the selection. Octets given with the address survive the first selection. */
export function followSelection(): void {
  let last: string | null = null;
  effect(() => {
    const id = selected.value;
    void keysGiven.value;
    const now = phase.value;
    untracked(() => {
      if (id !== last) {
        batch(() => {
          if (last !== null || id === null) octets.value = null;
          detail.value = null;
          detailError.value = null;
          secretDetail.value = null;
          revealed.value = new Set();
          buffers.value = new Map();
          if (octets.peek() === null) bufferShown.value = null;
        });
        last = id;
      }
      asked?.abort();
      if (id !== null && now !== 'empty') void loadDetail(id);
    });
  });
  effect(() => {
    if (capture.value > 0) untracked(() => select(null));
  });
}
