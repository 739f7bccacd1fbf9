// A scrolling area for any number of rows: a bar as long as allowed, and a layer that stays while the bar moves.

import { type Signal, useSignalEffect } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { barHeight, barOfTop, barScale, clampTop, type ScrollGeometry, topOfBar } from '../view/scroll.ts';

export interface ScrollerProps {
  readonly rows: number;
  readonly rowHeight: number;
  /** Position in the table, px. */
  readonly top: Signal<number>;
  /** Height of what is seen, px; the scroller keeps it. */
  readonly height: Signal<number>;
  readonly class: string;
  /** Least width of the layer; below it the area scrolls sideways. */
  readonly minWidth?: number;
  readonly children: ComponentChildren;
}

export function Scroller({ rows, rowHeight, top, height, minWidth, children, ...rest }: ScrollerProps) {
  const box = useRef<HTMLDivElement>(null);
  const geometry = (): ScrollGeometry => ({ rows, rowHeight, view: height.peek() });
  const now = useRef(geometry);
  now.current = geometry;

  useLayoutEffect(() => {
    const el = box.current;
    if (el === null) return;
    const measure = (): void => {
      height.value = el.clientHeight;
      top.value = clampTop(top.peek(), now.current());
    };
    const watch = new ResizeObserver(measure);
    watch.observe(el);
    measure();
    // Where a pixel of the bar stands for many rows the wheel must still move by its own measure.
    const onWheel = (e: WheelEvent): void => {
      const g = now.current();
      if (barScale(g) === 1 || e.ctrlKey || e.metaKey || e.shiftKey || e.defaultPrevented) return;
      e.preventDefault();
      top.value = clampTop(top.peek() + e.deltaY * (e.deltaMode === 1 ? g.rowHeight : 1), g);
    };
    el.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      watch.disconnect();
      el.removeEventListener('wheel', onWheel);
    };
  }, [top, height]);

  useLayoutEffect(() => {
    top.value = clampTop(top.peek(), now.current());
  }, [rows, rowHeight, top]);

  useSignalEffect(() => {
    const el = box.current;
    const at = barOfTop(top.value, { rows, rowHeight, view: height.value });
    if (el !== null && Math.abs(el.scrollTop - at) >= 1) el.scrollTop = at;
  });

  const onScroll = (): void => {
    const el = box.current;
    if (el === null) return;
    const g = now.current();
    // The browser rounds what we set; only a real move counts.
    if (Math.abs(el.scrollTop - barOfTop(top.peek(), g)) >= 1) top.value = topOfBar(el.scrollTop, g);
  };

  const g = { rows, rowHeight, view: height.value };
  return (
    <div class={`scroller ${rest.class}`} ref={box} onScroll={onScroll}>
      <div
        class="scroller-layer"
        style={{ height: `${height.value}px`, minWidth: minWidth === undefined ? undefined : `${minWidth}px` }}
      >
        {children}
      </div>
      <div class="scroller-bar" style={{ height: `${Math.max(0, barHeight(g) - height.value)}px` }} />
    </div>
  );
}
