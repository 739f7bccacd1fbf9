// A button with a menu under it.

import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

export interface MenuItem {
  readonly label: string;
  readonly hint?: string;
  /** Why it can't be used now; the item stays, disabled. */
  readonly reason?: string | null;
  /** Of a choice: whether it is the one in force. */
  readonly checked?: boolean;
  /** Begins a group. */
  readonly rule?: boolean;
  /** Stands over the group. */
  readonly heading?: string;
  onChoose(): void;
}

export interface MenuProps {
  readonly label: string;
  readonly class: string;
  readonly items: readonly MenuItem[];
  readonly align?: 'left' | 'right';
  readonly children: ComponentChildren;
}

export function Menu({ label, items, align = 'left', children, ...rest }: MenuProps) {
  const open = useSignal(false);
  const box = useRef<HTMLDivElement>(null);
  const buttons = (): HTMLButtonElement[] => [
    ...(box.current?.querySelectorAll<HTMLButtonElement>('[role^="menuitem"]') ?? []),
  ];
  const close = (back: boolean): void => {
    open.value = false;
    if (back) box.current?.querySelector('button')?.focus();
  };

  useLayoutEffect(() => {
    if (!open.value) return;
    buttons()[0]?.focus();
    const outside = (e: PointerEvent): void => {
      if (!box.current?.contains(e.target as Node)) close(false);
    };
    addEventListener('pointerdown', outside);
    return () => removeEventListener('pointerdown', outside);
  }, [open.value]);

  const onKeyDown = (e: KeyboardEvent): void => {
    if (!open.value) {
      if (e.key !== 'ArrowDown') return;
      open.value = true;
    } else {
      const all = buttons();
      const at = all.indexOf(document.activeElement as HTMLButtonElement);
      if (e.key === 'Escape' || e.key === 'Tab') close(e.key === 'Escape');
      else if (e.key === 'ArrowDown') all[(at + 1) % all.length]?.focus();
      else if (e.key === 'ArrowUp') all[(at + all.length - 1) % all.length]?.focus();
      else if (e.key === 'Home') all[0]?.focus();
      else if (e.key === 'End') all[all.length - 1]?.focus();
      else if (e.key !== 'Enter' && e.key !== ' ') {
        const found = all.find((b) => b.textContent?.trim().toLowerCase().startsWith(e.key.toLowerCase()));
        found?.focus();
      }
      if (e.key === 'Tab' || e.key === 'Enter' || e.key === ' ') {
        e.stopPropagation();
        return;
      }
    }
    e.preventDefault();
    e.stopPropagation();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the button and the menu inside
    <div class={`menu ${rest.class}`} ref={box} onKeyDown={onKeyDown}>
      <button
        type="button"
        class="button"
        aria-haspopup="menu"
        aria-expanded={open.value}
        aria-label={label}
        title={label}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        {children}
      </button>
      {open.value && (
        <div class={`menu-list menu-${align}`} role="menu" aria-label={label}>
          {items.map((item) => {
            const choice = item.checked !== undefined;
            return [
              item.heading !== undefined && (
                <p class="menu-heading" role="presentation" key={item.heading}>
                  {item.heading}
                </p>
              ),
              <button
                key={item.label}
                type="button"
                role={choice ? 'menuitemradio' : 'menuitem'}
                class={item.rule === true ? 'menu-item menu-rule' : 'menu-item'}
                {...(choice ? { 'aria-checked': item.checked } : {})}
                aria-disabled={typeof item.reason === 'string'}
                tabIndex={-1}
                onClick={() => {
                  if (typeof item.reason === 'string') return;
                  close(true);
                  item.onChoose();
                }}
              >
                <span class="menu-check" aria-hidden="true">
                  {item.checked === true ? '✓' : ''}
                </span>
                <span class="menu-text">
                  {item.label}
                  {typeof item.reason === 'string' && <small>{item.reason}</small>}
                </span>
                {item.hint !== undefined && (
                  <span class="kbd" aria-hidden="true">
                    {item.hint}
                  </span>
                )}
              </button>,
            ];
          })}
        </div>
      )}
    </div>
  );
}
