// Every field of every layer. Choosing one chooses its octets, and the other way round.

import { signal, useSignalEffect } from '@preact/signals';
import { useMemo, useRef } from 'preact/hooks';
import type { Detail, TreeNode } from '../../analysis/engine/contract.ts';
import { Icon } from '../parts/icon.tsx';
import { Scroller } from '../parts/scroller.tsx';
import { rowHeight } from '../state/prefs.ts';
import { goTo, octets, octetsEverywhere, revealed, secretDetail } from '../state/selection.ts';
import { FIELD_TYPE, loadFields } from '../state/table.ts';
import { ancestors, childrenOf, type NodeRow, nodeOf, startOpen, visibleNodes } from '../view/nodes.ts';
import { bring, reveal as revealRow, visibleRows } from '../view/scroll.ts';
import { NodeMenu, openNodeMenu } from './node-menu.tsx';
import { RevealButton } from './secret.tsx';

/** Signs of a value that are put into the page; nobody reads more in one line. */
const MOST_TIP = 1000;

const top = signal(0);
const height = signal(0);
const open = signal<ReadonlySet<number>>(new Set());
/** Id of the node the keyboard is on. */
const current = signal<number | null>(null);
let builtFor: string | null = null;

const nodeId = (id: number): string => `tree-node-${id}`;

function choose(n: TreeNode): void {
  current.value = n.id;
  goTo(n.range);
}

function toggle(id: number, to: boolean): void {
  const next = new Set(open.peek());
  if (to) next.add(id);
  else next.delete(id);
  open.value = next;
}

function Node({ row, index, d }: { row: NodeRow; index: number; d: Detail }) {
  const { node } = row;
  const key = `node:${node.id}`;
  const value = revealed.value.has(key)
    ? (secretDetail.value?.tree.find((n) => n.id === node.id)?.value ?? node.value)
    : node.value;
  void d;
  return (
    <div
      id={nodeId(node.id)}
      class={`tree-row${current.value === node.id ? ' chosen' : ''}${node.path === '' ? ' tree-gap' : ''}`}
      role="treeitem"
      tabIndex={-1}
      aria-level={row.level}
      aria-setsize={row.siblings}
      aria-posinset={row.place}
      aria-selected={current.value === node.id}
      {...(row.hasChildren ? { 'aria-expanded': row.open } : {})}
      style={{ transform: `translateY(${index * rowHeight.value}px)`, paddingLeft: `${(row.level - 1) * 14 + 4}px` }}
      onClick={() => choose(node)}
      onKeyDown={() => undefined}
      onDblClick={() => toggle(node.id, !row.open)}
      onContextMenu={(e) => {
        e.preventDefault();
        choose(node);
        void openNodeMenu(node, e.clientX, e.clientY);
      }}
      draggable={node.path !== '' && !node.secret}
      onDragStart={(e) => e.dataTransfer?.setData(FIELD_TYPE, node.path)}
    >
      <span
        class="tree-twist"
        aria-hidden="true"
        onClick={(e) => {
          if (!row.hasChildren) return;
          e.stopPropagation();
          toggle(node.id, !row.open);
        }}
      >
        {row.hasChildren ? (row.open ? '▾' : '▸') : ''}
      </span>
      <bdi class="tree-label">{node.label}</bdi>
      {value !== '' && (
        <bdi class="tree-value" title={value.slice(0, MOST_TIP)}>
          {value.slice(0, MOST_TIP)}
        </bdi>
      )}
      {node.secret && <RevealButton id={key} what={node.label} />}
      {current.value === node.id && (
        <span
          class="tree-more"
          aria-hidden="true"
          title="Filter, column, copy (Shift F10)"
          onClick={(e) => {
            e.stopPropagation();
            const at = e.currentTarget.getBoundingClientRect();
            void openNodeMenu(node, at.left, at.bottom);
          }}
        >
          <Icon name="more" />
        </span>
      )}
    </div>
  );
}

export function Tree({ d }: { d: Detail }) {
  const children = useMemo(() => childrenOf(d.tree), [d]);
  if (builtFor !== d.row.id) {
    builtFor = d.row.id;
    open.value = startOpen(d.tree);
    current.value = null;
    top.value = 0;
  }
  const rows = useMemo(() => visibleNodes(children, open.value), [children, open.value]);
  const now = useRef(rows);
  now.current = rows;
  const typed = useRef({ text: '', at: 0 });

  const show = (id: number, place: typeof revealRow): void => {
    const at = now.current.findIndex((r) => r.node.id === id);
    const g = { rows: now.current.length, rowHeight: rowHeight.peek(), view: height.peek() };
    if (at >= 0) top.value = place(at, top.peek(), g);
  };

  // Octets chosen elsewhere choose the node; it is opened to.
  useSignalEffect(() => {
    const o = octets.value;
    if (o === null) return;
    const mine = d.tree.find((n) => n.id === current.peek());
    const same =
      mine?.range != null &&
      mine.range.buffer === o.buffer &&
      mine.range.start === o.start &&
      mine.range.length === o.length;
    if (same) return;
    const candidates = octetsEverywhere.peek().map((r) => nodeOf(d.tree, r));
    const best = candidates
      .filter((n) => n !== null)
      .sort((a, b) => (a.range?.length ?? 0) - (b.range?.length ?? 0))[0];
    if (best === undefined) return;
    current.value = best.id;
    open.value = new Set([...open.peek(), ...ancestors(d.tree, best.id)]);
    requestAnimationFrame(() => show(best.id, (at, was, g) => bring(at, at, was, g)));
  });

  const onKeyDown = (e: KeyboardEvent): void => {
    if (e.altKey || e.ctrlKey || e.metaKey) return;
    const at = rows.findIndex((r) => r.node.id === current.value);
    const row = rows[at];
    const page = Math.max(1, Math.floor(height.peek() / rowHeight.peek()) - 1);
    let to = -1;
    if (e.key === 'ArrowDown') to = Math.min(rows.length - 1, at + 1);
    else if (e.key === 'ArrowUp') to = Math.max(0, at - 1);
    else if (e.key === 'PageDown') to = Math.min(rows.length - 1, at + page);
    else if (e.key === 'PageUp') to = Math.max(0, at - page);
    else if (e.key === 'Home') to = 0;
    else if (e.key === 'End') to = rows.length - 1;
    else if (e.key === 'ArrowRight' && row !== undefined) {
      if (row.hasChildren && !row.open) toggle(row.node.id, true);
      else if (row.open) to = at + 1;
    } else if (e.key === 'ArrowLeft' && row !== undefined) {
      if (row.open) toggle(row.node.id, false);
      else to = rows.findIndex((r) => r.node.id === row.node.parent);
    } else if (e.key === 'Enter' && row?.node.range != null) goTo(row.node.range, true);
    else if ((e.key === 'ContextMenu' || (e.key === 'F10' && e.shiftKey)) && row !== undefined) {
      const box = document.getElementById(nodeId(row.node.id))?.getBoundingClientRect();
      void openNodeMenu(row.node, (box?.left ?? 0) + 40, box?.bottom ?? 0);
    } else if (/^[\p{L}\p{N}]$/u.test(e.key) || (e.key.length === 1 && e.timeStamp - typed.current.at < 800)) {
      const t = typed.current;
      t.text = e.timeStamp - t.at < 800 ? t.text + e.key.toLowerCase() : e.key.toLowerCase();
      t.at = e.timeStamp;
      const order = [...rows.slice(t.text.length > 1 ? at : at + 1), ...rows];
      const found = order.find((r) => r.node.label.toLowerCase().startsWith(t.text));
      to = found === undefined ? -1 : rows.indexOf(found);
    } else return;
    e.preventDefault();
    e.stopPropagation();
    const next = rows[to];
    if (next === undefined) return;
    choose(next.node);
    show(next.node.id, revealRow);
  };

  const v = visibleRows(top.value, { rows: rows.length, rowHeight: rowHeight.value, view: height.value });
  const shown = rows.slice(v.from, v.to);
  const active = shown.some((r) => r.node.id === current.value) ? nodeId(current.value ?? -1) : undefined;
  return (
    <>
      <Scroller rows={rows.length} rowHeight={rowHeight.value} top={top} height={height} class="tree">
        <div
          class="tree-body"
          role="tree"
          tabIndex={0}
          aria-label="Fields"
          aria-activedescendant={active}
          onKeyDown={onKeyDown}
          // The menu of a field has to open before the next key is pressed.
          onFocus={() => void loadFields()}
          style={{ transform: `translateY(${v.y}px)` }}
        >
          {shown.map((row, i) => (
            <Node key={row.node.id} row={row} index={i} d={d} />
          ))}
        </div>
      </Scroller>
      <NodeMenu />
    </>
  );
}
