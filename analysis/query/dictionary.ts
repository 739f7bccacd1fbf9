// Texts by number: equal texts have one number.

export interface Dictionary {
  readonly texts: readonly string[];
  id(text: string): number;
}

export function eachOnce(): Dictionary {
  const ids = new Map<string, number>();
  const texts: string[] = [];
  return {
    texts,
    id(text) {
      let id = ids.get(text);
      if (id === undefined) {
        id = texts.length;
        ids.set(text, id);
        texts.push(text);
      }
      return id;
    },
  };
}
