// What each command does. Keys, menus and buttons all come through here.

import { signal } from '@preact/signals';
import { MARKS, type WindowReply } from '../../analysis/engine/contract.ts';
import { hovered } from '../timeline/scene.ts';
import type { Port } from '../view/decode-as.ts';
import { TABS } from '../view/hash.ts';
import type { Command } from '../view/keys.ts';
import { TIME_FORMATS } from '../view/time.ts';
import { prefs, setPref } from './prefs.ts';
import { bounds, centreOrFit, marked, pan, showAll, shown, zoom, zoomTo } from './range.ts';
import {
  focusLane,
  laneWanted,
  octets,
  select,
  selected,
  selectedRow,
  selectIndex,
  sheetOpen,
  tab,
  view,
} from './selection.ts';
import { ask, notice, openDialog, status, tell } from './session.ts';

/** Which dialog is open. */
export const dialog = signal<'help' | 'paste' | 'export' | 'decode-as' | null>(null);
/** The port the decode-as dialog is opened for. */
export const portWanted = signal<Port | null>(null);
/** Said once to a screen reader. */
export const announcement = signal('');

/**
 * Puts the focus somewhere, at once or as soon as it is drawn. Drawing happens in microtasks, so that the key pressed
 * next already goes there.
 */
export const focusOn = (selector: string, tries = 8): void => {
  const el = document.querySelector<HTMLElement>(selector);
  if (el !== null) el.focus();
  else if (tries > 0) queueMicrotask(() => focusOn(selector, tries - 1));
  else requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.focus());
};

async function findNext(what: 'error' | 'finding' | 'verification', step: 1 | -1): Promise<void> {
  const from = selectedRow.peek()?.index ?? (step === 1 ? -1 : status.peek().messages);
  try {
    const found = await ask({ op: 'find', what, from, step });
    if (found.index === null) {
      const word = what === 'verification' ? 'failed verification' : what;
      const none = selectedRow.peek() === null;
      notice.value = none
        ? `There is no ${word} in this capture.`
        : `No ${step === 1 ? 'further' : 'earlier'} ${word}.`;
      return;
    }
    await selectIndex(found.index, { tab: what === 'verification' ? 'verify' : 'findings' });
  } catch (e) {
    tell(e);
  }
}

const MESSAGE = MARKS.indexOf('message');

/** The message of `reply`'s one lane that comes next after (or before) the one at `time`. */
function neighbour(
  reply: WindowReply,
  index: number,
  time: number,
  step: 1 | -1,
): { index: number } | { cell: number } | null {
  const n = reply.time.length;
  for (let i = step === 1 ? 0 : n - 1; i >= 0 && i < n; i += step) {
    const t = reply.time[i]!;
    const m = reply.message[i]!;
    const beyond = step === 1 ? t > time || (t === time && m > index) : t < time || (t === time && m < index);
    if (!beyond || m === index) continue;
    if (reply.merged && reply.part[i]! > 1) return { cell: t };
    if (reply.kind[i] === MESSAGE) return { index: m };
  }
  return null;
}

/** Walks the lane the selection is in. Merged marks are looked at closer and closer. */
async function stepInLane(step: 1 | -1): Promise<void> {
  const selectedNow = selectedRow.peek();
  const lane = focusLane.peek();
  const b = bounds.peek();
  // In another lane than the selection's, the walk begins at its end.
  const row = selectedNow?.lane === lane ? selectedNow : null;
  const index = row?.index ?? -1;
  const from = row?.lastTime ?? (step === 1 ? b.t0 : b.t1);
  let t0 = step === 1 ? from : b.t0;
  let t1 = step === 1 ? b.t1 : from;
  try {
    for (let closer = 0; closer < 12; closer += 1) {
      const px = 2048;
      const reply = await ask({ op: 'window', t0, t1, px, laneFrom: lane, laneCount: 1 });
      const found = neighbour(reply, index, from, step);
      if (found === null) break;
      if ('index' in found) {
        await selectIndex(found.index);
        return;
      }
      const width = (reply.t1 - reply.t0) / px;
      t0 = found.cell - width;
      t1 = found.cell + width;
    }
    announcement.value = step === 1 ? 'Last message of this lane.' : 'First message of this lane.';
  } catch (e) {
    tell(e);
  }
}

function moveLane(by: number): void {
  const lane = Math.min(Math.max(0, focusLane.peek() + by), Math.max(0, status.peek().lanes - 1));
  focusLane.value = lane;
  laneWanted.value = lane;
}

/** One step back: what is on top goes first. */
function back(): void {
  if (notice.peek() !== null) notice.value = null;
  else if (marked.peek() !== null) marked.value = null;
  else if (sheetOpen.peek()) sheetOpen.value = false;
  else if (octets.peek() !== null) octets.value = null;
  else if (selected.peek() !== null) select(null);
}

/** Opens what is selected: the inspector gets the focus. */
export function enter(): void {
  const m = marked.peek();
  const pointed = hovered.peek();
  if (m !== null) {
    zoomTo(m.t0, m.t1);
    marked.value = null;
    return;
  }
  if (pointed?.kind === 'cluster') {
    zoomTo(pointed.from, pointed.time);
    return;
  }
  if (selected.peek() === null) {
    void stepInLane(1);
    return;
  }
  sheetOpen.value = true;
  focusOn('.inspector [role="tab"][aria-selected="true"]');
}

function showTab(i: number): void {
  tab.value = TABS[i] ?? 'summary';
  sheetOpen.value = true;
}

const aboutSelection = (): number | undefined => selectedRow.peek()?.lastTime;

export const COMMANDS: Readonly<Record<Command, () => void>> = {
  filter: () => focusOn('.filter input'),
  help: () => {
    dialog.value = 'help';
  },
  open: () => void openDialog(),
  export: () => {
    if (status.peek().messages > 0) dialog.value = 'export';
  },
  'zoom-in': () => zoom(0.5, aboutSelection()),
  'zoom-out': () => zoom(2, aboutSelection()),
  'pan-left': () => pan(-0.25),
  'pan-right': () => pan(0.25),
  centre: () => {
    const row = selectedRow.peek();
    if (row !== null) centreOrFit(row.firstTime, row.lastTime);
  },
  fit: showAll,
  previous: () => void stepInLane(-1),
  next: () => void stepInLane(1),
  'lane-up': () => moveLane(-1),
  'lane-down': () => moveLane(1),
  'next-finding': () => void findNext('finding', 1),
  'previous-finding': () => void findNext('finding', -1),
  'next-error': () => void findNext('error', 1),
  'next-failed': () => void findNext('verification', 1),
  enter,
  back,
  'view-timeline': () => {
    view.value = 'timeline';
    focusOn('.twin');
  },
  'view-list': () => {
    view.value = 'list';
    focusOn('.list-grid');
  },
  'tab-1': () => showTab(0),
  'tab-2': () => showTab(1),
  'tab-3': () => showTab(2),
  'tab-4': () => showTab(3),
  'tab-5': () => showTab(4),
  'tab-6': () => showTab(5),
  'tab-7': () => showTab(6),
  'time-format': () => {
    const at = TIME_FORMATS.indexOf(prefs.peek().time);
    setPref('time', TIME_FORMATS[(at + 1) % TIME_FORMATS.length] ?? 'relative');
  },
  verify: () => {
    showTab(5);
    focusOn('.verify input');
  },
  findings: () => setPref('drawerOpen', !prefs.peek().drawerOpen),
};

/** Time at the pointer, for wheel and pinch. */
export const timeAt = (x: number, width: number): number => {
  const s = shown.peek();
  return s.t0 + (x / Math.max(1, width)) * (s.t1 - s.t0);
};
