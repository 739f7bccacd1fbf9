// OMA-WAP-TS-ProvCont-V1_1: the characteristics and parms of a provisioning document.

import type {
  Characteristic,
  DecodedDocument,
  DocumentElement,
  Parm,
  ProvisioningDocument,
  Stranger,
} from '../document.ts';
import type { DocumentDecoder } from '../kinds.ts';

function parm(e: DocumentElement): Parm {
  const value = e.attributes.find((a) => a.name === 'value');
  return {
    name: e.attributes.find((a) => a.name === 'name')?.value ?? '',
    value: value === undefined ? null : (value.value ?? ''),
    valueRange: value === undefined ? { start: e.start, length: e.length } : value.valueRange,
    start: e.start,
    length: e.length,
  };
}

const children = (e: DocumentElement, name: string): DocumentElement[] =>
  e.children.filter((c): c is DocumentElement => c.kind === 'element' && c.name === name);

/** The decoders' depth limit bounds the recursion. */
const characteristic = (e: DocumentElement): Characteristic => ({
  type: e.attributes.find((a) => a.name === 'type')?.value ?? '',
  parms: children(e, 'parm').map(parm),
  characteristics: children(e, 'characteristic').map(characteristic),
  start: e.start,
  length: e.length,
});

/** Attributes and children that the three elements of a document have. */
const BELONG: Readonly<
  Record<string, { readonly attributes: readonly string[]; readonly children: readonly string[] }>
> = {
  'wap-provisioningdoc': { attributes: ['version'], children: ['characteristic'] },
  characteristic: { attributes: ['type'], children: ['characteristic', 'parm'] },
  parm: { attributes: ['name', 'value'], children: [] },
};

function strangersIn(e: DocumentElement, into: Stranger[]): void {
  const { attributes, children } = BELONG[e.name] ?? { attributes: [], children: [] };
  for (const { name, start, length } of e.attributes) {
    // A namespace declaration is a matter of XML.
    if (attributes.includes(name) || name.startsWith('xmlns')) continue;
    into.push({ kind: 'attribute', name, inside: e.name, start, length });
  }
  for (const c of e.children) {
    const { start, length } = c;
    if (c.kind === 'text') {
      if (c.text.trim() !== '') into.push({ kind: 'text', name: '', inside: e.name, start, length });
    } else if (children.includes(c.name)) strangersIn(c, into);
    else into.push({ kind: 'element', name: c.name, inside: e.name, start, length });
  }
}

/**
 * The document model of a decoded document; null when its root is another element. Elements that are neither
 * characteristic nor parm are left out, as receivers do, and listed as strangers. A parm or characteristic without name or type has ''.
 *
 * @see OMA-WAP-TS-ProvCont-V1_1 4
 */
function toProvisioning(document: DecodedDocument): ProvisioningDocument | null {
  const { root } = document;
  if (root === null || root.name !== 'wap-provisioningdoc') return null;
  const strangers: Stranger[] = [];
  strangersIn(root, strangers);
  return {
    version: root.attributes.find((a) => a.name === 'version')?.value ?? null,
    characteristics: children(root, 'characteristic').map(characteristic),
    ...(strangers.length === 0 ? {} : { strangers }),
  };
}

export const CLIENT_PROVISIONING: DocumentDecoder = {
  form: 'document',
  kind: 'client-provisioning',
  mediaTypes: ['application/vnd.wap.connectivity-wbxml', 'text/vnd.wap.connectivity-xml'],
  roots: ['wap-provisioningdoc'],
  provisioning: toProvisioning,
};
