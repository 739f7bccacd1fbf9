// What differs between the phone after two of its messages, and what that means for who uses it.

import type { DeviceReply, DiffEntry, SettingsDiff } from '../../analysis/engine/contract/device.ts';
import { against } from './state.ts';
import { Values } from './values.tsx';

const ENTRY_WORD: Readonly<Record<DiffEntry['what'], string>> = {
  added: 'Added',
  removed: 'Gone',
  changed: 'Changed',
  reordered: 'Other order',
};

/** Two sets of settings side by side; also for two messages as such. */
export function Difference({ diff }: { readonly diff: SettingsDiff }) {
  if (diff.same) return <p class="quiet">Nothing that a phone would act on differs.</p>;
  return (
    <>
      {diff.consequences.length > 0 && (
        <section class="section" aria-label="What it means">
          <h3>What it means</h3>
          <ul class="consequences">
            {diff.consequences.map((c) => (
              <li key={c}>{c}</li>
            ))}
          </ul>
        </section>
      )}
      <section class="section" aria-label="Differences">
        <h3>Differences</h3>
        {diff.entries.map((e) => (
          <article
            key={`${e.what} ${e.title}`}
            class={`change change-${e.what}`}
            aria-label={`${ENTRY_WORD[e.what]}: ${e.title}`}
          >
            <header>
              <span class="change-word">{ENTRY_WORD[e.what]}</span>
              <h4>{e.title}</h4>
            </header>
            <Values values={e.values} both={e.what === 'changed' || e.what === 'reordered'} />
          </article>
        ))}
      </section>
    </>
  );
}

export function Changed({ d }: { readonly d: DeviceReply }) {
  return (
    <>
      <p class="device-against">
        <label for="device-against">From</label>
        <select
          id="device-against"
          value={String(d.against)}
          onChange={(e) => {
            against.value = Number(e.currentTarget.value);
          }}
        >
          <option value="-1">before the first message</option>
          {d.steps.map((s) => (
            <option key={s.step} value={String(s.step)} disabled={s.step === d.step}>
              after {s.step + 1} ({s.message})
            </option>
          ))}
        </select>
        <span>
          to after {d.step + 1} ({d.steps[d.step]?.message})
        </span>
      </p>
      <Difference diff={d.diff} />
    </>
  );
}
