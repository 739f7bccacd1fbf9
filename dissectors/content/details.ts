// Elements and attributes of small documents as details.

import type { DecodedDocument, DocumentElement } from './document.ts';
import type { Detail } from './kinds.ts';

/** The root and all below it, in document order. */
export function* elementsOf(document: DecodedDocument): Generator<DocumentElement> {
  const stack: DocumentElement[] = document.root === null ? [] : [document.root];
  for (let e = stack.pop(); e !== undefined; e = stack.pop()) {
    yield e;
    for (let i = e.children.length - 1; i >= 0; i -= 1) {
      const c = e.children[i]!;
      if (c.kind === 'element') stack.push(c);
    }
  }
}

export const attributeOf = (e: DocumentElement, name: string): string | undefined =>
  e.attributes.find((a) => a.name === name)?.value ?? undefined;

/** A detail for each of these attributes that is there: [attribute, label]. */
export function attributeDetails(e: DocumentElement, wanted: readonly (readonly [string, string])[]): Detail[] {
  const out: Detail[] = [];
  for (const [name, label] of wanted) {
    const a = e.attributes.find((x) => x.name === name);
    if (a !== undefined) out.push({ label, value: a.value ?? '', range: { start: a.start, length: a.length } });
  }
  return out;
}

/** The text directly in an element, with white space runs made one space. */
export function textDetail(e: DocumentElement, label: string): Detail[] {
  const texts = e.children.filter((c) => c.kind === 'text');
  const [first] = texts;
  const last = texts.at(-1);
  if (first === undefined || last === undefined) return [];
  const value = texts
    .map((t) => t.text)
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
  return [{ label, value, range: { start: first.start, length: last.start + last.length - first.start } }];
}
