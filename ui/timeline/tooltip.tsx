// What is under the pointer, in words.

import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Gap } from '../../analysis/engine/contract/timeline.ts';
import { prefs } from '../state/prefs.ts';
import { rowAt, rowsChanged } from '../state/rows.ts';
import { status } from '../state/session.ts';
import { formatDuration, formatTime } from '../view/time.ts';
import { VERDICT_MEANS } from '../view/words.ts';
import { chartWidth, hovered, hoveredGap, lanesHeight, type Pointed } from './scene.ts';
import { gapTitle, markTitle } from './sentence.ts';

function Lines({ hit }: { hit: Pointed }) {
  void rowsChanged.value;
  const { time } = prefs.value;
  const { base } = status.value;
  const row = hit.message >= 0 ? rowAt(hit.message) : null;
  const at = formatTime(hit.time, time, base, 6);
  return (
    <>
      <strong>{markTitle(hit, row)}</strong>
      {hit.kind === 'cluster' ? (
        <>
          <span class="tip-time">
            {formatTime(hit.from, time, base, 3)} to {formatTime(hit.time, time, base, 3)}
          </span>
          <span class="tip-quiet">Click or Enter to look closer.</span>
        </>
      ) : hit.kind === 'transaction' ? (
        <>
          <span class="tip-time">
            {formatTime(hit.from, time, base, 6)} to {at} · {formatDuration(hit.time - hit.from)}
          </span>
          <span>At several hops, or sent again.</span>
          <span class="tip-quiet">Click for its first message; the Summary lists all of them.</span>
        </>
      ) : (
        <>
          <span class="tip-time">
            {at}
            {hit.kind === 'message' && hit.time > hit.from && ` · took ${formatDuration(hit.time - hit.from)}`}
            {hit.kind === 'expiry' && ` · ${formatDuration(hit.time - hit.from)} after the last part`}
            {hit.kind === 'retry' && ` · ${formatDuration(hit.time - hit.from)} after the original`}
            {hit.kind === 'refusal' &&
              hit.time > hit.from &&
              ` · ${formatDuration(hit.time - hit.from)} after the part`}
          </span>
          {row !== null && <span>{row.summary}</span>}
          {hit.verdict !== null && hit.verdict !== 'not-applicable' && (
            <span class="tip-quiet">{VERDICT_MEANS[hit.verdict]}</span>
          )}
        </>
      )}
    </>
  );
}

/** What follows from it for whoever reads the chart. */
const gapMeans = (g: Gap): string =>
  g.back !== undefined
    ? 'The clock of the capturing machine was set, or files were put together in the wrong order. What is told here of ' +
      'order and length may be wrong.'
    : g.lost === undefined
      ? 'What happened here is not known.'
      : 'Any frame of this time may be the one that is missing: what is not seen here need not have failed.';

function GapLines({ gap }: { gap: Gap }) {
  const { time } = prefs.value;
  const { base } = status.value;
  return (
    <>
      <strong>{gapTitle(gap)}</strong>
      <span class="tip-time">
        {formatTime(gap.back === undefined ? gap.from : gap.to, time, base, 3)}
        {gap.back === undefined ? ' to ' : ' back to '}
        {formatTime(gap.back === undefined ? gap.to : gap.from, time, base, 3)} · {formatDuration(gap.to - gap.from)}
      </span>
      <span>{`${gap.why[0]?.toUpperCase() ?? ''}${gap.why.slice(1)}.`}</span>
      <span class="tip-quiet">{gapMeans(gap)}</span>
    </>
  );
}

export function Tooltip() {
  const ref = useRef<HTMLDivElement>(null);
  const hit = hovered.value;
  const gap = hit === null ? hoveredGap.value : null;
  const at = hit ?? gap;
  useLayoutEffect(() => {
    const el = ref.current;
    if (el === null || at === null) return;
    const left = Math.min(Math.max(6, at.x + 14), chartWidth.peek() - el.offsetWidth - 6);
    const below = at.y + 18;
    const above = at.y - el.offsetHeight - 18;
    el.style.left = `${left}px`;
    el.style.top = `${below + el.offsetHeight < lanesHeight.peek() ? below : Math.max(4, above)}px`;
  });
  if (at === null) return null;
  return (
    <div class="tip" ref={ref} aria-hidden="true">
      {hit !== null && <Lines hit={hit} />}
      {gap !== null && <GapLines gap={gap.gap} />}
    </div>
  );
}
