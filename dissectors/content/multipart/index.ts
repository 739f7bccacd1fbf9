// WAP-230-WSP 8.5: application/vnd.wap.multipart.*, several bodies in one push.

import { rules } from '../../../captures/finding.ts';
import { type Cursor, runLayer } from '../../base/cursor.ts';
import { fields } from '../../base/fields.ts';
import { readContentType } from '../../wap/wsp/contenttype.ts';
import { readUintvar } from '../../wap/wsp/primitives.ts';
import type { ContentPart, DecodedContent } from '../kinds.ts';

const SPEC = 'WAP-230-WSP 8.5';

export const MULTIPART = rules({
  count: {
    code: 'MULTIPART-COUNT',
    severity: 'warning',
    title: 'The multipart holds another number of parts than it says',
    clause: `${SPEC}.1`,
    receivers: 'Receivers read as many parts as are announced, or as are there.',
  },
  length: {
    code: 'MULTIPART-LENGTH',
    severity: 'error',
    title: 'A length in the multipart goes beyond its end',
    clause: `${SPEC}.2`,
    receivers: 'Receivers drop the part, or the whole message.',
  },
  budget: {
    code: 'MULTIPART-BUDGET',
    severity: 'warning',
    title: 'The multipart has more parts than are read',
    clause: 'a limit of this program',
  },
});

const f = fields('multipart', {
  count: { kind: 'uintvar', label: 'Parts', clause: `${SPEC}.1` },
  part: { kind: 'group', label: 'Part', clause: `${SPEC}.2` },
  headersLength: { kind: 'uintvar', label: 'Length of the headers', unit: 'octets', clause: `${SPEC}.2` },
  dataLength: { kind: 'uintvar', label: 'Length of the data', unit: 'octets', clause: `${SPEC}.2` },
  headers: { kind: 'bytes', label: 'Other headers', clause: `${SPEC}.2` },
  rest: { kind: 'bytes', label: 'After the last part' },
});

const MOST_PARTS = 64;

export const isMultipart = (mediaType: string): boolean => mediaType.startsWith('application/vnd.wap.multipart.');

type DecodePart = (c: Cursor, contentType: string | null, charset: number | null) => DecodedContent;

function readPart(c: Cursor, number: number, decode: DecodePart): ContentPart | undefined {
  const at = c.pos;
  const headersLength = readUintvar(c, f.headersLength);
  const dataLength = headersLength === undefined ? undefined : readUintvar(c, f.dataLength);
  if (headersLength === undefined || dataLength === undefined) {
    c.report(MULTIPART.length, at, c.end - at, `Part ${number} ends within its lengths`);
    return undefined;
  }
  if (headersLength + dataLength > c.left) {
    c.report(
      MULTIPART.length,
      at,
      c.pos - at,
      `Part ${number} claims ${headersLength + dataLength} octets, ${c.left} are left`,
    );
  }
  const headers = c.windowUpTo(headersLength);
  const type = headers.left === 0 ? null : readContentType(headers);
  if (headers.left > 0) headers.raw(f.headers, headers.left);
  const data = c.windowUpTo(dataLength);
  const { pos: start, left: length } = data;
  const charset = type?.parameters.find((p) => p.name === 'charset')?.number ?? null;
  const content = decode(data, type?.mediaType ?? null, charset);
  return { start, length, contentType: type?.mediaType ?? null, content };
}

/** Parts of the multipart at the cursor; each is handed to `decode` in a window of its own. Never throws. */
export function readMultipart(c: Cursor, decode: DecodePart): ContentPart[] {
  const at = c.pos;
  const count = readUintvar(c, f.count);
  const out: ContentPart[] = [];
  if (count === undefined) {
    c.report(MULTIPART.length, at, c.end - at, 'There is no number of parts');
    return out;
  }
  const { pos } = c;
  while (c.left > 0 && out.length < Math.min(count, MOST_PARTS)) {
    const row = c.rec?.open(f.part, c.pos) ?? -1;
    const part = runLayer(c, () => readPart(c, out.length + 1, decode));
    c.rec?.close(row, c.pos, part?.contentType ?? '');
    if (part === undefined) break;
    out.push(part);
  }
  if (count > MOST_PARTS && out.length === MOST_PARTS)
    c.report(MULTIPART.budget, at, pos - at, `${count} parts are announced, ${MOST_PARTS} are read`);
  else if (out.length < count || c.left > 0) {
    const more = c.left > 0 ? `, and ${c.left} octets follow` : '';
    c.report(MULTIPART.count, at, pos - at, `${count} parts are announced, ${out.length} are there${more}`);
  }
  if (c.left > 0) c.raw(f.rest, c.left);
  return out;
}
