// A field for a secret: hidden while it is typed unless it is asked to be shown.

import type { Signal } from '@preact/signals';
import { Icon } from '../parts/icon.tsx';

export function KeyField(props: {
  id: string;
  label: string;
  hint: string;
  value: Signal<string>;
  open: boolean;
  /** For digits alone: what to make of the text when the field is left. */
  tidy?: (text: string) => string;
}) {
  const { id, value, tidy } = props;
  return (
    <div class="key-field">
      <label for={id}>{props.label}</label>
      <input
        id={id}
        type="text"
        class={props.open ? 'number' : 'number masked'}
        {...(tidy === undefined ? {} : { inputMode: 'numeric' })}
        autoComplete="off"
        autoCapitalize="off"
        spellcheck={false}
        value={value.value}
        aria-describedby={`${id}-hint`}
        onInput={(e) => {
          value.value = e.currentTarget.value;
        }}
        onBlur={() => {
          if (tidy !== undefined) value.value = tidy(value.value);
        }}
      />
      <small id={`${id}-hint`}>{props.hint}</small>
    </div>
  );
}

export function ShowTyped({ open }: { open: Signal<boolean> }) {
  const label = open.value ? 'Hide what is typed' : 'Show what is typed';
  return (
    <button
      type="button"
      class="button-icon"
      aria-pressed={open.value}
      aria-label={label}
      title={label}
      onClick={() => {
        open.value = !open.value;
      }}
    >
      <Icon name={open.value ? 'hidden' : 'eye'} />
    </button>
  );
}
