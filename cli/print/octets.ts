// Trees of fields and dumps of octets.

import type { BytesReply, TreeNode } from '../../analysis/engine/contract.ts';
import { printable } from '../../analysis/report/text.ts';
import type { Page } from './message.ts';

const PER_LINE = 16;

/** Every field, indented by its depth, with where its octets are. */
export function treeText(tree: readonly TreeNode[], page: Page): string[] {
  const depth = new Map<number, number>([[-1, -1]]);
  return tree.map((node) => {
    const d = (depth.get(node.parent) ?? -1) + 1;
    depth.set(node.id, d);
    const value = node.value === '' ? '' : `: ${printable(node.value)}`;
    const range = node.range === null ? '' : `  ${node.range.buffer} ${node.range.start}+${node.range.length}`;
    return `  ${'  '.repeat(d)}${printable(node.label)}${value}${page.style.faint(range)}`;
  });
}

/** Sixteen octets a line with their text, and below where they came from. */
export function octetsText({ buffer, bytes, origin }: BytesReply, page: Page): string[] {
  const lines = [`  ${buffer}, ${bytes.length} octets`];
  for (let at = 0; at < bytes.length; at += PER_LINE) {
    const row = [...bytes.subarray(at, at + PER_LINE)];
    const hex = row.map((b) => b.toString(16).padStart(2, '0')).join(' ');
    const text = row.map((b) => (b >= 0x20 && b < 0x7f ? String.fromCharCode(b) : '.')).join('');
    lines.push(`  ${at.toString(16).padStart(4, '0')}  ${hex.padEnd(PER_LINE * 3 - 1)}  ${text}`);
  }
  for (const o of origin) {
    const last = o.start + o.length - 1;
    lines.push(page.style.faint(`  octets ${o.start} to ${last} are ${o.from} from ${o.offset}`));
  }
  return lines;
}
