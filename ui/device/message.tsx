// How one message fared: why it was taken or not, what the user was asked, and what it changed.

import type { ChangeKind, DeviceChange, DeviceReply } from '../../analysis/engine/contract/device.ts';
import { OriginLink, OutcomeMark, ReasonText } from './parts.tsx';
import { openOrigin } from './state.ts';
import { Values } from './values.tsx';
import { CHANGE_WORD, OUTCOME_MEANS, OUTCOME_WORD } from './words.ts';

const ORDER: readonly ChangeKind[] = ['added', 'replaced', 'kept', 'dropped', 'withheld', 'same'];

function Change({ c }: { readonly c: DeviceChange }) {
  return (
    <article class={`change change-${c.what}`} aria-label={`${CHANGE_WORD[c.what]}: ${c.title}`}>
      <header>
        <span class="change-word">{CHANGE_WORD[c.what]}</span>
        <h4>{c.title}</h4>
        <span class="thing-from">
          from <OriginLink origin={c.origin} what={c.title} />
        </span>
      </header>
      {c.what !== 'added' && c.what !== 'withheld' && (
        <p>
          <ReasonText reason={c.reason} />
        </p>
      )}
      {c.values.length > 0 && <Values values={c.values} both={c.what === 'replaced' || c.what === 'kept'} />}
    </article>
  );
}

export function Message({ d }: { readonly d: DeviceReply }) {
  const s = d.steps[d.step];
  if (s === undefined) return null;
  const context = d.contexts.find((c) => c.id === s.context);
  const changes = ORDER.flatMap((what) => d.changes.filter((c) => c.what === what));
  return (
    <>
      <section class="section" aria-label="How it fared">
        <p class="device-verdict">
          <OutcomeMark outcome={s.outcome} quiet />
          <b>{OUTCOME_WORD[s.outcome]}</b>
          <span>{OUTCOME_MEANS[s.outcome]}</span>
          <button
            type="button"
            class="button button-small"
            onClick={() => void openOrigin({ message: s.message, index: s.index, range: null })}
          >
            Open {s.message}
          </button>
        </p>
        <dl class="facts">
          <div class="fact">
            <dt>Protected by</dt>
            <dd>{s.by}</dd>
          </div>
          <div class="fact">
            <dt>Why</dt>
            <dd>
              <ul class="plain device-reasons">
                {s.reasons.map((r) => (
                  <li key={r.text}>
                    <ReasonText reason={r} />
                  </li>
                ))}
              </ul>
            </dd>
          </div>
          {s.asked !== null && (
            <div class="fact">
              <dt>User is asked</dt>
              <dd>
                <ReasonText reason={s.asked} />
              </dd>
            </div>
          )}
          {context !== undefined && (
            <div class="fact">
              <dt>Goes to</dt>
              <dd>{context.name}</dd>
            </div>
          )}
          {s.sightings.length > 0 && (
            <div class="fact">
              <dt>Also seen as</dt>
              <dd>{s.sightings.join(', ')}, on its way here</dd>
            </div>
          )}
        </dl>
      </section>
      <section class="section" aria-label="What it changes">
        <h3>{s.outcome === 'refused' || s.outcome === 'lost' ? 'What it would have set' : 'What it changes'}</h3>
        {changes.length === 0 ? (
          <p class="quiet">{s.outcome === 'lost' ? 'Unknown: too little of it is here.' : 'Nothing.'}</p>
        ) : (
          changes.map((c) => <Change key={`${c.what} ${c.title} ${c.origin.range?.start ?? 0}`} c={c} />)
        )}
      </section>
    </>
  );
}
