// All messages as a table of any length: rows in view only, one tab stop, arrows to walk.

import { signal, useSignalEffect } from '@preact/signals';
import { NoneFits } from '../filter/none.tsx';
import { Scroller } from '../parts/scroller.tsx';
import { enter } from '../state/commands.ts';
import { applied, matches } from '../state/filter.ts';
import { prefs } from '../state/prefs.ts';
import { type Among, fetchRow, rowAt, rowsChanged } from '../state/rows.ts';
import { select, selectedRow } from '../state/selection.ts';
import { capture, status, tell } from '../state/session.ts';
import { reveal, visibleRows } from '../view/scroll.ts';
import { COLUMNS, LIST_WIDTH } from './columns.tsx';

const ROW = 28;
const HEAD = 28;

const top = signal(0);
const height = signal(0);

/** Rows to show: all, or those that match. */
const total = (): number => matches.value?.count ?? status.value.messages;
const among = (): Among => (matches.value === null ? 'all' : 'fitting');

/** Place of a message in the list shown, -1 where it is not in it. */
function placeOf(index: number): number {
  const m = matches.value;
  if (m === null) return index;
  return m.has(index) ? m.rank(index) : -1;
}

async function selectPlace(place: number): Promise<void> {
  try {
    const row = await fetchRow(place, among());
    if (row !== null) select(row);
  } catch (e) {
    tell(e);
  }
}

const geometry = () => ({ rows: total(), rowHeight: ROW, view: Math.max(0, height.peek() - HEAD) });

function onKeyDown(e: KeyboardEvent): void {
  if (e.altKey || e.ctrlKey || e.metaKey) return;
  const n = total();
  const at = selectedRow.value === null ? -1 : placeOf(selectedRow.value.index);
  const page = Math.max(1, Math.floor((height.peek() - HEAD) / ROW) - 1);
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at < 0 ? n - 1 : at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: n - 1,
  };
  const to = moves[e.key];
  if (e.key === 'Enter') enter();
  else if (to !== undefined && n > 0) void selectPlace(Math.min(Math.max(0, to), n - 1));
  else return;
  e.preventDefault();
  e.stopPropagation();
}

const rowId = (place: number): string => `list-row-${place}`;

function Rows() {
  void rowsChanged.value;
  const context = { time: prefs.value.time, base: status.value.base };
  const v = visibleRows(top.value, { ...geometry(), view: Math.max(0, height.value - HEAD) });
  const own = selectedRow.value?.index ?? -1;
  const rows = Array.from({ length: v.to - v.from }, (_, i) => v.from + i);
  return (
    <tbody style={{ transform: `translateY(${v.y}px)` }}>
      {rows.map((place) => {
        const row = rowAt(place, among());
        return (
          <tr
            key={place}
            id={rowId(place)}
            aria-rowindex={place + 2}
            aria-selected={row !== null && row.index === own}
            style={{ height: `${ROW}px` }}
            onClick={() => {
              if (row !== null) select(row);
            }}
            onDblClick={enter}
          >
            {COLUMNS.map((c) => (
              <td
                key={c.id}
                class={`col-${c.id}${c.numeric === true ? ' number' : ''}`}
                title={row === null || c.id === 'verdict' ? undefined : c.text(row, context)}
              >
                {row === null ? '…' : (c.cell?.(row) ?? c.text(row, context))}
              </td>
            ))}
          </tr>
        );
      })}
    </tbody>
  );
}

export function List() {
  useSignalEffect(() => {
    const row = selectedRow.value;
    if (row === null) return;
    const place = placeOf(row.index);
    if (place >= 0) top.value = reveal(place, top.peek(), geometry());
  });
  useSignalEffect(() => {
    void capture.value;
    void applied.value;
    top.value = 0;
  });
  const own = selectedRow.value;
  const n = total();
  const v = visibleRows(top.value, { ...geometry(), view: Math.max(0, height.value - HEAD) });
  const place = own === null ? -1 : placeOf(own.index);
  const active = own !== null && place >= v.from && place < v.to ? rowId(place) : undefined;
  return (
    <Scroller rows={n + HEAD / ROW} rowHeight={ROW} top={top} height={height} class="list" minWidth={LIST_WIDTH}>
      <table
        class="list-grid"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows are chosen with the keys
        role="grid"
        tabIndex={0}
        aria-label="Messages"
        aria-rowcount={n + 1}
        aria-activedescendant={active}
        onKeyDown={onKeyDown}
      >
        <colgroup>
          {COLUMNS.map((c) => (
            <col key={c.id} style={{ width: c.id === 'summary' ? 'auto' : `${c.width}px` }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1} style={{ height: `${HEAD}px` }}>
            {COLUMNS.map((c) => (
              <th key={c.id} scope="col" class={`col-${c.id}${c.numeric === true ? ' number' : ''}`}>
                {c.title}
              </th>
            ))}
          </tr>
        </thead>
        <Rows />
      </table>
      <NoneFits />
    </Scroller>
  );
}
