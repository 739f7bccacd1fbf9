// Messages over time, a small plot for each outcome, kind or verdict: all on one scale, told apart by name, not by colour.

import type { OverviewReply, OverviewSeries } from '../../analysis/engine/contract/flows.ts';
import { prefs } from '../state/prefs.ts';
import { status } from '../state/session.ts';
import { formatCount, plural } from '../view/format.ts';
import { formatTime } from '../view/time.ts';
import { kindWord, OUTCOME_WORD, VERDICT_WORD } from '../view/words.ts';
import { BY, type By, by, quoted, showFitting, showTime } from './state.ts';

const BY_WORD: Readonly<Record<By, string>> = { outcomes: 'Outcome', kinds: 'Kind', verdicts: 'MAC' };

const WORD: Readonly<Record<string, string>> = { ...OUTCOME_WORD, none: 'Nothing answers these' };

const BAD: ReadonlySet<string> = new Set(['failed', 'expired', 'invalid', 'malformed', 'unprotected', 'no-mac']);
const GOOD: ReadonlySet<string> = new Set(['delivered', 'valid']);

const wordOf = (name: string): string => {
  if (by.value === 'kinds') return kindWord(name);
  if (by.value === 'verdicts') return VERDICT_WORD[name as keyof typeof VERDICT_WORD] ?? name;
  return WORD[name] ?? name;
};

const termOf = (name: string): string => {
  if (by.value === 'kinds') return `kind == ${quoted(name)}`;
  if (by.value === 'verdicts') return `mac.verdict == ${name}`;
  return name === 'none' ? 'not outcome' : `outcome == ${name}`;
};

const H = 30;

function Plot({ s, o, most }: { s: OverviewSeries; o: OverviewReply; most: number }) {
  const tone = BAD.has(s.name) ? 'bad' : GOOD.has(s.name) ? 'good' : 'plain';
  const top = s.counts.reduce((a, b) => Math.max(a, b), 0);
  const onClick = (e: MouseEvent): void => {
    const box = (e.currentTarget as SVGElement).getBoundingClientRect();
    const bin = Math.floor(((e.clientX - box.left) / box.width) * o.bins);
    if ((s.counts[bin] ?? 0) > 0) showTime(o.t0 + bin * o.binWidth, o.t0 + (bin + 1) * o.binWidth);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: by keyboard the timeline is reached by its own key
    <svg
      class={`ov-plot ov-plot-${tone}`}
      viewBox={`0 0 ${o.bins} ${H}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${wordOf(s.name)} over time: at most ${top} in one of ${o.bins} stretches`}
      onClick={onClick}
    >
      {s.counts.map((n, i) => {
        if (n === 0) return null;
        const h = Math.max(2, (n / most) * (H - 2));
        const from = formatTime(o.t0 + i * o.binWidth, prefs.value.time, status.value.base, 1);
        return (
          <rect key={i} x={i + 0.1} width={0.8} y={H - h} height={h}>
            <title>{`${plural(n, 'message')} from ${from}`}</title>
          </rect>
        );
      })}
    </svg>
  );
}

export function OverTime({ o }: { o: OverviewReply }) {
  const series = [...o[by.value]].sort((a, b) => b.total - a.total);
  const most = series.reduce((n, s) => Math.max(n, ...s.counts), 1);
  const { time } = prefs.value;
  const { base } = status.value;
  return (
    <>
      <div class="ov-head">
        <h3>Over time</h3>
        <fieldset class="ov-by" aria-label="By">
          {BY.map((b) => (
            <button
              key={b}
              type="button"
              class="button button-small"
              aria-pressed={by.value === b}
              onClick={() => {
                by.value = b;
              }}
            >
              {BY_WORD[b]}
            </button>
          ))}
        </fieldset>
      </div>
      <ul class="ov-series">
        {series.map((s) => (
          <li key={s.name}>
            <button
              type="button"
              class="ov-name"
              title="Show these in the list"
              onClick={() => showFitting(termOf(s.name))}
            >
              <span>{wordOf(s.name)}</span>
              <span class="number">{formatCount(s.total)}</span>
            </button>
            <Plot s={s} o={o} most={most} />
          </li>
        ))}
      </ul>
      <p class="ov-axis number" aria-hidden="true">
        <span>{formatTime(o.t0, time, base, 1)}</span>
        <span>{formatTime(o.t1, time, base, 1)}</span>
      </p>
    </>
  );
}
