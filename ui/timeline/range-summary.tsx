// A marked stretch of time in numbers, where the inspector has nothing better to show.

import { signal, useSignalEffect } from '@preact/signals';
import type { Span } from '../../analysis/draw/geometry.ts';
import type { RangeReply } from '../../analysis/engine/contract/timeline.ts';
import { Section } from '../inspector/section.tsx';
import { SeverityGlyph } from '../parts/glyph.tsx';
import { addTerm } from '../state/filter.ts';
import { prefs } from '../state/prefs.ts';
import { marked, zoomTo } from '../state/range.ts';
import { selectIndex } from '../state/selection.ts';
import { ask, capture, status, tell } from '../state/session.ts';
import { formatCount, plural } from '../view/format.ts';
import { formatDuration, formatTime, rangeTerm } from '../view/time.ts';

const summary = signal<RangeReply | null>(null);
/** While the range is being dragged it is asked about no more often than this, ms. */
const PAUSE = 120;

export function zoomToMarked(): void {
  const m = marked.peek();
  if (m === null) return;
  zoomTo(m.t0, m.t1);
  marked.value = null;
}

export function filterByMarked(): void {
  const m = marked.peek();
  if (m === null) return;
  const { t0, t1 } = status.peek();
  addTerm(rangeTerm(Math.max(m.t0, t0), Math.min(m.t1, t1)));
  marked.value = null;
}

function Rules({ rules }: { rules: RangeReply['rules'] }) {
  return (
    <ul class="range-rules">
      {rules.map((r) => (
        <li key={r.code}>
          <SeverityGlyph severity={r.severity} size={13} />
          <button type="button" class="octet-link" onClick={() => void selectIndex(r.example, { tab: 'findings' })}>
            {r.code}
          </button>
          <span class="range-title">{r.title}</span>
          <span class="number range-count" title="messages">
            {formatCount(r.messages)}
          </span>
        </li>
      ))}
    </ul>
  );
}

export function RangeSummary({ span }: { span: Span }) {
  useSignalEffect(() => {
    const m = marked.value;
    const at = capture.peek();
    void status.value.version;
    const timer = setTimeout(() => {
      if (m === null) return;
      ask({ op: 'range', t0: m.t0, t1: m.t1 }).then((r) => {
        if (marked.peek() === m && at === capture.peek()) summary.value = r;
      }, tell);
    }, PAUSE);
    return () => clearTimeout(timer);
  });
  const { time } = prefs.value;
  const { base } = status.value;
  const r = summary.value;
  return (
    <>
      <div class="sentences">
        <p class="number">
          {formatTime(span.t0, time, base, 6)} to {formatTime(span.t1, time, base, 6)}
        </p>
        {r !== null && r.messages === 0 && <p>Nothing was sent here.</p>}
        {r !== null && r.messages > 0 && (
          <p>
            {plural(r.messages, 'message')} in {plural(r.parts, 'part')}
            {r.missing > 0 && `, ${plural(r.missing, 'part')} never came`}
            {r.retries > 0 && `, ${plural(r.retries, 'part')} sent again`}.
          </p>
        )}
      </div>
      {r !== null && (
        <>
          <dl class="facts">
            <div class="fact">
              <dt>Length</dt>
              <dd class="number">{formatDuration(span.t1 - span.t0)}</dd>
            </div>
            {r.messages > 0 && (
              <div class="fact">
                <dt>From first to last part</dt>
                <dd class="number">
                  {r.median === null ? 'no message of several parts' : `${formatDuration(r.median)}, median`}
                </dd>
              </div>
            )}
            {Object.entries(r.outcomes)
              .sort((a, b) => b[1] - a[1])
              .map(([outcome, n]) => (
                <div class="fact" key={outcome}>
                  <dt>{outcome === 'none' ? 'no answer expected' : outcome}</dt>
                  <dd class="number">{formatCount(n)}</dd>
                </div>
              ))}
          </dl>
          {r.rules.length > 0 && (
            <Section title="What is wrong here">
              <Rules rules={r.rules} />
            </Section>
          )}
        </>
      )}
    </>
  );
}
