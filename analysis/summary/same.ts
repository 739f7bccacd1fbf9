// Sentences that thousands of messages share are kept once.

/** Sentences that are remembered; beyond that all are forgotten. */
const MOST = 2048;

const known = new Map<string, string>();

/** The same text; equal ones of late are one string, in one piece. */
export function sameText(text: string): string {
  const same = known.get(text);
  if (same !== undefined) return same;
  if (known.size === MOST) known.clear();
  known.set(text, text);
  return text;
}

let last: readonly string[] = [];

/** The same list; one that equals the list before is that list. */
export function sameList(list: readonly string[]): readonly string[] {
  const same = list.length === last.length && list.every((text, n) => text === last[n]);
  if (!same) last = list.map(sameText);
  return last;
}
