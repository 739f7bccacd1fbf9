// What makes a lane, in which order, and the chart's own buttons.

import { LANE_BYS, LANE_ORDERS, type LaneBy, type LaneOrder } from '../../analysis/engine/contract/timeline.ts';
import { Icon } from '../parts/icon.tsx';
import { arrangement, laneCount } from '../state/arrange.ts';
import { COMMANDS } from '../state/commands.ts';
import { capOf } from '../state/keys-prefs.ts';
import { prefs, setPref } from '../state/prefs.ts';
import { isWhole } from '../state/range.ts';
import { plural } from '../view/format.ts';

const BY_WORD: Readonly<Record<LaneBy, string>> = {
  subscriber: 'subscriber',
  sender: 'sender',
  centre: 'service centre',
  file: 'capture file',
  content: 'content type',
  verdict: 'MAC verdict',
};

const ORDER_WORD: Readonly<Record<LaneOrder, string>> = {
  first: 'first seen',
  worst: 'worst finding',
  count: 'most messages',
};

export function Tools() {
  const { by, order } = arrangement.value;
  return (
    <div class="timeline-tools" role="toolbar" aria-label="Timeline">
      <label>
        <span>A lane for each</span>
        <select value={by} onChange={(e) => setPref('laneBy', e.currentTarget.value)}>
          {LANE_BYS.map((b) => (
            <option key={b} value={b}>
              {BY_WORD[b]}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>by</span>
        <select aria-label="Order of lanes" value={order} onChange={(e) => setPref('laneOrder', e.currentTarget.value)}>
          {LANE_ORDERS.map((o) => (
            <option key={o} value={o}>
              {ORDER_WORD[o]}
            </option>
          ))}
        </select>
      </label>
      <span class="timeline-lanes number">{plural(laneCount.value, 'lane')}</span>
      <span class="timeline-buttons">
        <button
          type="button"
          class="button-icon"
          aria-label="What the marks mean"
          title="What the marks mean"
          aria-pressed={prefs.value.legendOpen}
          onClick={() => setPref('legendOpen', !prefs.value.legendOpen)}
        >
          <Icon name="legend" />
        </button>
        <button
          type="button"
          class="button-icon"
          aria-label="Zoom out"
          title={`Zoom out (${capOf('zoom-out')})`}
          disabled={isWhole.value}
          onClick={COMMANDS['zoom-out']}
        >
          <Icon name="minus" />
        </button>
        <button
          type="button"
          class="button-icon"
          aria-label="Zoom in"
          title={`Zoom in (${capOf('zoom-in')})`}
          onClick={COMMANDS['zoom-in']}
        >
          <Icon name="plus" />
        </button>
        <button
          type="button"
          class="button-icon"
          aria-label="Whole capture"
          title={`Whole capture (${capOf('fit')})`}
          disabled={isWhole.value}
          onClick={COMMANDS.fit}
        >
          <Icon name="fit" />
        </button>
      </span>
    </div>
  );
}
