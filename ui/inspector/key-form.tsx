// Keys typed or pasted, and those in use. They live in memory only.

import { useSignal, useSignalEffect } from '@preact/signals';
import type { Detail, VerifyResult } from '../../analysis/engine/contract.ts';
import { Icon } from '../parts/icon.tsx';
import { digitsOf, dropKey, giveKeys, sessionKeys } from '../state/keys.ts';
import { selected } from '../state/selection.ts';
import { ask, status, tell } from '../state/session.ts';
import { KeyField, ShowTyped } from './key-field.tsx';

export const NEED_WORD = { imsi: 'IMSI', pin: 'PIN' } as const;

export function KeyForm({ d, onResult }: { d: Detail; onResult(v: VerifyResult | null): void }) {
  const imsi = useSignal('');
  const pin = useSignal('');
  const open = useSignal(false);
  const forAll = useSignal(true);
  const busy = useSignal(false);
  const problem = useSignal('');
  useSignalEffect(() => {
    void selected.value;
    problem.value = '';
  });
  const { method } = d.verify;
  const usesImsi = method === 'NETWPIN' || method === 'USERNETWPIN' || method === null;
  const usesPin = method !== 'NETWPIN';

  const submit = async (e: Event): Promise<void> => {
    e.preventDefault();
    imsi.value = digitsOf(imsi.value);
    pin.value = digitsOf(pin.value);
    const i = usesImsi ? imsi.value : '';
    const p = usesPin ? pin.value : '';
    if (i === '' && p === '') {
      problem.value = `Type the ${usesPin ? 'PIN' : 'IMSI'} first.`;
      return;
    }
    if (i !== '' && (i.length < 6 || i.length > 15)) {
      problem.value = `An IMSI has 6 to 15 digits; this one has ${i.length}.`;
      return;
    }
    problem.value = '';
    busy.value = true;
    try {
      if (forAll.value) {
        await giveKeys(i, p);
        onResult(null);
      } else {
        const keys = { imsi: i === '' ? [] : [i], pin: p === '' ? [] : [p] };
        onResult(await ask({ op: 'verify', message: d.row.id, keys }));
      }
    } catch (error) {
      tell(error);
    } finally {
      busy.value = false;
    }
  };

  return (
    <form class="key-form" autoComplete="off" onSubmit={(e) => void submit(e)}>
      <div class="key-fields">
        {usesImsi && (
          <KeyField
            id="key-imsi"
            label="IMSI"
            hint="15 digits, as on the SIM card"
            value={imsi}
            open={open.value}
            tidy={digitsOf}
          />
        )}
        {usesPin && (
          <KeyField
            id="key-pin"
            label={method === 'USERPINMAC' ? 'Number told to the user' : 'PIN'}
            hint={method === 'USERPINMAC' ? 'all its digits' : 'as the user was told'}
            value={pin}
            open={open.value}
            tidy={digitsOf}
          />
        )}
        <ShowTyped open={open} />
      </div>
      <div class="key-actions">
        <button type="submit" class="button button-main" disabled={busy.value}>
          Verify
        </button>
        <label class="check">
          <input
            type="checkbox"
            checked={forAll.value}
            onChange={(e) => {
              forAll.value = e.currentTarget.checked;
            }}
          />
          for every message of this capture
        </label>
      </div>
      <p class="problem" role="alert">
        {problem.value}
      </p>
    </form>
  );
}

/** An IMSI is told by its end; a PIN not at all. */
const masked = (kind: 'imsi' | 'pin', digits: string): string =>
  kind === 'pin' ? '•'.repeat(digits.length) : `••• ${digits.slice(-4)}`;

export function KeysInUse() {
  const { imsi, pin } = sessionKeys.value;
  const all = [...imsi.map((v) => ['imsi', v] as const), ...pin.map((v) => ['pin', v] as const)];
  if (all.length === 0) {
    return status.value.hasKeys ? (
      <p class="quiet">Keys given on opening are in use. Those entered here take their place.</p>
    ) : null;
  }
  return (
    <ul class="chips" aria-label="Keys in use">
      {all.map(([kind, value]) => (
        <li key={`${kind}${value}`} class="chip">
          {NEED_WORD[kind]} <span class="number">{masked(kind, value)}</span>
          <button
            type="button"
            class="button-icon button-small"
            aria-label={`Forget this ${NEED_WORD[kind]}`}
            onClick={() => void dropKey(kind, value)}
          >
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}
