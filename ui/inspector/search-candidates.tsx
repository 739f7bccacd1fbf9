// Keys that the capture itself may hold, with why, and whether they fit.

import { useSignal, useSignalEffect } from '@preact/signals';
import type { KeyCandidate } from '../../analysis/engine/contract/search.ts';
import type { Detail } from '../../analysis/engine/contract.ts';
import { candidatesOf } from '../state/search.ts';
import { detail } from '../state/selection.ts';
import { Section } from './section.tsx';

const KIND = { imsi: 'IMSI', pin: 'PIN' } as const;

/** How surely it is the recipient's. */
const TIE: Readonly<Record<KeyCandidate['strength'], string>> = {
  exchange: 'certain',
  number: 'strong',
  card: 'strong',
  text: 'likely',
  capture: 'weak',
};

const result = (fits: boolean | null): string =>
  fits === true ? 'matches' : fits === false ? 'does not match' : 'needs the other key too';

function outcome(list: readonly KeyCandidate[]): string {
  const fit = list.filter((c) => c.fits === true).length;
  const tried = list.filter((c) => c.fits !== null).length;
  return `${tried} tried, ${fit === 0 ? 'none matches' : fit === 1 ? '1 matches' : `${fit} match`}`;
}

export function Candidates({ d }: { d: Detail }) {
  const found = useSignal<{ readonly id: string; readonly list: readonly KeyCandidate[] } | null>(null);
  const tried = useSignal<string | null>(null);
  useSignalEffect(() => {
    const id = detail.value?.row.id;
    if (id === undefined) return;
    void candidatesOf(id).then((list) => {
      found.value = { id, list };
    });
  });
  const list = found.value?.id === d.row.id ? found.value.list : [];
  if (list.length === 0) return null;
  const shown = tried.value === d.row.id || d.verify.keySource === 'inferred';
  return (
    <Section title="Keys that this capture holds">
      <ul class="candidates">
        {list.map((c, i) => (
          <li key={`${i}${c.kind}`}>
            <span class="candidate-key">
              {KIND[c.kind]} <span class="number">{c.value}</span>
            </span>
            <span class="candidate-why">
              {c.why} <small class="quiet">({TIE[c.strength]})</small>
            </span>
            {shown && (
              <span class={`candidate-fits candidate-${c.fits === true ? 'yes' : 'no'}`}>
                <span aria-hidden="true">{c.fits === true ? '✓' : c.fits === false ? '✕' : '…'}</span> {result(c.fits)}
              </span>
            )}
          </li>
        ))}
      </ul>
      <div class="key-actions">
        <button
          type="button"
          class="button"
          onClick={async () => {
            found.value = { id: d.row.id, list: await candidatesOf(d.row.id) };
            tried.value = d.row.id;
          }}
        >
          Try all
        </button>
        <span class="quiet" role="status">
          {shown ? outcome(list) : ''}
        </span>
      </div>
    </Section>
  );
}
