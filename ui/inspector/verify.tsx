// The MAC: what it needs, what it came to, digit by digit, and what that proves.

import { useComputed, useSignal } from '@preact/signals';
import type { Detail, VerifyResult } from '../../analysis/engine/contract.ts';
import { VerdictGlyph } from '../parts/glyph.tsx';
import { Icon } from '../parts/icon.tsx';
import { hide, reveal, revealed, secretDetail } from '../state/selection.ts';
import { VERDICT_MEANS, verdictWord } from '../view/words.ts';
import { KeyForm, KeysInUse, NEED_WORD } from './key-form.tsx';
import { Macs } from './macs.tsx';
import { OctetLink } from './octet-link.tsx';
import { PinSearch } from './search.tsx';
import { Candidates } from './search-candidates.tsx';
import { Section } from './section.tsx';
import { ServerKeyForm } from './server-key-form.tsx';

const STEPS_KEY = 'key-steps';

const KEY_SOURCE: Readonly<Record<string, string>> = {
  given: 'given by hand',
  inferred: 'from this capture',
  searched: 'found by trying',
};

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

export function Verify({ d }: { d: Detail }) {
  const own = useSignal<{ readonly id: string; readonly result: VerifyResult } | null>(null);
  const open = revealed.value.has(STEPS_KEY);
  const shown = useComputed(() => own.value);
  const local = shown.value !== null && shown.value.id === d.row.id ? shown.value.result : null;
  const v = local ?? d.verify;
  const steps = open && local === null ? (secretDetail.value?.verify.keySteps ?? v.keySteps) : v.keySteps;
  // A notification has a digest, made with the password of a server: neither IMSI nor PIN is its key.
  const isCall = d.row.kind === 'dm-notification' || d.row.kind === 'sync-notification';
  const canCheck = !isCall && (v.method !== null || v.mac !== null);
  const word = verdictWord(v.verdict, v.method);
  return (
    <div class="verify">
      <div class={`verdict-box verdict-box-${v.verdict}`} role="status">
        <VerdictGlyph verdict={v.verdict} size={28} quiet />
        <div>
          <strong>{isCall ? word.replace('MAC', 'Digest') : word}</strong>
          <p>{v.explanation === '' ? VERDICT_MEANS[v.verdict] : v.explanation}</p>
          {v.fix != null && (
            <p>
              <strong>To mend it:</strong> {v.fix}
            </p>
          )}
          {v.matchesOtherDerivation !== null && (
            <p class="quiet">
              Recipe that fits: <code>{v.matchesOtherDerivation}</code>
            </p>
          )}
          {(v.notes ?? []).map((note) => (
            <p key={note} class="quiet">
              {note}
            </p>
          ))}
        </div>
      </div>
      <dl class="facts">
        <div class="fact">
          <dt>Method</dt>
          <dd>{v.method ?? (isCall ? 'digest made with the password of the server' : 'none named')}</dd>
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
            <dd>{KEY_SOURCE[v.keySource] ?? v.keySource}</dd>
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
      {canCheck && <Candidates d={d} />}
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
      {isCall && v.mac !== null && (
        <Section title="Check with the password of the server">
          <ServerKeyForm d={d} />
          <p class="quiet">It stays on this machine, in memory, until the program ends.</p>
        </Section>
      )}
      {canCheck && <PinSearch d={d} />}
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
