// The ladder: endpoints side by side, a row for each step of the way of a message.

import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import {
  GUTTER,
  type LadderLayout,
  type LadderRow,
  ladderLayout,
  lifelines,
  stepTitle,
} from '../../analysis/draw/ladder.ts';
import { COMMANDS, focusOn } from '../state/commands.ts';
import { flows, ladderFlow, ladderRow, toggleRetry } from '../state/ladder.ts';
import { markNumber, toggleMark } from '../state/marks.ts';
import { selected, selectId, sheetOpen } from '../state/selection.ts';
import { status } from '../state/session.ts';
import { Drawn } from './draw.tsx';
import { Heads } from './heads.tsx';
import { ladderOptions, ladderWidth } from './options.ts';
import { LadderTools } from './tools.tsx';

/** Rows drawn beyond what is seen, px. */
const SPARE = 300;

function open(row: LadderRow, focus: boolean): void {
  if (row.retry !== null) {
    toggleRetry(row.key);
    return;
  }
  const message = row.step?.message ?? null;
  if (message === null) return;
  if (selected.peek() !== message) void selectId(message, { still: true });
  if (!focus) return;
  sheetOpen.value = true;
  focusOn('.inspector [role="tab"][aria-selected="true"]');
}

function mark(row: LadderRow): void {
  const { step } = row;
  if (step === null || step.message === null) return;
  const index =
    flows
      .peek()
      .flatMap((f) => f.transaction.messages)
      .find((m) => m.id === step.message)?.index ?? -1;
  toggleMark({ message: step.message, index, step: step.index, label: `${step.message} ${stepTitle(step)}` });
}

const numberOf = (row: LadderRow): number =>
  row.step?.message == null ? 0 : markNumber(row.step.message, row.step.index);

/** The row for the keyboard: the one it was on, else the first. */
const currentOf = (l: LadderLayout): LadderRow | undefined =>
  l.rows.find((r) => r.key === ladderRow.value) ?? l.rows[0];

function Grid({ l, rows }: { l: LadderLayout; rows: readonly LadderRow[] }) {
  const now = currentOf(l);
  const own = useRef<HTMLTableElement>(null);
  // Whoever came here by key, before there was anything to focus, is on the ladder.
  useLayoutEffect(() => {
    if (document.activeElement === document.body) own.current?.focus({ preventScroll: true });
  }, []);
  const onKeyDown = (e: KeyboardEvent): void => {
    if (e.altKey || e.ctrlKey || e.metaKey || now === undefined) return;
    const at = l.rows.indexOf(now);
    const steps: Readonly<Record<string, number>> = {
      ArrowUp: -1,
      ArrowDown: 1,
      PageUp: -10,
      PageDown: 10,
      Home: -1e9,
      End: 1e9,
    };
    const by = steps[e.key];
    if (by !== undefined) {
      ladderRow.value = l.rows[Math.max(0, Math.min(l.rows.length - 1, at + by))]?.key ?? '';
    } else if (e.key === 'Enter') open(now, true);
    else if (e.key === ' ') mark(now);
    else if ((e.key === 'ArrowLeft' || e.key === 'ArrowRight') && now.retry !== null) toggleRetry(now.key);
    else return;
    e.preventDefault();
    e.stopPropagation();
  };
  return (
    <table
      class="ladder-twin unseen"
      ref={own}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: walked with the keys, row by row
      role="grid"
      tabIndex={0}
      aria-label={`Ladder: ${l.columns.map((c) => c.label).join(', ')}`}
      aria-rowcount={l.rows.length + 1}
      aria-activedescendant={now === undefined ? undefined : `ladder-row-${now.key}`}
      onKeyDown={onKeyDown}
    >
      <thead>
        <tr aria-rowindex={1}>
          <th scope="col">Step</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((r) => (
          <tr
            key={r.key}
            id={`ladder-row-${r.key}`}
            aria-rowindex={l.rows.indexOf(r) + 2}
            aria-selected={r.key === now?.key}
          >
            <td>
              {r.sentence}
              {numberOf(r) > 0 && `, mark ${numberOf(r)}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Row({ r, l, current }: { r: LadderRow; l: LadderLayout; current: boolean }) {
  const own = r.step?.message != null && r.step.message === selected.value;
  const n = numberOf(r);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the drawing is hidden from readers, the grid is not
    <g
      class={`ladder-row${current ? ' ladder-current' : ''}${own ? ' ladder-own' : ''}`}
      onClick={() => {
        ladderRow.value = r.key;
        open(r, false);
        focusOn('.ladder-twin');
      }}
      onDblClick={() => open(r, r.retry === null)}
    >
      <rect class="ladder-ground" x={0.5} y={r.y} width={l.width - 1} height={r.height} />
      {lifelines(l).map((s, i) => (
        <Drawn key={`line${i}`} s={s.kind === 'line' ? { ...s, y1: r.y, y2: r.y + r.height } : s} />
      ))}
      {r.shapes.map((s, i) => (
        <Drawn key={i} s={s} />
      ))}
      {n > 0 && (
        <>
          <rect class="ladder-flag" x={6} y={r.y + r.height / 2 - 9} width={17} height={17} rx={3} />
          <text class="ladder-flag-number" x={14.5} y={r.y + r.height / 2 + 3.5} text-anchor="middle" font-size={11}>
            {n}
          </text>
        </>
      )}
    </g>
  );
}

function Drawing({ l }: { l: LadderLayout }) {
  const box = useRef<HTMLDivElement>(null);
  const seen = useSignal({ top: 0, height: 800 });
  const measure = (): void => {
    const el = box.current;
    if (el !== null) seen.value = { top: el.scrollTop, height: el.clientHeight };
  };
  useLayoutEffect(() => {
    const el = box.current;
    if (el === null) return;
    const watch = new ResizeObserver(measure);
    watch.observe(el);
    return () => watch.disconnect();
  }, []);
  const current = currentOf(l);
  useSignalEffect(() => {
    const key = ladderRow.value;
    const el = box.current;
    const row = l.rows.find((r) => r.key === key);
    if (el === null || row === undefined) return;
    // The heads stay on top of what scrolls under them.
    if (row.y < el.scrollTop) el.scrollTop = row.y - 8;
    else if (row.y + row.height + 60 > el.scrollTop + el.clientHeight) {
      el.scrollTop = row.y + row.height + 60 - el.clientHeight;
    }
  });
  const { top, height } = seen.value;
  const drawn = l.rows.filter((r) => r.y + r.height > top - SPARE && r.y < top + height + SPARE);
  const told = current === undefined || drawn.includes(current) ? drawn : [...drawn, current];
  return (
    <div class="ladder-body">
      <Grid l={l} rows={told} />
      <div class="ladder-scroll" ref={box} onScroll={measure}>
        <Heads columns={l.columns} width={l.width} />
        <svg class="ladder-drawing" width={l.width} height={l.height} aria-hidden="true">
          {lifelines(l).map((s, i) => (
            <Drawn key={i} s={s} />
          ))}
          <line class="stroke-line" x1={GUTTER - 4} y1={0} x2={GUTTER - 4} y2={l.height} />
          {drawn.map((r) => (
            <Row key={r.key} r={r} l={l} current={r.key === current?.key} />
          ))}
        </svg>
      </div>
    </div>
  );
}

const Hint = () => (
  <div class="ladder-hint">
    <p>
      The ladder shows the whole way of a message: who sent it to whom, what was answered, what came of it. Choose a
      message on the timeline or in the list first.
    </p>
    <p>
      {status.value.findings.error > 0 ? (
        <button type="button" class="button" onClick={COMMANDS['next-error']}>
          Go to the first error
        </button>
      ) : (
        <button type="button" class="button" onClick={COMMANDS.next}>
          Go to the first message
        </button>
      )}
    </p>
  </div>
);

export function Ladder() {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const el = box.current;
    if (el === null) return;
    const measure = (): void => {
      ladderWidth.value = el.clientWidth;
    };
    const watch = new ResizeObserver(measure);
    watch.observe(el);
    measure();
    return () => watch.disconnect();
  }, []);
  const layout = useComputed(() => {
    const flow = ladderFlow.value;
    // A scrollbar's width is left free, so that none appears for it.
    return flow === null || ladderWidth.value <= 0 ? null : ladderLayout(flow, ladderOptions(ladderWidth.value - 16));
  });
  const l = layout.value;
  const first = flows.value[0];
  const more = flows.value.reduce((n, f) => n + f.more, 0);
  return (
    <div class="ladder" ref={box}>
      {first !== undefined && <LadderTools />}
      {l === null ? <Hint /> : <Drawing l={l} />}
      {l !== null && l.rows.length === 0 && (
        <p class="ladder-hint">Nothing is shown: every layer or column is hidden.</p>
      )}
      {l !== null && (l.left > 0 || more > 0) && (
        <p class="ladder-left">
          {l.left > 0 && `${l.left} ${l.left === 1 ? 'step is' : 'steps are'} in hidden layers or columns. `}
          {more > 0 && `${more} further steps are not drawn.`}
        </p>
      )}
    </div>
  );
}
