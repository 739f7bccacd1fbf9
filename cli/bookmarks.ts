// Bookmarks that the page saved as a file.

import { readFile } from 'node:fs/promises';
import { BOOKMARKS_SCHEMA, type BookmarksFile, type ExportBookmark } from '../analysis/engine/contract/export.ts';
import { Sentence } from './sentence.ts';

const isBookmark = (b: Partial<ExportBookmark> | null): b is ExportBookmark =>
  typeof b?.message === 'string' && typeof b.note === 'string';

function parsed(text: string): readonly ExportBookmark[] | null {
  try {
    const file = JSON.parse(text) as Partial<BookmarksFile> | null;
    if (file?.schema !== BOOKMARKS_SCHEMA || !Array.isArray(file.bookmarks)) return null;
    return file.bookmarks.every(isBookmark) ? file.bookmarks.map(({ message, note }) => ({ message, note })) : null;
  } catch {
    return null;
  }
}

/** Rejects with a sentence for a file that can't be read, or is none of the page's. */
export async function readBookmarks(path: string): Promise<readonly ExportBookmark[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (e) {
    throw new Sentence(`the bookmarks ${path} can't be read (${(e as NodeJS.ErrnoException).code}).`, 2);
  }
  const found = parsed(text);
  if (found === null) throw new Sentence(`${path} holds no bookmarks as the page saves them (${BOOKMARKS_SCHEMA}).`, 2);
  return found;
}
