// Every key of the page, once: what binds them, what the help dialog lists and what tooltips show.

export type Command =
  | 'filter'
  | 'help'
  | 'open'
  | 'zoom-in'
  | 'zoom-out'
  | 'pan-left'
  | 'pan-right'
  | 'centre'
  | 'fit'
  | 'previous'
  | 'next'
  | 'lane-up'
  | 'lane-down'
  | 'pin-lane'
  | 'fold-lane'
  | 'mark'
  | 'mark-range'
  | 'diff'
  | 'next-finding'
  | 'previous-finding'
  | 'next-error'
  | 'next-failed'
  | 'enter'
  | 'back'
  | 'view-timeline'
  | 'view-ladder'
  | 'view-list'
  | 'view-device'
  | 'view-overview'
  | 'view-compare'
  | 'view-review'
  | 'tab-1'
  | 'tab-2'
  | 'tab-3'
  | 'tab-4'
  | 'tab-5'
  | 'tab-6'
  | 'tab-7'
  | 'time-format'
  | 'verify'
  | 'findings'
  | 'frames'
  | 'log'
  | 'palette'
  | 'settings'
  | 'bookmark'
  | 'bookmarks'
  | 'copy'
  | 'export';

export interface Chord {
  /** By meaning: KeyboardEvent.key, letters in lower case. */
  readonly key?: string;
  /** By place on the keyboard: KeyboardEvent.code. */
  readonly code?: string;
  readonly shift?: boolean;
  readonly alt?: boolean;
  /** Ctrl, or ⌘ on a Mac. */
  readonly mod?: boolean;
  /** As written on the key cap. */
  readonly cap: string;
}

export type KeyGroup = 'Move' | 'Find' | 'Message' | 'Views' | 'General';

export interface Binding {
  readonly command: Command;
  readonly label: string;
  readonly group: KeyGroup;
  readonly chords: readonly Chord[];
  /**
   * 'chart': only while the timeline has the focus; other widgets have their own use for these keys. 'marks': only with
   * two marks set; the key means something else without them.
   */
  readonly scope: 'any' | 'chart' | 'marks';
}

const INSPECTOR_TABS = ['Summary', 'Settings', 'XML', 'Tree', 'Bytes', 'Verify', 'Findings'] as const;

export const KEYS: readonly Binding[] = [
  {
    command: 'diff',
    label: 'Compare the two marks, once there are two',
    group: 'Message',
    scope: 'marks',
    chords: [{ key: 'd', cap: 'd' }],
  },
  {
    command: 'zoom-in',
    label: 'Zoom in',
    group: 'Move',
    scope: 'any',
    chords: [
      { code: 'KeyW', cap: 'W' },
      { key: '+', cap: '+' },
    ],
  },
  {
    command: 'zoom-out',
    label: 'Zoom out',
    group: 'Move',
    scope: 'any',
    chords: [
      { code: 'KeyS', cap: 'S' },
      { key: '-', cap: '−' },
    ],
  },
  { command: 'pan-left', label: 'Earlier', group: 'Move', scope: 'any', chords: [{ code: 'KeyA', cap: 'A' }] },
  { command: 'pan-right', label: 'Later', group: 'Move', scope: 'any', chords: [{ code: 'KeyD', cap: 'D' }] },
  {
    command: 'pan-left',
    label: 'Earlier, on the chart',
    group: 'Move',
    scope: 'chart',
    chords: [{ key: 'ArrowLeft', cap: '←' }],
  },
  {
    command: 'pan-right',
    label: 'Later, on the chart',
    group: 'Move',
    scope: 'chart',
    chords: [{ key: 'ArrowRight', cap: '→' }],
  },
  {
    command: 'lane-up',
    label: 'Lane above',
    group: 'Move',
    scope: 'chart',
    chords: [{ key: 'ArrowUp', cap: '↑' }],
  },
  {
    command: 'lane-down',
    label: 'Lane below',
    group: 'Move',
    scope: 'chart',
    chords: [{ key: 'ArrowDown', cap: '↓' }],
  },
  {
    command: 'pin-lane',
    label: 'Pin the lane to the top; again: let go',
    group: 'Move',
    scope: 'any',
    chords: [{ key: 'p', cap: 'p' }],
  },
  {
    command: 'fold-lane',
    label: 'Lane: show or fold its transactions',
    group: 'Move',
    scope: 'any',
    chords: [{ key: 'l', cap: 'l' }],
  },
  {
    command: 'centre',
    label: 'Centre the selection; again: fit it',
    group: 'Move',
    scope: 'any',
    chords: [{ key: 'f', cap: 'F' }],
  },
  { command: 'fit', label: 'Whole capture', group: 'Move', scope: 'any', chords: [{ key: '0', cap: '0' }] },
  { command: 'previous', label: 'Previous in the lane', group: 'Find', scope: 'any', chords: [{ key: ',', cap: ',' }] },
  { command: 'next', label: 'Next in the lane', group: 'Find', scope: 'any', chords: [{ key: '.', cap: '.' }] },
  {
    command: 'next-finding',
    label: 'Next message with a finding',
    group: 'Find',
    scope: 'any',
    chords: [{ key: 'n', cap: 'n' }],
  },
  {
    command: 'previous-finding',
    label: 'Previous message with a finding',
    group: 'Find',
    scope: 'any',
    chords: [{ key: 'n', shift: true, cap: 'N' }],
  },
  { command: 'next-error', label: 'Next error', group: 'Find', scope: 'any', chords: [{ key: 'e', cap: 'e' }] },
  {
    command: 'next-failed',
    label: 'Next failed verification',
    group: 'Find',
    scope: 'any',
    chords: [{ key: 'e', shift: true, cap: 'Shift e' }],
  },
  { command: 'filter', label: 'Filter', group: 'Find', scope: 'any', chords: [{ key: '/', cap: '/' }] },
  {
    command: 'enter',
    label: 'Open; on merged marks: zoom in',
    group: 'Message',
    scope: 'chart',
    chords: [{ key: 'Enter', cap: 'Enter' }],
  },
  {
    command: 'back',
    label: 'Back, one step at a time',
    group: 'Message',
    scope: 'any',
    chords: [{ key: 'Escape', cap: 'Esc' }],
  },
  {
    command: 'mark-range',
    label: 'Mark a stretch of time; ← → move its ends',
    group: 'Move',
    scope: 'any',
    chords: [{ key: 'r', cap: 'r' }],
  },
  {
    command: 'mark',
    label: 'Mark the selection, one of two to compare',
    group: 'Message',
    scope: 'chart',
    chords: [{ key: 'm', cap: 'Space, or m' }],
  },
  { command: 'verify', label: 'Verify the MAC', group: 'Message', scope: 'any', chords: [{ key: 'v', cap: 'v' }] },
  ...INSPECTOR_TABS.map(
    (label, i): Binding => ({
      command: `tab-${i + 1}` as Command,
      label,
      group: 'Message',
      scope: 'any',
      chords: [{ code: `Digit${i + 1}`, alt: true, cap: `Alt ${i + 1}` }],
    }),
  ),
  { command: 'view-timeline', label: 'Timeline', group: 'Views', scope: 'any', chords: [{ key: '1', cap: '1' }] },
  { command: 'view-ladder', label: 'Ladder', group: 'Views', scope: 'any', chords: [{ key: '2', cap: '2' }] },
  { command: 'view-list', label: 'List', group: 'Views', scope: 'any', chords: [{ key: '3', cap: '3' }] },
  { command: 'view-device', label: 'Device', group: 'Views', scope: 'any', chords: [{ key: '4', cap: '4' }] },
  { command: 'view-overview', label: 'Overview', group: 'Views', scope: 'any', chords: [{ key: 'o', cap: 'o' }] },
  { command: 'view-compare', label: 'Compare', group: 'Views', scope: 'any', chords: [{ key: '6', cap: '6' }] },
  { command: 'view-review', label: 'Security review', group: 'Views', scope: 'any', chords: [{ key: '5', cap: '5' }] },
  {
    command: 'bookmark',
    label: 'Bookmark the message, with a note',
    group: 'Message',
    scope: 'any',
    chords: [{ key: 'b', cap: 'b' }],
  },
  {
    command: 'bookmarks',
    label: 'All bookmarks',
    group: 'Views',
    scope: 'any',
    chords: [{ key: 'b', shift: true, cap: 'Shift b' }],
  },
  { command: 'findings', label: 'All findings', group: 'Views', scope: 'any', chords: [{ key: 'g', cap: 'g' }] },
  {
    command: 'frames',
    label: 'All frames',
    group: 'Views',
    scope: 'any',
    chords: [{ key: 'g', shift: true, cap: 'Shift g' }],
  },
  {
    command: 'log',
    label: 'Log: what was opened, read and lost',
    group: 'Views',
    scope: 'any',
    chords: [{ key: 'l', shift: true, cap: 'Shift l' }],
  },
  {
    command: 'time-format',
    label: 'Time: since start, UTC, local, since previous',
    group: 'Views',
    scope: 'any',
    chords: [{ key: 't', cap: 't' }],
  },
  {
    command: 'palette',
    label: 'All commands; or > in the filter',
    group: 'General',
    scope: 'any',
    chords: [{ key: 'k', mod: true, cap: 'Ctrl K' }],
  },
  {
    command: 'settings',
    label: 'Settings',
    group: 'General',
    scope: 'any',
    chords: [{ key: ',', mod: true, cap: 'Ctrl ,' }],
  },
  {
    command: 'open',
    label: 'Open files',
    group: 'General',
    scope: 'any',
    chords: [{ key: 'o', mod: true, cap: 'Ctrl O' }],
  },
  { command: 'copy', label: 'Copy', group: 'General', scope: 'any', chords: [{ key: 'c', cap: 'c' }] },
  { command: 'export', label: 'Save a report', group: 'General', scope: 'any', chords: [{ key: 'x', cap: 'x' }] },
  { command: 'help', label: 'These keys', group: 'General', scope: 'any', chords: [{ key: '?', cap: '?' }] },
];

export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

const isLetter = (key: string): boolean => /^[a-z]$/i.test(key);

function fits(c: Chord, e: KeyPress): boolean {
  if ((c.alt ?? false) !== e.altKey) return false;
  if ((c.mod ?? false) !== (e.ctrlKey || e.metaKey)) return false;
  if (c.code !== undefined) return c.code === e.code && !e.shiftKey;
  if (c.key === undefined) return false;
  // Shift tells n from N; for '+' or '?' it is just how the sign is typed.
  if (isLetter(c.key)) return e.key.toLowerCase() === c.key && e.shiftKey === (c.shift ?? false);
  return e.key === c.key;
}

/** The command a key press stands for. `inText`: a text field has the focus, where only Esc and Ctrl chords act. */
export function commandFor(
  e: KeyPress,
  where: { readonly chart: boolean; readonly inText: boolean; readonly marks?: boolean },
  keys: readonly Binding[] = KEYS,
): Command | null {
  for (const b of keys) {
    if (b.scope === 'chart' && !where.chart) continue;
    if (b.scope === 'marks' && where.marks !== true) continue;
    for (const c of b.chords) {
      if (!fits(c, e)) continue;
      if (where.inText && c.mod !== true && c.key !== 'Escape') continue;
      return b.command;
    }
  }
  return null;
}

export const KEY_GROUPS: readonly KeyGroup[] = ['Move', 'Find', 'Message', 'Views', 'General'];
