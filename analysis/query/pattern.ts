// Regular expressions a filter may use: those that can't run for ever on what a stranger sent.

/** Values longer than this are looked at up to here. */
export const LONGEST_SUBJECT = 1024;

/** A repeated group that itself repeats: (a+)+ takes time without bound. */
function nestsRepeats(source: string): boolean {
  const stack: { repeats: boolean }[] = [{ repeats: false }];
  let inClass = false;
  for (let i = 0; i < source.length; i += 1) {
    const c = source[i]!;
    if (c === '\\') {
      i += 1;
      continue;
    }
    if (inClass) {
      inClass = c !== ']';
      continue;
    }
    if (c === '[') inClass = true;
    else if (c === '(') stack.push({ repeats: false });
    else if (c === ')') {
      const group = stack.length > 1 ? stack.pop()! : stack[0]!;
      const repeated = /^(?:[*+]|\{\d*,?\d*\})/.test(source.slice(i + 1));
      if (repeated && group.repeats) return true;
      if (group.repeats || repeated) stack.at(-1)!.repeats = true;
    } else if (c === '*' || c === '+' || c === '|' || (c === '{' && /^\{\d+,?\d*\}/.test(source.slice(i)))) {
      stack.at(-1)!.repeats = true;
    }
  }
  return false;
}

/** Why a pattern is not taken; null when it is. */
export function shapeError(source: string): string | null {
  if (source.length > 512) return 'A regular expression has at most 512 signs.';
  if (/\\[1-9]|\\k</.test(source)) return 'Back references are not taken: they can run without end.';
  if (nestsRepeats(source)) return 'A repeated group must hold no repetition or choice: that can run without end.';
  const repeats = source.match(/(?<!\\)[*+]|\{\d+,\d*\}/g)?.length ?? 0;
  if (repeats > 6) return 'A regular expression has at most six repetitions.';
  try {
    new RegExp(source, 'iu');
    return null;
  } catch {
    try {
      new RegExp(source, 'i');
      return null;
    } catch {
      return 'This is no regular expression.';
    }
  }
}

/** Case does not count. The pattern has passed `shapeError`. */
export function pattern(source: string): (text: string) => boolean {
  const made = new RegExp(source, 'i');
  return (text) => made.test(text.length > LONGEST_SUBJECT ? text.slice(0, LONGEST_SUBJECT) : text);
}
