// A modal dialog: the browser keeps the focus inside and gives it back.

import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from './icon.tsx';

export interface DialogProps {
  readonly title: string;
  readonly wide?: boolean;
  readonly children: ComponentChildren;
  onClose(): void;
}

export function Dialog({ title, wide = false, children, onClose }: DialogProps) {
  const el = useRef<HTMLDialogElement>(null);
  const left = useRef(false);
  useLayoutEffect(() => {
    const d = el.current;
    d?.showModal();
    // Where there is something to fill in, that comes before the button that closes.
    d?.querySelector<HTMLElement>('form :is(input, textarea, select)')?.focus();
    return () => {
      // Its event comes later, when another dialog may be open.
      left.current = true;
      d?.close();
    };
  }, []);
  return (
    <dialog
      ref={el}
      class={wide ? 'dialog dialog-wide' : 'dialog'}
      aria-label={title}
      onClose={() => {
        if (!left.current) onClose();
      }}
      onKeyDown={(e) => e.stopPropagation()}
      onClick={(e) => {
        if (e.target === el.current) onClose();
      }}
    >
      <div class="dialog-box">
        <header class="dialog-head">
          <h2>{title}</h2>
          <button type="button" class="button-icon" aria-label="Close" onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
