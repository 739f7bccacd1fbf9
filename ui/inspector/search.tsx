// Finding the PIN by trying all of them.

import { useSignal, useSignalEffect } from '@preact/signals';
import type { SearchStatus } from '../../analysis/engine/contract/search.ts';
import type { Detail } from '../../analysis/engine/contract.ts';
import { Icon } from '../parts/icon.tsx';
import { foundPin, search, searchRefused, startSearch, stopSearch } from '../state/search.ts';
import { selected, selectId } from '../state/selection.ts';
import { doneOf, grouped, nowTrying, roundly, spaceOf, spanText } from '../view/search.ts';
import { Section } from './section.tsx';

const LENGTHS = [4, 5, 6, 7, 8] as const;

function Lengths(props: { id: string; label: string; value: number; onValue(n: number): void }) {
  return (
    <>
      <label for={props.id}>{props.label}</label>
      <select id={props.id} value={String(props.value)} onChange={(e) => props.onValue(Number(e.currentTarget.value))}>
        {LENGTHS.map((n) => (
          <option key={n} value={String(n)}>
            {n}
          </option>
        ))}
      </select>
    </>
  );
}

const Figure = ({ name, value }: { name: string; value: string }) => (
  <div class="fact">
    <dt>{name}</dt>
    <dd class="number">{value}</dd>
  </div>
);

function Running({ s }: { s: SearchStatus }) {
  const percent = Math.floor(100 * doneOf(s));
  return (
    <div class="search-run">
      <div class="search-bar">
        <progress max={1} value={doneOf(s)} aria-label={`Trying ${nowTrying(s)}`}>
          {percent} %
        </progress>
        <span class="number">{percent} %</span>
        <button type="button" class="button" onClick={() => void stopSearch()}>
          <Icon name="stop" />
          Stop
        </button>
      </div>
      <dl class="facts">
        <Figure name="Trying" value={nowTrying(s)} />
        <Figure name="Tried" value={`${grouped(s.tried)} of ${grouped(s.space)}`} />
        <Figure
          name="Rate"
          value={s.rate === null ? 'being measured' : `${roundly(s.rate)} a second on ${cores(s.workers)}`}
        />
        <Figure name="Elapsed" value={spanText(s.elapsed)} />
        <Figure name="Remaining" value={s.remaining === null ? 'not known yet' : `${spanText(s.remaining)} at most`} />
      </dl>
    </div>
  );
}

const cores = (n: number): string => (n === 1 ? '1 core' : `${n} cores`);

function Found({ s }: { s: SearchStatus }) {
  const pin = useSignal<string | null>(null);
  useSignalEffect(() => {
    void selected.value;
    pin.value = null;
  });
  if (s.found === null) return null;
  return (
    <p class="search-found">
      <strong>
        Found <span class="number">{pin.value ?? s.found.pin}</span>
      </strong>
      <button
        type="button"
        class="button-icon button-small"
        aria-pressed={pin.value !== null}
        aria-label={pin.value === null ? 'Show the PIN' : 'Hide the PIN'}
        title={pin.value === null ? 'Show the PIN' : 'Hide the PIN'}
        onClick={async () => {
          pin.value = pin.value === null ? await foundPin() : null;
        }}
      >
        <Icon name={pin.value === null ? 'eye' : 'hidden'} />
      </button>
      <span class="quiet">in {spanText(s.elapsed)}</span>
    </p>
  );
}

const TITLE = 'Search for the PIN';

/** Why there is nothing to search in this message; null where there is. */
function nothingToSearch(d: Detail): string | null {
  const { method, mac, verdict } = d.verify;
  if (method === 'NETWPIN') {
    return 'NETWPIN has no PIN. Its key is the IMSI, and IMSIs are never searched for: that would tell who somebody is from a message to them.';
  }
  if (mac === null) return 'There is no MAC that a PIN could be tried on.';
  if (verdict === 'malformed') return 'The MAC can’t be right with any PIN.';
  if (d.row.state === 'incomplete') return 'Octets of the document are missing, so no PIN can be told from another.';
  return null;
}

export function PinSearch({ d }: { d: Detail }) {
  const from = useSignal(4);
  const to = useSignal(6);
  const s = search.value;
  const { method } = d.verify;
  if (method === null) return null;
  const why = nothingToSearch(d);
  if (why !== null) {
    return (
      <Section title={TITLE}>
        <p class="quiet">{why}</p>
      </Section>
    );
  }
  const mine = s !== null && s.message === d.row.id ? s : null;
  const elsewhere = s !== null && s.phase === 'running' && s.message !== d.row.id ? s : null;
  const refused = searchRefused.value?.message === d.row.id ? searchRefused.value.text : null;
  const needsImsi = method === 'USERNETWPIN' && d.verify.needs.includes('imsi');
  return (
    <Section title={TITLE}>
      {mine?.phase === 'running' ? (
        <Running s={mine} />
      ) : (
        <form
          class="search-form"
          onSubmit={(e) => {
            e.preventDefault();
            void startSearch(d.row.id, from.value, to.value);
          }}
        >
          <Lengths
            id="search-from"
            label="PINs of"
            value={from.value}
            onValue={(n) => {
              from.value = n;
              if (to.value < n) to.value = n;
            }}
          />
          <Lengths
            id="search-to"
            label="to"
            value={to.value}
            onValue={(n) => {
              to.value = n;
              if (from.value > n) from.value = n;
            }}
          />
          <span>digits</span>
          <button type="submit" class="button button-main">
            <Icon name="search" />
            {mine === null ? 'Search' : 'Search again'}
          </button>
          <span class="quiet number">{grouped(spaceOf(from.value, to.value))} PINs</span>
        </form>
      )}
      <div role="status">
        {mine !== null && mine.phase !== 'running' && (
          <>
            <Found s={mine} />
            {mine.text !== '' && <p>{mine.text}</p>}
          </>
        )}
        {refused !== null && <p class="problem">{refused}</p>}
      </div>
      {mine === null && refused === null && (
        <p class="quiet">
          {needsImsi
            ? 'The key is the IMSI and the PIN behind it: give the IMSI above, then the PIN can be searched for.'
            : 'All processors of this machine try PINs on this message, the usual ones first. Nothing leaves the machine.'}
        </p>
      )}
      {elsewhere !== null && (
        <p class="quiet">
          A search runs on{' '}
          <button
            type="button"
            class="octet-link"
            onClick={() => void selectId(elsewhere.message ?? '', { tab: 'verify' })}
          >
            another message
          </button>
          ; beginning one here ends it.
        </p>
      )}
    </Section>
  );
}
