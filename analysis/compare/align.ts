// Two lists set against each other: what is alike stands in one row, in the order of both.

export interface Pair<T> {
  readonly a: T | null;
  readonly b: T | null;
}

/** Cells of the table that is filled at most; longer lists are matched in the order of their keys. */
const MOST = 1_000_000;

/** The longest common run of keys decides; what has no counterpart stands alone. */
export function align<T>(a: readonly T[], b: readonly T[], key: (t: T) => string): Pair<T>[] {
  const [ka, kb] = [a.map(key), b.map(key)];
  let head = 0;
  while (head < a.length && head < b.length && ka[head] === kb[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && ka[a.length - 1 - tail] === kb[b.length - 1 - tail])
    tail += 1;
  const both = (i: number, j: number): Pair<T> => ({ a: a[i]!, b: b[j]! });
  const out: Pair<T>[] = [];
  for (let i = 0; i < head; i += 1) out.push(both(i, i));
  const [na, nb] = [a.length - head - tail, b.length - head - tail];
  const middle = na * nb <= MOST ? longest : greedy;
  for (const [i, j] of middle(ka.slice(head, head + na), kb.slice(head, head + nb))) {
    out.push({ a: i === null ? null : a[head + i]!, b: j === null ? null : b[head + j]! });
  }
  for (let t = tail; t > 0; t -= 1) out.push(both(a.length - t, b.length - t));
  return out;
}

type Place = readonly [number | null, number | null];

/** Longest common subsequence. */
function longest(a: readonly string[], b: readonly string[]): Place[] {
  const width = b.length + 1;
  const best = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      best[i * width + j] =
        a[i] === b[j]
          ? best[(i + 1) * width + j + 1]! + 1
          : Math.max(best[(i + 1) * width + j]!, best[i * width + j + 1]!);
    }
  }
  const out: Place[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      out.push([i, j]);
      i += 1;
      j += 1;
    } else if (best[(i + 1) * width + j]! >= best[i * width + j + 1]!) {
      out.push([i, null]);
      i += 1;
    } else {
      out.push([null, j]);
      j += 1;
    }
  }
  for (; i < a.length; i += 1) out.push([i, null]);
  for (; j < b.length; j += 1) out.push([null, j]);
  return out;
}

/** For lists too long for the above: the next one with the same key is the counterpart. */
function greedy(a: readonly string[], b: readonly string[]): Place[] {
  const places = new Map<string, number[]>();
  b.forEach((k, j) => {
    const known = places.get(k);
    if (known === undefined) places.set(k, [j]);
    else known.push(j);
  });
  const taken = new Map<string, number>();
  const out: Place[] = [];
  let j = 0;
  for (const [i, k] of a.entries()) {
    const list = places.get(k) ?? [];
    let n = taken.get(k) ?? 0;
    while (n < list.length && list[n]! < j) n += 1;
    const found = list[n];
    taken.set(k, n + 1);
    if (found === undefined) {
      out.push([i, null]);
      continue;
    }
    for (; j < found; j += 1) out.push([null, j]);
    out.push([i, found]);
    j = found + 1;
  }
  for (; j < b.length; j += 1) out.push([null, j]);
  return out;
}
