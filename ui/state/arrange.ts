// Which lanes the timeline has, how many they are, and in which of them the selection is.

import { batch, computed, effect, signal, untracked } from '@preact/signals';
import {
  type Arrangement,
  type Gap,
  LANE_BYS,
  LANE_ORDERS,
  type LanesReply,
} from '../../analysis/engine/contract/timeline.ts';
import { prefs } from './prefs.ts';
import { focusLane, laneWanted, selectedRow, stillSelected } from './selection.ts';
import { ask, capture, status, tell } from './session.ts';

/** Ids of lanes; they are of this capture, so they are not kept with the preferences. */
const pinned = signal<readonly string[]>([]);
const open = signal<readonly string[]>([]);

export const arrangement = computed<Arrangement>(() => ({
  by: LANE_BYS.find((b) => b === prefs.value.laneBy) ?? 'subscriber',
  order: LANE_ORDERS.find((o) => o === prefs.value.laneOrder) ?? 'first',
  pinned: pinned.value,
  open: open.value,
}));

/** What tells arrangements apart. */
export const arrangementKey = computed(() => {
  const { by, order, pinned: p, open: o } = arrangement.value;
  return JSON.stringify([by, order, p, o]);
});

export const laneCount = signal(0);
export const gaps = signal<readonly Gap[]>([]);
/** Lane of the selected message; -1: none. */
export const selectedLane = signal(-1);
/** Which of its lane's messages the selected one is. */
export const selectedPlace = signal<LanesReply['place'] | null>(null);

/** The most lanes that can be pinned or open at once. */
const MOST = 500;

const toggled = (list: readonly string[], id: string): readonly string[] =>
  list.includes(id) ? list.filter((x) => x !== id) : [...list, id].slice(-MOST);

export const togglePinned = (id: string): void => {
  pinned.value = toggled(pinned.peek(), id);
};

export const toggleOpen = (id: string): void => {
  open.value = toggled(open.peek(), id);
};

let run = 0;

async function look(message: number, follow: boolean): Promise<void> {
  run += 1;
  const mine = run;
  try {
    const reply = await ask({ op: 'lanes', arrange: arrangement.peek(), ...(message < 0 ? {} : { message }) });
    if (mine !== run) return;
    batch(() => {
      laneCount.value = reply.total;
      gaps.value = reply.gaps;
      selectedLane.value = reply.lane ?? -1;
      const { place } = reply;
      const old = selectedPlace.peek();
      if (place?.at !== old?.at || place?.of !== old?.of) selectedPlace.value = place ?? null;
      if (reply.lane !== null && follow) {
        focusLane.value = reply.lane;
        if (!stillSelected.peek()) laneWanted.value = reply.lane;
      }
      focusLane.value = Math.min(focusLane.peek(), Math.max(0, reply.total - 1));
    });
  } catch (e) {
    tell(e);
  }
}

/** Binds the number of lanes and the selection's lane to what is loaded, chosen and arranged. */
export function followLanes(): void {
  let told = '';
  effect(() => {
    const index = selectedRow.value?.index ?? -1;
    const key = arrangementKey.value;
    const { messages } = status.value;
    void status.value.version;
    const now = `${index} ${key}`;
    const follow = index >= 0 && now !== told;
    told = now;
    untracked(() => {
      if (messages > 0) void look(index, follow);
    });
  });
  effect(() => {
    void capture.value;
    untracked(() => {
      run += 1;
      batch(() => {
        pinned.value = [];
        open.value = [];
        laneCount.value = 0;
        gaps.value = [];
        selectedLane.value = -1;
        selectedPlace.value = null;
        focusLane.value = 0;
      });
    });
  });
}
