// The document as XML. Each line leads to its octets.

import { useSignal } from '@preact/signals';
import type { ByteRange, Detail } from '../../analysis/engine/contract.ts';
import { Icon } from '../parts/icon.tsx';
import { goTo, hide, octets, reveal, revealed, secretDetail } from '../state/selection.ts';
import { xmlTokens } from '../view/xml.ts';

/** Line that stands for the selected octets: the smallest that holds them. */
function chosenLine(ranges: readonly (ByteRange | null)[]): number {
  const o = octets.value;
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  if (o === null) return best;
  ranges.forEach((r, i) => {
    if (r === null || r.buffer !== o.buffer || r.start > o.start || r.start + r.length < o.start + o.length) return;
    if (r.length < least) {
      least = r.length;
      best = i;
    }
  });
  return best;
}

const KEY = 'xml';

export function Xml({ d }: { d: Detail }) {
  const copied = useSignal(false);
  if (d.xml === null) return <p class="quiet">There is no document to write as XML.</p>;
  const open = revealed.value.has(KEY);
  const text = open ? (secretDetail.value?.xml ?? d.xml) : d.xml;
  const lines = text.split('\n');
  const chosen = chosenLine(d.xmlRanges);
  const hasSecrets = d.tree.some((n) => n.secret) || d.settings.some((s) => s.secret);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    copied.value = true;
    setTimeout(() => {
      copied.value = false;
    }, 1500);
  };
  return (
    <div class="xml">
      <div class="pane-tools">
        {hasSecrets && (
          <button
            type="button"
            class="button"
            aria-pressed={open}
            onClick={() => (open ? hide(KEY) : void reveal(KEY))}
          >
            <Icon name={open ? 'hidden' : 'eye'} />
            {open ? 'Hide secrets' : 'Show secrets'}
          </button>
        )}
        <button type="button" class="button" onClick={() => void copy()}>
          <Icon name="copy" />
          {copied.value ? 'Copied' : 'Copy'}
        </button>
      </div>
      <ol class="xml-lines" aria-label="Document">
        {lines.map((line, i) => {
          const range = d.xmlRanges[i] ?? null;
          const indent = line.length - line.trimStart().length;
          const words = xmlTokens(line.trimStart()).map((t, j) => (
            <span key={`${j}${t.text}`} class={`xml-${t.kind}`}>
              {t.text}
            </span>
          ));
          return (
            <li key={`${i}${line}`} class={i === chosen ? 'chosen' : ''}>
              <span class="xml-number" aria-hidden="true">
                {i + 1}
              </span>
              {range === null ? (
                <span class="xml-line" style={{ paddingLeft: `${indent}ch` }}>
                  {words}
                </span>
              ) : (
                <button
                  type="button"
                  class="xml-line"
                  aria-pressed={i === chosen}
                  style={{ paddingLeft: `${indent}ch` }}
                  onClick={() => goTo(range)}
                >
                  {words}
                </button>
              )}
            </li>
          );
        })}
      </ol>
    </div>
  );
}
