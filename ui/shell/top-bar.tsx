// File menu, filter, theme and help.

import { FilterBar } from '../filter/bar.tsx';
import { Icon } from '../parts/icon.tsx';
import { Menu, type MenuItem } from '../parts/menu.tsx';
import { openSample } from '../state/address.ts';
import { COMMANDS, dialog } from '../state/commands.ts';
import { capOf } from '../state/keys-prefs.ts';
import { prefs, setPref, THEME_LABEL, THEMES } from '../state/prefs.ts';
import { canAdd, closeAll, offline, openDialog, samples, status } from '../state/session.ts';

function fileItems(): MenuItem[] {
  const open = status.value.phase !== 'empty';
  const none = status.value.messages === 0;
  const items: MenuItem[] = [{ label: 'Open…', hint: capOf('open'), onChoose: () => void openDialog() }];
  items.push({
    label: 'Add files…',
    reason: !open
      ? 'Nothing is open yet.'
      : canAdd()
        ? null
        : 'What the command line opened can’t be joined here; drop all files together.',
    onChoose: () => void openDialog(true),
  });
  items.push({
    label: 'Paste text…',
    onChoose: () => {
      dialog.value = 'paste';
    },
  });
  items.push({
    label: 'Decode as…',
    reason: open ? null : 'Nothing is open.',
    onChoose: () => {
      dialog.value = 'decode-as';
    },
  });
  items.push({
    label: 'Save a report…',
    hint: capOf('export'),
    rule: true,
    reason: none ? 'There are no messages to report.' : null,
    onChoose: COMMANDS.export,
  });
  items.push({ label: 'Close', reason: open ? null : 'Nothing is open.', onChoose: () => void closeAll() });
  const off = offline.value;
  if (off !== null) return items.map((i) => ({ ...i, reason: 'The engine does not answer.' }));
  samples.value.forEach((s, i) => {
    items.push({ label: s.title, ...(i === 0 ? { heading: 'Samples' } : {}), onChoose: () => void openSample(s.id) });
  });
  return items;
}

export function TopBar() {
  const names = status.value.inputs.map((i) => i.name);
  const title = names.length === 0 ? 'File' : names.length === 1 ? names[0] : `${names.length} files`;
  const theme = prefs.value.theme;
  return (
    <header class="top-bar">
      <h1 class="brand">otascope</h1>
      <Menu label={names.length === 0 ? 'File' : `File: ${title}`} class="file-menu" items={fileItems()}>
        <Icon name="open" />
        <span class="file-name">{title}</span>
        <Icon name="chevron" />
      </Menu>
      {status.value.messages > 0 ? <FilterBar /> : <div class="filter-room" />}
      <button
        type="button"
        class="button palette-button"
        aria-label={`Commands, ${capOf('palette') || '>'}`}
        title={`All commands (${capOf('palette')})`}
        onClick={COMMANDS.palette}
      >
        <span class="kbd" aria-hidden="true">
          {capOf('palette') || '>'}
        </span>
      </button>
      <Menu
        label="Theme and settings"
        class="theme-menu"
        align="right"
        items={[
          ...THEMES.map((t) => ({
            label: THEME_LABEL[t],
            checked: t === theme,
            onChoose: () => setPref('theme', t),
          })),
          { label: 'Settings…', hint: capOf('settings'), rule: true, onChoose: COMMANDS.settings },
        ]}
      >
        <Icon name="theme" />
      </Menu>
      <button
        type="button"
        class="button-icon"
        aria-label="Keys"
        title={`Keys (${capOf('help')})`}
        onClick={COMMANDS.help}
      >
        <Icon name="help" />
      </button>
    </header>
  );
}
