// The address follows the view, and the view the address.

import { batch, effect, untracked } from '@preact/signals';
import { formatHash, parseHash } from '../view/hash.ts';
import { filterText, pinned } from './filter.ts';
import { prefs, setPref } from './prefs.ts';
import { isWhole, setRange, shown } from './range.ts';
import { bufferShown, octets, selected, tab, view } from './selection.ts';
import { capture, openInputs, phase, reopenLast } from './session.ts';

let sample: { readonly id: string; readonly capture: number } | null = null;

/** The sample that is open, if it is one. */
const openedSample = (): string | null => (sample?.capture === capture.value ? sample.id : null);

/** Remembers which sample is open, so that the link opens it again. */
export async function openSample(id: string): Promise<void> {
  const opening = openInputs([{ sample: id }]);
  sample = { id, capture: capture.peek() };
  await opening;
}

function take(hash: string): void {
  const s = parseHash(hash);
  batch(() => {
    view.value = s.view;
    tab.value = s.tab;
    selected.value = s.message;
    octets.value = s.octets;
    if (s.octets !== null) bufferShown.value = s.octets.buffer;
    filterText.value = s.filter;
    pinned.value = s.pinned;
    if (s.time !== null) setPref('time', s.time);
  });
  if (s.range !== null) setRange({ t0: s.range[0], t1: s.range[1] });
}

/** Opens the capture again after its engine died; filter, range and selection stay. */
export async function reopen(): Promise<boolean> {
  const hash = location.hash;
  const opening = reopenLast();
  // Opening forgets all of the capture before; this is the same one.
  take(hash);
  return await opening;
}

/** Reads the address once, opens the sample it names, and keeps it up to date from then on. */
export async function followAddress(): Promise<void> {
  const first = location.hash;
  const { sample: wanted } = parseHash(first);
  const opening = wanted === null ? null : openSample(wanted);
  take(first);
  await opening;

  let timer = 0;
  let written = location.hash;
  effect(() => {
    const span = shown.value;
    const hash = formatHash({
      view: view.value,
      tab: tab.value,
      message: selected.value,
      range: isWhole.value ? null : [span.t0, span.t1],
      time: prefs.value.time,
      octets: octets.value,
      filter: filterText.value,
      pinned: pinned.value,
      sample: phase.value === 'empty' ? null : openedSample(),
    });
    // Chromium slows pages down that write the address at each frame of a pan.
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      written = hash === '' ? '' : `#${hash}`;
      history.replaceState(null, '', `${location.pathname}${location.search}${written}`);
    }, 200);
  });
  addEventListener('hashchange', () => {
    if (location.hash === written) return;
    const next = parseHash(location.hash).sample;
    void untracked(async () => {
      const opening = next !== null && next !== openedSample() ? openSample(next) : null;
      take(location.hash);
      await opening;
    });
  });
}
