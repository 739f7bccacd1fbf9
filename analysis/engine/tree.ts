// The tree of a message: every layer that was read, by the decoders that read it, gaps included.

import { Cursor, runLayer } from '../../dissectors/base/cursor.ts';
import { type Field, fields } from '../../dissectors/base/fields.ts';
import { recordInto, type TreeRow } from '../../dissectors/base/recorder.ts';
import type { Segment } from '../../dissectors/sms/joined.ts';
import type { BufferName, TreeNode } from './contract.ts';
import type { Interpretation } from './interpret.ts';
import { interpret } from './interpret.ts';
import { recordPdu } from './pdutree.ts';
import type { MessageRecord } from './records.ts';

const own = fields('message', {
  part: { kind: 'group', label: 'Part' },
  datagram: { kind: 'group', label: 'Datagram' },
  body: { kind: 'group', label: 'Document' },
  gap: { kind: 'bytes', label: 'Not decoded' },
});

/** Trees longer than this end with a row that says so. */
const MAX_ROWS = 20_000;
const MASK = '••••••';

interface Block {
  readonly field: Field;
  readonly text: string;
  readonly buffer: BufferName;
  readonly length: number;
  readonly rows: readonly TreeRow[];
}

/** All layers of the message; secrets masked unless asked for. */
export function messageTree(r: MessageRecord, secrets: boolean): { nodes: TreeNode[]; interpretation: Interpretation } {
  const datagramRows: TreeRow[] = [];
  const bodyRows: TreeRow[] = [];
  const interpretation = interpret(r.joined, { datagram: recordInto(datagramRows), body: recordInto(bodyRows) });
  const blocks: Block[] = r.joined.segments.map((s, index) => segmentBlock(s, index));
  if (r.joined.data.bytes.length > 0 && datagramRows.length > 0) {
    const { length } = r.joined.data.bytes;
    blocks.push({ field: own.datagram, text: `${length} octets`, buffer: 'datagram', length, rows: datagramRows });
  }
  if (interpretation.body.bytes.length > 0) {
    const { length } = interpretation.body.bytes;
    blocks.push({ field: own.body, text: `${length} octets`, buffer: 'body', length, rows: bodyRows });
  }
  const nodes: TreeNode[] = [];
  for (const b of blocks) addBlock(nodes, b, secrets);
  return { nodes, interpretation };
}

function segmentBlock(s: Segment, index: number): Block {
  const rows: TreeRow[] = [];
  const c = new Cursor(s.pdu.bytes, 0, s.pdu.bytes.length, recordInto(rows), [], 'pdu');
  runLayer(c, (cursor) => recordPdu(s, cursor));
  const status = s.status === 'used' ? '' : `, ${s.status}`;
  return {
    field: own.part,
    text: `${s.part} of ${s.of}, ${s.operation}${status}`,
    buffer: `pdu:${index + 1}`,
    length: s.pdu.bytes.length,
    rows,
  };
}

function addBlock(nodes: TreeNode[], b: Block, secrets: boolean): void {
  const root = push(nodes, -1, b.field, b.text, { buffer: b.buffer, start: 0, length: b.length }, false);
  const parents: number[] = [root];
  const ends: number[] = [0];
  for (const [i, row] of b.rows.entries()) {
    if (nodes.length >= MAX_ROWS) {
      push(nodes, root, own.gap, `${b.rows.length - i} more rows are not shown`, null, false);
      return;
    }
    parents.length = row.depth + 1;
    ends.length = row.depth + 1;
    const parent = parents[row.depth] ?? root;
    const expected = ends[row.depth] ?? row.start;
    if (row.start > expected) gap(nodes, parent, b.buffer, expected, row.start);
    const secret = row.field.secret === true;
    const hidden = secret && !secrets;
    const range = { buffer: b.buffer, start: row.start, length: row.length };
    const id = push(nodes, parent, row.field, hidden ? MASK : showValue(row), range, secret);
    ends[row.depth] = Math.max(expected, row.start + row.length);
    parents[row.depth + 1] = id;
    ends[row.depth + 1] = row.start;
  }
  const end = ends[0] ?? 0;
  if (end < b.length) gap(nodes, root, b.buffer, end, b.length);
}

const gap = (nodes: TreeNode[], parent: number, buffer: BufferName, from: number, to: number): void => {
  push(nodes, parent, own.gap, `${to - from} octets`, { buffer, start: from, length: to - from }, false);
};

function push(
  nodes: TreeNode[],
  parent: number,
  field: Field,
  value: string,
  range: TreeNode['range'],
  secret: boolean,
): number {
  const id = nodes.length;
  const path = field === own.gap ? '' : field.path;
  nodes.push({ id, parent, label: field.label, value, path, range, secret, clause: field.clause ?? null });
  return id;
}

const SHOWN_OCTETS = 32;

/** A row's value in words: the standard's symbol beside the number. */
export function showValue(row: TreeRow): string {
  if (row.text !== undefined) return row.text;
  const { value, field } = row;
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') {
    const digits =
      field.hex === true
        ? `0x${value
            .toString(16)
            .toUpperCase()
            .padStart(row.length * 2, '0')}`
        : String(value);
    const unit = field.unit === undefined ? '' : ` ${field.unit}`;
    const name = field.names?.[value];
    return name === undefined ? `${digits}${unit}` : `${name} (${digits})`;
  }
  const shown = Array.from(value.subarray(0, SHOWN_OCTETS), (b) => b.toString(16).toUpperCase().padStart(2, '0'));
  return value.length > SHOWN_OCTETS ? `${shown.join(' ')} … ${value.length} octets` : shown.join(' ');
}
