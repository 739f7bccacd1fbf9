// The document as XML. Each line leads to its octets.

import { useSignal } from '@preact/signals';
import type { ByteRange, Detail } from '../../analysis/engine/contract.ts';
import { Icon } from '../parts/icon.tsx';
import { prefs, setPref } from '../state/prefs.ts';
import { buffers, goTo, hide, octets, reveal, revealed, secretDetail, secretOctets } from '../state/selection.ts';
import { inBuffer } from '../view/origin.ts';
import { textLines } from '../view/tokens.ts';
import { xmlTokens } from '../view/xml.ts';
import { Annotated } from './annotated.tsx';

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
const BODY = 'body';

/** The lines of a document that was sent as text, secrets left out unless `open`; null where it was tokens. */
function sentLines(open: boolean): { readonly text: string; readonly range: ByteRange }[] | null {
  const body = buffers.value.get(BODY)?.bytes;
  if (body === undefined || !/^(\xEF\xBB\xBF)?\s*</.test(String.fromCharCode(...body.subarray(0, 64)))) return null;
  const shown = body.slice();
  if (!open) for (const s of inBuffer(secretOctets.value, BODY)) shown.fill(0x2a, s.start, s.start + s.length);
  return textLines(shown).map(({ text, start, length }) => ({ text, range: { buffer: BODY, start, length } }));
}

/** A document of tokens has no other text: its tokens, in the order they were sent. */
function SentTokens({ d }: { d: Detail }) {
  const reply = buffers.value.get(BODY);
  if (reply === undefined) return <p class="quiet">Reading the octets…</p>;
  return <Annotated reply={reply} tree={d.tree} label="Document" />;
}

export function Xml({ d }: { d: Detail }) {
  const copied = useSignal(false);
  if (d.xml === null) return <p class="quiet">There is no document to write as XML.</p>;
  const open = revealed.value.has(KEY);
  const text = open ? (secretDetail.value?.xml ?? d.xml) : d.xml;
  const lines = text.split('\n');
  const sent = prefs.value.xmlAsSent;
  const asSent = sent ? sentLines(open) : null;
  const chosen = chosenLine(asSent?.map((l) => l.range) ?? d.xmlRanges);
  const hasSecrets = d.tree.some((n) => n.secret) || d.settings.some((s) => s.secret);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(asSent === null ? text : asSent.map((l) => l.text).join('\n'));
    copied.value = true;
    setTimeout(() => {
      copied.value = false;
    }, 1500);
  };
  return (
    <div class="xml">
      <div class="pane-tools">
        <fieldset class="segmented" aria-label="Form of the document">
          <button type="button" aria-pressed={!sent} onClick={() => setPref('xmlAsSent', false)}>
            Canonical
          </button>
          <button type="button" aria-pressed={sent} onClick={() => setPref('xmlAsSent', true)}>
            As sent
          </button>
        </fieldset>
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
        {(!sent || asSent !== null) && (
          <button type="button" class="button" onClick={() => void copy()}>
            <Icon name="copy" />
            {copied.value ? 'Copied' : 'Copy'}
          </button>
        )}
      </div>
      {sent && asSent === null ? (
        <SentTokens d={d} />
      ) : (
        <ol class="xml-lines" aria-label="Document">
          {(asSent ?? lines).map((it, i) => {
            const line = typeof it === 'string' ? it : it.text;
            const range = typeof it === 'string' ? (d.xmlRanges[i] ?? null) : it.range;
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
      )}
    </div>
  );
}
