// What the difference means for the phone.

import type { DiffReply } from '../../analysis/engine/contract/device.ts';

const WORD = {
  added: 'only in the second',
  removed: 'only in the first',
  changed: 'changed',
  reordered: 'in another order',
} as const;

export function Settings({ d }: { d: DiffReply }) {
  if (d.problem !== null) return <p class="quiet">{d.problem}</p>;
  if (d.same) return <p class="quiet">Nothing that a phone would act on differs.</p>;
  return (
    <>
      <ul class="cmp-means">
        {d.consequences.map((s) => (
          <li key={s}>
            <bdi>{s}</bdi>
          </li>
        ))}
      </ul>
      <table class="cmp-table">
        <thead>
          <tr>
            <th scope="col">Setting</th>
            <th scope="col">First</th>
            <th scope="col">Second</th>
          </tr>
        </thead>
        <tbody>
          {d.entries.flatMap((e) => [
            <tr key={e.title} class="cmp-group">
              <th scope="rowgroup" colSpan={3}>
                <bdi>{e.title}</bdi> <span class="quiet">{WORD[e.what]}</span>
              </th>
            </tr>,
            ...e.values.map((v) => (
              <tr key={`${e.title} ${v.parm}`} class="cmp-differs">
                <th scope="row" title={v.parm}>
                  {v.label}
                </th>
                <td class={v.before === null ? 'cmp-absent' : ''}>
                  {v.before === null ? 'not there' : <bdi>{v.before}</bdi>}
                </td>
                <td class={v.after === null ? 'cmp-absent' : ''}>
                  {v.after === null ? 'not there' : <bdi>{v.after}</bdi>}
                </td>
              </tr>
            )),
          ])}
        </tbody>
      </table>
    </>
  );
}
