// The tree of a message: every layer that was read, by the decoders that read it, gaps included.

import { type Field, fields } from '../../dissectors/base/fields.ts';
import type { TreeRow } from '../../dissectors/base/recorder.ts';
import { withoutUserinfo } from '../report/mask.ts';
import { type Block, messageBlocks } from './blocks.ts';
import type { BufferName, TreeNode } from './contract.ts';
import type { Interpretation } from './interpret.ts';
import type { MessageRecord } from './records.ts';
import { type OctetRange, secretsOf } from './secrets.ts';

const own = fields('message', {
  gap: { kind: 'bytes', label: 'Not decoded' },
});

/** Trees longer than this end with a row that says so. */
const MAX_ROWS = 20_000;
const MASK = '••••••';

/** All layers of the message; secrets masked unless asked for. */
export function messageTree(r: MessageRecord, secrets: boolean): { nodes: TreeNode[]; interpretation: Interpretation } {
  const { blocks, interpretation } = messageBlocks(r);
  const hidden = secrets ? null : secretsOf(r, interpretation, blocks);
  const nodes: TreeNode[] = [];
  for (const b of blocks) addBlock(nodes, b, hidden?.in(b.buffer) ?? null);
  return { nodes, interpretation };
}

/** `hidden`: octets that must not show; null when everything may. */
export function addBlock(nodes: TreeNode[], b: Block, hidden: readonly OctetRange[] | null): void {
  const { length } = b.bytes;
  const root = push(nodes, -1, b.field, b.text, { buffer: b.buffer, start: 0, length }, false);
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
    const range = { buffer: b.buffer, start: row.start, length: row.length };
    const id = push(
      nodes,
      parent,
      row.field,
      hidden === null ? showValue(row) : maskedValue(row, hidden),
      range,
      secret,
    );
    ends[row.depth] = Math.max(expected, row.start + row.length);
    parents[row.depth + 1] = id;
    ends[row.depth + 1] = row.start;
  }
  const end = ends[0] ?? 0;
  if (end < length) gap(nodes, root, b.buffer, end, length);
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
function showValue(row: TreeRow): string {
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
  return showOctets(value, []);
}

/** The same without secrets: a row of another field may hold the octets of one. */
function maskedValue(row: TreeRow, hidden: readonly OctetRange[]): string {
  if (row.field.secret === true) return MASK;
  const text = showValue(row);
  if (row.value === null || typeof row.value === 'number') return text;
  const within = hidden.filter((h) => h.start < row.start + row.length && row.start < h.start + h.length);
  if (within.length === 0) return text;
  if (typeof row.value !== 'string' && row.text === undefined) {
    // Octets of the value end where the row ends.
    const from = row.start + row.length - row.value.length;
    return showOctets(
      row.value,
      within.map((h) => ({ start: h.start - from, length: h.length })),
    );
  }
  const clean = withoutUserinfo(text);
  return clean === text ? MASK : clean;
}

function showOctets(value: Uint8Array, hidden: readonly OctetRange[]): string {
  const isHidden = (at: number): boolean => hidden.some((h) => at >= h.start && at < h.start + h.length);
  const shown = Array.from(value.subarray(0, SHOWN_OCTETS), (b, at) =>
    isHidden(at) ? '••' : b.toString(16).toUpperCase().padStart(2, '0'),
  );
  return value.length > SHOWN_OCTETS ? `${shown.join(' ')} … ${value.length} octets` : shown.join(' ');
}
