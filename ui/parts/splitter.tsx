// The line between two panes: dragged, or moved with the arrow keys.

export interface SplitterProps {
  readonly label: string;
  /** The direction the line runs in. */
  readonly orientation: 'vertical' | 'horizontal';
  /** Size of the pane after the line, px. */
  readonly size: number;
  readonly min: number;
  readonly max: number;
  readonly controls: string;
  onSize(px: number): void;
}

export function Splitter({ label, orientation, size, min, max, controls, onSize }: SplitterProps) {
  const put = (px: number): void => onSize(Math.round(Math.min(Math.max(px, min), max)));
  const onPointerDown = (e: PointerEvent): void => {
    if (e.button !== 0) return;
    const el = e.currentTarget as HTMLElement;
    el.setPointerCapture(e.pointerId);
    const start = orientation === 'vertical' ? e.clientX : e.clientY;
    const move = (m: PointerEvent): void => put(size + start - (orientation === 'vertical' ? m.clientX : m.clientY));
    const stop = (): void => {
      el.removeEventListener('pointermove', move);
      el.removeEventListener('pointerup', stop);
      el.removeEventListener('pointercancel', stop);
    };
    el.addEventListener('pointermove', move);
    el.addEventListener('pointerup', stop);
    el.addEventListener('pointercancel', stop);
    e.preventDefault();
    el.focus();
  };
  const onKeyDown = (e: KeyboardEvent): void => {
    const [more, less] = orientation === 'vertical' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    const step = e.shiftKey ? 64 : 16;
    if (e.key === more) put(size + step);
    else if (e.key === less) put(size - step);
    else if (e.key === 'Home') put(min);
    else if (e.key === 'End') put(max);
    else return;
    e.preventDefault();
    e.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a splitter that moves is a focusable separator, which <hr> is not
    <div
      class={`splitter splitter-${orientation}`}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={orientation}
      aria-valuenow={Math.round(size)}
      aria-valuemin={min}
      aria-valuemax={Math.round(max)}
      aria-controls={controls}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    />
  );
}
