// One line: what is open, how far reading is, how bad it is, what is selected, how time is told.

import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { SeverityGlyph } from '../parts/glyph.tsx';
import { Icon } from '../parts/icon.tsx';
import { bookmarks, bookmarkWords } from '../state/bookmarks.ts';
import { COMMANDS } from '../state/commands.ts';
import { capOf } from '../state/keys-prefs.ts';
import { prefs } from '../state/prefs.ts';
import { marked } from '../state/range.ts';
import { selectedRow } from '../state/selection.ts';
import { lastCame, type Progress, progress, status, stopLoading } from '../state/session.ts';
import { formatBytes, formatRate, formatRemaining, formatSilence, plural } from '../view/format.ts';
import { formatDuration, TIME_FORMAT_LABEL } from '../view/time.ts';
import { partsText } from '../view/words.ts';

/** More files than these are counted, not named. */
const MOST_NAMED = 3;

/** A pipe that is silent for a moment is nothing to speak of, ms. */
const SILENT = 5000;

/** For how long nothing has come of an input that is followed, ms; 0 while it comes. */
function useSilence(live: boolean): number {
  const now = useSignal(0);
  useEffect(() => {
    if (!live) return;
    const timer = setInterval(() => {
      now.value = performance.now();
    }, 1000);
    return () => clearInterval(timer);
  }, [now, live]);
  const silent = now.value - lastCame.value;
  return live && silent >= SILENT ? silent : 0;
}

function Loading({ p }: { p: Progress }) {
  const share = p.total === null || p.total === 0 ? null : p.consumed / p.total;
  const left = p.total === null || p.rate <= 0 ? '' : formatRemaining((p.total - p.consumed) / p.rate);
  const live = status.value.inputs.some((i) => i.live === true);
  const silent = useSilence(live);
  return (
    <span class="loading">
      {!live && <progress aria-label="Reading" {...(share === null ? {} : { value: share })} max={1} />}
      {live && <span class="live">Following</span>}
      <span class="number">
        {share === null ? formatBytes(p.consumed) : `${Math.floor(share * 100)} %`}
        {p.rate > 0 && silent === 0 && ` · ${formatRate(p.rate)}`}
        {left !== '' && ` · ${left}`}
      </span>
      {silent > 0 && <span class="silence">nothing has come for {formatSilence(silent)}</span>}
      <button type="button" class="button button-small" onClick={() => void stopLoading()}>
        <Icon name="stop" />
        Stop
      </button>
    </span>
  );
}

/** Progress in words, at most once in two seconds, for screen readers. */
function SpokenProgress() {
  const words = useSignal('');
  const last = useSignal(0);
  useSignalEffect(() => {
    const p = progress.value;
    const s = status.value;
    const now = performance.now();
    if (p === null) {
      words.value = s.phase === 'ready' && s.inputs.length > 0 ? `Read. ${plural(s.messages, 'message')}.` : '';
    } else if (now - last.peek() > 2000) {
      last.value = now;
      const share = p.total === null ? '' : `${Math.floor((p.consumed / Math.max(1, p.total)) * 100)} percent, `;
      words.value = `Reading: ${share}${plural(s.messages, 'message')}.`;
    }
  });
  return (
    <span class="unseen" aria-live="polite">
      {words.value}
    </span>
  );
}

function Selection() {
  const m = marked.value;
  const row = selectedRow.value;
  if (m !== null) return <span class="number">Δt {formatDuration(m.t1 - m.t0)}</span>;
  if (row === null) return null;
  const took = row.lastTime > row.firstTime ? ` in ${formatDuration(row.lastTime - row.firstTime)}` : '';
  return (
    <span class="number">
      {row.id} · {partsText(row)} {row.parts === 1 ? 'part' : 'parts'}
      {took}
    </span>
  );
}

export function StatusBar() {
  const s = status.value;
  const bytes = useComputed(() => status.value.inputs.reduce((n, i) => n + (i.bytes ?? i.consumed), 0));
  const p = progress.value;
  const { error, warning } = s.findings;
  const open = prefs.value.drawerOpen && prefs.value.drawerTab === 'findings';
  return (
    <footer class="status-bar">
      {s.inputs.length > 0 && (
        <span class="status-file">
          <bdi title={s.inputs.map((i) => i.name).join(', ')}>
            {s.inputs.length > MOST_NAMED ? plural(s.inputs.length, 'file') : s.inputs.map((i) => i.name).join(', ')}
          </bdi>{' '}
          <span class="number quiet">{formatBytes(bytes.value)}</span>
        </span>
      )}
      {p !== null && <Loading p={p} />}
      <SpokenProgress />
      <span class="status-gap" />
      <Selection />
      {s.messages > 0 && (
        <>
          <button
            type="button"
            class="status-button"
            aria-expanded={open}
            aria-controls="drawer"
            title={`All findings (${capOf('findings')})`}
            onClick={COMMANDS.findings}
          >
            <SeverityGlyph severity="error" quiet />
            <span class="number">{plural(error, 'error')}</span>
            <SeverityGlyph severity="warning" quiet />
            <span class="number">{plural(warning, 'warning')}</span>
          </button>
          {bookmarks.value.length > 0 && (
            <button
              type="button"
              class="status-button"
              aria-expanded={prefs.value.drawerOpen && prefs.value.drawerTab === 'bookmarks'}
              aria-controls="drawer"
              title={`All bookmarks (${capOf('bookmarks')})`}
              onClick={COMMANDS.bookmarks}
            >
              <Icon name="bookmark" />
              <span class="number">{bookmarkWords}</span>
            </button>
          )}
          <button
            type="button"
            class="status-button"
            title={`How time is told (${capOf('time-format')})`}
            onClick={COMMANDS['time-format']}
          >
            <span class="unseen">Time: </span>
            {TIME_FORMAT_LABEL[prefs.value.time]}
          </button>
        </>
      )}
    </footer>
  );
}
