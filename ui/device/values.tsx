// Values before and after, each leading to the octets that said it.

import type { Origin, ValueChange } from '../../analysis/engine/contract/device.ts';
import { openOrigin } from './state.ts';

function Cell({ text, origin }: { readonly text: string | null; readonly origin: Origin | null }) {
  if (text === null) return <i class="quiet">none</i>;
  const shown = text === '' ? <i>empty</i> : text;
  if (origin === null) return <span>{shown}</span>;
  return (
    <button
      type="button"
      class="octet-link"
      title={`Said by ${origin.message}; opens it there`}
      onClick={() => void openOrigin(origin)}
    >
      {shown}
    </button>
  );
}

/** `both`: with a column for what was before. */
export function Values({ values, both }: { readonly values: readonly ValueChange[]; readonly both: boolean }) {
  return (
    <table class="settings-table values-table">
      {both && (
        <thead>
          <tr>
            <td />
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
      )}
      <tbody>
        {values.map((v, i) => (
          <tr key={i}>
            <th scope="row">
              {v.label} <small>{v.parm}</small>
            </th>
            {both && (
              <td>
                <Cell text={v.before} origin={v.beforeOrigin} />
              </td>
            )}
            <td>
              <Cell
                text={both ? v.after : (v.after ?? v.before)}
                origin={v.after === null ? v.beforeOrigin : v.afterOrigin}
              />
              {both && v.secret && v.before !== null && v.after !== null && <small> changed</small>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
