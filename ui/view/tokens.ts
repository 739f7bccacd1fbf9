// A buffer as the pieces that were read of it, one after another, with what each is.

import type { TreeNode } from '../../analysis/engine/contract.ts';
import { childrenOf } from './nodes.ts';

export interface Token {
  readonly start: number;
  readonly length: number;
  /** 0 at the outside. */
  readonly depth: number;
  /** What was read there: more than one where fields share octets. Empty: nothing read it. */
  readonly nodes: readonly TreeNode[];
}

/** Pieces in the order of octets, without overlaps; what nobody read is a piece of its own. */
export function tokensOf(tree: readonly TreeNode[], buffer: string, length: number): Token[] {
  const children = childrenOf(tree);
  const depth = new Map<number, number>();
  for (const n of tree) depth.set(n.id, (depth.get(n.parent) ?? -1) + 1);
  const inside = tree.filter((n) => n.range?.buffer === buffer && n.range.length > 0);
  const leaves = inside.filter((n) => (children.get(n.id)?.length ?? 0) === 0);
  // A node with children has octets of its own in front of the first of them: a tag, a header.
  const heads = inside.flatMap((n): { node: TreeNode; start: number; length: number }[] => {
    const inner = (children.get(n.id) ?? []).flatMap((c) => (c.range?.buffer === buffer ? [c.range.start] : []));
    if (inner.length === 0 || n.range === null || n.parent === -1) return [];
    const own = Math.min(...inner) - n.range.start;
    return own > 0 ? [{ node: n, start: n.range.start, length: own }] : [];
  });
  const pieces = [
    ...heads,
    ...leaves.flatMap((n) => (n.range === null ? [] : [{ node: n, start: n.range.start, length: n.range.length }])),
  ].sort((a, b) => a.start - b.start || a.length - b.length);
  const out: Token[] = [];
  let at = 0;
  for (const p of pieces) {
    const last = out.at(-1);
    if (p.start < at) {
      // Bits of the octets before.
      if (last !== undefined && last.nodes.length < 8)
        out[out.length - 1] = { ...last, nodes: [...last.nodes, p.node] };
      continue;
    }
    if (p.start > at) out.push({ start: at, length: p.start - at, depth: 0, nodes: [] });
    const end = Math.min(length, p.start + p.length);
    if (end <= p.start) continue;
    out.push({ start: p.start, length: end - p.start, depth: depth.get(p.node.id) ?? 0, nodes: [p.node] });
    at = end;
  }
  if (at < length) out.push({ start: at, length: length - at, depth: 0, nodes: [] });
  return out;
}

/** Lines of text with the octets they stand on, line ends left out. */
export function textLines(
  bytes: Uint8Array,
): { readonly text: string; readonly start: number; readonly length: number }[] {
  const out: { text: string; start: number; length: number }[] = [];
  const decoder = new TextDecoder();
  for (let start = 0; start <= bytes.length; ) {
    const found = bytes.indexOf(0x0a, start);
    const end = found < 0 ? bytes.length : found;
    const length = end - start - (end > start && bytes[end - 1] === 0x0d ? 1 : 0);
    if (length > 0 || found >= 0) {
      out.push({ text: decoder.decode(bytes.subarray(start, start + length)), start, length });
    }
    start = end + 1;
  }
  return out;
}
