// OMA-TS-DS_Protocol-V1_2, Server Alerted Notification: the body, a list of data stores. Recalled, not confirmed by a
// capture.

import type { Cursor } from '../../base/cursor.ts';
import { fields } from '../../base/fields.ts';
import { mediaTypeName } from '../../wap/wsp/mediatypes.ts';
import { latin1, utf8Strict } from '../charset.ts';
import type { Detail } from '../kinds.ts';
import { DM } from './rules.ts';

/** Alert codes 206 to 210 are written as 6 to 10. */
const SYNC_TYPES = {
  6: 'two-way',
  7: 'one-way from the phone',
  8: 'refresh from the phone',
  9: 'one-way from the server',
  10: 'refresh from the server',
} as const;

const f = fields('dm.sync', {
  count: { kind: 'bits', label: 'Data stores' },
  sync: { kind: 'group', label: 'Data store' },
  type: { kind: 'bits', label: 'Way', names: SYNC_TYPES },
  contentType: { kind: 'u24', label: 'Content type', hex: true },
  uriLength: { kind: 'u8', label: 'Length of the address', unit: 'octets' },
  uri: { kind: 'text', label: 'Address on the server' },
  rest: { kind: 'bytes', label: 'After the list' },
});

/** Way, content type, length of the address. */
const ENTRY = 5;

function sync(c: Cursor): Detail {
  const at = c.pos;
  const type = c.bytes[c.take(1)]! >> 4;
  c.rec?.leaf(f.type, at, 1, type);
  const contentType = c.u24(f.contentType);
  const lengthAt = c.pos;
  const length = c.u8(f.uriLength);
  const size = Math.min(length, c.left);
  if (size < length) c.report(DM.syncs, lengthAt, 1, `The address has ${length} octets, ${size} are left`);
  const uriAt = c.take(size);
  const octets = c.bytes.subarray(uriAt, uriAt + size);
  const uri = utf8Strict(octets) ?? latin1(octets);
  c.rec?.leaf(f.uri, uriAt, size, uri);
  const way = SYNC_TYPES[type as keyof typeof SYNC_TYPES];
  if (way === undefined) c.report(DM.syncs, at, 1, `Way ${type} is not defined`);
  const media = mediaTypeName(contentType) ?? `content type 0x${contentType.toString(16).toUpperCase()}`;
  const value = `${uri}, ${contentType === 0 ? 'any content' : media}, ${way ?? `way ${type}`}`;
  return { label: 'Synchronise', value, range: { start: at, length: c.pos - at } };
}

/** The list at the cursor, read to the end of the window. */
export function syncs(c: Cursor): Detail[] {
  if (c.left === 0) {
    c.report(DM.syncs, c.pos, 0, 'The list of what to synchronise is missing');
    return [];
  }
  const at = c.pos;
  const count = c.bytes[c.take(1)]! >> 4;
  c.rec?.leaf(f.count, at, 1, count);
  const out: Detail[] = [];
  while (out.length < count && c.left >= ENTRY)
    out.push(
      c.group(
        f.sync,
        undefined,
        () => sync(c),
        (d) => d.value,
      ),
    );
  if (out.length < count) c.report(DM.syncs, at, 1, `${count} data stores are announced, ${out.length} are there`);
  if (c.left > 0) {
    if (out.length === count) c.report(DM.syncs, c.pos, c.left, `${c.left} octets follow the list`);
    c.raw(f.rest, c.left);
  }
  return out;
}
