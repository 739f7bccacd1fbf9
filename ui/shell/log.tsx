// The log in the drawer: what was done since the page is there, and what is wrong with files and frames as such.

import { SeverityGlyph } from '../parts/glyph.tsx';
import { announcement } from '../state/commands.ts';
import { allFindings } from '../state/findings.ts';
import { log } from '../state/log.ts';
import { notice } from '../state/session.ts';

const clock = (at: number): string => {
  const d = new Date(at);
  return `${d.toTimeString().slice(0, 8)}.${d.getMilliseconds().toString().padStart(3, '0')}`;
};

/** Findings that belong to no message, listed. */
const MOST_LOOSE = 200;

const loose = () => (allFindings.value?.groups ?? []).flatMap((g) => g.rows.filter((r) => r.message === null));

async function copy(): Promise<void> {
  const lines = log.peek().map((l) => `${new Date(l.at).toISOString()}  ${l.text}`);
  const found = loose().map(
    (f) => `${f.severity}  ${f.code}  ${f.frame === null ? '' : `frame ${f.frame}: `}${f.text}`,
  );
  try {
    await navigator.clipboard.writeText([...lines, ...found].join('\n'));
    announcement.value = 'Log copied.';
  } catch {
    notice.value = 'The browser does not let this page copy.';
  }
}

export const LogTools = () => (
  <button type="button" class="button button-small" disabled={log.value.length === 0} onClick={() => void copy()}>
    Copy the log
  </button>
);

export function Log() {
  const found = loose();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by keyboard
    <section class="log" aria-label="Log" tabIndex={0}>
      {log.value.length === 0 && <p class="quiet finding-none">Nothing was done yet.</p>}
      <ol class="log-lines" aria-label="What was done">
        {log.value.map((l, i) => (
          <li key={i} class={l.grave ? 'log-grave' : ''}>
            <time class="number">{clock(l.at)}</time>
            <bdi>{l.text}</bdi>
          </li>
        ))}
      </ol>
      {found.length > 0 && (
        <>
          <h3>Of files and frames, not of a message</h3>
          <ul class="log-lines">
            {found.slice(0, MOST_LOOSE).map((f) => (
              <li key={f.index}>
                <span class="number">{f.frame === null ? 'file' : `frame ${f.frame}`}</span>
                <span class="log-found">
                  <SeverityGlyph severity={f.severity} size={12} />
                  <code>{f.code}</code> <bdi>{f.text}</bdi>
                </span>
              </li>
            ))}
            {found.length > MOST_LOOSE && (
              <li>
                <span />
                <span class="quiet">{found.length - MOST_LOOSE} more are not listed.</span>
              </li>
            )}
          </ul>
        </>
      )}
    </section>
  );
}
