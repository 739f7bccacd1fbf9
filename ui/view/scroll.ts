// A scrollbar for more rows than an element can be tall. Chromium stops at 33,554,428 px; below the limit the bar is
// literal, above it one pixel of the bar stands for several of the table.

export const MAX_HEIGHT = 15_000_000;

export interface ScrollGeometry {
  readonly rows: number;
  readonly rowHeight: number;
  /** Height of what is seen, px. */
  readonly view: number;
}

const tableHeight = (g: ScrollGeometry): number => g.rows * g.rowHeight;

/** Height of the element that makes the bar, px. */
export const barHeight = (g: ScrollGeometry): number => Math.min(tableHeight(g), MAX_HEIGHT);

/** Pixels of the table for one of the bar, at least 1. */
export function barScale(g: ScrollGeometry): number {
  const bar = barHeight(g) - g.view;
  return bar <= 0 ? 1 : Math.max(1, (tableHeight(g) - g.view) / bar);
}

/** Greatest position, px of the table. */
export const maxTop = (g: ScrollGeometry): number => Math.max(0, tableHeight(g) - g.view);

export const clampTop = (top: number, g: ScrollGeometry): number => Math.min(Math.max(0, top), maxTop(g));

/** Position in the table for a position of the bar. */
export const topOfBar = (scrollTop: number, g: ScrollGeometry): number => clampTop(scrollTop * barScale(g), g);

/** Position of the bar for one in the table. */
export const barOfTop = (top: number, g: ScrollGeometry): number => clampTop(top, g) / barScale(g);

/** Rows to draw: [from, to), and where the first one stands relative to the view's top. */
export function visibleRows(top: number, g: ScrollGeometry, extra = 4): { from: number; to: number; y: number } {
  const first = Math.max(0, Math.floor(top / g.rowHeight) - extra);
  const to = Math.min(g.rows, Math.ceil((top + g.view) / g.rowHeight) + extra);
  return { from: Math.min(first, to), to, y: first * g.rowHeight - top };
}

/**
 * A position that shows rows [first, last]: `top` itself where it does so with a row to spare, else one with `first` a
 * third down, so that what stands before and after is seen too.
 */
export function bring(first: number, last: number, top: number, g: ScrollGeometry): number {
  const start = first * g.rowHeight;
  const end = (last + 1) * g.rowHeight;
  const spare = g.rowHeight;
  const seen = start - spare >= top && end + spare <= top + g.view;
  if (seen) return clampTop(top, g);
  return clampTop(Math.min(start - spare, start - (g.view - (end - start)) / 3), g);
}

/** The position nearest to `top` at which `row` is wholly seen. */
export function reveal(row: number, top: number, g: ScrollGeometry): number {
  const start = row * g.rowHeight;
  if (start < top) return clampTop(start, g);
  const end = start + g.rowHeight;
  return end > top + g.view ? clampTop(end - g.view, g) : clampTop(top, g);
}
