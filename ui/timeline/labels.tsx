// The column of lane names, beside the canvas and in step with it.

import { SeverityGlyph } from '../parts/glyph.tsx';
import { focusLane, selectedRow } from '../state/selection.ts';
import { plural } from '../view/format.ts';
import { LANE_HEIGHT } from './geometry.ts';
import { inView } from './scene.ts';

export function Labels() {
  const own = selectedRow.value?.lane ?? -1;
  return (
    <div class="labels" aria-hidden="true">
      {inView.value.lanes.map((l) => (
        <div
          key={l.lane}
          class={`label${l.lane === own ? ' label-selected' : ''}`}
          style={{ transform: `translateY(${l.y}px)`, height: `${LANE_HEIGHT}px` }}
          onPointerDown={() => {
            focusLane.value = l.lane;
          }}
        >
          {l.info !== null && (
            <>
              <span class="label-name" title={l.info.label}>
                {l.info.label}
              </span>
              <span class="label-count">
                {l.info.worst !== null && <SeverityGlyph severity={l.info.worst} size={12} quiet />}
                {plural(l.info.messages, 'message')}
              </span>
            </>
          )}
        </div>
      ))}
    </div>
  );
}
