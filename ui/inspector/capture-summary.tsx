// Nothing selected: what was opened, and what was found in it.

import type { InputStatus, Verdict } from '../../analysis/engine/contract.ts';
import { overview } from '../overview/state.ts';
import { VerdictGlyph } from '../parts/glyph.tsx';
import { COMMANDS } from '../state/commands.ts';
import { prefs } from '../state/prefs.ts';
import { view } from '../state/selection.ts';
import { status } from '../state/session.ts';
import { formatBytes, formatCount, keepUnits, plural } from '../view/format.ts';
import { formatDuration, formatInstant } from '../view/time.ts';
import { kindWord, VERDICT_WORD } from '../view/words.ts';
import { Section } from './section.tsx';

const inputWords = (i: InputStatus): string =>
  [
    i.format === '' ? null : i.format,
    i.bytes === null ? null : formatBytes(i.bytes),
    plural(i.frames, 'frame'),
    i.truncatedAt === null ? null : `cut off at byte ${formatCount(i.truncatedAt)}`,
  ]
    .filter((x) => x !== null)
    .join(', ');

const isVerdict = (v: string): v is Verdict => Object.hasOwn(VERDICT_WORD, v);

export function CaptureSummary() {
  const s = status.value;
  const { time } = prefs.value;
  const kinds = Object.entries(s.totals.byKind).sort((a, b) => b[1] - a[1]);
  const verdicts = Object.entries(s.totals.byVerdict).sort((a, b) => b[1] - a[1]);
  return (
    <>
      <div class="sentences">
        {overview.value === null || view.value === 'overview' ? (
          <p>
            {plural(s.messages, 'message')} to {plural(s.lanes, 'subscriber')}
            {s.base !== null && s.t1 > s.t0 && keepUnits(` in ${formatDuration(s.t1 - s.t0)}`)}.
          </p>
        ) : (
          overview.value.sentences.map((t) => <p key={t}>{keepUnits(t)}</p>)
        )}
        {view.value !== 'overview' && s.messages > 0 && (
          <p>
            <button type="button" class="button button-small" onClick={COMMANDS['view-overview']}>
              Overview: failures, timings, senders
            </button>
          </p>
        )}
        <p class="quiet">
          Choose one on the timeline or in the list. <kbd>e</kbd> goes to the next error, <kbd>.</kbd> to the next
          message.
        </p>
      </div>
      <Section title="Opened">
        <dl class="facts">
          {s.inputs.map((i, n) => (
            <div class="fact" key={`${n}${i.name}`}>
              <dt title={i.name}>{i.name}</dt>
              <dd>{i.error ?? inputWords(i)}</dd>
            </div>
          ))}
          {s.base !== null && (
            <div class="fact">
              <dt>Begins</dt>
              <dd class="number">{formatInstant(s.t0, time === 'relative' ? 'utc' : time, s.base)}</dd>
            </div>
          )}
        </dl>
      </Section>
      {kinds.length > 0 && (
        <Section title="Kinds">
          <dl class="facts">
            {kinds.map(([kind, n]) => (
              <div class="fact" key={kind}>
                <dt>{kindWord(kind)}</dt>
                <dd class="number-list">{formatCount(n)}</dd>
              </div>
            ))}
          </dl>
        </Section>
      )}
      {verdicts.length > 0 && (
        <Section title="MACs">
          <dl class="facts">
            {verdicts.map(([v, n]) => (
              <div class="fact" key={v}>
                <dt>
                  {isVerdict(v) && <VerdictGlyph verdict={v} quiet />} {isVerdict(v) ? VERDICT_WORD[v] : v}
                </dt>
                <dd class="number-list">{formatCount(n)}</dd>
              </div>
            ))}
          </dl>
        </Section>
      )}
      {s.other.length > 0 && (
        <Section title="What else was there">
          <ul class="plain">
            {s.other.map((o, i) => (
              <li key={`${i}${o}`}>{o}</li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
