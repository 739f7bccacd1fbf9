// Which columns the list has: taken away, moved, added by the name of a field, kept under a name.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Dialog } from '../parts/dialog.tsx';
import { Icon } from '../parts/icon.tsx';
import { dialog } from '../state/commands.ts';
import { prefs, setPref } from '../state/prefs.ts';
import { addColumn, allFields, columnIds, loadFields, setColumns } from '../state/table.ts';
import { OWN_COLUMNS } from './columns.tsx';

const titleOf = (id: string): string => OWN_COLUMNS.find((c) => c.id === id)?.title ?? id;
const labelOf = (id: string): string => allFields.value.find((f) => f.path === id)?.label ?? '';

function Chosen() {
  const ids = columnIds.value;
  const move = (at: number, by: number): void => {
    const next = [...ids];
    const [taken] = next.splice(at, 1);
    if (taken !== undefined) next.splice(at + by, 0, taken);
    setColumns(next);
  };
  return (
    <ol class="columns-list">
      {ids.map((id, at) => (
        <li key={id}>
          <span class="columns-name">
            {titleOf(id)} <small>{labelOf(id)}</small>
          </span>
          <button
            type="button"
            class="button-icon"
            aria-label={`Move ${titleOf(id)} to the left`}
            disabled={at === 0}
            onClick={() => move(at, -1)}
          >
            ↑
          </button>
          <button
            type="button"
            class="button-icon"
            aria-label={`Move ${titleOf(id)} to the right`}
            disabled={at === ids.length - 1}
            onClick={() => move(at, 1)}
          >
            ↓
          </button>
          <button
            type="button"
            class="button-icon"
            aria-label={`Take ${titleOf(id)} away`}
            disabled={ids.length === 1}
            onClick={() => setColumns(ids.filter((x) => x !== id))}
          >
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ol>
  );
}

function Add() {
  const name = useSignal('');
  const problem = useSignal<string | null>(null);
  const missing = OWN_COLUMNS.filter((c) => !columnIds.value.includes(c.id));
  return (
    <form
      class="columns-add"
      onSubmit={(e) => {
        e.preventDefault();
        const wanted = name.value.trim().toLowerCase();
        const own = OWN_COLUMNS.find((c) => c.title.toLowerCase() === wanted);
        const field = allFields.value.find((f) => f.path.toLowerCase() === wanted);
        const parm = /^parm\.[\w.-]+$/.test(wanted) ? `parm.${wanted.slice(5).toUpperCase()}` : undefined;
        const id = own?.id ?? field?.path ?? parm;
        if (id === undefined) problem.value = 'There is no field of this name. Names are offered while you type.';
        else {
          addColumn(id);
          name.value = '';
          problem.value = null;
        }
      }}
    >
      <label for="column-name">Add a column</label>
      <input
        id="column-name"
        type="text"
        list="column-names"
        autoComplete="off"
        spellcheck={false}
        placeholder="duration, parm.NAP-ADDRESS, wsp.…"
        aria-describedby="column-problem"
        aria-invalid={problem.value !== null}
        value={name.value}
        onInput={(e) => {
          name.value = e.currentTarget.value;
          problem.value = null;
        }}
      />
      <datalist id="column-names">
        {missing.map((c) => (
          <option key={c.id} value={c.title} />
        ))}
        {allFields.value.map((f) => (
          <option key={f.path} value={f.path} label={f.label} />
        ))}
      </datalist>
      <button type="submit" class="button">
        Add
      </button>
      <p id="column-problem" class="problem" role="status">
        {problem.value}
      </p>
    </form>
  );
}

function Profiles() {
  const name = useSignal('');
  const all = prefs.value.profiles;
  return (
    <form
      class="columns-add"
      onSubmit={(e) => {
        e.preventDefault();
        const title = name.value.trim();
        if (title === '') return;
        setPref('profiles', [...all.filter((p) => p.name !== title), { name: title, columns: columnIds.value }]);
        name.value = '';
      }}
    >
      <label for="profile-name">Keep these columns as</label>
      <input
        id="profile-name"
        type="text"
        autoComplete="off"
        value={name.value}
        onInput={(e) => {
          name.value = e.currentTarget.value;
        }}
      />
      <button type="submit" class="button">
        Keep
      </button>
      <ul class="columns-profiles">
        {all.map((p) => (
          <li key={p.name} class="columns-profile">
            <button type="button" class="button button-small" onClick={() => setColumns(p.columns)}>
              {p.name}
            </button>
            <button
              type="button"
              class="button-icon"
              aria-label={`Forget the columns ${p.name}`}
              onClick={() =>
                setPref(
                  'profiles',
                  all.filter((x) => x !== p),
                )
              }
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
    </form>
  );
}

export function ColumnsDialog() {
  useEffect(() => void loadFields(), []);
  return (
    <Dialog
      title="Columns of the list"
      onClose={() => {
        dialog.value = null;
      }}
    >
      <div class="columns-dialog">
        <Add />
        <Chosen />
        <button type="button" class="button" onClick={() => setColumns(OWN_COLUMNS.map((c) => c.id))}>
          The usual columns
        </button>
        <Profiles />
      </div>
    </Dialog>
  );
}
