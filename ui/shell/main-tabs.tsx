// Which view of the messages is shown.

import { ListTools } from '../list/tools.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { matches } from '../state/filter.ts';
import { view } from '../state/selection.ts';
import { status } from '../state/session.ts';
import { formatCount } from '../view/format.ts';
import type { View } from '../view/hash.ts';

const TABS: readonly { readonly id: View; readonly label: string; readonly title: string }[] = [
  { id: 'overview', label: 'Overview', title: 'o' },
  { id: 'timeline', label: 'Timeline', title: '1' },
  { id: 'ladder', label: 'Ladder', title: '2' },
  { id: 'list', label: 'List', title: '3' },
  { id: 'device', label: 'Device', title: '4' },
  { id: 'review', label: 'Review', title: '5' },
  { id: 'compare', label: 'Compare', title: '6' },
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
        <span class="main-count-word"> {status.value.messages === 1 ? 'message' : 'messages'}</span>
      </span>
      {view.value === 'list' && <ListTools />}
    </div>
  );
}
