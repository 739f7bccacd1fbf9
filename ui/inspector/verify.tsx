// The MAC: what it needs, what it came to, digit by digit, and what that proves.

import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import type { Detail, VerifyResult } from '../../analysis/engine/contract.ts';
import { VerdictGlyph } from '../parts/glyph.tsx';
import { Icon } from '../parts/icon.tsx';
import { digitsOf, dropKey, giveKeys, sessionKeys } from '../state/keys.ts';
import { hide, reveal, revealed, secretDetail, selected } from '../state/selection.ts';
import { ask, status, tell } from '../state/session.ts';
import { alignMacs, differenceText, type MacDigit, rowsOf } from '../view/mac.ts';
import { VERDICT_MEANS, VERDICT_WORD } from '../view/words.ts';
import { OctetLink } from './octet-link.tsx';
import { Section } from './summary.tsx';

const PER_ROW = 20;
const STEPS_KEY = 'key-steps';

const PROVES: Readonly<Record<string, string>> = {
  NETWPIN:
    'A match proves that the sender knew this subscriber’s IMSI, and that no octet of the body changed since. The IMSI is known to the network, and to whoever has listened to it.',
  USERPIN:
    'A match proves that the sender knew the PIN, and that no octet of the body changed since. It says nothing about who the sender is, and a PIN of four digits is found by trying ten thousand.',
  USERNETWPIN:
    'A match proves that the sender knew both the IMSI and the PIN, and that no octet of the body changed since.',
  USERPINMAC:
    'A match proves that whoever told the user the number had this very document before them. With few digits, chance matches are possible.',
};

const NEED_WORD = { imsi: 'IMSI', pin: 'PIN' } as const;

function KeyField(props: {
  id: string;
  label: string;
  hint: string;
  value: string;
  open: boolean;
  onValue(digits: string): void;
}) {
  return (
    <div class="key-field">
      <label for={props.id}>{props.label}</label>
      <input
        id={props.id}
        type="text"
        class={props.open ? 'number' : 'number masked'}
        inputMode="numeric"
        autoComplete="off"
        autoCapitalize="off"
        spellcheck={false}
        value={props.value}
        aria-describedby={`${props.id}-hint`}
        onInput={(e) => props.onValue(e.currentTarget.value)}
        onBlur={(e) => props.onValue(digitsOf(e.currentTarget.value))}
      />
      <small id={`${props.id}-hint`}>{props.hint}</small>
    </div>
  );
}

function KeyForm({ d, onResult }: { d: Detail; onResult(v: VerifyResult | null): void }) {
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
            value={imsi.value}
            open={open.value}
            onValue={(v) => {
              imsi.value = v;
            }}
          />
        )}
        {usesPin && (
          <KeyField
            id="key-pin"
            label={method === 'USERPINMAC' ? 'Number told to the user' : 'PIN'}
            hint={method === 'USERPINMAC' ? 'all its digits' : 'as the user was told'}
            value={pin.value}
            open={open.value}
            onValue={(v) => {
              pin.value = v;
            }}
          />
        )}
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

function KeysInUse() {
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

function MacRow({ digits, from }: { digits: readonly MacDigit[]; from: number }) {
  const line = (label: string, of: (d: MacDigit) => string) => (
    <tr>
      <th scope="row">{label}</th>
      {digits.map((d, i) => (
        <td key={from + i} class={`${d.same ? '' : 'mac-differs'}${(from + i) % 4 === 3 ? ' mac-gap' : ''}`}>
          {of(d)}
        </td>
      ))}
    </tr>
  );
  return (
    <tbody>
      {line('Received', (d) => d.received)}
      {line('Computed', (d) => d.computed)}
      <tr class="mac-marks">
        <td />
        {digits.map((d, i) => (
          <td key={from + i} class={(from + i) % 4 === 3 ? 'mac-gap' : ''}>
            {!d.same && <span aria-hidden="true">▴</span>}
          </td>
        ))}
      </tr>
    </tbody>
  );
}

function Macs({ v }: { v: VerifyResult }) {
  if (v.mac === null && v.expectedMac === null) return null;
  if (v.expectedMac === null || v.mac === null) {
    return (
      <Section title={v.mac === null ? 'MAC that would be right' : 'MAC received'}>
        <p class="mac-alone number">
          <OctetLink range={v.mac === null ? null : v.macRange}>
            {rowsOf([...(v.mac ?? v.expectedMac ?? '')], 4)
              .map((g) => g.join(''))
              .join(' ')}
          </OctetLink>
        </p>
      </Section>
    );
  }
  const digits = alignMacs(v.mac, v.expectedMac);
  return (
    <Section title="Digit by digit">
      <table class="mac" aria-label={`Received and computed MAC: ${differenceText(digits)}`}>
        {rowsOf(digits, PER_ROW).map((row, i) => (
          <MacRow key={String(i)} digits={row} from={i * PER_ROW} />
        ))}
      </table>
      <p class="quiet">
        {differenceText(digits)[0]?.toUpperCase()}
        {differenceText(digits).slice(1)}.{' '}
        {v.macRange !== null && <OctetLink range={v.macRange}>Where the received one stands</OctetLink>}
      </p>
    </Section>
  );
}

export function Verify({ d }: { d: Detail }) {
  const own = useSignal<{ readonly id: string; readonly result: VerifyResult } | null>(null);
  const open = revealed.value.has(STEPS_KEY);
  const shown = useComputed(() => own.value);
  const local = shown.value !== null && shown.value.id === d.row.id ? shown.value.result : null;
  const v = local ?? d.verify;
  const steps = open && local === null ? (secretDetail.value?.verify.keySteps ?? v.keySteps) : v.keySteps;
  const canCheck = v.method !== null || v.mac !== null;
  return (
    <div class="verify">
      <div class={`verdict-box verdict-box-${v.verdict}`} role="status">
        <VerdictGlyph verdict={v.verdict} size={28} quiet />
        <div>
          <strong>{VERDICT_WORD[v.verdict]}</strong>
          <p>{v.explanation === '' ? VERDICT_MEANS[v.verdict] : v.explanation}</p>
          {v.matchesOtherDerivation !== null && (
            <p class="quiet">
              Recipe that fits: <code>{v.matchesOtherDerivation}</code>
            </p>
          )}
        </div>
      </div>
      <dl class="facts">
        <div class="fact">
          <dt>Method</dt>
          <dd>{v.method ?? 'none named'}</dd>
        </div>
        {v.needs.length > 0 && (
          <div class="fact">
            <dt>Still needs</dt>
            <dd>{v.needs.map((n) => NEED_WORD[n]).join(' and ')}</dd>
          </div>
        )}
        {v.keySource !== null && (
          <div class="fact">
            <dt>Key</dt>
            <dd>{v.keySource === 'given' ? 'given by hand' : v.keySource}</dd>
          </div>
        )}
        {v.covered !== null && (
          <div class="fact">
            <dt>Covers</dt>
            <dd>
              <OctetLink range={v.covered}>the {v.covered.length} octets of the document</OctetLink>
            </dd>
          </div>
        )}
      </dl>
      {canCheck && (
        <Section title="Check with a key">
          <KeyForm
            d={d}
            onResult={(result) => {
              own.value = result === null ? null : { id: d.row.id, result };
            }}
          />
          <KeysInUse />
          <p class="quiet">Keys stay on this machine, in memory, until the program ends.</p>
        </Section>
      )}
      <Macs v={v} />
      {steps.length > 0 && (
        <Section title="How the key was made">
          <ol class="steps">
            {steps.map((s, i) => (
              <li key={`${i}${s}`}>{s}</li>
            ))}
          </ol>
          {local === null && (
            <button
              type="button"
              class="button"
              aria-pressed={open}
              onClick={() => (open ? hide(STEPS_KEY) : void reveal(STEPS_KEY))}
            >
              <Icon name={open ? 'hidden' : 'eye'} />
              {open ? 'Hide key octets' : 'Show key octets'}
            </button>
          )}
        </Section>
      )}
      {v.method !== null && PROVES[v.method] !== undefined && (
        <Section title="What a match proves">
          <p>{PROVES[v.method]}</p>
        </Section>
      )}
    </div>
  );
}
