// What is drawn of a way, how, and saving it.

import { layersOf } from '../../analysis/draw/ladderflow.ts';
import { Icon } from '../parts/icon.tsx';
import { Menu, type MenuItem } from '../parts/menu.tsx';
import {
  columnOrder,
  flows,
  hiddenColumns,
  hiddenLayers,
  ladderFlow,
  mergeHosts,
  spacing,
  toggleColumn,
  toggleLayer,
} from '../state/ladder.ts';
import { bearerWord } from '../view/hops.ts';
import { ladderOptions, ladderWidth } from './options.ts';
import { type LadderFormat, saveLadder } from './save.ts';

function columnItems(): MenuItem[] {
  const flow = ladderFlow.value;
  if (flow === null) return [];
  const last = flow.endpoints.length - hiddenColumns.value.size < 2;
  return [
    ...flow.endpoints.map((e, i): MenuItem => {
      const shown = !hiddenColumns.value.has(e.id);
      return {
        label: e.label,
        checked: shown,
        ...(i === 0 ? { heading: 'Columns' } : {}),
        reason: shown && last ? 'The last one stays' : null,
        onChoose: () => toggleColumn(e.id),
      };
    }),
    {
      label: 'One column a host',
      rule: true,
      checked: mergeHosts.value,
      onChoose: () => {
        mergeHosts.value = !mergeHosts.value;
      },
    },
    {
      label: 'Rows as far apart as their times',
      checked: spacing.value === 'time',
      onChoose: () => {
        spacing.value = spacing.value === 'time' ? 'equal' : 'time';
      },
    },
    {
      label: 'Columns in their first order',
      rule: true,
      reason: columnOrder.value.length === 0 ? 'They are' : null,
      onChoose: () => {
        columnOrder.value = [];
      },
    },
  ];
}

const FORMATS: readonly { readonly id: LadderFormat; readonly label: string }[] = [
  { id: 'svg', label: 'Drawing (SVG)' },
  { id: 'png', label: 'Picture (PNG)' },
  { id: 'txt', label: 'Plain text' },
];

export function LadderTools() {
  const flow = ladderFlow.value;
  const all = flows.value;
  if (flow === null || all[0] === undefined) return null;
  const layers = layersOf(flow);
  const words = all.length === 1 ? all[0].transaction.summary : `${all.length} transactions, marked a, b …`;
  return (
    <div class="ladder-tools">
      <p class="ladder-summary" title={words}>
        {words}
      </p>
      <fieldset class="ladder-layers">
        <legend class="unseen">Layers</legend>
        {layers.map((l) => (
          <button
            key={l}
            type="button"
            class="ladder-layer"
            aria-pressed={!hiddenLayers.value.has(l)}
            title={hiddenLayers.value.has(l) ? `Show ${bearerWord(l)}` : `Hide ${bearerWord(l)}`}
            onClick={() => toggleLayer(l)}
          >
            {bearerWord(l)}
          </button>
        ))}
      </fieldset>
      <Menu label="Columns and rows" class="ladder-menu" items={columnItems()} align="right">
        Columns
        <Icon name="chevron" />
      </Menu>
      <Menu
        label="Save the ladder"
        class="ladder-menu"
        align="right"
        items={FORMATS.map(({ id, label }) => ({
          label,
          onChoose: () => void saveLadder(flow, ladderOptions(ladderWidth.peek()), id),
        }))}
      >
        Save
        <Icon name="chevron" />
      </Menu>
    </div>
  );
}
