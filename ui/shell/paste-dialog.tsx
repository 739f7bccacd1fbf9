// Text that was never a file: hex PDUs, AT command logs, gateway logs, XML.

import { useSignal } from '@preact/signals';
import { Dialog } from '../parts/dialog.tsx';
import { dialog } from '../state/commands.ts';
import { openInputs } from '../state/session.ts';

export function PasteDialog() {
  const text = useSignal('');
  const close = (): void => {
    dialog.value = null;
  };
  return (
    <Dialog title="Paste text" wide onClose={close}>
      <form
        class="paste"
        onSubmit={(e) => {
          e.preventDefault();
          if (text.value.trim() === '') return;
          close();
          void openInputs([{ text: text.value, name: 'pasted text' }]);
        }}
      >
        <label for="paste-text">
          PDUs in hex, one a line; an AT command log (+CMGL, +CMGR, +CMT); an Android radio log; a Kannel log; rows of a
          gateway table; a provisioning document.
        </label>
        <textarea
          id="paste-text"
          rows={12}
          spellcheck={false}
          value={text.value}
          onInput={(e) => {
            text.value = e.currentTarget.value;
          }}
        />
        <div class="dialog-actions">
          <span class="quiet">It stays on this machine.</span>
          <button type="button" class="button" onClick={close}>
            Cancel
          </button>
          <button type="submit" class="button button-main" disabled={text.value.trim() === ''}>
            Open
          </button>
        </div>
      </form>
    </Dialog>
  );
}
