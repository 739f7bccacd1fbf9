// How the page looks, how time is told, what it keeps, and which key does what.

import { useSignal } from '@preact/signals';
import { Dialog } from '../parts/dialog.tsx';
import { dialog } from '../state/commands.ts';
import { bind, bindings, isOwn, unbind } from '../state/keys-prefs.ts';
import { DENSITIES, type Density, prefs, setPref, THEME_LABEL, THEMES } from '../state/prefs.ts';
import { bindingId, chordOf, conflicts } from '../view/chords.ts';
import { plural } from '../view/format.ts';
import { type Binding, KEY_GROUPS } from '../view/keys.ts';
import { TIME_FORMAT_LABEL, TIME_FORMATS } from '../view/time.ts';

const DENSITY_LABEL: Readonly<Record<Density, string>> = {
  comfortable: 'Comfortable: rows of 28 px',
  compact: 'Compact: rows of 20 px',
};

const PLACE: Readonly<Record<Binding['scope'], string>> = {
  any: '',
  chart: 'on the chart',
  marks: 'with two marks set',
};

function Choice<T extends string>(props: {
  readonly label: string;
  readonly value: T;
  readonly values: readonly T[];
  readonly words: Readonly<Record<T, string>>;
  onChoose(v: T): void;
}) {
  return (
    <label class="settings-row">
      <span>{props.label}</span>
      <select
        value={props.value}
        onChange={(e) => {
          const v = props.values.find((x) => x === e.currentTarget.value);
          if (v !== undefined) props.onChoose(v);
        }}
      >
        {props.values.map((v) => (
          <option key={v} value={v}>
            {props.words[v]}
          </option>
        ))}
      </select>
    </label>
  );
}

function KeyRow({ b, catching, onCatch }: { b: Binding; catching: boolean; onCatch(id: string | null): void }) {
  const id = bindingId(b);
  const others = conflicts(b, bindings.value);
  const place = PLACE[b.scope];
  const name = place === '' || b.label.includes(place) ? b.label : `${b.label}, ${place}`;
  return (
    <tr class={others.length > 0 ? 'key-conflict' : ''}>
      <th scope="row">
        {b.label}
        {place !== '' && !b.label.includes(place) && <small> {place}</small>}
        {others.length > 0 && (
          <small class="bad" role="alert">
            Also: {others.map((o) => o.label).join(', ')}. The first of them in this table acts.
          </small>
        )}
      </th>
      <td>
        <button
          type="button"
          class={catching ? 'key-catch catching' : 'key-catch'}
          aria-label={`Key for ${name}: ${b.chords.map((c) => c.cap).join(' or ') || 'none'}`}
          onClick={() => onCatch(catching ? null : id)}
          onBlur={() => {
            if (catching) onCatch(null);
          }}
          onKeyDown={(e) => {
            if (!catching) return;
            e.stopPropagation();
            if (e.key === 'Tab') return;
            e.preventDefault();
            if (e.key === 'Escape') {
              onCatch(null);
              return;
            }
            if (e.key === 'Backspace' || e.key === 'Delete') {
              bind(b, []);
              onCatch(null);
              return;
            }
            const chord = chordOf(e);
            if (chord === null) return;
            bind(b, [chord]);
            onCatch(null);
          }}
        >
          {catching ? (
            'Press the key…'
          ) : b.chords.length === 0 ? (
            <span class="quiet">none</span>
          ) : (
            b.chords.map((c) => <kbd key={c.cap}>{c.cap}</kbd>)
          )}
        </button>
      </td>
      <td>
        {isOwn(b) && (
          <button type="button" class="button button-small" aria-label={`Reset ${name}`} onClick={() => unbind(b)}>
            Reset
          </button>
        )}
      </td>
    </tr>
  );
}

function Keys() {
  const catching = useSignal<string | null>(null);
  const own = Object.keys(prefs.value.keys).length;
  return (
    <section class="settings-part" aria-labelledby="settings-keys">
      <h3 id="settings-keys">Keys</h3>
      <p class="quiet">
        Choose a key and press the new one; Backspace takes it away, Esc leaves it as it was. Tab and Esc stay what they
        are.
      </p>
      <p>
        <button type="button" class="button button-small" disabled={own === 0} onClick={() => unbind(null)}>
          Reset all keys
        </button>
      </p>
      {KEY_GROUPS.map((group) => (
        <table key={group} class="settings-keys">
          <caption>{group}</caption>
          <tbody>
            {bindings.value
              .filter((b) => b.group === group)
              .map((b) => (
                <KeyRow
                  key={bindingId(b)}
                  b={b}
                  catching={catching.value === bindingId(b)}
                  onCatch={(id) => {
                    catching.value = id;
                  }}
                />
              ))}
          </tbody>
        </table>
      ))}
    </section>
  );
}

export function SettingsDialog() {
  const p = prefs.value;
  return (
    <Dialog
      title="Settings"
      wide
      onClose={() => {
        dialog.value = null;
      }}
    >
      <form class="settings-form" onSubmit={(e) => e.preventDefault()}>
        <section class="settings-part" aria-label="Looks">
          <Choice
            label="Theme"
            value={p.theme}
            values={THEMES}
            words={THEME_LABEL}
            onChoose={(v) => setPref('theme', v)}
          />
          <Choice
            label="Rows of tables"
            value={p.density}
            values={DENSITIES}
            words={DENSITY_LABEL}
            onChoose={(v) => setPref('density', v)}
          />
          <Choice
            label="Time"
            value={p.time}
            values={TIME_FORMATS}
            words={TIME_FORMAT_LABEL}
            onChoose={(v) => setPref('time', v)}
          />
        </section>
        <section class="settings-part" aria-labelledby="settings-kept">
          <h3 id="settings-kept">What this browser keeps</h3>
          <label class="check">
            <input
              type="checkbox"
              checked={p.keepBookmarks}
              onChange={(e) => setPref('keepBookmarks', e.currentTarget.checked)}
            />
            <span>
              Keep bookmarks and notes beyond this visit
              <small>they name numbers out of captures; unticked, those kept so far are deleted</small>
            </span>
          </label>
          <p class="settings-row">
            <span>
              {p.silenced.length === 0
                ? 'No rule is silenced.'
                : `${plural(p.silenced.length, 'rule')} silenced: ${p.silenced.join(', ')}`}
            </span>
            {p.silenced.length > 0 && (
              <button type="button" class="button button-small" onClick={() => setPref('silenced', [])}>
                Let all be heard
              </button>
            )}
          </p>
        </section>
        <Keys />
      </form>
    </Dialog>
  );
}
