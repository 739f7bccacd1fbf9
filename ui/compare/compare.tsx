// Two messages side by side: where they part, step by step and field by field.

import type { CompareReply, CompareSide } from '../../analysis/engine/contract/compare.ts';
import { VerdictWord } from '../parts/glyph.tsx';
import { canDiff, marks } from '../state/marks.ts';
import { prefs } from '../state/prefs.ts';
import { selectId } from '../state/selection.ts';
import { status } from '../state/session.ts';
import { formatDuration, formatTime } from '../view/time.ts';
import { kindWord } from '../view/words.ts';
import { FieldRows } from './fields.tsx';
import { Pairs } from './pairs.tsx';
import { Settings } from './settings.tsx';
import { compared, leave, swap } from './state.ts';
import { StepRows } from './steps.tsx';

function Side({ side, name }: { side: CompareSide; name: string }) {
  const { row } = side;
  return (
    <article class="cmp-side">
      <header>
        <span class="cmp-name">{name}</span>
        <button type="button" class="link" onClick={() => void selectId(row.id)}>
          {row.id}
        </button>
        <span class="quiet">{kindWord(row.kind)}</span>
        <VerdictWord verdict={row.verdict} method={row.method} />
      </header>
      <p>
        <bdi>{side.summary}</bdi>
      </p>
      <p class="quiet">
        <bdi>{side.file}</bdi>, to <bdi>{row.to ?? row.imsi ?? 'somebody unknown'}</bdi>, at{' '}
        <span class="number">{formatTime(row.firstTime, prefs.value.time, status.value.base, 3)}</span>; {side.outcome}
        {side.took > 0 && ` after ${formatDuration(side.took)}`}
      </p>
    </article>
  );
}

function Parted({ c }: { c: CompareReply }) {
  if (c.parted === null) {
    return (
      <h2 class="cmp-parted">They are alike in all that is compared: their ways, their fields, their settings.</h2>
    );
  }
  return <h2 class="cmp-parted">{c.parted.text}</h2>;
}

function Body({ c }: { c: CompareReply }) {
  const { a, b, differ } = c.body;
  if (differ === null) return <p class="quiet">Their bodies are the same {a} octets.</p>;
  return (
    <p class="quiet">
      Their bodies have {a} and {b} octets and differ from octet <span class="number">{differ}</span> on.
    </p>
  );
}

function Choose() {
  const [one] = marks.value;
  return (
    <div class="cmp-choose">
      <h2>Compare two messages</h2>
      <p>
        {one === undefined
          ? 'Mark two messages with Space, on the timeline, the ladder or in the list; then press d.'
          : `${one.label} is marked. Mark another one with Space, then press d.`}
      </p>
      {status.value.inputs.length < 2 ? (
        <p class="quiet">To set two captures side by side (“it worked yesterday”), open both: File, Add files.</p>
      ) : (
        <Pairs />
      )}
    </div>
  );
}

export function Compare() {
  if (!canDiff.value) return <Choose />;
  const c = compared.value;
  if (c === null) {
    return (
      <div class="ov-waiting" role="status">
        Comparing…
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="cmp" aria-label="Comparison" tabIndex={0}>
      <div class="cmp-tools">
        <button type="button" class="button button-small" onClick={swap}>
          Swap
        </button>
        <button type="button" class="button button-small" onClick={leave}>
          Choose others
        </button>
      </div>
      <Parted c={c} />
      <div class="cmp-sides">
        <Side side={c.a} name="First" />
        <Side side={c.b} name="Second" />
      </div>
      <h3>The way</h3>
      <StepRows c={c} />
      <h3>What it means for the phone</h3>
      <Settings d={c.settings} />
      <h3>Fields</h3>
      <Body c={c} />
      <FieldRows c={c} />
    </section>
  );
}
