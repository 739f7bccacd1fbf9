// Under the field: pinned filters as chips, and the question whether messages shall be decoded for the filter in force.

import { SeverityGlyph } from '../parts/glyph.tsx';
import { Icon } from '../parts/icon.tsx';
import {
  applied,
  checked,
  clearFilter,
  decodeNow,
  filterText,
  isDecoding,
  matches,
  pinned,
  stopDecoding,
  typing,
} from '../state/filter.ts';
import { view } from '../state/selection.ts';
import { formatCount, plural } from '../view/format.ts';

/** Seconds for one message, as the engine reckons. */
const EACH = 0.0005;

const about = (seconds: number): string => (seconds < 1 ? 'less than a second' : `about ${Math.ceil(seconds)} s`);

function Decoding() {
  const open = matches.value?.decoding ?? null;
  if (open === null) return null;
  const left = open.of - open.done;
  if (isDecoding.value) {
    return (
      <p class="filter-ask" role="status">
        <progress value={open.done} max={open.of} aria-label="Messages decoded" />
        Decoded {formatCount(open.done)} of {formatCount(open.of)}
        <button type="button" class="button button-small" onClick={stopDecoding}>
          Stop
        </button>
      </p>
    );
  }
  return (
    <p class="filter-ask" role="status">
      This filter asks for fields that are known only from decoding: {plural(left, 'message')}, {about(left * EACH)}.
      <button type="button" class="button button-small" onClick={decodeNow}>
        Decode them
      </button>
    </p>
  );
}

/** What is wrong with the text in the field, for whom the list under it doesn't tell: it came by a link, say. */
const broken = (): string | null =>
  !typing.value && filterText.value.trim() !== '' && checked.value?.state === 'invalid'
    ? (checked.value.error?.message ?? "It can't be read.")
    : null;

/** Which term is to blame; the list tells it in its own place. */
function nothingFits(): boolean {
  const m = matches.value;
  return !typing.value && view.value !== 'list' && m !== null && m.count === 0 && m.done && m.decoding === null;
}

function Broken({ why }: { why: string }) {
  return (
    <p class="filter-ask" role="status">
      <SeverityGlyph severity="error" quiet />
      The filter can’t be understood: {why}{' '}
      {applied.value === '' ? 'Nothing is filtered.' : 'The filter before it stays in force.'}
    </p>
  );
}

function Nothing() {
  const { total, blame } = matches.value ?? { total: 0, blame: [] };
  return (
    <p class="filter-ask" role="status">
      None of {plural(total, 'message')} fits.
      {blame.length > 1 &&
        blame.map((b) => (
          <span key={b.term} class={b.count === 0 ? 'bad' : ''}>
            <code>{b.term}</code> alone: {b.count === 0 ? 'none' : formatCount(b.count)}
          </span>
        ))}
      <button type="button" class="button button-small" onClick={clearFilter}>
        Clear the filter
      </button>
    </p>
  );
}

export function FilterStrip() {
  const why = broken();
  const none = why === null && nothingFits();
  if (pinned.value.length === 0 && matches.value?.decoding == null && why === null && !none) return null;
  return (
    <div class="filter-strip">
      {pinned.value.map((p) => (
        <span class="chip" key={p}>
          <code>{p}</code>
          <button
            type="button"
            class="chip-x"
            aria-label={`Take away the pinned filter ${p}`}
            title="Take away"
            onClick={() => {
              pinned.value = pinned.peek().filter((x) => x !== p);
            }}
          >
            <Icon name="close" />
          </button>
        </span>
      ))}
      {applied.value !== '' && <Decoding />}
      {why !== null && <Broken why={why} />}
      {none && <Nothing />}
    </div>
  );
}
