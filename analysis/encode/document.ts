// A text document to WBXML: which token table, what it can't say, and where in the text that stands.

import type { Finding } from '../../captures/finding.ts';
import { Cursor } from '../../dissectors/base/cursor.ts';
import { type Charset, charsetByMib, charsetByName, latin1 } from '../../dissectors/content/charset.ts';
import type { DocumentElement, Range } from '../../dissectors/content/document.ts';
import type { TreeElement } from '../../dissectors/content/tree.ts';
import { decodeWbxml } from '../../dissectors/content/wbxml/decode.ts';
import { encodeWbxml } from '../../dissectors/content/wbxml/encode.ts';
import type { TokenTable } from '../../dissectors/content/wbxml/table.ts';
import { TOKEN_TABLES } from '../../dissectors/content/wbxml/tables.ts';
import { readXml } from '../../dissectors/content/xml/index.ts';
import { scrub, secretsOf } from '../report/mask.ts';
import { type Place, placeOf } from './place.ts';

/** Character sets that strings can be written in, by MIBenum. */
const WRITABLE = [106, 3, 4, 1000, 1013, 1014, 1015] as const;
const UTF8 = 106;
/** ISO-10646-UCS-2: no characters beyond the first 65536. */
const UCS2 = 1000;
const TOP: ReadonlyMap<number, number> = new Map([
  [3, 0x7f],
  [4, 0xff],
  [UCS2, 0xffff],
]);

export const writableCharsets = (): string[] => WRITABLE.map((mib) => charsetByMib(mib)!.name);

/** By name in any case; undefined where nothing can be written in it. */
export function writableCharset(name: string): Charset | undefined {
  const charset = charsetByName(name);
  return charset !== undefined && (WRITABLE as readonly number[]).includes(charset.mib) ? charset : undefined;
}

export interface WbxmlForm {
  /** MIBenum; UTF-8 unless given. */
  readonly charset?: number;
  /** Header octet: 0x00 is WBXML 1.0 ... 0x03 is 1.3, the default. */
  readonly version?: number;
  /** Strings that occur more than once go into the string table. */
  readonly stringTable?: boolean;
  /** Elements and attributes without a token are written as text instead of refused. */
  readonly literals?: boolean;
  /** The public identifier as text, as some gateways send it. */
  readonly publicIdAsText?: boolean;
  /** White space around texts is indentation and is left out; it counts as content otherwise (XML 1.0 2.10). */
  readonly trim?: boolean;
}

/** One sentence on why nothing was written. `unreadable`: the input is no well-formed document. */
export interface EncodeFault {
  readonly fault: string;
  readonly unreadable: boolean;
  /** In the text, where it is about a place. */
  readonly place: Place | null;
}

export const isFault = (x: object): x is EncodeFault => 'fault' in x;

export interface WrittenDocument {
  readonly body: Uint8Array;
  readonly mediaType: string;
  /** 'Provisioning document' */
  readonly title: string;
  /** The input was WBXML already and is carried as it was. */
  readonly asGiven: boolean;
}

/** WBXML 1.3 in the first octet. */
const LAST_VERSION = 0x03;
const NEITHER = 'it is neither XML nor WBXML of a known kind';
const LF_CR_TAB_BLANK = [0x0a, 0x0d, 0x09, 0x20];

/** Text: '<' behind white space or a byte order mark, or an octet of UTF-16 with it. */
export function isXmlText(bytes: Uint8Array): boolean {
  const [a, b, c] = bytes;
  if ((a === 0xfe && b === 0xff) || (a === 0xff && b === 0xfe)) return true;
  let i = a === 0xef && b === 0xbb && c === 0xbf ? 3 : 0;
  while (LF_CR_TAB_BLANK.includes(bytes[i] ?? -1)) i += 1;
  return bytes[i] === 0x3c || (bytes[i] === 0 && bytes[i + 1] === 0x3c);
}

/**
 * Writes a document as WBXML. XML is encoded with the tokens of the table its root element names; WBXML that can be
 * read is carried as it is.
 *
 * @see WAP-192-WBXML clause 5, and the token tables of the document types
 */
export function writeDocument(bytes: Uint8Array, form: WbxmlForm = {}): WrittenDocument | EncodeFault {
  return isXmlText(bytes) ? encodeText(bytes, form) : carry(bytes);
}

function carry(bytes: Uint8Array): WrittenDocument | EncodeFault {
  const unreadable = (fault: string): EncodeFault => ({ fault, unreadable: true, place: null });
  if (bytes.length === 0) return unreadable('it is empty');
  if (bytes[0]! > LAST_VERSION) return unreadable(NEITHER);
  const findings: Finding[] = [];
  const c = new Cursor(bytes, 0, bytes.length, null, findings, 'body');
  const { document, table } = decodeWbxml(c, { contentType: null });
  if (document.root === null || table === null) return unreadable(NEITHER);
  const wrong = findings.find((f) => f.rule.severity === 'error');
  if (wrong !== undefined) {
    const message = scrub(wrong.message, secretsOf(document.root));
    return unreadable(`the WBXML is damaged at octet ${wrong.start}: ${message}`);
  }
  return { body: bytes, mediaType: mediaTypeOf(document.root, table), title: table.title, asGiven: true };
}

function encodeText(bytes: Uint8Array, form: WbxmlForm): WrittenDocument | EncodeFault {
  const findings: Finding[] = [];
  const c = new Cursor(bytes, 0, bytes.length, null, findings, 'body');
  const { root, charsetName } = readXml(c);
  const fault = (sentence: string, at: number, unreadable: boolean): EncodeFault => ({
    fault: scrub(sentence, secretsOf(root)),
    unreadable,
    place: placeOf(bytes, at, charsetName),
  });
  const wrong =
    findings.find((f) => f.rule.severity === 'error') ?? findings.find((f) => f.rule.code === 'XML-UNKNOWN-CHARSET');
  if (wrong !== undefined) return fault(wrong.message, wrong.start, true);
  if (root === null) return fault('there is no element', 0, true);

  const table = tableOf(root, statedPublicId(bytes));
  if (table === undefined) return fault(unknownRoot(root.name), root.start, false);
  const charset = charsetByMib(form.charset ?? UTF8)!;
  const refused = form.literals === true ? undefined : withoutToken(root, table);
  if (refused !== undefined) return fault(refused.sentence, refused.at.start, false);
  const misfit = outside(root, TOP.get(charset.mib) ?? 0x10ffff, charset.name);
  if (misfit !== undefined) return fault(misfit.sentence, misfit.at.start, false);

  const spaceless = withoutNamespaces(root, table);
  const body = encodeWbxml(form.trim === true ? trimmed(spaceless) : spaceless, {
    table,
    charset: charset.mib,
    version: form.version ?? 0x03,
    stringTable: form.stringTable === true,
    publicIdAsText: form.publicIdAsText === true,
  });
  return { body, mediaType: mediaTypeOf(root, table), title: table.title, asGiven: false };
}

const trimmed = (e: TreeElement): TreeElement => ({
  ...e,
  children: e.children.map((c) => (c.kind === 'element' ? trimmed(c) : { ...c, text: c.text.trim() })),
});

const isNamespace = (attribute: string): boolean => attribute === 'xmlns' || attribute.startsWith('xmlns:');

/** The code page says what a namespace does: declarations without a token are left out. */
const withoutNamespaces = (e: TreeElement, table: TokenTable): TreeElement => ({
  ...e,
  attributes: e.attributes.filter((a) => !isNamespace(a.name) || hasAttribute(table, a.name)),
  children: e.children.map((c) => (c.kind === 'element' ? withoutNamespaces(c, table) : c)),
});

const hasAttribute = (table: TokenTable, name: string): boolean =>
  [...table.pages.values()].some((p) => [...p.starts.values()].some((s) => s.name === name));

/** By root element; versions of one document type by the document type declaration, or what the document says. */
function tableOf(root: DocumentElement, publicId: string | undefined): TokenTable | undefined {
  const tables = TOKEN_TABLES.filter((t) => t.root === root.name);
  const version = textOf(root, 'VerDTD');
  return (
    tables.find((t) => t.publicIdText === publicId) ??
    tables.find((t) => version !== undefined && t.publicIdText.includes(` ${version}//`)) ??
    tables[0]
  );
}

/** Text of the first element of that name. */
function textOf(e: DocumentElement, name: string): string | undefined {
  const [inside] = e.children;
  if (e.name === name) return inside?.kind === 'text' ? inside.text.trim() : undefined;
  for (const c of e.children) {
    const found = c.kind === 'element' ? textOf(c, name) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Octets in which a document type declaration is looked for. */
const PROLOG = 2048;

/** XML 1.0 2.8, 4.2.2: the public identifier of the document type declaration. */
function statedPublicId(bytes: Uint8Array): string | undefined {
  const head = latin1(bytes.subarray(0, PROLOG)).replaceAll('\0', '');
  return /<!DOCTYPE\s+\S+\s+PUBLIC\s+["']([^"'<>]*)["']/.exec(head)?.[1];
}

/** Nokia/Ericsson OTA Settings Specification 7.0: bookmarks go under a type of their own. */
function mediaTypeOf(root: DocumentElement, table: TokenTable): string {
  const types = root.children.flatMap((c) => (c.kind === 'element' ? c.attributes : [])).map((a) => a.value);
  const bookmarks = table.id === 'ota' && types.includes('BOOKMARK') && !types.includes('ADDRESS');
  // Older versions of a type go under its one media type.
  const named = TOKEN_TABLES.find((t) => t.root === table.root && t.mediaTypes.length > 0);
  const own = table.mediaTypes.length > 0 ? table : named;
  return own?.mediaTypes[bookmarks ? 1 : 0] ?? 'application/vnd.wap.wbxml';
}

function unknownRoot(name: string): string {
  const roots = [...new Set(TOKEN_TABLES.map((t) => t.root))];
  const same = roots.find((r) => r.toLowerCase() === name.toLowerCase());
  if (same !== undefined) return `<${name}> is written <${same}>: XML tells upper from lower case`;
  return `<${name}> is no document that is known here; there are <${roots.join('>, <')}>`;
}

interface Refusal {
  readonly sentence: string;
  readonly at: Range;
}

/** The first element or attribute that the table has no token for. */
function withoutToken(root: DocumentElement, table: TokenTable): Refusal | undefined {
  const tags = new Set<string>();
  const attributes = new Set<string>();
  for (const page of table.pages.values()) {
    for (const tag of page.tags.values()) tags.add(tag);
    for (const start of page.starts.values()) attributes.add(start.name);
  }
  return first(root, (e) => {
    const no = (what: string, name: string) => `${what} ${name} has no token in a ${table.title.toLowerCase()}`;
    if (!tags.has(e.name)) return { sentence: no('element', `<${e.name}>`), at: e };
    const a = e.attributes.find((x) => !attributes.has(x.name) && !isNamespace(x.name));
    return a === undefined ? undefined : { sentence: no('attribute', a.name), at: a };
  });
}

/** The first text with a character above `top`, or with half a surrogate pair. The text itself is not told. */
function outside(root: DocumentElement, top: number, charset: string): Refusal | undefined {
  const bad = (text: string): string | undefined => {
    for (const ch of text) {
      const code = ch.codePointAt(0)!;
      const half = code >= 0xd800 && code <= 0xdfff;
      if (code > top || half) return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
    }
    return undefined;
  };
  const tell = (text: string, at: Range): Refusal | undefined => {
    const ch = bad(text);
    return ch === undefined ? undefined : { sentence: `the character ${ch} does not exist in ${charset}`, at };
  };
  return first(root, (e) => {
    for (const a of e.attributes) {
      const found = tell(a.value ?? '', a.valueRange) ?? tell(a.name, a);
      if (found !== undefined) return found;
    }
    for (const n of e.children) {
      const found = n.kind === 'text' ? tell(n.text, n) : undefined;
      if (found !== undefined) return found;
    }
    return tell(e.name, e);
  });
}

/** In document order. */
function first(e: DocumentElement, look: (e: DocumentElement) => Refusal | undefined): Refusal | undefined {
  const here = look(e);
  if (here !== undefined) return here;
  for (const c of e.children) {
    const found = c.kind === 'element' ? first(c, look) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
