// The menu as data; one call in start.ts builds it.

import { basename, dirname } from 'node:path';
import type { Sample } from '../../analysis/engine/contract.ts';
import type { Shown } from '../channels.ts';
import type { Theme } from './memory.ts';
import type { MenuItem } from './ports.ts';

export interface MenuContent {
  readonly samples: readonly Sample[];
  /** Paths of captures opened lately, the last one first. */
  readonly recent: readonly string[];
  readonly platform: string;
  readonly theme: Theme;
}

export interface MenuActions {
  newWindow(): void;
  open(add: boolean): void;
  openRecent(path: string): void;
  clearRecent(): void;
  openSample(id: string): void;
  theme(source: Theme): void;
  /** A dialog of the page. */
  show(what: Shown): void;
}

const SEPARATOR: MenuItem = { type: 'separator' };

/** A menu takes '&' for the key of what follows; a name is no place for it. */
const literally = (text: string): string => text.replaceAll('&', '&&');

/** The file's name; where two have one name, the folder's too. */
function recentLabel(path: string, all: readonly string[]): string {
  const alike = all.filter((p) => basename(p) === basename(path)).length > 1;
  return literally(alike ? `${basename(path)} in ${dirname(path)}` : basename(path));
}

export function menuTemplate({ samples, recent, platform, theme }: MenuContent, actions: MenuActions): MenuItem[] {
  const file: MenuItem = {
    label: 'File',
    submenu: [
      { label: 'New Window', accelerator: 'CmdOrCtrl+N', click: () => actions.newWindow() },
      SEPARATOR,
      { label: 'Open…', accelerator: 'CmdOrCtrl+O', click: () => actions.open(false) },
      { label: 'Add to Session…', accelerator: 'CmdOrCtrl+Shift+O', click: () => actions.open(true) },
      {
        label: 'Open Recent',
        enabled: recent.length > 0,
        submenu: [
          ...recent.map((path) => ({ label: recentLabel(path, recent), click: () => actions.openRecent(path) })),
          SEPARATOR,
          { label: 'Clear Recent', click: () => actions.clearRecent() },
        ],
      },
      {
        label: 'Open Sample',
        enabled: samples.length > 0,
        submenu: samples.map((s) => ({ label: literally(s.title), click: () => actions.openSample(s.id) })),
      },
      { label: 'Paste Text…', click: () => actions.show('paste') },
      SEPARATOR,
      { label: 'Save a Report…', accelerator: 'CmdOrCtrl+S', click: () => actions.show('export') },
      SEPARATOR,
      { role: 'close' },
      ...(platform === 'darwin' ? [] : [{ role: 'quit' as const }]),
    ],
  };
  const themes = [
    { label: 'As the System', source: 'system' },
    { label: 'Light', source: 'light' },
    { label: 'Dark', source: 'dark' },
  ] as const;
  const view: MenuItem = {
    label: 'View',
    submenu: [
      { role: 'reload' },
      SEPARATOR,
      {
        label: 'Theme',
        submenu: themes.map((t) => ({
          label: t.label,
          type: 'radio',
          checked: t.source === theme,
          click: () => actions.theme(t.source),
        })),
      },
      SEPARATOR,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { role: 'togglefullscreen' },
    ],
  };
  const mac = platform === 'darwin';
  const help: MenuItem = {
    label: 'Help',
    submenu: [
      { label: 'Keys', click: () => actions.show('help') },
      // On macOS it is in the menu of the app.
      ...(mac ? [] : [SEPARATOR, { role: 'about' as const }]),
    ],
  };
  return [
    ...(mac ? [{ role: 'appMenu' as const }] : []),
    file,
    { role: 'editMenu' },
    view,
    ...(mac ? [{ role: 'windowMenu' as const }] : []),
    help,
  ];
}
