// A row of tabs with a roving tab stop.

import type { ComponentChildren } from 'preact';

export interface TabSpec<T extends string> {
  readonly id: T;
  readonly label: string;
  /** Shown after the label. */
  readonly extra?: ComponentChildren;
  readonly title?: string;
}

export interface TabsProps<T extends string> {
  readonly label: string;
  readonly prefix: string;
  readonly tabs: readonly TabSpec<T>[];
  readonly current: T;
  onChoose(id: T): void;
}

export function Tabs<T extends string>({ label, prefix, tabs, current, onChoose }: TabsProps<T>) {
  const onKeyDown = (e: KeyboardEvent): void => {
    if (e.altKey || e.ctrlKey || e.metaKey) return;
    const at = tabs.findIndex((t) => t.id === current);
    const to =
      e.key === 'ArrowRight'
        ? (at + 1) % tabs.length
        : e.key === 'ArrowLeft'
          ? (at + tabs.length - 1) % tabs.length
          : e.key === 'Home'
            ? 0
            : e.key === 'End'
              ? tabs.length - 1
              : -1;
    const next = tabs[to];
    if (next === undefined) return;
    e.preventDefault();
    e.stopPropagation();
    onChoose(next.id);
    document.getElementById(`${prefix}-tab-${next.id}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
      {tabs.map((t) => (
        <button
          key={t.id}
          id={`${prefix}-tab-${t.id}`}
          type="button"
          role="tab"
          aria-selected={t.id === current}
          aria-controls={`${prefix}-panel`}
          tabIndex={t.id === current ? 0 : -1}
          title={t.title}
          onClick={() => onChoose(t.id)}
        >
          {t.label}
          {t.extra}
        </button>
      ))}
    </div>
  );
}
