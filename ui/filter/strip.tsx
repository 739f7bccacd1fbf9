// Under the field: pinned filters as chips, and the question whether messages shall be decoded for the filter in force.

import { Icon } from '../parts/icon.tsx';
import { applied, decodeNow, isDecoding, matches, pinned, stopDecoding } from '../state/filter.ts';
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

export function FilterStrip() {
  if (pinned.value.length === 0 && matches.value?.decoding == null) return null;
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
    </div>
  );
}
