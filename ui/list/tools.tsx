// What can be done with the list: choose its columns, copy it.

import { Icon } from '../parts/icon.tsx';
import { dialog } from '../state/commands.ts';
import { capOf } from '../state/keys-prefs.ts';

export function ListTools() {
  return (
    <div class="main-tools">
      <button
        type="button"
        class="button-icon"
        aria-label="Columns"
        title="Columns of the list"
        onClick={() => {
          dialog.value = 'columns';
        }}
      >
        <Icon name="legend" />
      </button>
      <button
        type="button"
        class="button-icon"
        aria-label="Copy"
        title={`Copy (${capOf('copy')})`}
        onClick={() => {
          dialog.value = 'copy';
        }}
      >
        <Icon name="copy" />
      </button>
    </div>
  );
}
