// The canvas for those who don't see it: the same lanes and marks as cells of a grid, kept in step.

import { useSignal, useSignalEffect } from '@preact/signals';
import { matches } from '../state/filter.ts';
import { prefs } from '../state/prefs.ts';
import { rowAt, rowsChanged } from '../state/rows.ts';
import { focusLane, selectedRow } from '../state/selection.ts';
import { status } from '../state/session.ts';
import { plural } from '../view/format.ts';
import { SEVERITY_WORD } from '../view/words.ts';
import type { Hit } from './hits.ts';
import { chartFocused, inView, type LaneRow } from './scene.ts';
import { markSentence } from './sentence.ts';

/** Cells a lane: enough to walk, few enough to build. */
const CELLS = 40;

const ALWAYS: ReadonlySet<Hit['kind']> = new Set(['message', 'cluster', 'missing', 'refusal', 'transaction']);

/** A transaction is told of before the messages it holds. */
const order = (h: Hit): number => (h.kind === 'transaction' ? h.from : h.time);

const laneCellId = (lane: number): string => `twin-lane-${lane}`;
const markCellId = (message: number): string => `twin-message-${message}`;

const laneSentence = (l: LaneRow): string => {
  if (l.info === null) return `Lane ${l.lane + 1}`;
  const worst = l.info.worst === null ? '' : `, worst finding: ${SEVERITY_WORD[l.info.worst].toLowerCase()}`;
  return `Lane ${l.info.label}, ${plural(l.info.messages, 'message')}${worst}`;
};

export function Twin() {
  const scene = useSignal(inView.peek());
  useSignalEffect(() => {
    const next = inView.value;
    // Panning makes sixty scenes a second; a reader needs the one that stays.
    const timer = setTimeout(() => {
      scene.value = next;
    }, 120);
    return () => clearTimeout(timer);
  });
  void rowsChanged.value;
  const { lanes, hits } = scene.value;
  const words = { time: prefs.value.time, base: status.value.base };
  const own = selectedRow.value?.index ?? -1;
  const byLane = new Map<number, Hit[]>();
  for (const h of hits) {
    const keep = ALWAYS.has(h.kind) || h.message === own;
    if (!keep || (matches.value !== null && h.message >= 0 && !matches.value.has(h.message))) continue;
    byLane.set(h.lane, [...(byLane.get(h.lane) ?? []), h]);
  }
  const row = selectedRow.value;
  const ownShown =
    row !== null && (byLane.get(row.lane ?? -1) ?? []).some((h) => h.kind === 'message' && h.message === own);
  const active = ownShown && row.lane === focusLane.value ? markCellId(own) : laneCellId(focusLane.value);
  return (
    <table
      class="twin unseen"
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: walked with the keys, cell by cell
      role="grid"
      tabIndex={0}
      aria-label="Timeline: a lane for each subscriber"
      aria-rowcount={status.value.lanes}
      aria-activedescendant={lanes.length === 0 ? undefined : active}
      onFocus={() => {
        chartFocused.value = true;
      }}
      onBlur={() => {
        chartFocused.value = false;
      }}
    >
      <tbody>
        {lanes.map((l) => {
          const cells = (byLane.get(l.lane) ?? []).sort((a, b) => order(a) - order(b)).slice(0, CELLS);
          return (
            <tr key={l.lane} aria-rowindex={l.lane + 1}>
              <th scope="row" id={laneCellId(l.lane)}>
                {laneSentence(l)}
              </th>
              {cells.map((h, i) => (
                <td
                  key={`${h.kind}${h.message}${h.part}${i}`}
                  {...(h.kind === 'message' ? { id: markCellId(h.message), 'aria-selected': h.message === own } : {})}
                >
                  {markSentence(h, h.message >= 0 ? rowAt(h.message) : null, words)}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
