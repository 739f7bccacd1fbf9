// Documents made by chance, for properties that all must have.

import fc from 'fast-check';
import type { TreeAttribute, TreeElement, TreeNode } from '../../dissectors/content/tree.ts';
import type { TokenTable } from '../../dissectors/content/wbxml/table.ts';

const namesOf = (t: TokenTable): { tags: string[]; attributes: string[]; values: string[] } => ({
  tags: [...new Set([...t.pages.values()].flatMap((p) => [...p.tags.values()]))],
  attributes: [...new Set([...t.pages.values()].flatMap((p) => [...p.starts.values()].map((s) => s.name)))],
  values: [
    ...new Set(
      [...t.pages.values()].flatMap((p) => [...p.values.values(), ...[...p.starts.values()].map((s) => s.prefix)]),
    ),
  ],
});

const name = fc.stringMatching(/^[A-Za-z_][-A-Za-z0-9._]{0,8}$/);

/** Documents of a kind: tokens of its table, and other names and texts among them. */
export function treeOf(t: TokenTable, text: fc.Arbitrary<string>): fc.Arbitrary<TreeElement> {
  const known = namesOf(t);
  const token = known.values.length === 0 ? text : fc.constantFrom(...known.values);
  const value = fc.oneof(
    token,
    text,
    fc.tuple(token, text).map(([a, b]) => a + b),
  );
  const attribute: fc.Arbitrary<TreeAttribute> = fc.record({
    name: fc.oneof(
      { weight: 4, arbitrary: known.attributes.length === 0 ? name : fc.constantFrom(...known.attributes) },
      { weight: 1, arbitrary: name },
    ),
    value: fc.oneof({ weight: 5, arbitrary: value }, { weight: 1, arbitrary: fc.constant(null) }),
  });
  const attributes = fc.uniqueArray(attribute, { selector: (a) => a.name, maxLength: 4 });
  const tag = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known.tags) }, { weight: 1, arbitrary: name });
  const { node } = fc.letrec<{ node: TreeElement; child: TreeNode }>((tie) => ({
    node: fc.record({
      kind: fc.constant('element' as const),
      name: tag,
      attributes,
      children: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constant([]),
        fc.array(tie('child'), { maxLength: 4 }),
      ),
    }),
    child: fc.oneof(
      { weight: 3, arbitrary: tie('node') },
      { weight: 1, arbitrary: text.filter((s) => s !== '').map((s) => ({ kind: 'text' as const, text: s })) },
    ),
  }));
  return node;
}

export const anyText = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((s) => !s.includes('\0'));
export const asciiText = fc.stringMatching(/^[ -~]{0,12}$/);
