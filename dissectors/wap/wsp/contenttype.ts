// WAP-230-WSP 8.4.2.24: Content-type-value, which opens the headers of a Push without a name of its own.

import { Cursor } from '../../base/cursor.ts';
import type { Range } from '../../content/document.ts';
import { f } from './fields.ts';
import { parseMediaType } from './mediatext.ts';
import { mediaTypeCode, mediaTypeName } from './mediatypes.ts';
import { type Parameter, readParameters } from './parameters.ts';
import { type Extent, extentOf, hexText, readInteger, readText } from './primitives.ts';
import { WSP } from './rules.ts';

export interface ContentType {
  /** Lower case, without parameters; null when it can't be read. */
  readonly mediaType: string | null;
  readonly range: Range;
  readonly parameters: readonly Parameter[];
}

const SEC_TOKEN = 0x91;
const MAC_TOKEN = 0x92;

/** Reads a Content-type-value; the window is that of all headers. */
export function readContentType(c: Cursor): ContentType {
  const at = c.pos;
  const row = c.rec?.open(f.contentType, at) ?? -1;
  const e = extentOf(c);
  const media = e === undefined ? undefined : e.kind === 'data' ? general(c, e) : constrained(c, e);
  if (media === undefined) {
    const octets = hexText(c.bytes.subarray(at, Math.min(c.pos, at + 16)));
    c.report(
      WSP.contentType,
      at,
      c.pos - at,
      c.pos === at ? 'There is no content type' : `'${octets}' is no content type`,
    );
  }
  c.rec?.close(row, c.pos, media?.mediaType ?? '');
  return {
    mediaType: media?.mediaType ?? null,
    range: { start: at, length: c.pos - at },
    parameters: media?.parameters ?? [],
  };
}

interface Media {
  readonly mediaType: string;
  readonly parameters: readonly Parameter[];
}

function wellKnown(code: number): string {
  return mediaTypeName(code)?.toLowerCase() ?? `application/x-wap-0x${code.toString(16)}`;
}

/** Extension-media as text. Undefined when it can't be a media type. */
function textMedia(c: Cursor): Media | undefined {
  const at = c.pos;
  const t = readText(c);
  const { mediaType, parameters } = parseMediaType(t.text, t.start);
  c.rec?.leaf(f.mediaType, at, c.pos - at, t.text);
  if (!t.terminated) c.report(WSP.unterminated, at, c.pos - at, 'The text of the content type has no terminating zero');
  if (parameters.length > 0 || t.text.includes(';')) {
    c.report(WSP.textParameters, at, c.pos - at, `The content type is the text '${t.text.slice(0, 60)}'`);
  }
  if (!/^[^\s/;]+\/[^\s/;]+$/.test(mediaType)) return undefined;
  if (mediaTypeCode(mediaType) !== undefined)
    c.report(WSP.contentTypeText, at, c.pos - at, `${mediaType} is written as text`);
  return { mediaType, parameters };
}

/** Constrained-media: one octet or a text, without parameters. */
function constrained(c: Cursor, e: Extent): Media | undefined {
  const at = c.pos;
  let media: Media | undefined;
  if (e.kind === 'short') {
    c.skip(1);
    const mediaType = wellKnown(c.bytes[at]! & 0x7f);
    c.rec?.leaf(f.mediaType, at, 1, mediaType);
    media = { mediaType, parameters: [] };
  } else {
    media = textMedia(c);
  }
  const bare = bareParameters(c);
  if (bare.length === 0 || media === undefined) return media;
  return { mediaType: media.mediaType, parameters: [...media.parameters, ...bare] };
}

/** SEC and MAC behind a content type that has no value length. As headers the same octets would mean nothing. */
function bareParameters(c: Cursor): Parameter[] {
  const from = c.pos;
  let end = from;
  for (;;) {
    const token = c.bytes[end];
    const first = end + 1 < c.end ? c.bytes[end + 1]! : -1;
    const isSec = token === SEC_TOKEN && first >= 0x80 && first <= 0x83;
    const isMac = token === MAC_TOKEN && /^[0-9A-Fa-f"]$/.test(String.fromCharCode(first));
    if (end >= c.end || (!isSec && !isMac)) break;
    end = isSec ? end + 2 : (extentOf(new Cursor(c.bytes, end + 1, c.end))?.end ?? c.end);
  }
  if (end === from) return [];
  c.report(WSP.bareParameters, from, end - from, 'Parameters follow the content type without a value length in front');
  return readParameters(c.window(end - from));
}

/** Content-general-form: value length, media type, parameters. */
function general(c: Cursor, e: Extent): Media | undefined {
  const at = c.pos;
  const end = fittedEnd(c, e);
  c.rec?.leaf(f.valueLength, at, e.start - at, e.announced);
  c.skip(e.start - at);
  const w = c.window(end - e.start);
  const first = w.peek();
  let media: Media | undefined;
  if (first !== undefined && first >= 0x20 && first < 0x80) {
    media = textMedia(w);
  } else {
    const code = readInteger(w);
    if (code !== undefined) {
      const mediaType = wellKnown(code);
      w.rec?.leaf(f.mediaType, e.start, w.pos - e.start, mediaType);
      media = { mediaType, parameters: [] };
    }
  }
  if (media === undefined) return undefined;
  const parameters = [...media.parameters, ...readParameters(w)];
  if (w.left > 0) {
    c.report(
      WSP.valueLength,
      at,
      e.start - at,
      `The value length is ${e.announced}, but the parameters end ${w.left} octets earlier`,
    );
    c.pos = w.pos;
  }
  return { mediaType: media.mediaType, parameters };
}

/** The end a value length should have given: clipped to the window, or drawn out to the end of a text it cuts. */
function fittedEnd(c: Cursor, e: Extent): number {
  const at = c.pos;
  if (e.overrun) {
    c.report(
      WSP.valueLength,
      at,
      e.start - at,
      `The value length is ${e.announced}, ${c.end - e.start} octets are left`,
    );
    return e.end;
  }
  if (e.end === c.end) return e.end;
  const probe = new Cursor(c.bytes, e.start, e.end);
  const first = probe.peek();
  if (first !== undefined && first >= 0x20 && first < 0x80) readText(probe);
  else readInteger(probe);
  const last = readParameters(probe).at(-1);
  if (last === undefined || last.terminated) return e.end;
  let end = e.end;
  while (end < c.end && c.bytes[end]! >= 0x20 && c.bytes[end]! < 0x7f) end += 1;
  if (end >= c.end || c.bytes[end] !== 0) return e.end;
  c.report(WSP.valueLength, at, e.start - at, `The value length is ${e.announced} and ends inside ${last.name}`);
  return end + 1;
}
