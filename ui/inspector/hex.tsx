// Octets, sixteen a row, beside their characters. Choosing goes both ways: octet to field, field to octets.

import { type Signal, useSignal, useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { ByteRange, BytesReply, TreeNode } from '../../analysis/engine/contract.ts';
import { Scroller } from '../parts/scroller.tsx';
import { goTo, octetsEverywhere, revealed, secretOctets } from '../state/selection.ts';
import { hex2, hexOffset } from '../view/format.ts';
import { nodeAt } from '../view/nodes.ts';
import { inBuffer } from '../view/origin.ts';
import { bring, reveal as revealRow, visibleRows } from '../view/scroll.ts';

const ROW = 20;
const PER_ROW = 16;
const COLUMNS = Array.from({ length: PER_ROW }, (_, i) => i);

const printable = (b: number): string => (b >= 0x20 && b < 0x7f ? String.fromCharCode(b) : '·');

export interface HexProps {
  readonly reply: BytesReply;
  readonly tree: readonly TreeNode[];
  readonly label: string;
  /** The field under the pointer. */
  readonly hover: Signal<TreeNode | null>;
}

const holds = (ranges: readonly ByteRange[], at: number): boolean =>
  ranges.some((r) => at >= r.start && at < r.start + r.length);

export function Hex({ reply, tree, label, hover }: HexProps) {
  const { bytes, buffer } = reply;
  const top = useSignal(0);
  const height = useSignal(0);
  const cursor = useSignal(0);
  const anchor = useRef<number | null>(null);
  const dragged = useRef(false);
  const rows = Math.ceil(bytes.length / PER_ROW);
  const digits = bytes.length > 0xffff ? 6 : 4;

  useSignalEffect(() => {
    const first = inBuffer(octetsEverywhere.value, buffer)[0];
    if (first === undefined || height.value === 0) return;
    cursor.value = first.start;
    const last = Math.floor((first.start + first.length - 1) / PER_ROW);
    top.value = bring(Math.floor(first.start / PER_ROW), last, top.peek(), {
      rows,
      rowHeight: ROW,
      view: height.peek(),
    });
  });

  const octetOf = (e: Event): number | null => {
    const cell = (e.target as HTMLElement).closest<HTMLElement>('[data-octet]');
    const at = cell === null ? Number.NaN : Number(cell.dataset.octet);
    return Number.isInteger(at) && at < bytes.length ? at : null;
  };
  const chooseField = (at: number): void => {
    const node = nodeAt(tree, buffer, at);
    if (node?.range != null) {
      goTo(node.range);
      return;
    }
    goTo({ buffer, start: at, length: 1 });
  };
  const extend = (from: number, to: number): void =>
    goTo({ buffer, start: Math.min(from, to), length: Math.abs(to - from) + 1 });

  const onPointerDown = (e: PointerEvent): void => {
    const at = octetOf(e);
    if (e.button !== 0 || at === null) return;
    anchor.current = at;
    dragged.current = false;
  };
  const onPointerMove = (e: PointerEvent): void => {
    const at = octetOf(e);
    if (at === null) return;
    if (anchor.current === null) {
      hover.value = nodeAt(tree, buffer, at);
      return;
    }
    if (at !== anchor.current) dragged.current = true;
    if (dragged.current) extend(anchor.current, at);
  };
  const onPointerUp = (): void => {
    const at = anchor.current;
    anchor.current = null;
    if (at === null || dragged.current) return;
    cursor.value = at;
    chooseField(at);
  };
  const onKeyDown = (e: KeyboardEvent): void => {
    if (e.altKey || e.ctrlKey || e.metaKey || bytes.length === 0) return;
    const page = Math.max(1, Math.floor(height.peek() / ROW) - 1) * PER_ROW;
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: PER_ROW,
      ArrowUp: -PER_ROW,
      PageDown: page,
      PageUp: -page,
      Home: -(cursor.value % PER_ROW),
      End: PER_ROW - 1 - (cursor.value % PER_ROW),
    };
    const step = steps[e.key];
    if (e.key === 'Enter') chooseField(cursor.value);
    else if (step === undefined) return;
    else {
      const to = Math.min(bytes.length - 1, Math.max(0, cursor.value + step));
      if (e.shiftKey) {
        anchor.current ??= cursor.value;
        extend(anchor.current, to);
      } else anchor.current = null;
      cursor.value = to;
      const g = { rows, rowHeight: ROW, view: height.peek() };
      top.value = revealRow(Math.floor(to / PER_ROW), top.peek(), g);
    }
    e.preventDefault();
    e.stopPropagation();
  };

  const chosen = inBuffer(octetsEverywhere.value, buffer);
  const secret = revealed.value.has('octets') ? [] : inBuffer(secretOctets.value, buffer);
  const under = hover.value?.range?.buffer === buffer ? [hover.value.range] : [];
  const v = visibleRows(top.value, { rows, rowHeight: ROW, view: height.value }, 2);
  const cursorRow = Math.floor(cursor.value / PER_ROW);
  const cursorSeen = bytes.length > 0 && cursorRow >= v.from && cursorRow < v.to;
  const id = (at: number): string => `hex-${label.replaceAll(/\W+/g, '-')}-${at}`;
  const classOf = (at: number): string =>
    `${holds(chosen, at) ? 'hex-chosen' : ''}${holds(under, at) ? ' hex-under' : ''}${at === cursor.value ? ' hex-cursor' : ''}`;

  return (
    <Scroller rows={rows} rowHeight={ROW} top={top} height={height} class="hex" minWidth={digits === 4 ? 452 : 466}>
      <table
        class="hex-table"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: octets are walked with the keys
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={rows}
        aria-activedescendant={cursorSeen ? id(cursor.value) : undefined}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerLeave={() => {
          hover.value = null;
          anchor.current = null;
        }}
      >
        <tbody style={{ transform: `translateY(${v.y}px)` }}>
          {Array.from({ length: v.to - v.from }, (_, i) => v.from + i).map((row) => (
            <tr key={row} aria-rowindex={row + 1} style={{ height: `${ROW}px` }}>
              <th scope="row" class="hex-offset">
                {hexOffset(row * PER_ROW, digits)}
              </th>
              {COLUMNS.map((c) => {
                const at = row * PER_ROW + c;
                if (at >= bytes.length) return <td key={c} class="hex-octet" />;
                return (
                  <td
                    key={c}
                    id={at === cursor.value ? id(at) : undefined}
                    data-octet={at}
                    class={`hex-octet ${classOf(at)}`}
                    {...{ 'aria-selected': holds(chosen, at) }}
                  >
                    {holds(secret, at) ? '••' : hex2(bytes[at] ?? 0)}
                  </td>
                );
              })}
              <td class="hex-text" aria-hidden="true">
                {COLUMNS.map((c) => {
                  const at = row * PER_ROW + c;
                  if (at >= bytes.length) return null;
                  return (
                    <span key={c} data-octet={at} class={classOf(at)}>
                      {holds(secret, at) ? '•' : printable(bytes[at] ?? 0)}
                    </span>
                  );
                })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}
