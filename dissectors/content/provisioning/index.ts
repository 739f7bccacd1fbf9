// OMA-WAP-TS-ProvCont-V1_1: the characteristics and parms of a provisioning document.

import type { Characteristic, DecodedDocument, DocumentElement, Parm, ProvisioningDocument } from '../document.ts';
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

/**
 * The document model of a decoded document; null when its root is another element. Elements that are neither
 * characteristic nor parm are left out, as receivers do. A parm or characteristic without name or type has ''.
 *
 * @see OMA-WAP-TS-ProvCont-V1_1 4
 */
function toProvisioning(document: DecodedDocument): ProvisioningDocument | null {
  const { root } = document;
  if (root === null || root.name !== 'wap-provisioningdoc') return null;
  return {
    version: root.attributes.find((a) => a.name === 'version')?.value ?? null,
    characteristics: children(root, 'characteristic').map(characteristic),
  };
}

export const CLIENT_PROVISIONING: DocumentDecoder = {
  form: 'document',
  kind: 'client-provisioning',
  mediaTypes: ['application/vnd.wap.connectivity-wbxml', 'text/vnd.wap.connectivity-xml'],
  roots: ['wap-provisioningdoc'],
  provisioning: toProvisioning,
};
