// What a run of octets begins with: a push, a WBXML document, an XML document.

/** WAP-230 8.4.1.2, uintvar: [value, position behind it], undefined where it does not end in five octets. */
export function uintvar(b: Uint8Array, at: number): readonly [number, number] | undefined {
  let value = 0;
  for (let i = at; i < at + 5; i += 1) {
    const o = b[i];
    if (o === undefined) return undefined;
    value = value * 128 + (o & 0x7f);
    if (o < 0x80) return [value, i + 1];
  }
  return undefined;
}

/** IANA MIBenum: US-ASCII, ISO 8859-1 to -15, UTF-8, UTF-16 and UCS-2. */
const CHARSETS = new Set([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 106, 111, 1000, 1013, 1014, 1015, 2026, 2252]);

/** OMNA public identifiers: WAP Forum's, OMA's SyncML and device management, vendors'. */
const isPublicId = (id: number): boolean =>
  (id > 0 && id < 0x20) || (id >= 0xfd0 && id < 0xfe0) || (id >= 0x1100 && id < 0x1300);
const UNKNOWN_CHARSET = 0;
const MAX_STRING_TABLE = 1 << 16;

/**
 * WAP-192 5.4, document: version, public identifier, charset, string table, and a first token that can stand there.
 * `file`: the octets are a file of their own, so that unusual identifiers and the unknown charset are believed.
 */
export function isDocument(b: Uint8Array, file = false): boolean {
  const version = b[0];
  if (version === undefined || version < 1 || version > 3 || b.length < 5) return false;
  const id = uintvar(b, 1);
  if (id === undefined || (id[0] !== 0 && !isPublicId(id[0]) && !(file && id[0] < 0x2000))) return false;
  const reference = id[0] === 0 ? uintvar(b, id[1]) : undefined;
  if (id[0] === 0 && reference === undefined) return false;
  const charset = uintvar(b, reference?.[1] ?? id[1]);
  if (charset === undefined) return false;
  if (!CHARSETS.has(charset[0]) && !(file && charset[0] === UNKNOWN_CHARSET)) return false;
  const table = uintvar(b, charset[1]);
  if (table === undefined || table[0] > MAX_STRING_TABLE) return false;
  if (reference !== undefined && reference[0] >= table[0]) return false;
  return firstToken(b, table[0] + table[1]);
}

const SWITCH_PAGE = 0x00;
const PROCESSING_INSTRUCTION = 0x43;

function firstToken(b: Uint8Array, at: number): boolean {
  const o = b[at];
  if (o === undefined) return false;
  if (o === SWITCH_PAGE) return b[at + 1] !== undefined && b[at + 2] !== undefined && (b[at + 2]! & 0x3f) >= 4;
  return o === PROCESSING_INSTRUCTION || (o & 0x3f) >= 4;
}

const PUSH = 0x06;
const CONFIRMED_PUSH = 0x07;
const LENGTH_QUOTE = 0x1f;
/** X-Mms-Message-Type, with which every MMS PDU begins (OMA-TS-MMS-ENC 7.1). */
const MMS_MESSAGE_TYPE = 0x8c;

/** WAP-230 8.2.4.1, Push: header length within the octets, a content type, and a body one knows. */
export function isPush(b: Uint8Array): boolean {
  if (b[1] !== PUSH && b[1] !== CONFIRMED_PUSH) return false;
  const length = uintvar(b, 2);
  if (length === undefined || length[0] < 1 || length[1] + length[0] > b.length) return false;
  const headersEnd = length[1] + length[0];
  const type = contentType(b, length[1], headersEnd);
  if (type === undefined) return false;
  const body = b.subarray(headersEnd);
  if (isDocument(body) || isXmlOctets(body) || body[0] === MMS_MESSAGE_TYPE) return true;
  return type === 'text' || type === SYNCML_NOTIFICATION;
}

/** application/vnd.syncml.notification: its body is no document. */
const SYNCML_NOTIFICATION = 0xc4;

/** Content type by number, 'text' where it is written out; undefined where there is none of WAP's. */
function contentType(b: Uint8Array, start: number, end: number): number | 'text' | undefined {
  let at = start;
  const first = b[at]!;
  const wellKnown = (o: number): number | undefined => (o >= 0xa9 && o <= 0xca ? o : undefined);
  if (first >= 0x80) return wellKnown(first);
  if (first <= LENGTH_QUOTE) {
    const size = first === LENGTH_QUOTE ? uintvar(b, at + 1) : ([first, at + 1] as const);
    if (size === undefined || size[0] < 1 || size[1] + size[0] > end) return undefined;
    at = size[1];
    if (b[at]! >= 0x80) return wellKnown(b[at]!);
    if (b[at]! < 0x20) return undefined;
  }
  const name = at;
  let slash = false;
  for (; at < end && b[at] !== 0; at += 1) {
    const o = b[at]!;
    if (o < 0x21 || o > 0x7e) return undefined;
    if (o === 0x2f) slash = true;
  }
  if (!slash || at === end) return undefined;
  return startsWith(b, name, 'application/') || startsWith(b, name, 'text/') ? 'text' : undefined;
}

function startsWith(b: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i += 1) if (b[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Roots of documents that are pushed to phones. */
export const XML_ROOT = /^(?:wap-provisioningdoc|characteristic-list|si|sl|emn|syncsettings)$/i;

/** Name of the root element behind prolog, comments and document type; undefined where `text` is no XML or too short. */
export function xmlRoot(text: string): string | undefined {
  let at = 0;
  const skip = (from: number, end: string): boolean => {
    const found = text.indexOf(end, from);
    if (found < 0) return false;
    at = found + end.length;
    return true;
  };
  for (let guard = 0; guard < 64; guard += 1) {
    while (at < text.length && text.charCodeAt(at) <= 0x20) at += 1;
    if (text.charAt(at) !== '<') return undefined;
    if (text.startsWith('<?', at)) {
      if (!skip(at, '?>')) return undefined;
    } else if (text.startsWith('<!--', at)) {
      if (!skip(at, '-->')) return undefined;
    } else if (text.startsWith('<!', at)) {
      const subset = /^<!DOCTYPE[^>[]*\[/i.test(text.slice(at, at + 1024));
      if (!skip(at, subset ? ']' : '>') || (subset && !skip(at, '>'))) return undefined;
    } else return /^<([A-Za-z_][\w:.-]{0,63})(?=[\s/>])/.exec(text.slice(at, at + 80))?.[1];
  }
  return undefined;
}

export function isXmlOctets(b: Uint8Array): boolean {
  let at = 0;
  if (b[0] === 0xef && b[1] === 0xbb && b[2] === 0xbf) at = 3;
  while (b[at] !== undefined && b[at]! <= 0x20 && b[at] !== 0) at += 1;
  if (b[at] !== 0x3c) return false;
  if (startsWith(b, at, '<?xml')) return true;
  const root = xmlRoot(String.fromCharCode(...b.subarray(at, at + 1024)));
  return root !== undefined && XML_ROOT.test(root);
}
