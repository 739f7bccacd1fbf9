// A document as XML text: one line without white space, or indented with the octets behind each line.

import type { DocumentElement, Range } from '../document.ts';
import type { TreeElement } from '../tree.ts';

export interface WriteOptions {
  /** Write names of tokens no table has as 'unknown', without code page and number. */
  readonly plainUnknown?: boolean;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

// Characters XML 1.0 2.2 does not have, even as references.
const NO_CHARACTER = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Characters that stand for themselves, wherever they are. */
const PLAIN = /^[ !#-%'-;=?-~]*$/;

/** A carriage return would be read as a line feed (XML 1.0 2.11). */
const escapeText = (s: string): string =>
  PLAIN.test(s)
    ? s
    : s
        .replace(NO_CHARACTER, '\ufffd')
        .replace(/[&<>]/g, (ch) => ESCAPES[ch]!)
        .replace(/\r/g, '&#13;');

const escapeValue = (s: string): string =>
  PLAIN.test(s)
    ? s
    : s
        .replace(NO_CHARACTER, '\ufffd')
        .replace(/[&<>"]/g, (ch) => ESCAPES[ch]!)
        .replace(/[\t\n\r]/g, (ch) => `&#${ch.charCodeAt(0)};`);

const PLAIN_NAME = /^[A-Za-z_:][-A-Za-z0-9._:]*$/;

/** A literal name may hold anything; what no name may hold becomes '_'. */
function writeName(name: string, options: WriteOptions): string {
  if (options.plainUnknown === true && /^unknown-\d+:[0-9A-F]{2}$/.test(name)) return 'unknown';
  if (PLAIN_NAME.test(name)) return name;
  const safe = name.replace(/[^-A-Za-z0-9._:\u00b7-\ufffd]/g, '_');
  return /^[A-Za-z_:\u00c0-\ufffd]/.test(safe) ? safe : `_${safe}`;
}

function startTag(e: TreeElement, options: WriteOptions): string {
  let out = `<${writeName(e.name, options)}`;
  for (const a of e.attributes) out += ` ${writeName(a.name, options)}="${escapeValue(a.value ?? '')}"`;
  return out;
}

/**
 * Canonical text: no declaration, no white space of its own, attributes in the order they came, `<a/>` for an
 * empty element.
 */
export function canonicalXml(root: TreeElement, options: WriteOptions = {}): string {
  const parts: string[] = [];
  const write = (e: TreeElement): void => {
    parts.push(startTag(e, options));
    if (e.children.length === 0) {
      parts.push('/>');
      return;
    }
    parts.push('>');
    for (const c of e.children) {
      if (c.kind === 'element') write(c);
      else parts.push(escapeText(c.text));
    }
    parts.push(`</${writeName(e.name, options)}>`);
  };
  write(root);
  return parts.join('');
}

export interface PrettyXml {
  readonly text: string;
  /** Octets of the body behind line i of `text`: the element, or for an end tag its last octet. */
  readonly ranges: readonly (Range | null)[];
}

/** Indented text. Elements with text in them stay on one line, so no white space is added to their content. */
export function prettyXml(root: DocumentElement, options: WriteOptions = {}): PrettyXml {
  const lines: string[] = [];
  const ranges: (Range | null)[] = [];
  const line = (text: string, range: Range): void => {
    // Text may hold line ends of its own: each of the lines points to the same octets.
    for (const part of text.split('\n')) {
      lines.push(part);
      ranges.push({ start: range.start, length: range.length });
    }
  };
  const write = (e: DocumentElement, indent: string): void => {
    const start = startTag(e, options);
    if (e.children.length === 0) {
      line(`${indent}${start}/>`, e);
      return;
    }
    if (e.children.some((c) => c.kind === 'text')) {
      line(`${indent}${canonicalXml(e, options)}`, e);
      return;
    }
    const first = e.children[0]!;
    line(`${indent}${start}>`, { start: e.start, length: Math.max(0, first.start - e.start) });
    for (const c of e.children) if (c.kind === 'element') write(c, `${indent}  `);
    const last = e.children.at(-1)!;
    const end = last.start + last.length;
    line(`${indent}</${writeName(e.name, options)}>`, { start: end, length: Math.max(0, e.start + e.length - end) });
  };
  write(root, '');
  return { text: lines.join('\n'), ranges };
}

/** Canonical text, or indented with `pretty`. */
export const toXml = (root: DocumentElement, options: WriteOptions & { readonly pretty?: boolean } = {}): string =>
  options.pretty === true ? prettyXml(root, options).text : canonicalXml(root, options);
