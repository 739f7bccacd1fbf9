// A report for others, or for a program.

import { useSignal } from '@preact/signals';
import { Dialog } from '../parts/dialog.tsx';
import { dialog } from '../state/commands.ts';
import { tryAsk } from '../state/session.ts';

function save(name: string, mediaType: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: mediaType }));
  const a = document.createElement('a');
  a.href = url;
  a.download = name;
  a.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function ExportDialog() {
  const format = useSignal<'json' | 'csv'>('json');
  const redact = useSignal(true);
  const secrets = useSignal(false);
  const close = (): void => {
    dialog.value = null;
  };
  const choose = (value: 'json' | 'csv', label: string, what: string) => (
    <label class="check">
      <input
        type="radio"
        name="format"
        checked={format.value === value}
        onChange={() => {
          format.value = value;
        }}
      />
      <span>
        {label}
        <small>{what}</small>
      </span>
    </label>
  );
  return (
    <Dialog title="Save a report" onClose={close}>
      <form
        class="export"
        onSubmit={(e) => {
          e.preventDefault();
          close();
          void tryAsk({ op: 'export', format: format.value, redact: redact.value, secrets: secrets.value }).then(
            (r) => {
              if (r !== null) save(r.name, r.mediaType, r.text);
            },
          );
        }}
      >
        <fieldset>
          <legend>Form</legend>
          {choose('json', 'JSON', 'everything that was found, for programs')}
          {choose('csv', 'CSV', 'one line a message, for spreadsheets')}
        </fieldset>
        <fieldset>
          <legend>What others may see</legend>
          <label class="check">
            <input
              type="checkbox"
              checked={redact.value}
              onChange={(e) => {
                redact.value = e.currentTarget.checked;
              }}
            />
            <span>
              Mask numbers, IMSIs and MACs
              <small>a NETWPIN MAC lets its reader test IMSIs</small>
            </span>
          </label>
          <label class="check">
            <input
              type="checkbox"
              checked={secrets.value}
              onChange={(e) => {
                secrets.value = e.currentTarget.checked;
              }}
            />
            <span>
              Write out passwords and PINs
              <small>otherwise they are masked</small>
            </span>
          </label>
        </fieldset>
        <div class="dialog-actions">
          <button type="button" class="button" onClick={close}>
            Cancel
          </button>
          <button type="submit" class="button button-main">
            Save
          </button>
        </div>
      </form>
    </Dialog>
  );
}
