// The column of lane names, beside the canvas and in step with it.

import { useLayoutEffect, useRef } from 'preact/hooks';
import { LANE_HEIGHT } from '../../analysis/draw/geometry.ts';
import type { Lane } from '../../analysis/engine/contract.ts';
import { SeverityGlyph } from '../parts/glyph.tsx';
import { Icon } from '../parts/icon.tsx';
import { arrangement, selectedLane, toggleOpen, togglePinned } from '../state/arrange.ts';
import { prefs } from '../state/prefs.ts';
import { rowAt, rowsChanged } from '../state/rows.ts';
import { focusLane, selectedRow } from '../state/selection.ts';
import { status } from '../state/session.ts';
import { plural } from '../view/format.ts';
import { formatTime } from '../view/time.ts';
import { kindWord, VERDICT_WORD } from '../view/words.ts';
import { drawn } from './loop.ts';
import { type LaneRow, lanesInView, laneTop } from './scene.ts';

/** What a lane is called: by verdict in words, a transaction by what it is. */
export function laneName(info: Lane): string {
  if (info.depth === 1) {
    const row = info.first === undefined ? null : rowAt(info.first);
    if (row === null) return '…';
    return kindWord(row.kind);
  }
  const { label } = info;
  if (arrangement.value.by !== 'verdict') return label;
  return Object.hasOwn(VERDICT_WORD, label) ? VERDICT_WORD[label as keyof typeof VERDICT_WORD] : label;
}

/** When a transaction began. */
export function began(info: Lane): string {
  const row = info.first === undefined ? null : rowAt(info.first);
  return row === null ? '' : formatTime(row.firstTime, prefs.value.time, status.value.base, 0);
}

function Name({ l, info }: { l: LaneRow; info: Lane }) {
  void rowsChanged.value;
  const foldable = info.depth !== 1 && (info.transactions ?? 0) > 1;
  const child = info.depth === 1;
  return (
    <>
      {foldable ? (
        <button
          type="button"
          class={`label-fold${info.open === true ? ' label-open' : ''}`}
          tabIndex={-1}
          title={info.open === true ? 'Fold (l)' : `Show its ${info.transactions} transactions (l)`}
          onClick={() => toggleOpen(info.id)}
        >
          <Icon name="right" />
        </button>
      ) : (
        <span class="label-fold" />
      )}
      <span class="label-words">
        <span class="label-name" title={laneName(info)}>
          {laneName(info)}
        </span>
        <span class="label-count">
          {info.worst !== null && <SeverityGlyph severity={info.worst} size={12} quiet />}
          {child && <span>{began(info)}</span>}
          {(!child || info.messages > 1) && <span>{plural(info.messages, 'message')}</span>}
        </span>
      </span>
      {!child && (
        <button
          type="button"
          class={`label-pin${info.pinned === true ? ' label-pinned' : ''}`}
          tabIndex={-1}
          title={info.pinned === true ? 'Unpin (p)' : 'Pin to the top (p)'}
          onClick={() => {
            focusLane.value = l.lane;
            togglePinned(info.id);
          }}
        >
          <Icon name="pin" />
        </button>
      )}
    </>
  );
}

/** Names are placed from a lane that seldom changes: scrolling moves all of them at once. */
const NEAR = 64;

export function Labels() {
  const layer = useRef<HTMLDivElement>(null);
  const own = selectedRow.value === null ? -1 : selectedLane.value;
  const lanes = lanesInView.value;
  const base = lanes[0] === undefined ? 0 : lanes[0].lane - (lanes[0].lane % NEAR);
  useLayoutEffect(() => {
    const place = (): void => {
      if (layer.current !== null) {
        layer.current.style.transform = `translateY(${base * LANE_HEIGHT - laneTop.peek()}px)`;
      }
    };
    place();
    return drawn(() => void laneTop.value, place);
  }, [base]);
  return (
    <div class="labels" aria-hidden="true">
      <div class="labels-layer" ref={layer}>
        {lanes.map((l) => (
          <div
            key={l.lane}
            class={`label${l.lane === own ? ' label-selected' : ''}${l.info?.depth === 1 ? ' label-child' : ''}`}
            style={{ transform: `translateY(${(l.lane - base) * LANE_HEIGHT}px)`, height: `${LANE_HEIGHT}px` }}
            onPointerDown={() => {
              focusLane.value = l.lane;
            }}
          >
            {l.info !== null && <Name l={l} info={l.info} />}
          </div>
        ))}
      </div>
    </div>
  );
}
