// The canvas for those who don't see it: the same lanes and marks as cells of a grid, kept in step.

import type { Hit } from '../../analysis/draw/hits.ts';
import type { MessageRow } from '../../analysis/engine/contract.ts';
import { gaps, laneCount, selectedLane, selectedPlace } from '../state/arrange.ts';
import { matches } from '../state/filter.ts';
import { prefs } from '../state/prefs.ts';
import { knownRow, rowAt, rowsChanged } from '../state/rows.ts';
import { focusLane, selectedRow } from '../state/selection.ts';
import { status } from '../state/session.ts';
import { formatCount, plural } from '../view/format.ts';
import { SEVERITY_WORD } from '../view/words.ts';
import { began, laneName } from './labels.tsx';
import { chartFocused, chartWidth, isSeen, type LaneRow, settled } from './scene.ts';
import { gapSentence, markSentence } from './sentence.ts';

/** Cells a lane: enough to walk, few enough to build. */
const CELLS = 40;

const ALWAYS: ReadonlySet<Hit['kind']> = new Set([
  'message',
  'cluster',
  'missing',
  'expiry',
  'refusal',
  'retry',
  'transaction',
]);

/** A transaction is told of before the messages it holds. */
const order = (h: Hit): number => (h.kind === 'transaction' ? h.from : h.time);

const laneCellId = (lane: number): string => `twin-lane-${lane}`;
const markCellId = (message: number): string => `twin-message-${message}`;

const laneSentence = (l: LaneRow): string => {
  if (l.info === null) return `Lane ${l.lane + 1}`;
  const worst = l.info.worst === null ? '' : `, worst finding: ${SEVERITY_WORD[l.info.worst].toLowerCase()}`;
  const { info } = l;
  const what = info.depth === 1 ? `Transaction ${laneName(info)} ${began(info)}` : `Lane ${laneName(info)}`;
  const pinned = info.pinned === true ? ', pinned' : '';
  const open = info.open === true ? `, open: ${plural(info.transactions ?? 0, 'transaction')} below` : '';
  return `${what}${pinned}, ${plural(info.messages, 'message')}${worst}${open}`;
};

/** 'Message 3 of 7 in its lane: ' */
const placeText = (): string => {
  const p = selectedPlace.value;
  return p == null || p.of < 2 ? '' : `Message ${formatCount(p.at)} of ${formatCount(p.of)} in its lane: `;
};

/** Only the lane that is read out sends for rows it does not know. */
const rowOf = (h: Hit, lane: number): MessageRow | null => {
  if (h.message < 0 || h.kind !== 'message') return null;
  return lane === focusLane.value ? rowAt(h.message) : knownRow(h.message);
};

export function Twin() {
  void rowsChanged.value;
  const { lanes, strips } = settled.value;
  const words = { time: prefs.value.time, base: status.value.base };
  const own = selectedRow.value?.index ?? -1;
  const byLane = new Map<number, Hit[]>();
  for (const s of strips) {
    const kept = s.hits.filter((h) => {
      if (!ALWAYS.has(h.kind) && h.message !== own) return false;
      if (matches.value !== null && h.message >= 0 && !matches.value.has(h.message)) return false;
      return isSeen(h, s, chartWidth.value);
    });
    byLane.set(s.lane, kept);
  }
  const row = selectedRow.value;
  const ownShown =
    row !== null && (byLane.get(selectedLane.value) ?? []).some((h) => h.kind === 'message' && h.message === own);
  const active = ownShown && selectedLane.value === focusLane.value ? markCellId(own) : laneCellId(focusLane.value);
  return (
    <table
      class="twin unseen"
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: walked with the keys, cell by cell
      role="grid"
      tabIndex={0}
      aria-label="Timeline: a lane for each subscriber"
      aria-rowcount={laneCount.value + (gaps.value.length > 0 ? 1 : 0)}
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
                  {h.kind === 'message' && h.message === own && placeText()}
                  {markSentence(h, rowOf(h, l.lane), words)}
                </td>
              ))}
            </tr>
          );
        })}
        {gaps.value.length > 0 && (
          <tr aria-rowindex={laneCount.value + 1}>
            <th scope="row">Gaps and steps of the clock</th>
            {gaps.value.slice(0, CELLS).map((g) => (
              <td key={g.from}>{gapSentence(g, words)}</td>
            ))}
          </tr>
        )}
      </tbody>
    </table>
  );
}
