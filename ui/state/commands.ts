// What each command does. Keys, menus and buttons all come through here.

import { signal } from '@preact/signals';
import { hovered, inView } from '../timeline/scene.ts';
import type { Port } from '../view/decode-as.ts';
import { plural } from '../view/format.ts';
import { TABS } from '../view/hash.ts';
import type { Command } from '../view/keys.ts';
import { TIME_FORMATS } from '../view/time.ts';
import { arrangement, laneCount, selectedLane, toggleOpen, togglePinned } from './arrange.ts';
import { diffWanted, toggleMark } from './marks.ts';
import { type DrawerTab, prefs, setPref } from './prefs.ts';
import { centreOrFit, marked, markStretch, pan, showAll, shown, zoom, zoomTo } from './range.ts';
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
export type DialogName =
  | 'help'
  | 'paste'
  | 'export'
  | 'decode-as'
  | 'columns'
  | 'copy'
  | 'palette'
  | 'settings'
  | 'bookmark';
export const dialog = signal<DialogName | null>(null);
/** What the palette is opened with. */
export const paletteText = signal('');
/** The port the decode-as dialog is opened for. */
export const portWanted = signal<Port | null>(null);
/** What the report dialog begins with: the frames of the marked stretch. */
export const sliceWanted = signal(false);
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
  const { silenced } = prefs.peek();
  const from = selectedRow.peek()?.index ?? (step === 1 ? -1 : status.peek().messages);
  try {
    const found = await ask({ op: 'find', what, from, step, ...(silenced.length > 0 ? { silenced } : {}) });
    if (found.index === null) {
      const word = what === 'verification' ? 'failed verification' : what;
      const none = selectedRow.peek() === null;
      const said = none ? `There is no ${word} in this capture` : `No ${step === 1 ? 'further' : 'earlier'} ${word}`;
      const but =
        silenced.length > 0 && what !== 'verification' ? `, but of ${plural(silenced.length, 'silenced rule')}` : '';
      notice.value = `${said}${but}.`;
      return;
    }
    await selectIndex(found.index, { tab: what === 'verification' ? 'verify' : 'findings' });
  } catch (e) {
    tell(e);
  }
}

/** Walks the lane that has the focus, from the selection if it is there. */
async function stepInLane(step: 1 | -1): Promise<void> {
  const lane = focusLane.peek();
  const from = selectedLane.peek() === lane ? (selectedRow.peek()?.index ?? -1) : -1;
  try {
    const { index } = await ask({ op: 'step', arrange: arrangement.peek(), lane, from, step });
    if (index !== null) await selectIndex(index);
    else announcement.value = step === 1 ? 'Last message of this lane.' : 'First message of this lane.';
  } catch (e) {
    tell(e);
  }
}

function moveLane(by: number): void {
  const lane = Math.min(Math.max(0, focusLane.peek() + by), Math.max(0, laneCount.peek() - 1));
  focusLane.value = lane;
  laneWanted.value = lane;
}

/** The lane with the focus: its own, or the one it is below. */
function laneUnderFocus(): string | null {
  const info = inView.peek().lanes.find((l) => l.lane === focusLane.peek())?.info;
  return info?.id.split('\n')[0] ?? null;
}

function withLane(act: (id: string) => void): void {
  const id = laneUnderFocus();
  if (id !== null) act(id);
}

function markSelected(): void {
  const row = selectedRow.peek();
  if (row === null) return;
  toggleMark({ message: row.id, index: row.index, step: null, label: row.id });
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

/** Opens the drawer at this tab; closes it when it is there already. */
function toggleDrawer(to: DrawerTab): void {
  const p = prefs.peek();
  setPref('drawerOpen', !(p.drawerOpen && p.drawerTab === to));
  setPref('drawerTab', to);
}

const aboutSelection = (): number | undefined => selectedRow.peek()?.lastTime;

export const COMMANDS: Readonly<Record<Command, () => void>> = {
  filter: () => focusOn('.filter input'),
  help: () => {
    dialog.value = 'help';
  },
  palette: () => {
    paletteText.value = '';
    dialog.value = 'palette';
  },
  settings: () => {
    dialog.value = 'settings';
  },
  bookmark: () => {
    if (selectedRow.peek() === null)
      notice.value = 'Select a message first: a bookmark is put on the message selected.';
    else dialog.value = 'bookmark';
  },
  bookmarks: () => toggleDrawer('bookmarks'),
  open: () => void openDialog(),
  export: () => {
    if (status.peek().messages > 0) dialog.value = 'export';
  },
  copy: () => {
    if (status.peek().messages > 0) dialog.value = 'copy';
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
  'pin-lane': () => withLane(togglePinned),
  'fold-lane': () => withLane(toggleOpen),
  mark: markSelected,
  'mark-range': () => {
    const row = selectedRow.peek();
    if (marked.peek() === null) markStretch(row?.firstTime ?? 0, row?.lastTime ?? 0);
    view.value = 'timeline';
    focusOn('.chart .end');
  },
  diff: () => {
    // With fewer than two marks the view says how to make them.
    diffWanted.value += 1;
  },
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
  'view-ladder': () => {
    view.value = 'ladder';
    focusOn('.ladder-twin');
  },
  'view-list': () => {
    view.value = 'list';
    focusOn('.list-grid');
  },
  'view-device': () => {
    view.value = 'device';
    focusOn('.device-step[aria-current]');
  },
  'view-overview': () => {
    view.value = 'overview';
    focusOn('#main-tab-overview');
  },
  'view-compare': () => {
    view.value = 'compare';
    focusOn('#main-tab-compare');
  },
  'view-review': () => {
    view.value = 'review';
    focusOn('#main-tab-review');
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
  findings: () => toggleDrawer('findings'),
  frames: () => toggleDrawer('frames'),
  log: () => toggleDrawer('log'),
};

/** Time at the pointer, for wheel and pinch. */
export const timeAt = (x: number, width: number): number => {
  const s = shown.peek();
  return s.t0 + (x / Math.max(1, width)) * (s.t1 - s.t0);
};
