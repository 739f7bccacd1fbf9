// A menu at a place of the page: under the pointer, or at the row the keyboard is on.

import { useLayoutEffect, useRef } from 'preact/hooks';
import type { MenuItem } from './menu.tsx';

export interface ContextMenuProps {
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly items: readonly MenuItem[];
  /** The focus goes back to what had it. */
  onClose(): void;
}

export function ContextMenu({ label, x, y, items, onClose }: ContextMenuProps) {
  const box = useRef<HTMLDivElement>(null);
  const buttons = (): HTMLButtonElement[] => [...(box.current?.querySelectorAll('button') ?? [])];
  useLayoutEffect(() => {
    const before = document.activeElement;
    const el = box.current;
    if (el !== null) {
      el.style.left = `${Math.max(4, Math.min(x, innerWidth - el.offsetWidth - 8))}px`;
      el.style.top = `${Math.max(4, Math.min(y, innerHeight - el.offsetHeight - 8))}px`;
    }
    buttons()[0]?.focus({ preventScroll: true });
    const outside = (e: Event): void => {
      if (!box.current?.contains(e.target as Node)) onClose();
    };
    addEventListener('pointerdown', outside);
    addEventListener('wheel', outside);
    return () => {
      removeEventListener('pointerdown', outside);
      removeEventListener('wheel', outside);
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  const onKeyDown = (e: KeyboardEvent): void => {
    e.stopPropagation();
    const all = buttons();
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    if (e.key === 'Enter' || e.key === ' ') return;
    if (e.key === 'Escape' || e.key === 'Tab') onClose();
    else if (e.key === 'ArrowDown') all[(at + 1) % all.length]?.focus();
    else if (e.key === 'ArrowUp') all[(at + all.length - 1) % all.length]?.focus();
    else if (e.key === 'Home') all[0]?.focus();
    else if (e.key === 'End') all.at(-1)?.focus();
    e.preventDefault();
  };
  return (
    <div ref={box} class="menu-list context-menu" role="menu" aria-label={label} tabIndex={-1} onKeyDown={onKeyDown}>
      {items.map((item) => (
        <button
          key={item.label}
          type="button"
          role="menuitem"
          class={item.rule === true ? 'menu-item menu-rule' : 'menu-item'}
          aria-disabled={typeof item.reason === 'string'}
          tabIndex={-1}
          onClick={() => {
            if (typeof item.reason === 'string') return;
            onClose();
            item.onChoose();
          }}
        >
          <span class="menu-text">
            {item.label}
            {typeof item.reason === 'string' && <small>{item.reason}</small>}
          </span>
          {item.hint !== undefined && (
            <bdi class="menu-hint" title={item.hint}>
              {item.hint}
            </bdi>
          )}
        </button>
      ))}
    </div>
  );
}
