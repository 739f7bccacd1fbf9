// The field tree as rows: which are seen, and which one stands for an octet.

import type { ByteRange, TreeNode } from '../../analysis/engine/contract.ts';
import { covers } from './origin.ts';

export interface NodeRow {
  readonly node: TreeNode;
  /** 1-based. */
  readonly level: number;
  readonly open: boolean;
  readonly hasChildren: boolean;
  /** Place among its siblings, 1-based, and how many they are. */
  readonly place: number;
  readonly siblings: number;
}

/** Children by parent id, roots under -1. A node whose parent is missing counts as a root. */
export function childrenOf(tree: readonly TreeNode[]): ReadonlyMap<number, readonly TreeNode[]> {
  const ids = new Set(tree.map((n) => n.id));
  const out = new Map<number, TreeNode[]>();
  for (const n of tree) {
    const parent = ids.has(n.parent) && n.parent !== n.id ? n.parent : -1;
    const list = out.get(parent);
    if (list === undefined) out.set(parent, [n]);
    else list.push(n);
  }
  return out;
}

/** Rows in order, without what is inside closed nodes. */
export function visibleNodes(children: ReadonlyMap<number, readonly TreeNode[]>, open: ReadonlySet<number>): NodeRow[] {
  const out: NodeRow[] = [];
  const walk = (parent: number, level: number): void => {
    const list = children.get(parent) ?? [];
    list.forEach((node, i) => {
      const hasChildren = (children.get(node.id)?.length ?? 0) > 0;
      const isOpen = hasChildren && open.has(node.id);
      out.push({ node, level, open: isOpen, hasChildren, place: i + 1, siblings: list.length });
      if (isOpen) walk(node.id, level + 1);
    });
  };
  walk(-1, 1);
  return out;
}

/** Ids of everything above a node, nearest first. */
export function ancestors(tree: readonly TreeNode[], id: number): number[] {
  const byId = new Map(tree.map((n) => [n.id, n] as const));
  const out: number[] = [];
  let at = byId.get(id)?.parent ?? -1;
  while (at !== -1 && !out.includes(at) && byId.has(at)) {
    out.push(at);
    at = byId.get(at)?.parent ?? -1;
  }
  return out;
}

/** The smallest node whose range holds the octet; of equals, the deepest. */
export function nodeAt(tree: readonly TreeNode[], buffer: string, at: number): TreeNode | null {
  let best: TreeNode | null = null;
  for (const n of tree) {
    if (n.range === null || !covers(n.range, buffer, at)) continue;
    if (best === null || n.range.length <= (best.range?.length ?? 0)) best = n;
  }
  return best;
}

/** The deepest node with exactly this range, else the smallest that holds it. */
export function nodeOf(tree: readonly TreeNode[], range: ByteRange): TreeNode | null {
  const end = range.start + range.length;
  let best: TreeNode | null = null;
  for (const n of tree) {
    const r = n.range;
    if (r === null || r.buffer !== range.buffer || r.start > range.start || r.start + r.length < end) continue;
    if (best === null || r.length <= (best.range?.length ?? 0)) best = n;
  }
  return best;
}

/** Everything open down to two levels below the roots, and no more than `limit` rows. */
export function startOpen(tree: readonly TreeNode[], limit = 400): Set<number> {
  const children = childrenOf(tree);
  const open = new Set<number>();
  const roots = children.get(-1) ?? [];
  // The PDUs of parts stay closed where there is more: what they carry is what people came for.
  const isPdu = (n: TreeNode): boolean => /^(frame|pdu)/.test(n.range?.buffer ?? '');
  const onlyPdus = roots.every(isPdu);
  let front = onlyPdus ? roots : roots.filter((n) => !isPdu(n));
  let rows = roots.length;
  while (front.length > 0 && rows < limit) {
    const next: TreeNode[] = [];
    for (const n of front) {
      const inner = children.get(n.id) ?? [];
      if (inner.length === 0 || rows + inner.length > limit) continue;
      open.add(n.id);
      rows += inner.length;
      next.push(...inner);
    }
    front = next;
  }
  return open;
}
