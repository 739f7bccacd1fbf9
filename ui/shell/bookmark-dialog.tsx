// A bookmark on the selected message, with a note.

import { useSignal } from '@preact/signals';
import { Dialog } from '../parts/dialog.tsx';
import { bookmarkOf, dropBookmark, MOST_NOTE, putBookmark } from '../state/bookmarks.ts';
import { dialog } from '../state/commands.ts';
import { prefs } from '../state/prefs.ts';
import { selectedRow } from '../state/selection.ts';

export function BookmarkDialog() {
  const row = selectedRow.value;
  const old = bookmarkOf(row?.id ?? null);
  const note = useSignal(old?.note ?? '');
  const close = (): void => {
    dialog.value = null;
  };
  if (row === null) return null;
  const save = (): void => {
    putBookmark({ message: row.id, label: row.summary, note: note.value });
    close();
  };
  return (
    <Dialog title={`Bookmark on ${row.id}`} onClose={close}>
      <form
        class="bookmark-form"
        onSubmit={(e) => {
          e.preventDefault();
          save();
        }}
      >
        <p class="bookmark-what">
          <bdi>{row.summary}</bdi>
        </p>
        <label for="bookmark-note">Note</label>
        <textarea
          id="bookmark-note"
          rows={4}
          maxLength={MOST_NOTE}
          value={note.value}
          onInput={(e) => {
            note.value = e.currentTarget.value;
          }}
          onKeyDown={(e) => {
            if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) save();
          }}
        />
        <p class="quiet">
          {prefs.value.keepBookmarks
            ? 'It is kept in this browser; the settings say so.'
            : 'It is gone with this page, unless the settings say that bookmarks are kept.'}
        </p>
        <div class="dialog-actions">
          {old !== null && (
            <button
              type="button"
              class="button"
              onClick={() => {
                dropBookmark(row.id);
                close();
              }}
            >
              Take away
            </button>
          )}
          <button type="button" class="button" onClick={close}>
            Cancel
          </button>
          <button type="submit" class="button button-main">
            Save
          </button>
        </div>
      </form>
    </Dialog>
  );
}
