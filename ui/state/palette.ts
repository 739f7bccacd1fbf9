// Everything the command palette offers, and which of it was used last.

import { type FuzzyHit, fuzzy } from '../view/fuzzy.ts';
import type { Command } from '../view/keys.ts';
import { TIME_FORMAT_LABEL, TIME_FORMATS } from '../view/time.ts';
import { openSample } from './address.ts';
import { COMMANDS, dialog } from './commands.ts';
import { clearFilter, filterText, remember } from './filter.ts';
import { bindings } from './keys-prefs.ts';
import { DENSITIES, prefs, setPref, THEME_LABEL, THEMES } from './prefs.ts';
import { selectedRow, selectId } from './selection.ts';
import { canAdd, closeAll, offline, openDialog, samples, status, stopLoading } from './session.ts';

export interface PaletteItem {
  /** Kept to tell what was used last. */
  readonly id: string;
  readonly label: string;
  /** What kind of thing it is, in a word or two. */
  readonly group: string;
  readonly caps: readonly string[];
  /** Why it can't be used now. */
  readonly reason: string | null;
  run(): void;
}

export interface PaletteOffer extends PaletteItem {
  readonly hit: FuzzyHit;
}

const MOST_RECENT = 8;
const MOST_SHOWN = 60;
/** Steps that only mean something while the focus is on the chart. */
const LEFT_OUT: ReadonlySet<Command> = new Set(['palette', 'enter', 'back', 'lane-up', 'lane-down']);

/** These need messages. */
const ANYTIME: ReadonlySet<Command> = new Set(['help', 'open', 'settings', 'time-format']);
const ON_MESSAGE: ReadonlySet<Command> = new Set(['bookmark', 'verify', 'centre', 'mark']);

function reasonOf(command: Command): string | null {
  if (ANYTIME.has(command)) return null;
  if (offline.value !== null && command === 'export') return 'The engine does not answer.';
  if (status.value.messages === 0) return 'There are no messages.';
  if ((ON_MESSAGE.has(command) || command.startsWith('tab-')) && selectedRow.value === null)
    return 'No message is selected.';
  return null;
}

function commands(): PaletteItem[] {
  const seen = new Set<Command>();
  return bindings.value.flatMap((b): PaletteItem[] => {
    if (LEFT_OUT.has(b.command) || seen.has(b.command)) return [];
    seen.add(b.command);
    const mine = bindings.value.filter((x) => x.command === b.command);
    return [
      {
        id: b.command,
        label: b.command.startsWith('tab-') ? `${b.label} of the message` : b.label,
        group: b.group,
        caps: [...new Set(mine.flatMap((x) => x.chords.map((c) => c.cap)))],
        reason: reasonOf(b.command),
        run: COMMANDS[b.command],
      },
    ];
  });
}

function others(): PaletteItem[] {
  const item = (id: string, label: string, group: string, run: () => void, reason: string | null = null) => ({
    id,
    label,
    group,
    caps: [],
    reason,
    run,
  });
  const s = status.value;
  const open = s.phase !== 'empty';
  const nothing = open ? null : 'Nothing is open.';
  return [
    item('add', 'Add files', 'File', () => void openDialog(true), open && canAdd() ? null : 'Nothing to add to.'),
    item('paste', 'Paste text', 'File', () => {
      dialog.value = 'paste';
    }),
    item(
      'decode-as',
      'Decode as: who reads which port',
      'File',
      () => {
        dialog.value = 'decode-as';
      },
      nothing,
    ),
    item('close', 'Close the capture', 'File', () => void closeAll(), nothing),
    item('stop', 'Stop reading', 'File', () => void stopLoading(), s.phase === 'loading' ? null : 'Nothing is read.'),
    item(
      'columns',
      'Columns of the list',
      'Views',
      () => {
        dialog.value = 'columns';
      },
      s.messages > 0 ? null : 'There are no messages.',
    ),
    item('no-filter', 'Clear the filter', 'Find', clearFilter, filterText.value === '' ? 'There is no filter.' : null),
    ...THEMES.map((t) => item(`theme-${t}`, `Theme: ${THEME_LABEL[t]}`, 'Settings', () => setPref('theme', t))),
    ...DENSITIES.map((d) => item(`density-${d}`, `Rows: ${d}`, 'Settings', () => setPref('density', d))),
    ...TIME_FORMATS.map((t) =>
      item(`time-${t}`, `Time: ${TIME_FORMAT_LABEL[t]}`, 'Settings', () => setPref('time', t)),
    ),
    ...prefs.value.filters.map((f) =>
      item(
        `filter ${f}`,
        f,
        'Kept filter',
        () => {
          filterText.value = f;
          remember();
        },
        s.messages > 0 ? null : 'There are no messages.',
      ),
    ),
    ...samples.value.map((x) => item(`sample-${x.id}`, x.title, 'Sample', () => void openSample(x.id))),
  ];
}

/** 'm12', or just 12: the message of that name. */
function goTo(text: string): PaletteItem[] {
  const found = /^\s*(?:go\s*to\s*)?m?(\d{1,9})\s*$/i.exec(text);
  if (found === null || status.value.messages === 0) return [];
  const id = `m${Number(found[1])}`;
  const reason = Number(found[1]) > status.value.messages ? 'There is no such message.' : null;
  return [
    { id: 'go-to', label: `Go to message ${id}`, group: 'Message', caps: [], reason, run: () => void selectId(id) },
  ];
}

/** What fits, the best first; with nothing typed, what was used last. */
export function offersFor(text: string): readonly PaletteOffer[] {
  const all = [...commands(), ...others()];
  const { recent } = prefs.value;
  const rank = (i: PaletteItem): number => {
    const at = recent.indexOf(i.id);
    return at < 0 ? 0 : MOST_RECENT - at;
  };
  const found = all.flatMap((i): PaletteOffer[] => {
    const hit = fuzzy(text, i.label);
    if (hit !== null) return [{ ...i, hit }];
    const byGroup = fuzzy(text, `${i.group} ${i.label}`);
    return byGroup === null ? [] : [{ ...i, hit: { score: byGroup.score - 20, at: [] } }];
  });
  const usable = (i: PaletteItem): number => (i.reason === null ? 0 : -30);
  const worth = (i: PaletteOffer): number => i.hit.score + usable(i) + rank(i) * (text.trim() === '' ? 100 : 1);
  return [
    ...goTo(text).map((i) => ({ ...i, hit: { score: 0, at: [] } })),
    ...found.sort((a, b) => worth(b) - worth(a)).slice(0, MOST_SHOWN),
  ];
}

export function runOffer(o: PaletteItem): void {
  // The message someone went to is of a capture; that is not kept.
  if (o.id !== 'go-to')
    setPref('recent', [o.id, ...prefs.peek().recent.filter((r) => r !== o.id)].slice(0, MOST_RECENT));
  dialog.value = null;
  // The dialog gives the focus back first.
  setTimeout(o.run);
}
