// The steps of both ways, those that correspond in one row.

import type { ComparedStep, CompareReply } from '../../analysis/engine/contract/compare.ts';
import { selectId } from '../state/selection.ts';
import { formatDuration } from '../view/time.ts';

function Cell({ s, other }: { s: ComparedStep | null; other: string }) {
  if (s === null) return <td class="cmp-absent">{other}</td>;
  const part = s.part === null || s.of === null || s.of < 2 ? '' : ` ${s.part}/${s.of}`;
  const bad = s.result === 'refused' || s.result === 'missing';
  return (
    <td>
      <span class="number cmp-since">+{formatDuration(s.since)}</span>{' '}
      {s.message === null ? (
        s.label
      ) : (
        <button type="button" class="link" onClick={() => void selectId(s.message ?? '')}>
          {s.label}
        </button>
      )}
      {part}
      {bad && <span class="bad"> {s.result === 'missing' ? 'missing' : (s.codeText ?? s.code ?? 'refused')}</span>}
      {!bad && s.text !== '' && (
        <span class="quiet">
          {' '}
          <bdi>{s.text}</bdi>
        </span>
      )}
    </td>
  );
}

export function StepRows({ c }: { c: CompareReply }) {
  const parted = c.parted?.where === 'way' ? c.parted.at : null;
  if (c.steps.length === 0) return <p class="quiet">Neither came over a road whose steps can be seen.</p>;
  return (
    <table class="cmp-table cmp-steps">
      <thead>
        <tr>
          <th scope="col">
            <span class="unseen">Alike</span>
          </th>
          <th scope="col">First</th>
          <th scope="col">Second</th>
        </tr>
      </thead>
      <tbody>
        {c.steps.map((r, i) => (
          <tr key={i} class={`${r.same ? '' : 'cmp-differs'}${i === parted ? ' cmp-here' : ''}`}>
            <th scope="row" class="cmp-sign">
              <span aria-hidden="true">{r.same ? '=' : '≠'}</span>
              <span class="unseen">
                {r.same ? 'alike' : 'different'}
                {i === parted ? ', here they part' : ''}
              </span>
            </th>
            <Cell s={r.a} other="not in the first" />
            <Cell s={r.b} other="not in the second" />
          </tr>
        ))}
      </tbody>
    </table>
  );
}
