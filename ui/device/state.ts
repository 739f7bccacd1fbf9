// Which phone is looked at, after which of its messages, and what the engine says of it.

import { batch, computed, effect, signal, untracked } from '@preact/signals';
import type { DeviceReply, DeviceRow, Origin, TableFormat, TableReply } from '../../analysis/engine/contract/device.ts';
import { announcement } from '../state/commands.ts';
import { goTo, keysGiven, selectedRow, selectIndex, view } from '../state/selection.ts';
import { ask, capture, notice, phase, status, tell } from '../state/session.ts';
import { plural } from '../view/format.ts';

export const PANES = ['holds', 'message', 'changed'] as const;
export type Pane = (typeof PANES)[number];

/** `DeviceRow.id`; null: not chosen yet. */
export const subscriber = signal<string | null>(null);
/** Step that is looked at; null: the last. */
export const step = signal<number | null>(null);
/** Step that is compared with; null: the one before. */
export const against = signal<number | null>(null);
export const pane = signal<Pane>('holds');
export const secretsShown = signal(false);
/** The last answer, which stays until the next is there. */
export const device = signal<DeviceReply | null>(null);
export const failed = signal<string | null>(null);

/** What is typed to find a number. */
export const wanted = signal('');
/** Subscribers that fit it; null: not known yet. */
export const total = signal<number | null>(null);
/** Changes whenever a page of the list has come. */
export const listChanged = signal(0);

const PAGE = 100;
const KEEP = 40;

interface Page {
  rows: readonly DeviceRow[];
  version: number;
  loading: boolean;
}

const pages = new Map<number, Page>();

async function loadPage(page: number): Promise<void> {
  const { version } = status.peek();
  const find = wanted.peek();
  const at = capture.peek();
  const mine: Page = { rows: pages.get(page)?.rows ?? [], version, loading: true };
  pages.delete(page);
  pages.set(page, mine);
  try {
    const reply = await ask({ op: 'devices', from: page * PAGE, count: PAGE, ...(find === '' ? {} : { find }) });
    if (at !== capture.peek() || find !== wanted.peek()) return;
    pages.set(page, { rows: reply.rows, version, loading: false });
    while (pages.size > KEEP) pages.delete(pages.keys().next().value ?? -1);
    batch(() => {
      total.value = reply.total;
      listChanged.value += 1;
    });
  } catch (e) {
    mine.loading = false;
    tell(e);
  }
}

/** The row if it is here; otherwise it is sent for. */
export function subscriberAt(index: number): DeviceRow | null {
  const page = Math.floor(index / PAGE);
  const p = pages.get(page);
  if ((p === undefined || p.version !== status.peek().version) && p?.loading !== true) void loadPage(page);
  return p?.rows[index % PAGE] ?? null;
}

export function choose(id: string): void {
  batch(() => {
    subscriber.value = id;
    step.value = null;
    against.value = null;
    secretsShown.value = false;
  });
}

export function chooseStep(n: number): void {
  batch(() => {
    step.value = n;
    against.value = null;
  });
}

/** Opens the message that said something, at the octets that said it. */
export async function openOrigin(o: Origin): Promise<void> {
  await selectIndex(o.index, { still: true, tab: o.range === null ? 'summary' : 'settings' });
  goTo(o.range);
}

/** The phone of the selected message, else the first of the list. */
async function chooseFirst(): Promise<void> {
  const row = selectedRow.peek();
  const find = row?.to ?? row?.imsi ?? null;
  const at = capture.peek();
  try {
    const own = find === null ? null : await ask({ op: 'devices', from: 0, count: 1, find });
    const [first] = own?.rows.length ? own.rows : (await ask({ op: 'devices', from: 0, count: 1 })).rows;
    if (at === capture.peek() && first !== undefined && subscriber.peek() === null) choose(first.id);
  } catch (e) {
    tell(e);
  }
}

let asked: AbortController | null = null;
let lastFailed: string | null = null;

async function load(id: string): Promise<void> {
  asked?.abort();
  const mine = new AbortController();
  asked = mine;
  const [s, a] = [step.peek(), against.peek()];
  try {
    const reply = await ask(
      {
        op: 'device',
        subscriber: id,
        ...(s === null ? {} : { step: s }),
        ...(a === null ? {} : { against: a }),
        ...(secretsShown.peek() ? { secrets: true } : {}),
      },
      mine.signal,
    );
    if (mine.signal.aborted) return;
    batch(() => {
      device.value = reply;
      failed.value = null;
    });
  } catch (e) {
    if (mine.signal.aborted) return;
    batch(() => {
      failed.value = e instanceof Error ? e.message : String(e);
      device.value = null;
      // After another reading it may be gone: then the first one is shown, once.
      if (lastFailed !== id) subscriber.value = null;
    });
    lastFailed = id;
  }
}

/** Milliseconds between two questions while the capture is being read. */
const WHILE_LOADING = 1500;

/** What else hangs on what was read: asked again when something was learnt. */
const knowledge = computed(() => {
  const { version, phase } = status.value;
  const when = phase === 'loading' ? Math.floor(performance.now() / WHILE_LOADING) : version;
  return `${phase} ${when} ${keysGiven.value}`;
});

/** Binds loading to what is looked at. */
export function followDevice(): void {
  effect(() => {
    void capture.value;
    untracked(() =>
      batch(() => {
        pages.clear();
        subscriber.value = null;
        device.value = null;
        failed.value = null;
        total.value = null;
        wanted.value = '';
        secretsShown.value = false;
      }),
    );
  });
  effect(() => {
    void wanted.value;
    untracked(() => {
      pages.clear();
      listChanged.value += 1;
    });
  });
  effect(() => {
    if (view.value !== 'device' || phase.value === 'empty') return;
    void knowledge.value;
    const id = subscriber.value;
    void [step.value, against.value, secretsShown.value];
    untracked(() => {
      void loadPage(0);
      if (id === null) void chooseFirst();
      else void load(id);
    });
  });
}

/** Puts a table into the clipboard; secrets as they are shown. */
export async function copyTable(
  what: { readonly message: string } | { readonly subscriber: string; readonly step: number },
  format: TableFormat,
  secrets: boolean,
): Promise<void> {
  let table: TableReply;
  try {
    table = await ask({ op: 'table', format, ...what, ...(secrets ? { secrets: true } : {}) });
  } catch (e) {
    tell(e);
    return;
  }
  if (table.rows.length === 0) {
    notice.value = 'There are no settings to copy.';
    return;
  }
  try {
    await navigator.clipboard.writeText(table.text);
  } catch {
    notice.value = 'The browser did not let the page use the clipboard.';
    return;
  }
  const hidden = !secrets && table.rows.some((r) => r.secret) ? ', passwords hidden' : '';
  const said = `Copied ${plural(table.rows.length, 'setting')}${hidden}.`;
  announcement.value = said;
  copied.value = said;
}

/** What was copied last, until the next thing is done. */
export const copied = signal<string | null>(null);
