// OMA-Download-DRM-V1_0 and OMA-Download-DRMCF-V1_0: protected content, and messages that carry content with its rights.

import { rules } from '../../../captures/finding.ts';
import type { Cursor } from '../../base/cursor.ts';
import { fields } from '../../base/fields.ts';
import { readUintvar } from '../../wap/wsp/primitives.ts';
import { latin1, utf8Strict } from '../charset.ts';
import type { BinaryDecoder, Detail } from '../kinds.ts';

const FORMAT = 'OMA-Download-DRMCF-V1_0 5';

export const DRM_CONTENT_RULES = rules({
  short: {
    code: 'DRM-CONTENT-SHORT',
    severity: 'warning',
    basis: 'remembered',
    title: 'The protected content is shorter than its lengths say',
    clause: 'OMA-Download-DRMCF-V1_0',
    receivers: 'Phones cannot open the content, whatever rights they have.',
  },
  version: {
    code: 'DRM-CONTENT-VERSION',
    severity: 'warning',
    basis: 'remembered',
    title: 'The protected content has a version that is not 1',
    clause: 'OMA-Download-DRMCF-V1_0',
  },
  boundary: {
    code: 'DRM-MESSAGE-BOUNDARY',
    severity: 'warning',
    basis: 'remembered',
    title: 'The DRM message begins with no boundary',
    clause: 'OMA-Download-DRM-V1_0, DRM message',
    receivers: 'Phones drop the message: neither content nor rights are found.',
  },
});

const f = fields('drm', {
  version: { kind: 'u8', label: 'Version', clause: FORMAT },
  typeLength: { kind: 'u8', label: 'Length of the content type', unit: 'octets', clause: FORMAT },
  uriLength: { kind: 'u8', label: 'Length of the content identifier', unit: 'octets', clause: FORMAT },
  contentType: { kind: 'text', label: 'Content type', clause: FORMAT },
  uri: { kind: 'text', label: 'Content identifier', clause: FORMAT },
  headersLength: { kind: 'uintvar', label: 'Length of the headers', unit: 'octets', clause: FORMAT },
  dataLength: { kind: 'uintvar', label: 'Length of the content', unit: 'octets', clause: FORMAT },
  header: { kind: 'text', label: 'Header', clause: FORMAT },
  data: { kind: 'bytes', label: 'Encrypted content', clause: FORMAT },
  boundary: { kind: 'text', label: 'Boundary' },
  line: { kind: 'text', label: 'Header' },
  body: { kind: 'bytes', label: 'Body' },
  part: { kind: 'group', label: 'Part' },
});

const textAt = (c: Cursor, at: number, n: number): string => {
  const octets = c.bytes.subarray(at, at + n);
  return utf8Strict(octets) ?? latin1(octets);
};

/** The next n octets, or what is left of them, as text. */
function text(c: Cursor, field: (typeof f)['uri'], n: number, label: string): Detail {
  if (n > c.left)
    c.report(DRM_CONTENT_RULES.short, c.pos, c.left, `${n} octets of text are announced, ${c.left} are left`);
  const length = Math.min(n, c.left);
  const at = c.take(length);
  const value = textAt(c, at, length);
  c.rec?.leaf(field, at, length, value);
  return { label, value, range: { start: at, length } };
}

/** Lines that end in CR LF, of the next n octets. */
function headers(c: Cursor, n: number): Detail[] {
  const end = Math.min(c.end, c.pos + n);
  const out: Detail[] = [];
  while (c.pos < end) {
    const at = c.pos;
    let stop = at;
    while (stop < end && c.bytes[stop] !== 0x0a) stop += 1;
    c.take(Math.min(end, stop + 1) - at);
    const line = textAt(c, at, stop - at).replace(/\r$/, '');
    c.rec?.leaf(f.header, at, c.pos - at, line);
    const colon = line.indexOf(':');
    if (colon > 0)
      out.push({
        label: line.slice(0, colon),
        value: line.slice(colon + 1).trim(),
        range: { start: at, length: c.pos - at },
      });
  }
  return out;
}

function content(c: Cursor): Detail[] {
  if (c.left < 3) {
    c.report(DRM_CONTENT_RULES.short, c.pos, c.left, `${c.left} octets hold no protected content`);
    return [];
  }
  const at = c.pos;
  const version = c.u8(f.version);
  if (version !== 1) c.report(DRM_CONTENT_RULES.version, at, 1, `The version is ${version}`);
  const typeLength = c.u8(f.typeLength);
  const uriLength = c.u8(f.uriLength);
  const out: Detail[] = [
    { label: 'Version', value: String(version), range: { start: at, length: 1 } },
    text(c, f.contentType, typeLength, 'Content type'),
    text(c, f.uri, uriLength, 'Content'),
  ];
  const lengthsAt = c.pos;
  const headersLength = readUintvar(c, f.headersLength);
  const dataLength = headersLength === undefined ? undefined : readUintvar(c, f.dataLength);
  if (headersLength === undefined || dataLength === undefined) {
    c.report(DRM_CONTENT_RULES.short, lengthsAt, c.end - lengthsAt, 'The lengths of headers and content are missing');
    return out;
  }
  out.push(...headers(c, headersLength));
  if (dataLength > c.left)
    c.report(
      DRM_CONTENT_RULES.short,
      lengthsAt,
      c.pos - lengthsAt,
      `The content has ${dataLength} octets, ${c.left} are here`,
    );
  out.push({ label: 'Encrypted content', value: `${dataLength} octets`, range: { start: c.pos, length: c.left } });
  if (c.left > 0) c.raw(f.data, c.left);
  return out;
}

export const DRM_CONTENT: BinaryDecoder = {
  form: 'binary',
  kind: 'drm-content',
  mediaTypes: ['application/vnd.oma.drm.content'],
  decode: content,
};

const MOST_PARTS = 16;
const MOST_LINES = 64;

/** Where a line that begins at `from` ends, and where the next begins. */
function lineAt(c: Cursor, from: number): { readonly end: number; readonly next: number } {
  let end = from;
  while (end < c.end && c.bytes[end] !== 0x0a) end += 1;
  const next = Math.min(c.end, end + 1);
  return { end: end > from && c.bytes[end - 1] === 0x0d ? end - 1 : end, next };
}

/** First place at or behind `from` where a line begins with the boundary; the end where none does. */
function boundaryAt(c: Cursor, from: number, boundary: string): number {
  for (let at = from; at < c.end; at = lineAt(c, at).next) if (textAt(c, at, boundary.length) === boundary) return at;
  return c.end;
}

// RFC 2046 5.1.1: parts between lines that begin with the boundary.
function message(c: Cursor): Detail[] {
  const first = lineAt(c, c.pos);
  const boundary = textAt(c, c.pos, Math.min(80, first.end - c.pos)).trimEnd();
  if (!boundary.startsWith('--') || boundary.length < 3) {
    c.report(DRM_CONTENT_RULES.boundary, c.pos, Math.min(c.left, 16), 'The first line is no boundary');
    if (c.left > 0) c.raw(f.body, c.left);
    return [];
  }
  const out: Detail[] = [];
  while (c.left > 0 && out.length < 2 * MOST_PARTS) {
    const at = c.pos;
    const line = lineAt(c, at);
    c.take(line.next - at);
    const here = textAt(c, at, line.end - at);
    c.rec?.leaf(f.boundary, at, c.pos - at, here);
    if (here.startsWith(`${boundary}--`)) break;
    if (c.left > 0) out.push(...c.group(f.part, undefined, () => part(c, boundary)));
  }
  if (c.left > 0) c.raw(f.body, c.left);
  return out;
}

function part(c: Cursor, boundary: string): Detail[] {
  const at = c.pos;
  let type = 'text/plain';
  let id = '';
  for (let n = 0; n < MOST_LINES && c.left > 0; n += 1) {
    const from = c.pos;
    const line = lineAt(c, from);
    const words = textAt(c, from, line.end - from);
    c.take(line.next - from);
    if (words === '') break;
    c.rec?.leaf(f.line, from, c.pos - from, words);
    const [, name, value] = /^([^:]+):\s*(.*)$/.exec(words) ?? [];
    if (name?.toLowerCase() === 'content-type') type = value ?? type;
    if (name?.toLowerCase() === 'content-id') id = value ?? '';
  }
  const end = boundaryAt(c, c.pos, boundary);
  const length = end - c.pos;
  const body = c.pos;
  if (length > 0) c.raw(f.body, length);
  const out: Detail[] = [
    { label: 'Part', value: `${type}, ${length} octets`, range: { start: at, length: c.pos - at } },
  ];
  if (id !== '') out.push({ label: 'Content', value: id, range: { start: at, length: body - at } });
  return out;
}

export const DRM_MESSAGE: BinaryDecoder = {
  form: 'binary',
  kind: 'drm-content',
  mediaTypes: ['application/vnd.oma.drm.message'],
  decode: message,
};
