// From a body and what is said of it to a document or details.

import { rules } from '../../captures/finding.ts';
import { Cursor, runLayer } from '../base/cursor.ts';
import { fields } from '../base/fields.ts';
import { looksLikeBody } from '../wap/wsp/framing.ts';
import type { DecodedDocument } from './document.ts';
import type { BinaryDecoder, ContentDecoder, DecodedContent, DocumentDecoder } from './kinds.ts';
import { isMultipart, readMultipart } from './multipart/index.ts';
import { isApplicationPort, portName } from './ports.ts';
import { CONTENT_DECODERS } from './registry.ts';
import { decodeWbxml } from './wbxml/decode.ts';
import { readXml } from './xml/read.ts';

export const CONTENT = rules({
  form: {
    code: 'CONTENT-FORM',
    severity: 'error',
    title: 'The body is text where the content type says WBXML, or the other way round',
    clause: 'WAP-230-WSP 8.4.2.24',
    receivers: 'Receivers give the body to the wrong parser and drop it.',
  },
  type: {
    code: 'CONTENT-TYPE-MISMATCH',
    severity: 'error',
    title: 'The body is another kind of document than the content type says',
    clause: 'WAP-230-WSP 8.4.2.24',
    receivers: 'Receivers go by the content type and drop the document.',
  },
});

const f = fields('content', { body: { kind: 'bytes', label: 'Body' } });

export interface BodyHint {
  /** Media type; parameters are tolerated. null: unknown. */
  readonly contentType: string | null;
  /** X-Wap-Application-Id as text. */
  readonly applicationId?: string;
  /** WDP destination port. */
  readonly port?: number;
  /** MIBenum of the content type's charset parameter. */
  readonly charset?: number | null;
}

const isDocument = (d: ContentDecoder | undefined): d is DocumentDecoder => d?.form === 'document';
const isBinary = (d: ContentDecoder | undefined): d is BinaryDecoder => d?.form === 'binary';

const byMediaType = (mediaType: string | null): ContentDecoder | undefined =>
  mediaType === null ? undefined : CONTENT_DECODERS.find((d) => d.mediaTypes.includes(mediaType));

const byPort = (port: number): BinaryDecoder | undefined =>
  CONTENT_DECODERS.filter(isBinary).find((d) => d.ports?.includes(port) === true);

const byRoot = (document: DecodedDocument): DocumentDecoder | undefined =>
  CONTENT_DECODERS.filter(isDocument).find((d) => document.root !== null && d.roots.includes(document.root.name));

/** '<', possibly behind a mark, white space or a zero octet of UTF-16. */
function isText(c: Cursor): boolean {
  let i = 0;
  if (c.peek() === 0xef && c.peek(1) === 0xbb && c.peek(2) === 0xbf) i = 3;
  else if ((c.peek() === 0xfe && c.peek(1) === 0xff) || (c.peek() === 0xff && c.peek(1) === 0xfe)) return true;
  while ([0x20, 0x09, 0x0a, 0x0d].includes(c.peek(i) ?? -1)) i += 1;
  return c.peek(i) === 0x3c || (c.peek(i) === 0 && c.peek(i + 1) === 0x3c);
}

const saysText = (mediaType: string): boolean => mediaType.startsWith('text/') || /(?:\+|\/|-)xml$/.test(mediaType);
const saysWbxml = (mediaType: string): boolean =>
  mediaType.endsWith('wbxml') ||
  /\/vnd\.wap\.(?:sic|slc|coc|wmlc)$/.test(mediaType) ||
  mediaType.startsWith('application/x-wap-prov.');

/** Ways a body can be read. */
type Form = 'wbxml' | 'xml' | null;

function formOf(c: Cursor, mediaType: string | null): Form {
  if (c.left === 0)
    return mediaType === null ? null : saysWbxml(mediaType) ? 'wbxml' : saysText(mediaType) ? 'xml' : null;
  if (isText(c)) return 'xml';
  if (mediaType !== null && (saysWbxml(mediaType) || isDocument(byMediaType(mediaType)))) return 'wbxml';
  return looksLikeBody(c.bytes, c.pos, c.end) ? 'wbxml' : null;
}

function tellForm(c: Cursor, mediaType: string | null, form: Form): void {
  if (mediaType === null || c.left === 0) return;
  if (form === 'xml' && saysWbxml(mediaType))
    c.report(CONTENT.form, c.pos, Math.min(8, c.left), `${mediaType} is XML text here`);
  if (form === 'wbxml' && saysText(mediaType))
    c.report(CONTENT.form, c.pos, Math.min(8, c.left), `${mediaType} is WBXML here`);
}

function document(c: Cursor, hint: BodyHint, mediaType: string | null, form: 'wbxml' | 'xml'): DecodedContent {
  const start = c.pos;
  const size = c.left;
  tellForm(c, mediaType, form);
  const charset = hint.charset ?? null;
  const byType = byMediaType(mediaType);
  let decoded: DecodedDocument;
  let chosenBy = mediaType === null ? 'its first octets' : `content type ${mediaType}`;
  if (form === 'xml') {
    decoded = readXml(c, charset);
  } else {
    const wbxml = decodeWbxml(c, { contentType: mediaType, charset, port: hint.port ?? null });
    decoded = wbxml.document;
    if (wbxml.chosenBy !== 'nothing') chosenBy = wbxml.chosenBy;
  }
  const root = byRoot(decoded);
  const decoder = root ?? (isDocument(byType) ? byType : undefined);
  if (root !== undefined && byType !== undefined && root.kind !== byType.kind) {
    c.report(
      CONTENT.type,
      start,
      Math.min(8, size),
      `${mediaType} is sent, <${decoded.root?.name ?? ''}> is in the body`,
    );
    chosenBy = 'its root element';
  }
  if (decoder !== undefined && decoded.root !== null)
    decoder.check?.(decoded, new Cursor(c.bytes, start, start + size, c.rec, c.findings, c.of));
  return {
    kind: decoder?.kindOf?.(decoded) ?? decoder?.kind ?? (mediaType === null ? 'unknown' : 'other-push'),
    document: decoded,
    provisioning: decoder?.provisioning?.(decoded) ?? null,
    details: decoder?.details?.(decoded) ?? [],
    chosenBy,
  };
}

function binary(c: Cursor, decoder: BinaryDecoder, chosenBy: string): DecodedContent {
  const details = runLayer(c, decoder.decode) ?? [];
  c.pos = c.end;
  return { kind: decoder.kind, document: null, provisioning: null, details, chosenBy };
}

/** Multiparts within multiparts. */
const DEEPEST = 4;

/** The parts, each decoded. A provisioning document among them speaks for the whole, as it is what a phone acts on. */
function multipart(c: Cursor, mediaType: string, depth: number): DecodedContent {
  const parts = readMultipart(c, (w, type, charset) =>
    depth >= DEEPEST ? octets(w, type) : bodyAt(w, { contentType: type, charset }, depth + 1),
  );
  c.pos = c.end;
  const first = parts.find((p) => p.content.provisioning !== null);
  const document = first?.content.document ?? null;
  return {
    kind: first === undefined ? 'multipart' : 'client-provisioning',
    // Its ranges count in the whole body; so does its end.
    document: document === null || first === undefined ? null : { ...document, length: first.start + document.length },
    provisioning: first?.content.provisioning ?? null,
    details: parts.flatMap((p, i) => {
      const label = `Part ${i + 1}`;
      const value = `${p.contentType ?? 'no content type'}, ${p.length} octets`;
      return [
        { label, value, range: { start: p.start, length: p.length } },
        ...p.content.details.map((d) => ({ ...d, label: `${label}: ${d.label}` })),
      ];
    }),
    chosenBy: `content type ${mediaType}`,
    parts,
  };
}

/**
 * Decodes what a port was sent without a push around it: smart messages, business cards, SUPL. The cursor counts in
 * 'body'. What no decoder is for stays octets of kind 'unknown', or 'application-message' where the port is one that
 * applications of the phone choose. Never throws.
 */
export function decodePort(c: Cursor, port: number): DecodedContent {
  const decoder = byPort(port);
  if (decoder !== undefined) return binary(c, decoder, `port ${port}`);
  const plain = octets(c, null);
  const known = portName(port);
  const kind = isApplicationPort(port) ? 'application-message' : 'unknown';
  const name = known === undefined ? String(port) : `${port}, ${known}`;
  return { ...plain, kind, details: [{ label: 'Port', value: name, range: null }], chosenBy: `port ${port}` };
}

/**
 * Decodes a body as far as it can be. The cursor counts in 'body' and is left at its end or behind the document. A
 * known binary content type is believed; otherwise the body itself tells whether it is WBXML or text, and its root
 * element what it is. Never throws.
 */
export const decodeBody = (c: Cursor, hint: BodyHint): DecodedContent => bodyAt(c, hint, 0);

function bodyAt(c: Cursor, hint: BodyHint, depth: number): DecodedContent {
  const mediaType =
    hint.contentType === null ? null : (hint.contentType.split(';')[0] ?? '').trim().toLowerCase() || null;
  if (mediaType !== null && isMultipart(mediaType)) return multipart(c, mediaType, depth);
  const byType = byMediaType(mediaType);
  if (isBinary(byType)) return binary(c, byType, `content type ${mediaType}`);
  const form = formOf(c, mediaType);
  if (form !== null) return document(c, hint, mediaType, form);
  if (mediaType === null && c.left > 0) {
    const binaries = CONTENT_DECODERS.filter(isBinary);
    const meant = binaries.find((d) => d.applicationId !== undefined && d.applicationId === hint.applicationId);
    if (meant !== undefined) return binary(c, meant, `application ${hint.applicationId}`);
    const likely = binaries.find((d) => d.looksLike?.(c) === true);
    if (likely !== undefined) return binary(c, likely, 'its first octets');
  }
  return octets(c, mediaType);
}

/** Nobody reads it: its octets are all there is to show. */
function octets(c: Cursor, mediaType: string | null): DecodedContent {
  if (c.left > 0) c.rec?.leaf(f.body, c.pos, c.left, null, `${c.left} octets`);
  c.pos = c.end;
  return {
    kind: mediaType === null ? 'unknown' : 'other-push',
    document: null,
    provisioning: null,
    details: [],
    chosenBy: mediaType === null ? 'nothing' : `content type ${mediaType}`,
  };
}
