// The way of the selection, and of what is marked beside it, as one ladder.

import { batch, computed, effect, signal, untracked } from '@preact/signals';
import { type LadderFlow, mergeFlows, quietLayers } from '../../analysis/draw/ladderflow.ts';
import type { FlowReply } from '../../analysis/engine/contract/flows.ts';
import { marks } from './marks.ts';
import { selected, view } from './selection.ts';
import { ask, capture, status, tell } from './session.ts';

/** Ways shown, that of the selection first. */
export const flows = signal<readonly FlowReply[]>([]);
export const ladderFlow = computed<LadderFlow | null>(() =>
  flows.value.length === 0 ? null : mergeFlows(flows.value),
);

export const columnOrder = signal<readonly string[]>([]);
export const hiddenColumns = signal<ReadonlySet<string>>(new Set());
export const mergeHosts = signal(false);
export const spacing = signal<'equal' | 'time'>('equal');
/** Layers the user switched on or off; others are as the flow suggests. */
const layerChoice = signal<ReadonlyMap<string, boolean>>(new Map());
export const foldedRetries = signal<ReadonlySet<string>>(new Set());
/** Key of the row that the keyboard is on; '' for the first. */
export const ladderRow = signal('');

export const hiddenLayers = computed<ReadonlySet<string>>(() => {
  const flow = ladderFlow.value;
  if (flow === null) return new Set();
  const quiet = quietLayers(flow);
  const all = [...new Set(flow.steps.map((s) => s.layer))];
  return new Set(all.filter((l) => !(layerChoice.value.get(l) ?? !quiet.has(l))));
});

export const toggleLayer = (layer: string): void => {
  layerChoice.value = new Map(layerChoice.peek()).set(layer, hiddenLayers.peek().has(layer));
};

const toggled = (set: ReadonlySet<string>, key: string): ReadonlySet<string> =>
  new Set(set.has(key) ? [...set].filter((x) => x !== key) : [...set, key]);

export const toggleColumn = (id: string): void => {
  hiddenColumns.value = toggled(hiddenColumns.peek(), id);
};

export const toggleRetry = (key: string): void => {
  foldedRetries.value = toggled(foldedRetries.peek(), key);
};

/** Puts the column of these endpoints before place `to` of `shown`, the endpoints of each column as they stand. */
export function moveColumn(shown: readonly (readonly string[])[], from: number, to: number): void {
  const next = [...shown];
  const [taken] = next.splice(from, 1);
  if (taken === undefined) return;
  next.splice(Math.max(0, Math.min(to, next.length)), 0, taken);
  columnOrder.value = next.flat();
}

/** Transactions beside that of the selection. */
const MOST_BESIDE = 7;

let run = 0;

async function load(ids: readonly string[]): Promise<void> {
  run += 1;
  const mine = run;
  const found: FlowReply[] = [];
  try {
    for (const id of ids) {
      if (found.some((f) => f.transaction.messages.some((m) => m.id === id))) continue;
      const reply = await ask({ op: 'flow', message: id });
      if (mine !== run) return;
      found.push(reply);
    }
    flows.value = found;
  } catch (e) {
    tell(e);
  }
}

const holds = (id: string): boolean => flows.peek().some((f) => f.transaction.messages.some((m) => m.id === id));

/** Binds the ladder to the selection while it is seen. */
export function followLadder(): void {
  let last = '';
  effect(() => {
    if (view.value !== 'ladder') return;
    const id = selected.value;
    const beside = marks.value.map((m) => m.message).filter((m) => m !== id);
    const { version, messages } = status.value;
    untracked(() => {
      if (messages === 0) return;
      if (id === null && beside.length === 0) {
        run += 1;
        flows.value = [];
        last = '';
        return;
      }
      const key = `${version} ${[...beside].sort().join(' ')}`;
      // Another message of the same way needs no other ladder.
      if (id !== null && key === last && holds(id)) return;
      last = key;
      void load([...(id === null ? [] : [id]), ...beside].slice(0, 1 + MOST_BESIDE));
    });
  });
  effect(() => {
    void capture.value;
    untracked(() =>
      batch(() => {
        run += 1;
        last = '';
        flows.value = [];
        columnOrder.value = [];
        hiddenColumns.value = new Set();
        foldedRetries.value = new Set();
        layerChoice.value = new Map();
        ladderRow.value = '';
      }),
    );
  });
}
