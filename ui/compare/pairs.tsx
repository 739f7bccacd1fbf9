// Two captures side by side: each message with its counterpart, those that fared differently first.

import type { MessageRow } from '../../analysis/engine/contract.ts';
import { VerdictWord } from '../parts/glyph.tsx';
import { status } from '../state/session.ts';
import { formatCount, plural } from '../view/format.ts';
import { kindWord } from '../view/words.ts';
import { compareRows, inputsChosen, pairs } from './state.ts';

function Cell({ r }: { r: MessageRow | null }) {
  if (r === null) return <td class="cmp-absent">none</td>;
  return (
    <td>
      <span class="cmp-who">
        {r.id} {kindWord(r.kind)} <span class="quiet">{r.outcome ?? ''}</span>
        <VerdictWord verdict={r.verdict} method={r.method} />
      </span>
    </td>
  );
}

function Input({ at, label }: { at: 0 | 1; label: string }) {
  const chosen = inputsChosen.value;
  return (
    <label>
      {label}{' '}
      <select
        value={String(chosen[at])}
        onChange={(e) => {
          const n = Number(e.currentTarget.value);
          inputsChosen.value = at === 0 ? [n, chosen[1]] : [chosen[0], n];
        }}
      >
        {status.value.inputs.map((i, n) => (
          <option key={`${n}${i.name}`} value={String(n)}>
            {i.name}
          </option>
        ))}
      </select>
    </label>
  );
}

export function Pairs() {
  const p = pairs.value;
  return (
    <section class="cmp-pairs" aria-label="Messages of two captures">
      <div class="cmp-inputs">
        <Input at={0} label="First" />
        <Input at={1} label="Second" />
        {p !== null && (
          <span class="quiet">
            {formatCount(p.differing)} of {plural(p.total, 'pair')} fared differently
          </span>
        )}
      </div>
      {p !== null && p.rows.length > 0 && (
        <table class="cmp-table">
          <thead>
            <tr>
              <th scope="col">To</th>
              <th scope="col">First</th>
              <th scope="col">Second</th>
              <th scope="col">Differs in</th>
              <th scope="col">
                <span class="unseen">Compare</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {p.rows.map(({ a, b, differs }) => (
              <tr key={`${a?.id} ${b?.id}`} class={differs.length > 0 ? 'cmp-differs' : ''}>
                <th scope="row">
                  <bdi>{(a ?? b)?.to ?? (a ?? b)?.imsi ?? ''}</bdi>
                </th>
                <Cell r={a} />
                <Cell r={b} />
                <td>{differs.length === 0 ? 'nothing' : differs.join(', ')}</td>
                <td>
                  {a !== null && b !== null && (
                    <button
                      type="button"
                      class="button button-small"
                      aria-label={`Compare ${a.id} and ${b.id}`}
                      onClick={() => compareRows(a, b)}
                    >
                      Compare
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {p !== null && p.total > p.rows.length && (
        <p class="quiet">{plural(p.total - p.rows.length, 'more pair')} not listed.</p>
      )}
    </section>
  );
}
