// The menu as data; one call in start.ts builds it.

import type { Sample } from '../../analysis/engine/contract.ts';
import type { MenuItem } from './ports.ts';

export interface MenuActions {
  open(add: boolean): void;
  openSample(id: string): void;
  theme(source: 'system' | 'light' | 'dark'): void;
}

const SEPARATOR: MenuItem = { type: 'separator' };

export function menuTemplate(samples: readonly Sample[], platform: string, actions: MenuActions): MenuItem[] {
  const file: MenuItem = {
    label: 'File',
    submenu: [
      { label: 'Open…', accelerator: 'CmdOrCtrl+O', click: () => actions.open(false) },
      { label: 'Add to Session…', accelerator: 'CmdOrCtrl+Shift+O', click: () => actions.open(true) },
      {
        label: 'Open Sample',
        enabled: samples.length > 0,
        submenu: samples.map((s) => ({ label: s.title, click: () => actions.openSample(s.id) })),
      },
      ...(platform === 'darwin' ? [] : [SEPARATOR, { role: 'quit' as const }]),
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
          checked: t.source === 'system',
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
  return [...(platform === 'darwin' ? [{ role: 'appMenu' as const }] : []), file, { role: 'editMenu' }, view];
}
