// Heads of the columns: dragged or moved with keys, hidden and brought back.

import { useSignal } from '@preact/signals';
import { EDGE, type LadderColumn } from '../../analysis/draw/ladder.ts';
import { fitted } from '../../analysis/draw/shapes.ts';
import { announcement } from '../state/commands.ts';
import { columnOrder, hiddenColumns, moveColumn, toggleColumn } from '../state/ladder.ts';

const DRAG = 5;

export function Heads({ columns, width }: { columns: readonly LadderColumn[]; width: number }) {
  const drag = useSignal<{ from: number; dx: number } | null>(null);
  const shown = columns.map((c) => c.ids);
  const pitch = columns.length < 2 ? 160 : columns[1]!.x - columns[0]!.x;

  const place = (from: number, dx: number): number =>
    Math.max(0, Math.min(columns.length - 1, from + Math.round(dx / pitch)));

  const onPointerDown = (e: PointerEvent, from: number): void => {
    if (e.button !== 0) return;
    const start = e.clientX;
    const el = e.currentTarget as HTMLElement;
    el.setPointerCapture(e.pointerId);
    const move = (m: PointerEvent): void => {
      const dx = m.clientX - start;
      if (drag.peek() !== null || Math.abs(dx) > DRAG) drag.value = { from, dx };
    };
    const up = (m: PointerEvent): void => {
      el.removeEventListener('pointermove', move);
      el.removeEventListener('pointerup', up);
      el.removeEventListener('pointercancel', up);
      const d = drag.peek();
      drag.value = null;
      if (d !== null && m.type === 'pointerup') moveColumn(shown, from, place(from, d.dx));
    };
    el.addEventListener('pointermove', move);
    el.addEventListener('pointerup', up);
    el.addEventListener('pointercancel', up);
  };

  const onKeyDown = (e: KeyboardEvent, at: number): void => {
    const c = columns[at]!;
    const by = e.key === 'ArrowLeft' ? -1 : e.key === 'ArrowRight' ? 1 : 0;
    if (by !== 0) {
      e.preventDefault();
      e.stopPropagation();
      const to = Math.max(0, Math.min(columns.length - 1, at + by));
      moveColumn(shown, at, to);
      announcement.value = `${c.label}, column ${to + 1} of ${columns.length}`;
    } else if (e.key === 'Delete' || e.key === 'Backspace') {
      e.preventDefault();
      e.stopPropagation();
      hide(c);
    }
  };

  const hide = (c: LadderColumn): void => {
    if (columns.length < 2) return;
    for (const id of c.ids) if (!hiddenColumns.peek().has(id)) toggleColumn(id);
    announcement.value = `${c.label} is hidden; Columns brings it back.`;
  };
  void columnOrder.value;

  return (
    <div class="ladder-heads" style={{ width: `${width}px` }}>
      {columns.map((c, i) => {
        const dragged = drag.value?.from === i ? drag.value.dx : 0;
        const wide = Math.min(pitch - 10, 2 * EDGE - 8);
        return (
          <div
            key={c.ids.join(' ')}
            class={`ladder-head${dragged !== 0 ? ' ladder-dragged' : ''}`}
            style={{ left: `${c.x - wide / 2 + dragged}px`, width: `${wide}px` }}
          >
            <button
              type="button"
              class="ladder-name"
              title={`${c.label}${c.host === null ? '' : ` ${c.host}`}: drag or ← → to move, Delete to hide`}
              aria-description="Left and right move the column, Delete hides it"
              onPointerDown={(e) => onPointerDown(e, i)}
              onKeyDown={(e) => onKeyDown(e, i)}
            >
              <strong>{fitted(c.label, wide, 13)}</strong>
              {c.host !== null && <span class="number">{fitted(c.host, wide, 12)}</span>}
            </button>
          </div>
        );
      })}
    </div>
  );
}
