// The bookmarks of this capture, in the drawer.

import { Icon } from '../parts/icon.tsx';
import { bookmarks, dropBookmark } from '../state/bookmarks.ts';
import { capOf } from '../state/keys-prefs.ts';
import { selected, selectId } from '../state/selection.ts';

export function Bookmarks() {
  const list = bookmarks.value;
  if (list.length === 0) {
    return <p class="quiet finding-none">No bookmarks yet. {capOf('bookmark')} puts one on the selected message.</p>;
  }
  return (
    <ul class="finding-rows bookmark-rows">
      {list.map((b) => (
        <li key={b.message}>
          <button
            type="button"
            class={b.message === selected.value ? 'chosen' : ''}
            onClick={() => void selectId(b.message)}
          >
            <span class="number">{b.message}</span>
            <bdi class="bookmark-note">{b.note === '' ? <span class="quiet">no note</span> : b.note}</bdi>
            <bdi class="finding-text quiet">{b.label}</bdi>
          </button>
          <button
            type="button"
            class="button-icon button-small"
            aria-label={`Take away the bookmark on ${b.message}`}
            title="Take away"
            onClick={() => dropBookmark(b.message)}
          >
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}
