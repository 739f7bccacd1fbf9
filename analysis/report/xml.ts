// XML for reading, without the secrets.

import type { DocumentElement, Range } from '../../dissectors/content/document.ts';
import { prettyXml } from '../../dissectors/content/xml/index.ts';
import { maskTree } from './mask.ts';

export interface LinedXml {
  readonly text: string;
  /** Octets of the body behind line i of `text`. */
  readonly lines: readonly (Range | null)[];
}

/** Indented XML of a document, with secrets masked unless `secrets`. */
export function maskedXml(root: DocumentElement, secrets: boolean): LinedXml {
  const { text, ranges } = prettyXml(secrets ? root : maskTree(root));
  return { text, lines: ranges };
}
