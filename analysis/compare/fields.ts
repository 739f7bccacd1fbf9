// Two trees of fields set against each other, level by level.

import type { CompareFieldRow } from '../engine/contract/compare.ts';
import type { TreeNode } from '../engine/contract.ts';
import { align } from './align.ts';

/** A message's fields as shown, and with their secrets, in the same order. */
export interface Fields {
  readonly shown: readonly TreeNode[];
  readonly whole: readonly TreeNode[];
}

/** Rows of one comparison. */
const MOST = 4000;

/** Numbers of exchanges, ids and times that no two messages share. */
const USUAL =
  /(?:sequence\w*|sequence_number|\breference|messageId|message_id|timeStamp|hopByHop\w*|endToEnd\w*|otid|dtid|transactionId|transaction_id|invokeId|callId|cseq|branch|tid|checksum|sessionId|originTransactionId|destinationTransactionId)$/i;

interface Side {
  readonly fields: Fields;
  /** Rows of the children of each row; -1: the top. */
  readonly children: ReadonlyMap<number, readonly number[]>;
}

function sideOf(fields: Fields): Side {
  const at = new Map(fields.shown.map((n, i) => [n.id, i]));
  const children = new Map<number, number[]>();
  fields.shown.forEach((n, i) => {
    const parent = n.parent < 0 ? -1 : (at.get(n.parent) ?? -1);
    const known = children.get(parent);
    if (known === undefined) children.set(parent, [i]);
    else known.push(i);
  });
  return { fields, children };
}

/** The rows of both in one order, and how many more there are. Whether secrets are equal is told, not what they are. */
export function compareFields(a: Fields, b: Fields): { rows: CompareFieldRow[]; more: number } {
  const [left, right] = [sideOf(a), sideOf(b)];
  const rows: CompareFieldRow[] = [];
  let more = 0;
  const walk = (i: number | null, j: number | null, depth: number): void => {
    const x = i === null ? null : a.shown[i]!;
    const y = j === null ? null : b.shown[j]!;
    const n = x ?? y;
    if (n === null) return;
    if (rows.length < MOST) {
      const [wholeA, wholeB] = [i === null ? null : a.whole[i]?.value, j === null ? null : b.whole[j]?.value];
      rows.push({
        label: n.label,
        path: n.path,
        depth,
        a: x?.value ?? null,
        b: y?.value ?? null,
        same: x !== null && y !== null && wholeA === wholeB,
        usual: USUAL.test(n.path),
        rangeA: x?.range ?? null,
        rangeB: y?.range ?? null,
      });
    } else more += 1;
    inner(i, j, depth + 1);
  };
  const inner = (i: number | null, j: number | null, depth: number): void => {
    const of = (s: Side, at: number | null): readonly number[] => (at === null ? [] : (s.children.get(at) ?? []));
    const key = (nodes: readonly TreeNode[], at: number): string => `${nodes[at]!.path}|${nodes[at]!.label}`;
    const list = [...of(left, i).map((at) => ({ at, left: true }))];
    const other = of(right, j).map((at) => ({ at, left: false }));
    for (const p of align(list, other, (n) => key(n.left ? a.shown : b.shown, n.at))) {
      walk(p.a?.at ?? null, p.b?.at ?? null, depth);
    }
  };
  inner(-1, -1, 0);
  return { rows, more };
}
