// Fields of both messages; those that differ, unless all are asked for.

import type { CompareFieldRow, CompareReply } from '../../analysis/engine/contract/compare.ts';
import type { ByteRange } from '../../analysis/engine/contract.ts';
import { goTo, selectId } from '../state/selection.ts';
import { plural } from '../view/format.ts';
import { allFields } from './state.ts';

const MOST = 500;

async function show(id: string, range: ByteRange | null): Promise<void> {
  await selectId(id);
  goTo(range, true);
}

function Value({ text, range, id }: { text: string | null; range: ByteRange | null; id: string }) {
  if (text === null) return <td class="cmp-absent">not there</td>;
  return (
    <td>
      {range === null ? (
        <bdi>{text}</bdi>
      ) : (
        <button type="button" class="link cmp-value" title="Show its octets" onClick={() => void show(id, range)}>
          <bdi>{text === '' ? 'no value' : text}</bdi>
        </button>
      )}
    </td>
  );
}

export function FieldRows({ c }: { c: CompareReply }) {
  const hasInner = (i: number): boolean => (c.fields[i + 1]?.depth ?? 0) > (c.fields[i]?.depth ?? 0);
  const listed = c.fields
    .map((f, i) => ({ f, i }))
    .filter(({ f, i }) => allFields.value || (!f.same && !f.usual && !(hasInner(i) && f.a !== null && f.b !== null)));
  const parted = c.parted?.where === 'content' ? c.parted.at : null;
  const cls = (f: CompareFieldRow, i: number): string =>
    `${f.same || f.usual ? '' : 'cmp-differs'}${i === parted ? ' cmp-here' : ''}`;
  return (
    <>
      <label class="check">
        <input
          type="checkbox"
          checked={allFields.value}
          onChange={(e) => {
            allFields.value = e.currentTarget.checked;
          }}
        />
        <span>Also fields that are alike, and numbers that always differ</span>
      </label>
      {listed.length === 0 ? (
        <p class="quiet">No field differs but numbers and times that no two messages share.</p>
      ) : (
        <table class="cmp-table">
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">First</th>
              <th scope="col">Second</th>
            </tr>
          </thead>
          <tbody>
            {listed.slice(0, MOST).map(({ f, i }) => (
              <tr key={i} class={cls(f, i)}>
                <th scope="row" style={{ paddingLeft: `${6 + Math.min(f.depth, 8) * 10}px` }} title={f.path}>
                  {f.label}
                </th>
                <Value text={f.a} range={f.rangeA} id={c.a.row.id} />
                <Value text={f.b} range={f.rangeB} id={c.b.row.id} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {listed.length + c.more > MOST && (
        <p class="quiet">{plural(listed.length + c.more - Math.min(MOST, listed.length), 'more field')} not listed.</p>
      )}
    </>
  );
}
