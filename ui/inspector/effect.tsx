// What the selected message did to the phone it went to: taken or not, and what it changed of what was there before.

import { signal, useSignalEffect } from '@preact/signals';
import type { DeviceEffect } from '../../analysis/engine/contract/device.ts';
import type { Detail } from '../../analysis/engine/contract.ts';
import { OutcomeMark, ReasonText } from '../device/parts.tsx';
import { choose as choosePhone, chooseStep, pane } from '../device/state.ts';
import { Values } from '../device/values.tsx';
import { OUTCOME_WORD } from '../device/words.ts';
import { keysGiven, selected, view } from '../state/selection.ts';
import { ask, phase, tell } from '../state/session.ts';
import { plural } from '../view/format.ts';
import { Section } from './section.tsx';

const effect = signal<{ readonly message: string; readonly effect: DeviceEffect | null } | null>(null);

/** Changes and sentences told here; the device view tells all. */
const MOST = 6;

/** What can hold settings; a message of which only some parts came has no kind of its own. */
const MAY: ReadonlySet<string> = new Set(['client-provisioning', 'ota-settings', 'dm-bootstrap']);

async function load(message: string): Promise<void> {
  try {
    const reply = await ask({ op: 'effect', message });
    if (selected.peek() === message) effect.value = { message, ...reply };
  } catch (e) {
    tell(e);
  }
}

export function Effect({ d }: { readonly d: Detail }) {
  const { id, kind, state } = d.row;
  const may = MAY.has(kind) || state === 'incomplete';
  useSignalEffect(() => {
    const message = selected.value;
    void keysGiven.value;
    // Until all is read nobody knows what came before.
    const read = phase.value !== 'loading' && phase.value !== 'empty';
    if (message === id && may && read) void load(message);
  });
  const e = effect.value?.message === id ? effect.value.effect : null;
  if (e === null) return null;
  const { step } = e;
  const [why] = step.reasons;
  const replaced = e.changes.filter((c) => c.what === 'replaced');
  const left = Math.max(0, replaced.length - MOST) + Math.max(0, e.consequences.length - MOST);
  const place = e.first ? `${step.step + 1} of ${e.of}` : `one of more than ${e.of}`;
  return (
    <Section title="On the phone">
      <p class="device-verdict">
        <OutcomeMark outcome={step.outcome} quiet />
        <b>{OUTCOME_WORD[step.outcome]}</b>
        <span class="quiet">settings {place} for this phone</span>
        <button
          type="button"
          class="button button-small"
          onClick={() => {
            choosePhone(e.subscriber);
            chooseStep(step.step);
            pane.value = 'message';
            view.value = 'device';
          }}
        >
          Show the phone
        </button>
      </p>
      {step.outcome === 'assumed' && why !== undefined && (
        <p class="effect-words quiet">
          <ReasonText reason={why} />
        </p>
      )}
      <p class="effect-words">{step.headline}</p>
      {e.consequences.length > 0 && (
        <ul class="consequences">
          {e.consequences.slice(0, MOST).map((c) => (
            <li key={c}>{c}</li>
          ))}
        </ul>
      )}
      {replaced.slice(0, MOST).map((c) => (
        <article key={c.title} class="change change-replaced" aria-label={`Replaced: ${c.title}`}>
          <header>
            <span class="change-word">Replaced</span>
            <h4>{c.title}</h4>
          </header>
          <Values values={c.values} both />
        </article>
      ))}
      {left > 0 && <p class="quiet">{plural(left, 'more change')} on the phone’s own page.</p>}
    </Section>
  );
}
