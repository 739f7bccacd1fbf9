// Who reads a port, where the engine can't tell by itself.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Decoder } from '../../analysis/engine/contract.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Icon } from '../parts/icon.tsx';
import { dialog } from '../state/commands.ts';
import { decodeAs, status, tryAsk } from '../state/session.ts';
import { choiceWords, isPort, withChoice } from '../view/decode-as.ts';

const keyOf = (d: Decoder): string => `${d.table} ${d.id}`;

const TABLES = [
  { table: 'udp.port', label: 'Over UDP' },
  { table: 'tcp.port', label: 'Over TCP' },
] as const;

export function DecodeAsDialog() {
  const decoders = useSignal<readonly Decoder[]>([]);
  const port = useSignal('');
  const chosen = useSignal('');
  const problem = useSignal('');
  useEffect(() => {
    void tryAsk({ op: 'decoders' }).then((list) => {
      if (list === null) return;
      decoders.value = list;
      if (chosen.value === '' && list[0] !== undefined) chosen.value = keyOf(list[0]);
    });
  }, [decoders, chosen]);
  const close = (): void => {
    dialog.value = null;
  };
  const inForce = status.value.decodeAs;

  const submit = (e: Event): void => {
    e.preventDefault();
    const decoder = decoders.value.find((d) => keyOf(d) === chosen.value);
    const number = Number(port.value.trim());
    if (!isPort(number)) problem.value = 'A port is a number from 1 to 65535.';
    else if (decoder !== undefined) {
      close();
      void decodeAs(withChoice(inForce, { table: decoder.table, port: number, decoder: decoder.id }));
    }
  };

  return (
    <Dialog title="Decode a port as" onClose={close}>
      <form class="decode-as" onSubmit={submit}>
        {inForce.length > 0 && (
          <ul class="chips" aria-label="Choices in force">
            {inForce.map((text) => (
              <li key={text} class="chip">
                {choiceWords(text, decoders.value)}
                <button
                  type="button"
                  class="button-icon button-small"
                  aria-label={`Forget ${choiceWords(text, decoders.value)}`}
                  onClick={() => void decodeAs(inForce.filter((t) => t !== text))}
                >
                  <Icon name="close" />
                </button>
              </li>
            ))}
          </ul>
        )}
        <div class="decode-as-fields">
          <label class="field">
            Port
            <input
              type="text"
              class="number"
              inputMode="numeric"
              autoComplete="off"
              value={port.value}
              onInput={(e) => {
                port.value = e.currentTarget.value;
              }}
            />
          </label>
          <label class="field">
            Read as
            <select
              value={chosen.value}
              onChange={(e) => {
                chosen.value = e.currentTarget.value;
              }}
            >
              {TABLES.map(({ table, label }) => (
                <optgroup key={table} label={label}>
                  {decoders.value
                    .filter((d) => d.table === table)
                    .map((d) => (
                      <option key={keyOf(d)} value={keyOf(d)}>
                        {d.title}
                      </option>
                    ))}
                </optgroup>
              ))}
            </select>
          </label>
        </div>
        <p class="problem" role="alert">
          {problem.value}
        </p>
        <div class="dialog-actions">
          <span class="quiet">What is open is read again.</span>
          <button type="button" class="button" onClick={close}>
            Cancel
          </button>
          <button type="submit" class="button button-main">
            Read
          </button>
        </div>
      </form>
    </Dialog>
  );
}
