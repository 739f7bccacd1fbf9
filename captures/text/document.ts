// Files that are one document: WBXML, a push, a user data with its header, a TPDU, provisioning XML.

import type { RecordContent } from '../reader.ts';
import { judge } from './shape.ts';
import { isDocument, isPush, XML_ROOT, xmlRoot } from './sniff.ts';

/** Octets read of one document. */
export const MAX_DOCUMENT = 1 << 22;

export interface DocumentKind {
  readonly content: RecordContent;
  readonly format: string;
  readonly udhi?: boolean;
  readonly dcs?: number;
  readonly direction?: 'mt' | 'mo';
}

/** Octets of a short message with its address, at most; longer files are no TPDU. */
const MAX_TPDU = 12 + 24 + 140;

/** What a file is when it is one document. `head` is all of it where `whole`. */
export function documentKind(head: Uint8Array, whole: boolean): DocumentKind | undefined {
  if (isPush(head)) return { content: 'wsp', format: 'wsp' };
  if (isDocument(head, true)) return { content: 'wbxml', format: 'wbxml' };
  if (isXmlFile(head, whole)) return { content: 'xml', format: 'xml' };
  if (!whole || head.length > MAX_TPDU) return undefined;
  const s = judge(head);
  if (s === undefined || (s.fit !== 'exact' && s.content !== 'user-data')) return undefined;
  return {
    content: s.content,
    format: s.content === 'user-data' ? 'user-data' : 'tpdu',
    ...(s.udhi === undefined ? {} : { udhi: s.udhi }),
    ...(s.dcs === undefined ? {} : { dcs: s.dcs }),
    ...(s.direction === undefined ? {} : { direction: s.direction }),
  };
}

/** Roots that stand alone in files, but in logs only where something else is logged. */
const FILE_ROOT = /^(?:co|o-ex:rights|SyncML)$/;

/** A text document whose root is one that is pushed to phones, in UTF-8 or UTF-16, with nothing behind it. */
function isXmlFile(head: Uint8Array, whole: boolean): boolean {
  const root = xmlRoot(documentText(head.subarray(0, 8192)));
  if (root === undefined || !(XML_ROOT.test(root) || FILE_ROOT.test(root))) return false;
  const text = whole ? documentText(head) : '';
  const close = text.indexOf(`</${root}`);
  const end = close < 0 ? -1 : text.indexOf('>', close);
  const rest = end < 0 ? '' : text.slice(end + 1).trim();
  return rest === '' || rest.startsWith('<!--');
}

/** UTF-16 by its mark, or by the zeros that a first '<' has in it. */
export function wideOrder(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [a, b] = [head[0], head[1]];
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  const units = Math.min(head.length >> 1, 128);
  if (units < 4) return undefined;
  const zeros = [0, 0];
  for (let i = 0; i < 2 * units; i += 1) if (head[i] === 0) zeros[i & 1]! += 1;
  if (zeros[1]! > units * 0.8 && zeros[0] === 0) return 'utf-16le';
  return zeros[0]! > units * 0.8 && zeros[1] === 0 ? 'utf-16be' : undefined;
}

function documentText(head: Uint8Array): string {
  const order = wideOrder(head);
  if (order === undefined) {
    const start = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
    return new TextDecoder('utf-8').decode(head.subarray(start));
  }
  let text = '';
  const big = order === 'utf-16be' ? 1 : 0;
  for (let i = 0; i + 1 < head.length; i += 2) text += String.fromCharCode((head[i + 1 - big]! << 8) | head[i + big]!);
  return text.replace(/^\ufeff/, '');
}
