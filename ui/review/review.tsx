// The security review: the verdict in words, what it rests on, who is concerned, and what was not found or not checkable.

import type { AuditSummary } from '../../analysis/engine/contract/audit.ts';
import { SeverityGlyph } from '../parts/glyph.tsx';
import { Icon } from '../parts/icon.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { status } from '../state/session.ts';
import { formatCount, plural } from '../view/format.ts';
import { Findings } from './findings.tsx';
import { OursButton, OursDialog } from './ours.tsx';
import { Senders, Victims } from './people.tsx';
import { choose, chosen, naming, type Part, part, review, showPart, stopTrying, trying, tryPins } from './state.ts';
import { GLYPH_OF, SEVERITIES, SEVERITY_WORD } from './words.ts';

function Verdict({ r }: { r: AuditSummary }) {
  const worst = SEVERITIES.find((s) => r.bySeverity[s] > 0);
  const calm = worst === undefined || worst === 'low' || worst === 'info';
  return (
    <header class={`review-verdict review-verdict-${calm ? 'calm' : worst}`}>
      {calm ? (
        <span class="review-calm" aria-hidden="true">
          <Icon name="lock" />
        </span>
      ) : (
        <SeverityGlyph severity={GLYPH_OF[worst]} size={26} quiet />
      )}
      <div>
        <h2>{r.headline}</h2>
        <p>{r.lead}</p>
      </div>
    </header>
  );
}

function Filters({ r }: { r: AuditSummary }) {
  const some = SEVERITIES.filter((s) => r.bySeverity[s] > 0);
  if (some.length === 0) return null;
  return (
    <fieldset class="review-filters" aria-label="Show only">
      {some.map((s) => (
        <button
          key={s}
          type="button"
          class={`review-chip review-chip-${s}`}
          aria-pressed={chosen.value.has(s)}
          onClick={() => choose(s)}
        >
          <SeverityGlyph severity={GLYPH_OF[s]} size={12} quiet />
          {SEVERITY_WORD[s]}
          <span class="number">{formatCount(r.bySeverity[s])}</span>
        </button>
      ))}
    </fieldset>
  );
}

function Pins({ r }: { r: AuditSummary }) {
  if (trying.value) {
    return (
      <button type="button" class="button button-small" onClick={stopTrying}>
        <Icon name="stop" /> Stop trying PINs
      </button>
    );
  }
  if (r.pinMacs === 0) return null;
  if (r.triedPins) return <span class="quiet">Short PINs were tried.</span>;
  return (
    <button
      type="button"
      class="button button-small"
      title={`Tries the usual PINs and all of four digits on ${plural(r.pinMacs, 'MAC')}, in this machine`}
      onClick={tryPins}
    >
      Try short PINs
    </button>
  );
}

/** What was looked for and not found, and what nobody could look at. */
function Rest({ r }: { r: AuditSummary }) {
  return (
    <>
      {r.notCheckable.length > 0 && (
        <section class="review-section">
          <h3>What could not be checked</h3>
          <ul class="review-list">
            {r.notCheckable.map((n) => (
              <li key={n}>{n}</li>
            ))}
          </ul>
        </section>
      )}
      <section class="review-section">
        <h3>Nothing of the following was found</h3>
        <div class="review-areas">
          {r.notFound.map((n) => (
            <div key={n.area}>
              <h4>{n.title}</h4>
              <ul class="review-list">
                {n.sought.map((s) => (
                  <li key={s}>{s}</li>
                ))}
              </ul>
            </div>
          ))}
        </div>
      </section>
    </>
  );
}

const Waiting = ({ text }: { text: string }) => (
  <div class="review-waiting" role="status">
    <p>{text}</p>
  </div>
);

export function Review() {
  const r = review.value;
  if (r === null || r.state === 'reading') {
    const { messages, phase } = status.value;
    const text =
      phase === 'loading' || r?.state === 'reading'
        ? 'The review begins when the capture is read to its end.'
        : `Looking at ${plural(messages, 'message')}…`;
    return <Waiting text={text} />;
  }
  const nothing = r.groups.length === 0;
  const current: Part = part.value;
  const total = r.groups.reduce((n, g) => n + g.findings, 0);
  const tabs = [
    { id: 'findings' as const, label: 'Findings', extra: <span class="count">{formatCount(total)}</span> },
    { id: 'senders' as const, label: 'Senders', extra: <span class="count">{formatCount(r.senders)}</span> },
    { id: 'victims' as const, label: 'Phones', extra: <span class="count">{formatCount(r.victims)}</span> },
    { id: 'rest' as const, label: 'Not found' },
  ];
  return (
    <div class="review">
      <Verdict r={r} />
      <div class="review-bar">
        <Tabs label="Review" prefix="review" tabs={tabs} current={current} onChoose={showPart} />
        <div class="review-tools">
          <OursButton />
          <Pins r={r} />
        </div>
      </div>
      <div
        class="review-panel"
        id="review-panel"
        role="tabpanel"
        aria-labelledby={`review-tab-${current}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and not every part of it holds something to focus
        tabIndex={0}
      >
        {current === 'findings' && !nothing && <Filters r={r} />}
        {current === 'findings' && (nothing ? <Rest r={r} /> : <Findings />)}
        {current === 'senders' && <Senders />}
        {current === 'victims' && <Victims />}
        {current === 'rest' && <Rest r={r} />}
      </div>
      {naming.value !== null && <OursDialog list={naming.value} />}
    </div>
  );
}
