// The document as data: each characteristic, parm, element and attribute with its octets.

import type { DocumentAttribute, DocumentElement, DocumentNode, Range } from '../../dissectors/content/document.ts';
import type { Detail } from '../../dissectors/content/kinds.ts';
import { holdsSecretText, isSecretElement } from './mask.ts';
import type { ReportTreeNode } from './schema.ts';

/** What is shown for a value. */
type Show = (value: string, secret: boolean) => string;

const range = (r: Range): { start: number; length: number } => ({ start: r.start, length: r.length });

interface Shown {
  readonly kind: ReportTreeNode['kind'];
  readonly name: string;
  readonly value?: string | null;
  readonly secret?: boolean;
  readonly at: Range;
  readonly valueAt?: Range | null;
  readonly children?: ReportTreeNode[];
}

function shown(s: Shown, show: Show): ReportTreeNode {
  const secret = s.secret ?? false;
  const value = s.value ?? null;
  return {
    kind: s.kind,
    name: s.name,
    value: value === null ? null : show(value, secret),
    secret,
    bytes: range(s.at),
    valueBytes: s.valueAt == null ? null : range(s.valueAt),
    children: s.children ?? [],
  };
}

const named = (e: DocumentElement, name: string): DocumentAttribute | undefined =>
  e.attributes.find((a) => a.name === name);

const attribute = (a: DocumentAttribute, secret: boolean, show: Show): ReportTreeNode =>
  shown({ kind: 'attribute', name: a.name, value: a.value, secret, at: a, valueAt: a.valueRange }, show);

/** OMA Client Provisioning has two elements that matter; `kind` names them by what they are. */
function element(e: DocumentElement, inside: boolean, show: Show): ReportTreeNode {
  const below = e.children.flatMap((c) => node(c, inside || holdsSecretText(e, c), show));
  const secret = isSecretElement(e);
  const others = (...known: string[]): ReportTreeNode[] =>
    e.attributes
      .filter((a) => !known.includes(a.name))
      .map((a) => attribute(a, secret && a.name.toLowerCase() !== 'name', show));
  const type = named(e, 'type');
  if (e.name === 'characteristic' && type?.value != null) {
    return shown({ kind: 'characteristic', name: type.value, at: e, children: [...others('type'), ...below] }, show);
  }
  const name = named(e, 'name');
  if (e.name === 'parm' && name?.value != null) {
    const value = named(e, 'value');
    const children = [...others('name', 'value'), ...below];
    const at = { at: e, valueAt: value?.valueRange ?? null };
    return shown({ kind: 'parm', name: name.value, value: value?.value ?? null, secret, ...at, children }, show);
  }
  return shown({ kind: 'element', name: e.name, at: e, children: [...others(), ...below] }, show);
}

function node(n: DocumentNode, inside: boolean, show: Show): ReportTreeNode[] {
  if (n.kind === 'element') return [element(n, inside, show)];
  return n.text.trim() === '' ? [] : [shown({ kind: 'text', name: '', value: n.text, secret: inside, at: n }, show)];
}

/** Top level of a document: of client provisioning the characteristics, of anything else its root. */
export function treeOf(root: DocumentElement | null, show: Show): ReportTreeNode[] {
  if (root === null) return [];
  if (root.name === 'wap-provisioningdoc') return root.children.flatMap((c) => node(c, false, show));
  return [element(root, false, show)];
}

/** What a decoder of a body that is neither WBXML nor XML found, one below the other. */
export const treeOfDetails = (details: readonly Detail[], show: Show): ReportTreeNode[] =>
  details.map((d) => {
    const at = d.range ?? { start: 0, length: 0 };
    return shown(
      { kind: 'detail', name: d.label, value: d.value, secret: d.secret === true, at, valueAt: d.range },
      show,
    );
  });
