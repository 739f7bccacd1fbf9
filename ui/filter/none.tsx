// What to say when nothing fits: which term is to blame.

import { clearFilter, matches } from '../state/filter.ts';
import { formatCount, plural } from '../view/format.ts';

export function NoneFits() {
  const m = matches.value;
  if (m === null || m.count > 0) return null;
  if (!m.done || m.decoding !== null) {
    return (
      <p class="list-none">
        {m.decoding === null ? 'Looking…' : 'None so far; some messages must be decoded to tell.'}
      </p>
    );
  }
  const dead = m.blame.filter((b) => b.count === 0);
  return (
    <div class="list-none" role="status">
      <p>
        None of {formatCount(m.total)} messages fits this filter.
        {dead.length === 0 && m.blame.length > 1 && ' Each term fits some, but no message fits all of them.'}
      </p>
      {m.blame.length > 1 && (
        <ul class="plain">
          {m.blame.map((b) => (
            <li key={b.term} class={b.count === 0 ? 'bad' : ''}>
              <code>{b.term}</code> alone: {b.count === 0 ? 'none' : plural(b.count, 'message')}
            </li>
          ))}
        </ul>
      )}
      <button type="button" class="button" onClick={clearFilter}>
        Clear the filter
      </button>
    </div>
  );
}
