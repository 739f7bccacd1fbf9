// Password and nonce of a management server, for the digest of its notification.

import { useSignal, useSignalEffect } from '@preact/signals';
import type { Detail } from '../../analysis/engine/contract.ts';
import { Icon } from '../parts/icon.tsx';
import { giveServerKey } from '../state/keys.ts';
import { selected } from '../state/selection.ts';
import { tell } from '../state/session.ts';

function Field(props: {
  id: string;
  label: string;
  hint: string;
  value: string;
  open: boolean;
  onValue(text: string): void;
}) {
  return (
    <div class="key-field">
      <label for={props.id}>{props.label}</label>
      <input
        id={props.id}
        type="text"
        class={props.open ? 'number' : 'number masked'}
        autoComplete="off"
        autoCapitalize="off"
        spellcheck={false}
        value={props.value}
        aria-describedby={`${props.id}-hint`}
        onInput={(e) => props.onValue(e.currentTarget.value)}
      />
      <small id={`${props.id}-hint`}>{props.hint}</small>
    </div>
  );
}

export function ServerKeyForm({ d }: { d: Detail }) {
  const password = useSignal('');
  const nonce = useSignal('');
  const open = useSignal(false);
  const busy = useSignal(false);
  const problem = useSignal('');
  useSignalEffect(() => {
    void selected.value;
    problem.value = '';
  });
  const server = d.settings.find((s) => s.label === 'Server')?.value ?? '';

  const submit = async (e: Event): Promise<void> => {
    e.preventDefault();
    const [p, n] = [password.value.trim(), nonce.value.trim()];
    if (p === '') problem.value = 'Type the password first.';
    else if (n !== '' && !/^[A-Za-z0-9+/]+=*$/.test(n)) problem.value = 'A nonce is written in base64.';
    else problem.value = '';
    if (problem.value !== '') return;
    busy.value = true;
    try {
      await giveServerKey(server, p, n);
    } catch (error) {
      tell(error);
    } finally {
      busy.value = false;
    }
  };

  return (
    <form class="key-form" autoComplete="off" onSubmit={(e) => void submit(e)}>
      <div class="key-fields">
        <Field
          id="server-password"
          label="Password"
          hint={`of ${server === '' ? 'the server' : server}`}
          value={password.value}
          open={open.value}
          onValue={(v) => {
            password.value = v;
          }}
        />
        <Field
          id="server-nonce"
          label="Nonce"
          hint="base64; may be left empty"
          value={nonce.value}
          open={open.value}
          onValue={(v) => {
            nonce.value = v;
          }}
        />
        <button
          type="button"
          class="button-icon"
          aria-pressed={open.value}
          aria-label={open.value ? 'Hide what is typed' : 'Show what is typed'}
          title={open.value ? 'Hide what is typed' : 'Show what is typed'}
          onClick={() => {
            open.value = !open.value;
          }}
        >
          <Icon name={open.value ? 'hidden' : 'eye'} />
        </button>
      </div>
      <div class="key-actions">
        <button type="submit" class="button button-main" disabled={busy.value}>
          Verify
        </button>
      </div>
      <p class="problem" role="alert">
        {problem.value}
      </p>
    </form>
  );
}
