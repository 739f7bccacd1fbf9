// All texts of a column in one string: a word is searched in all of them at once, and not in each by itself.

/** Between texts; what is searched for with one in it is searched for text by text. */
const BETWEEN = '\0';

interface Haystack {
  readonly all: string;
  /** Where each text begins, and one more. */
  readonly start: Int32Array;
}

const made = new WeakMap<readonly string[], Haystack>();

function haystackOf(texts: readonly string[]): Haystack {
  let h = made.get(texts);
  if (h === undefined || h.start.length !== texts.length + 1) {
    const joined = texts.join(BETWEEN);
    let lower = joined.toLowerCase();
    let lengths: (i: number) => number = (i) => texts[i]!.length;
    // Some letters become two.
    if (lower.length !== joined.length) {
      const each = texts.map((t) => t.toLowerCase());
      lower = each.join(BETWEEN);
      lengths = (i) => each[i]!.length;
    }
    const start = new Int32Array(texts.length + 1);
    for (let i = 0; i < texts.length; i += 1) start[i + 1] = start[i]! + lengths(i) + BETWEEN.length;
    h = { all: lower, start };
    made.set(texts, h);
  }
  return h;
}

/** For each text 1 where it holds the word, whatever the case; undefined where none does. */
export function textsWith(texts: readonly string[], word: string): Uint8Array | undefined {
  const lower = word.toLowerCase();
  if (lower === '') return new Uint8Array(texts.length).fill(1);
  if (lower.includes(BETWEEN)) return someOf(texts, (t) => t.toLowerCase().includes(lower));
  const { all, start } = haystackOf(texts);
  let at = all.indexOf(lower);
  if (at < 0) return undefined;
  const out = new Uint8Array(texts.length);
  for (let id = 0; at >= 0; ) {
    while (start[id + 1]! <= at) id += 1;
    out[id] = 1;
    at = all.indexOf(lower, start[id + 1]);
  }
  return out;
}

/** For each text 1 where it passes; undefined where none does. */
export function someOf(texts: readonly string[], test: (text: string) => boolean): Uint8Array | undefined {
  let out: Uint8Array | undefined;
  for (let i = 0; i < texts.length; i += 1) {
    if (!test(texts[i]!)) continue;
    out ??= new Uint8Array(texts.length);
    out[i] = 1;
  }
  return out;
}
