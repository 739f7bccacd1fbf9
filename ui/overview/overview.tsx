// The first screen: what happened here, in sentences and small plots, each of them a way to the messages it counts.

import type {
  OverviewFailure,
  OverviewReply,
  OverviewSender,
  OverviewStage,
} from '../../analysis/engine/contract/flows.ts';
import { Icon } from '../parts/icon.tsx';
import { selectId, view } from '../state/selection.ts';
import { formatCount, keepUnits, plural } from '../view/format.ts';
import { formatDuration } from '../view/time.ts';
import { kindWord } from '../view/words.ts';
import { OverTime } from './over-time.tsx';
import { overview, quoted, showFitting } from './state.ts';

const share = (n: number, of: number): string => `${Math.max(2, Math.round((n / Math.max(1, of)) * 100))}%`;

function Bar({ n, of, bad = false }: { n: number; of: number; bad?: boolean }) {
  return (
    <span class={bad ? 'ov-bar ov-bar-bad' : 'ov-bar'} aria-hidden="true">
      <span style={{ width: share(n, of) }} />
    </span>
  );
}

const filterOf = (f: OverviewFailure): string => {
  if (f.stage === 'content' && f.code !== null) return `finding.code == ${quoted(f.code)}`;
  if (f.code !== null) return `failure.code == ${quoted(f.code)} and failure.bearer == ${quoted(f.bearer)}`;
  return `message.id in {${f.messages.join(', ')}}`;
};

function Failures({ list }: { list: readonly OverviewFailure[] }) {
  if (list.length === 0) return <p class="quiet">Nothing failed on its way, and no document is broken.</p>;
  const most = Math.max(...list.map((f) => f.count));
  return (
    <ul class="ov-rows">
      {list.slice(0, 12).map((f) => (
        <li key={`${f.stage} ${f.bearer} ${f.code} ${f.text}`}>
          <button type="button" class="ov-row" onClick={() => showFitting(filterOf(f))}>
            <span class="ov-text">
              {f.text} {f.code !== null && <code>{f.code}</code>}
            </span>
            <Bar n={f.count} of={most} bad />
            <span class="number">{formatCount(f.count)}</span>
          </button>
          {f.check.length > 0 && (
            <details class="ov-check">
              <summary>What to check next</summary>
              <ul>
                {f.check.map((c) => (
                  <li key={c}>{c}</li>
                ))}
              </ul>
            </details>
          )}
        </li>
      ))}
      {list.length > 12 && <li class="quiet">{plural(list.length - 12, 'more reason')} not listed.</li>}
    </ul>
  );
}

function Stages({ list }: { list: readonly OverviewStage[] }) {
  if (list.length === 0) return <p class="quiet">Nothing here was answered, so nothing can be timed.</p>;
  const most = Math.max(...list.map((s) => s.p95));
  return (
    <table class="ov-table">
      <thead>
        <tr>
          <th scope="col">On the way</th>
          <th scope="col" class="number" title="Half of them were quicker">
            Middle
          </th>
          <th scope="col" class="number" title="19 of 20 were quicker">
            Slow
          </th>
          <th scope="col" class="number">
            Slowest
          </th>
        </tr>
      </thead>
      <tbody>
        {list.slice(0, 8).map((s) => (
          <tr key={`${s.stage} ${s.bearer}`}>
            <th scope="row">
              {s.label} <span class="quiet number">×{formatCount(s.count)}</span>
              <Bar n={s.p95} of={most} />
            </th>
            <td class="number">{formatDuration(s.median)}</td>
            <td class="number">{formatDuration(s.p95)}</td>
            <td class="number">
              {s.message === null ? (
                formatDuration(s.slowest)
              ) : (
                <button
                  type="button"
                  class="link"
                  title={`Show ${s.message}`}
                  onClick={() => void toLadder(s.message ?? '')}
                >
                  {formatDuration(s.slowest)}
                </button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

async function toLadder(message: string): Promise<void> {
  await selectId(message);
  view.value = 'ladder';
}

function Senders({ list }: { list: readonly OverviewSender[] }) {
  const most = Math.max(1, ...list.map((s) => s.messages));
  return (
    <ul class="ov-rows">
      {list.slice(0, 8).map((s) => (
        <li key={s.from ?? ''}>
          <button
            type="button"
            class="ov-row"
            onClick={() => showFitting(s.from === null ? 'not sms.from' : `sms.from == ${quoted(s.from)}`)}
          >
            <span class="ov-text">
              <bdi>{s.from ?? 'no sender named'}</bdi>{' '}
              <span class="quiet">
                {Object.entries(s.kinds)
                  .sort((a, b) => b[1] - a[1])
                  .slice(0, 2)
                  .map(([k, n]) => `${kindWord(k)} ${formatCount(n)}`)
                  .join(', ')}
                {s.failed > 0 && <span class="bad">, {formatCount(s.failed)} failed</span>}
                {s.retries > 0 && `, ${formatCount(s.retries)} sent again`}
              </span>
            </span>
            <Bar n={s.messages} of={most} />
            <span class="number">{formatCount(s.messages)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Told({ o }: { o: OverviewReply }) {
  // What is not seen has lines of its own below.
  const [lead, ...rest] = o.sentences.filter((s) => !o.notSeen.includes(s));
  return (
    <header class="ov-told">
      <h2>{keepUnits(lead ?? '')}</h2>
      {rest.map((s) => (
        <p key={s}>{keepUnits(s)}</p>
      ))}
      {o.notSeen.map((s) => (
        <p key={s} class="ov-unseen">
          <Icon name="hidden" /> {keepUnits(s)}
        </p>
      ))}
    </header>
  );
}

export function OverviewPage() {
  const o = overview.value;
  if (o === null) {
    return (
      <div class="ov-waiting" role="status">
        Counting…
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="ov" aria-label="What happened here" tabIndex={0}>
      <Told o={o} />
      <div class="ov-columns">
        <section class="ov-part ov-wide">
          <OverTime o={o} />
        </section>
        <section class="ov-part">
          <h3>What went wrong</h3>
          <Failures list={o.failures} />
        </section>
        <section class="ov-part ov-tall">
          <h3>How long it takes</h3>
          <Stages list={o.stages} />
        </section>
        <section class="ov-part">
          <h3>Who sends most</h3>
          <Senders list={o.senders} />
        </section>
      </div>
    </section>
  );
}
