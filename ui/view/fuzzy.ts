// Finding a line by some of its letters, in their order.

export interface FuzzyHit {
  /** Higher is better. */
  readonly score: number;
  /** Places of the letters found, ascending, UTF-16 units. */
  readonly at: readonly number[];
}

const WORD = /[\p{L}\p{N}]/u;
const startsWord = (text: string, i: number): boolean => i === 0 || !WORD.test(text[i - 1] ?? '');

/**
 * Places of the query's letters: each begins a word or follows the one before it. null: not all are there. `budget`
 * bounds the looking.
 */
function places(query: readonly string[], text: string): number[] | null {
  let budget = 2000;
  const walk = (i: number, last: number): number[] | null => {
    if (i === query.length) return [];
    const sign = query[i] ?? '';
    for (let at = text.indexOf(sign, last + 1); at >= 0; at = text.indexOf(sign, at + 1)) {
      budget -= 1;
      if (budget < 0) return null;
      if (!(startsWord(text, at) || (i > 0 && at === last + 1))) continue;
      const rest = walk(i + 1, at);
      if (rest !== null) return [at, ...rest];
    }
    return null;
  };
  return walk(0, -1);
}

function score(at: readonly number[], text: string): number {
  let n = 0;
  at.forEach((place, i) => {
    n += startsWord(text, place) ? 8 : 1;
    if (i > 0 && at[i - 1] === place - 1) n += 9;
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
  const hits = [run, places(wanted.split(''), lower)].flatMap((at) =>
    at === null ? [] : [{ at, score: score(at, lower) }],
  );
  return hits.sort((a, b) => b.score - a.score)[0] ?? null;
}
