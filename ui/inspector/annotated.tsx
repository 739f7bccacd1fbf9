// A buffer piece by piece, as it was read: octets on the left, what they are beside them.

import { useSignal, useSignalEffect } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { BytesReply, TreeNode } from '../../analysis/engine/contract.ts';
import { Scroller } from '../parts/scroller.tsx';
import { goTo, octetsEverywhere, revealed, secretDetail, secretOctets } from '../state/selection.ts';
import { hex2, hexOffset } from '../view/format.ts';
import { inBuffer } from '../view/origin.ts';
import { bring, visibleRows } from '../view/scroll.ts';
import { type Token, tokensOf } from '../view/tokens.ts';

const ROW = 22;
const FEW = 5;

export interface AnnotatedProps {
  readonly reply: BytesReply;
  readonly tree: readonly TreeNode[];
  readonly label: string;
}

export function Annotated({ reply, tree, label }: AnnotatedProps) {
  const { bytes, buffer } = reply;
  const top = useSignal(0);
  const height = useSignal(0);
  const tokens = useMemo(() => tokensOf(tree, buffer, bytes.length), [tree, buffer, bytes]);
  const chosen = inBuffer(octetsEverywhere.value, buffer);
  const secret = revealed.value.has('octets') ? [] : inBuffer(secretOctets.value, buffer);
  const isChosen = (t: Token): boolean =>
    chosen.some((r) => r.start < t.start + t.length && t.start < r.start + r.length);

  useSignalEffect(() => {
    const first = inBuffer(octetsEverywhere.value, buffer)[0];
    if (first === undefined || height.value === 0) return;
    const at = tokens.findIndex((t) => first.start < t.start + t.length);
    if (at >= 0) top.value = bring(at, at, top.peek(), { rows: tokens.length, rowHeight: ROW, view: height.peek() });
  });

  const octetsText = (t: Token): string => {
    const shown = Math.min(t.length, FEW);
    const out: string[] = [];
    for (let i = 0; i < shown; i += 1) {
      const at = t.start + i;
      const hidden = secret.some((s) => at >= s.start && at < s.start + s.length);
      out.push(hidden ? '••' : hex2(bytes[at] ?? 0));
    }
    return out.join(' ') + (t.length > FEW ? ' …' : '');
  };
  const shownOf = (n: TreeNode): string =>
    revealed.value.has('octets') ? (secretDetail.value?.tree.find((x) => x.id === n.id)?.value ?? n.value) : n.value;

  const v = visibleRows(top.value, { rows: tokens.length, rowHeight: ROW, view: height.value });
  const digits = bytes.length > 0xffff ? 6 : 4;
  return (
    <Scroller rows={tokens.length} rowHeight={ROW} top={top} height={height} class="annotated">
      <ol class="annotated-lines" aria-label={`${label}, as read`} style={{ transform: `translateY(${v.y}px)` }}>
        {tokens.slice(v.from, v.to).map((t) => (
          <li key={t.start} class={isChosen(t) ? 'chosen' : ''} style={{ height: `${ROW}px` }}>
            <button
              type="button"
              aria-pressed={isChosen(t)}
              onClick={() => goTo({ buffer, start: t.start, length: t.length })}
            >
              <span class="hex-offset">{hexOffset(t.start, digits)}</span>
              <code class="annotated-octets">{octetsText(t)}</code>
              <bdi class="annotated-what" style={{ paddingLeft: `${Math.min(t.depth, 10) * 10}px` }}>
                {t.nodes.length === 0 ? (
                  <i>not decoded</i>
                ) : (
                  t.nodes.map((n, i) => (
                    <span key={n.id}>
                      {i > 0 && ' · '}
                      {n.label} <b>{shownOf(n)}</b>
                    </span>
                  ))
                )}
              </bdi>
            </button>
          </li>
        ))}
      </ol>
    </Scroller>
  );
}
