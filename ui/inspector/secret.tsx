// A value that is hidden until asked for.

import { Icon } from '../parts/icon.tsx';
import { hide, reveal, revealed } from '../state/selection.ts';

export interface SecretProps {
  /** Key in `revealed`. */
  readonly id: string;
  readonly what: string;
}

export function RevealButton({ id, what }: SecretProps) {
  const open = revealed.value.has(id);
  return (
    <button
      type="button"
      class="button-icon button-small"
      aria-label={open ? `Hide ${what}` : `Show ${what}`}
      title={open ? `Hide ${what}` : `Show ${what}`}
      aria-pressed={open}
      onClick={() => (open ? hide(id) : void reveal(id))}
    >
      <Icon name={open ? 'hidden' : 'eye'} />
    </button>
  );
}
