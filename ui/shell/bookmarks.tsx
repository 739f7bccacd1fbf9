// The bookmarks of this capture, in the drawer.

import { BOOKMARKS_SCHEMA, type BookmarksFile } from '../../analysis/engine/contract/export.ts';
import { Icon } from '../parts/icon.tsx';
import { bookmarks, dropBookmark } from '../state/bookmarks.ts';
import { download } from '../state/download.ts';
import { capOf } from '../state/keys-prefs.ts';
import { selected, selectId } from '../state/selection.ts';
import { status } from '../state/session.ts';

/** For `otascope report --bookmarks`. */
function save(): void {
  const file: BookmarksFile = {
    schema: BOOKMARKS_SCHEMA,
    files: status.peek().inputs.map((i) => i.name),
    bookmarks: bookmarks.peek().map(({ message, note }) => ({ message, note })),
  };
  download('otascope-bookmarks.json', new Blob([`${JSON.stringify(file, null, 2)}\n`], { type: 'application/json' }));
}

export const BookmarkTools = () => (
  <button
    type="button"
    class="button button-small"
    disabled={bookmarks.value.length === 0}
    title="As a file, for otascope report --bookmarks. A report can tell them, too."
    onClick={save}
  >
    Save as a file
  </button>
);

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
