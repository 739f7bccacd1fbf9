// Keys typed or pasted, and those in use. They live in memory only.

import { useSignal, useSignalEffect } from '@preact/signals';
import type { Detail, VerifyResult } from '../../analysis/engine/contract.ts';
import { Icon } from '../parts/icon.tsx';
import { digitsOf, dropKey, giveKeys, sessionKeys } from '../state/keys.ts';
import { selected } from '../state/selection.ts';
import { ask, status, tell } from '../state/session.ts';
import { KeyField, ShowTyped } from './key-field.tsx';

export const NEED_WORD = { imsi: 'IMSI', pin: 'PIN' } as const;
const KEY_WORD = { ...NEED_WORD, esn: 'Serial number' } as const;
type KeyKind = keyof typeof KEY_WORD;

/** ESN or MEID, in hex or decimal digits. */
const SERIAL = /^(?:[0-9a-f]{8}|\d{11}|[0-9a-f]{14,15}|\d{18})$/i;

export function KeyForm({ d, onResult }: { d: Detail; onResult(v: VerifyResult | null): void }) {
  const imsi = useSignal('');
  const pin = useSignal('');
  const serial = useSignal('');
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
    const s = usesImsi ? serial.value.replace(/[\s-]/g, '') : '';
    if (i === '' && p === '' && s === '') {
      problem.value = `Type the ${usesPin ? 'PIN' : 'IMSI'} first.`;
      return;
    }
    if (s !== '' && !SERIAL.test(s)) {
      problem.value = 'An ESN has 8 hex digits or 11 decimal ones, a MEID 14 hex digits or 18 decimal ones.';
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
        await giveKeys(i, p, s);
        onResult(null);
      } else {
        const keys = { imsi: i === '' ? [] : [i], pin: p === '' ? [] : [p], ...(s === '' ? {} : { esn: [s] }) };
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
      {usesImsi && (
        <details class="key-more">
          <summary>A CDMA phone without an IMSI</summary>
          <KeyField
            id="key-serial"
            label="ESN or MEID"
            hint="8 or 14 hex digits, as printed in the phone"
            value={serial}
            open={open.value}
          />
          <p class="quiet">
            How its key is made is only remembered of the specification: a match counts, a mismatch proves nothing.
          </p>
        </details>
      )}
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

/** An IMSI or a serial number is told by its end; a PIN not at all. */
const masked = (kind: KeyKind, digits: string): string =>
  kind === 'pin' ? '•'.repeat(digits.length) : `••• ${digits.slice(-4)}`;

export function KeysInUse() {
  const { imsi, pin, esn = [] } = sessionKeys.value;
  const all = [
    ...imsi.map((v) => ['imsi', v] as const),
    ...pin.map((v) => ['pin', v] as const),
    ...esn.map((v) => ['esn', v] as const),
  ];
  if (all.length === 0) {
    return status.value.hasKeys ? (
      <p class="quiet">Keys given on opening are in use. Those entered here take their place.</p>
    ) : null;
  }
  return (
    <ul class="chips" aria-label="Keys in use">
      {all.map(([kind, value]) => (
        <li key={`${kind}${value}`} class="chip">
          {KEY_WORD[kind]} <span class="number">{masked(kind, value)}</span>
          <button
            type="button"
            class="button-icon button-small"
            aria-label={`Forget this ${KEY_WORD[kind]}`}
            onClick={() => void dropKey(kind, value)}
          >
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}
