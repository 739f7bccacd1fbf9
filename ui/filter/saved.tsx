// Filters kept by name, and the one in the field pinned or kept.

import { Icon } from '../parts/icon.tsx';
import { Menu, type MenuItem } from '../parts/menu.tsx';
import { checked, filterText, pinFilter } from '../state/filter.ts';
import { prefs, setPref } from '../state/prefs.ts';

const MOST = 40;

function items(): MenuItem[] {
  const text = filterText.value.trim();
  const usable = text !== '' && checked.value?.state === 'valid';
  const reason = usable
    ? null
    : text === ''
      ? 'There is no filter in the field.'
      : 'The filter in the field is not valid.';
  const kept = prefs.value.filters;
  const isKept = kept.includes(text);
  return [
    { label: 'Pin this filter', reason, onChoose: pinFilter },
    {
      label: isKept ? 'Forget this filter' : 'Keep this filter',
      reason: isKept ? null : reason,
      onChoose: () => setPref('filters', isKept ? kept.filter((f) => f !== text) : [...kept, text].slice(-MOST)),
    },
    ...kept.map((f, i) => ({
      label: f,
      ...(i === 0 ? { heading: 'Kept filters' } : {}),
      onChoose: () => {
        filterText.value = f;
      },
    })),
  ];
}

export function SavedFilters() {
  return (
    <Menu label="Pin or keep this filter; kept filters" class="filter-menu" align="right" items={items()}>
      <Icon name="chevron" />
    </Menu>
  );
}
