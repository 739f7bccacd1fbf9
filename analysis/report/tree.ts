// The document as data: each characteristic, parm, element and attribute with its octets.

import type { DocumentElement, DocumentNode, Range } from '../../dissectors/content/document.ts';
import { isSecretElement } from './mask.ts';
import type { ReportTreeNode } from './schema.ts';

/** What is shown for a value. */
type Show = (value: string, secret: boolean) => string;

const range = (r: Range): { start: number; length: number } => ({ start: r.start, length: r.length });

const attribute = (e: DocumentElement, name: string) => e.attributes.find((a) => a.name.toLowerCase() === name);

/** OMA Client Provisioning has three elements; `kind` names the two that matter by what they are. */
function node(e: DocumentElement, show: Show): ReportTreeNode {
  const type = attribute(e, 'type');
  const name = attribute(e, 'name');
  if (e.name === 'characteristic' && type?.value != null) {
    const children = e.children.flatMap((c) => nodes(c, show));
    return shown('characteristic', type.value, null, false, e, null, children, show);
  }
  if (e.name === 'parm' && name?.value != null) {
    const value = attribute(e, 'value');
    const secret = isSecretElement(e);
    return shown('parm', name.value, value?.value ?? null, secret, e, value?.valueRange ?? null, [], show);
  }
  const secret = isSecretElement(e);
  const attributes = e.attributes.map((a) =>
    shown('attribute', a.name, a.value, secret && a.name.toLowerCase() !== 'name', a, a.valueRange, [], show),
  );
  return shown(
    'element',
    e.name,
    null,
    false,
    e,
    null,
    [...attributes, ...e.children.flatMap((c) => nodes(c, show))],
    show,
  );
}

function nodes(n: DocumentNode, show: Show): ReportTreeNode[] {
  if (n.kind === 'element') return [node(n, show)];
  return n.text.trim() === '' ? [] : [shown('text', '', n.text, false, n, null, [], show)];
}

function shown(
  kind: ReportTreeNode['kind'],
  name: string,
  value: string | null,
  secret: boolean,
  at: Range,
  valueAt: Range | null,
  children: ReportTreeNode[],
  show: Show,
): ReportTreeNode {
  return {
    kind,
    name,
    value: value === null ? null : show(value, secret),
    secret,
    bytes: range(at),
    valueBytes: valueAt === null ? null : range(valueAt),
    children,
  };
}

/** Top level of a document: of client provisioning the characteristics, of anything else its root. */
export function treeOf(root: DocumentElement | null, show: Show): ReportTreeNode[] {
  if (root === null) return [];
  if (root.name === 'wap-provisioningdoc') return root.children.flatMap((c) => nodes(c, show));
  return [node(root, show)];
}
