// All messages as a table of any length: rows in view only, one tab stop, arrows to walk, heads to sort by.

import { signal, useSignalEffect } from '@preact/signals';
import { NoneFits } from '../filter/none.tsx';
import { Icon } from '../parts/icon.tsx';
import { Scroller } from '../parts/scroller.tsx';
import { bookmarkOf } from '../state/bookmarks.ts';
import { enter } from '../state/commands.ts';
import { applied } from '../state/filter.ts';
import { prefs, rowHeight } from '../state/prefs.ts';
import { select, selectedRow } from '../state/selection.ts';
import { capture, status, tell } from '../state/session.ts';
import {
  addColumn,
  columns,
  FIELD_TYPE,
  fetchTableRow,
  ownPlace,
  sort,
  sortBy,
  tableChanged,
  tableRow,
  tableTotal,
} from '../state/table.ts';
import { reveal, visibleRows } from '../view/scroll.ts';
import { type Column, templateOf, widthOf } from './columns.tsx';

const HEAD = 28;
const top = signal(0);
const height = signal(0);

async function selectPlace(place: number): Promise<void> {
  try {
    const found = await fetchTableRow(place);
    if (found !== null) select(found.row);
  } catch (e) {
    tell(e);
  }
}

const geometry = () => ({
  rows: tableTotal.value,
  rowHeight: rowHeight.value,
  view: Math.max(0, height.peek() - HEAD),
});

function onKeyDown(e: KeyboardEvent): void {
  if (e.altKey || e.ctrlKey || e.metaKey || (e.target as Element).closest('th') !== null) return;
  const n = tableTotal.value;
  const at = ownPlace.value;
  const page = Math.max(1, Math.floor((height.peek() - HEAD) / rowHeight.peek()) - 1);
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

function BookmarkSign({ of }: { of: string | null }) {
  const b = bookmarkOf(of);
  if (b === null) return null;
  return (
    <span class="bookmark-sign" title={b.note === '' ? 'Bookmark' : b.note}>
      <Icon name="bookmark" />
      <span class="unseen">Bookmark </span>
    </span>
  );
}

/** The column that a dragged field would stand before; null: nothing is dragged here. */
const dropAt = signal<number | null>(null);

/** Above a head or a cell its column, else the last one. */
function columnUnder(e: DragEvent): number {
  const cell = (e.target as Element).closest('th, td');
  const at = cell === null ? -1 : [...(cell.parentElement?.children ?? [])].indexOf(cell);
  return at < 0 ? columns.peek().length - 1 : at;
}

const rowId = (place: number): string => `list-row-${place}`;

function Rows() {
  void tableChanged.value;
  const shown = { time: prefs.value.time, base: status.value.base };
  const timed = shown.time === 'previous' && sort.value === null;
  const v = visibleRows(top.value, { ...geometry(), view: Math.max(0, height.value - HEAD) });
  const own = selectedRow.value?.index ?? -1;
  const template = templateOf(columns.value);
  const rows = Array.from({ length: v.to - v.from }, (_, i) => v.from + i);
  return (
    <tbody style={{ transform: `translateY(${v.y}px)` }}>
      {rows.map((place) => {
        const found = tableRow(place);
        const row = found?.row ?? null;
        // Only rows in the order of time have one before them.
        const above = timed && place > 0 ? tableRow(place - 1) : null;
        const context = { ...shown, before: above?.row.firstTime ?? null };
        return (
          <tr
            key={place}
            id={rowId(place)}
            aria-rowindex={place + 2}
            aria-selected={row !== null && row.index === own}
            style={{ height: `${rowHeight.value}px`, gridTemplateColumns: template }}
            onClick={() => {
              if (row !== null) select(row);
            }}
            onDblClick={enter}
          >
            {columns.value.map((c, i) => {
              const text = row === null ? '…' : c.text === null ? (found?.cells.get(c.id) ?? '') : c.text(row, context);
              return (
                <td
                  key={c.id}
                  class={`col-${c.text === null ? 'field' : c.id}${c.numeric === true ? ' number' : ''}`}
                  title={row === null || c.id === 'verdict' ? undefined : text}
                >
                  {i === 0 && <BookmarkSign of={row?.id ?? null} />}
                  {row === null ? '…' : (c.cell?.(row) ?? <bdi>{text}</bdi>)}
                </td>
              );
            })}
          </tr>
        );
      })}
    </tbody>
  );
}

function Head({ column, at }: { column: Column; at: number }) {
  const { path } = column;
  const s = sort.value;
  const mine = path !== null && s?.by === path;
  const way = mine ? (s.down ? 'descending' : 'ascending') : 'none';
  const next = !mine ? 'sort' : s.down ? 'back to the order of time' : 'sort the other way';
  return (
    <th
      scope="col"
      class={`col-${column.text === null ? 'field' : column.id}${column.numeric === true ? ' number' : ''}${dropAt.value === at ? ' col-drop' : ''}`}
      {...(path === null ? {} : { 'aria-sort': way as 'none' | 'ascending' | 'descending' })}
    >
      {path === null ? (
        <span title={`${column.title}: decoded for the rows in view, so it can’t be sorted by`}>{column.title}</span>
      ) : (
        <button type="button" class="sort" title={`${column.title}: ${next}`} onClick={() => sortBy(path)}>
          <span>{column.title}</span>
          <span class="sort-way" aria-hidden="true">
            {mine ? (s.down ? '▼' : '▲') : ''}
          </span>
        </button>
      )}
    </th>
  );
}

export function List() {
  useSignalEffect(() => {
    const place = ownPlace.value;
    if (place >= 0) top.value = reveal(place, top.peek(), geometry());
  });
  useSignalEffect(() => {
    void capture.value;
    void applied.value;
    void sort.value;
    top.value = 0;
  });
  const n = tableTotal.value;
  const v = visibleRows(top.value, { ...geometry(), view: Math.max(0, height.value - HEAD) });
  const place = ownPlace.value;
  const active = place >= v.from && place < v.to ? rowId(place) : undefined;
  return (
    <Scroller
      rows={n + HEAD / rowHeight.value}
      rowHeight={rowHeight.value}
      top={top}
      height={height}
      class="list"
      minWidth={widthOf(columns.value)}
    >
      <table
        class="list-grid"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows are chosen with the keys
        role="grid"
        tabIndex={0}
        aria-label="Messages"
        aria-rowcount={n + 1}
        aria-activedescendant={active}
        onKeyDown={onKeyDown}
        onDragOver={(e) => {
          if (e.dataTransfer?.types.includes(FIELD_TYPE) !== true) return;
          e.preventDefault();
          dropAt.value = columnUnder(e);
        }}
        onDragLeave={(e) => {
          if (!e.currentTarget.contains(e.relatedTarget as Node | null)) dropAt.value = null;
        }}
        onDrop={(e) => {
          const path = e.dataTransfer?.getData(FIELD_TYPE) ?? '';
          if (path === '') return;
          e.preventDefault();
          addColumn(path, columnUnder(e));
          dropAt.value = null;
        }}
      >
        <thead>
          <tr aria-rowindex={1} style={{ height: `${HEAD}px`, gridTemplateColumns: templateOf(columns.value) }}>
            {columns.value.map((c, at) => (
              <Head key={c.id} column={c} at={at} />
            ))}
          </tr>
        </thead>
        <Rows />
      </table>
      <NoneFits />
    </Scroller>
  );
}
