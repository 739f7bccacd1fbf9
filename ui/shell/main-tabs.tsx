// Timeline or list, and the tools of the one that is shown.

import { Icon } from '../parts/icon.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { COMMANDS } from '../state/commands.ts';
import { matches } from '../state/filter.ts';
import { prefs, setPref } from '../state/prefs.ts';
import { isWhole } from '../state/range.ts';
import { view } from '../state/selection.ts';
import { status } from '../state/session.ts';
import { formatCount } from '../view/format.ts';
import type { View } from '../view/hash.ts';
import { capOf } from '../view/keys.ts';

const TABS: readonly { readonly id: View; readonly label: string; readonly title: string }[] = [
  { id: 'timeline', label: 'Timeline', title: '1' },
  { id: 'list', label: 'List', title: '2' },
];

export function MainTabs() {
  const m = matches.value;
  return (
    <div class="main-head">
      <Tabs
        label="View"
        prefix="main"
        tabs={TABS}
        current={view.value}
        onChoose={(id) => {
          view.value = id;
        }}
      />
      <span class="main-count number">
        {m === null
          ? formatCount(status.value.messages)
          : `${formatCount(m.count)} of ${formatCount(status.value.messages)}`}
        <span class="unseen"> messages</span>
      </span>
      {view.value === 'timeline' && (
        <div class="main-tools">
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
        </div>
      )}
    </div>
  );
}
