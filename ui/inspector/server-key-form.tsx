// Password and nonce of a management server, for the digest of its notification.

import { useSignal, useSignalEffect } from '@preact/signals';
import type { Detail } from '../../analysis/engine/contract.ts';
import { giveServerKey } from '../state/keys.ts';
import { selected } from '../state/selection.ts';
import { tell } from '../state/session.ts';
import { KeyField, ShowTyped } from './key-field.tsx';

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
        <KeyField
          id="server-password"
          label="Password"
          hint={`of ${server === '' ? 'the server' : server}`}
          value={password}
          open={open.value}
        />
        <KeyField id="server-nonce" label="Nonce" hint="base64; may be left empty" value={nonce} open={open.value} />
        <ShowTyped open={open} />
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
