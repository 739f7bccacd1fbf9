// Elements without byte ranges: what is written. A DocumentElement is one, too.

export interface TreeAttribute {
  readonly name: string;
  /** null: the attribute stands without a value. */
  readonly value: string | null;
}

export interface TreeElement {
  readonly kind: 'element';
  readonly name: string;
  readonly attributes: readonly TreeAttribute[];
  readonly children: readonly TreeNode[];
}

export interface TreeText {
  readonly kind: 'text';
  readonly text: string;
}

export type TreeNode = TreeElement | TreeText;

/** `element('parm', { name: 'NAPID', value: 'N1' })`; strings among the children are text. */
export const element = (
  name: string,
  attributes: Readonly<Record<string, string | null>> = {},
  ...children: readonly (TreeElement | string)[]
): TreeElement => ({
  kind: 'element',
  name,
  attributes: Object.entries(attributes).map(([n, value]) => ({ name: n, value })),
  children: children.map((c) => (typeof c === 'string' ? { kind: 'text', text: c } : c)),
});
