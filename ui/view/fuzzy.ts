// Finding a line by some of its letters, in their order.

export interface FuzzyHit {
  /** Higher is better. */
  readonly score: number;
  /** Places of the letters found, ascending, UTF-16 units. */
  readonly at: readonly number[];
}

const WORD = /[\p{L}\p{N}]/u;
const startsWord = (text: string, i: number): boolean => i === 0 || !WORD.test(text[i - 1] ?? '');

/** Places of the query's letters from `from` on, each at the start of a word or as early as possible; null: not all. */
function places(query: string, text: string, from: number): number[] | null {
  const at: number[] = [];
  let i = from;
  for (const sign of query) {
    let found = text.indexOf(sign, i);
    if (found < 0) return null;
    // A start of a word further on is what people mean, unless the letters run on.
    if (found !== i || at.length === 0) {
      for (let j = found; j >= 0; j = text.indexOf(sign, j + 1)) {
        if (startsWord(text, j)) {
          found = j;
          break;
        }
      }
    }
    at.push(found);
    i = found + 1;
  }
  return at;
}

function early(query: string, text: string): number[] | null {
  const at: number[] = [];
  let i = 0;
  for (const sign of query) {
    const found = text.indexOf(sign, i);
    if (found < 0) return null;
    at.push(found);
    i = found + 1;
  }
  return at;
}

function score(at: readonly number[], text: string): number {
  let n = 0;
  at.forEach((place, i) => {
    n += startsWord(text, place) ? 8 : 1;
    if (i > 0 && at[i - 1] === place - 1) n += 5;
  });
  return n - text.length / 50 - (at[0] ?? 0) / 20;
}

/** How well `text` answers `query`; null: it does not. Case and spaces of the query do not count. */
export function fuzzy(query: string, text: string): FuzzyHit | null {
  const wanted = query.toLowerCase().replaceAll(/\s+/g, '');
  const lower = text.toLowerCase();
  if (wanted === '') return { score: 0, at: [] };
  const whole = lower.indexOf(query.trim().toLowerCase());
  const run = whole < 0 ? null : Array.from(query.trim(), (_, i) => whole + i);
  const hits = [run, places(wanted, lower, 0), early(wanted, lower)].flatMap((at) =>
    at === null ? [] : [{ at, score: score(at, lower) }],
  );
  return hits.sort((a, b) => b.score - a.score)[0] ?? null;
}
