// The marked stretch of time: its two ends, how long it is and what can be done with it.

import { dialog, focusOn, sliceWanted } from '../state/commands.ts';
import { bounds, marked, shown } from '../state/range.ts';
import { focusLane } from '../state/selection.ts';
import { formatDuration } from '../view/time.ts';
import { Ends } from './ends.tsx';
import { eventsInLane, snapped } from './gestures.ts';
import { filterByMarked, zoomToMarked } from './range-summary.tsx';
import { chartWidth } from './scene.ts';

export function MarkedEnds() {
  if (marked.value === null) return null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the sliders in it are what is used; Escape leaves them
    <div
      class="marked-ends"
      onKeyDown={(e) => {
        if (e.key !== 'Escape') return;
        e.stopPropagation();
        marked.value = null;
        focusOn('.twin');
      }}
    >
      <Ends
        of="the marked time"
        span={marked}
        over={shown}
        within={bounds}
        width={chartWidth}
        put={(s) => {
          marked.value = s;
        }}
        events={() => eventsInLane(focusLane.peek())}
        timeAt={(e) => {
          const r = document.querySelector('.chart')?.getBoundingClientRect();
          return snapped(e.clientX - (r?.left ?? 0), e.clientY - (r?.top ?? 0));
        }}
      />
    </div>
  );
}

export function MarkedActions() {
  const m = marked.value;
  if (m === null) return null;
  return (
    <div class="marked-actions">
      <span class="number">{formatDuration(m.t1 - m.t0)}</span>
      <button type="button" class="button" onClick={zoomToMarked}>
        Zoom here
      </button>
      <button type="button" class="button" onClick={filterByMarked}>
        Filter here
      </button>
      <button
        type="button"
        class="button"
        onClick={() => {
          sliceWanted.value = true;
          dialog.value = 'export';
        }}
      >
        Export slice…
      </button>
      <button
        type="button"
        class="button"
        onClick={() => {
          marked.value = null;
          focusOn('.twin');
        }}
      >
        Clear
      </button>
    </div>
  );
}
