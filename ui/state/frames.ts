// The frame list of the drawer: which input, which frames, and pages of them as they come into view.

import { batch, effect, signal, untracked } from '@preact/signals';
import type { FrameChoice, FrameReplies, FrameRow } from '../../analysis/engine/contract/frames.ts';
import { createPages } from './pages.ts';
import { prefs } from './prefs.ts';
import { ask, capture, phase, status, tell } from './session.ts';

/** Of Status.inputs. */
export const frameInput = signal(0);
export const frameChoice = signal<FrameChoice>('all');
/** Why pages come slowly, or not at all. */
export const frameNote = signal<string | null>(null);
/** Row the keyboard is in; -1: none. */
export const framePlace = signal(-1);
/** Set to a row to have it scrolled into view. */
export const frameWanted = signal<number | null>(null);
/** The chosen frame with its octets and headers. */
export const frameShown = signal<FrameReplies['frame'] | null>(null);

export const frames = createPages<FrameRow>({
  size: 100,
  grows: true,
  state: () => String(status.peek().version),
  async load(from, count) {
    const reply = await ask({ op: 'frames', input: frameInput.peek(), from, count, only: frameChoice.peek() });
    frameNote.value = reply.note;
    return reply;
  },
});

let asked = 0;

export async function showFrame(place: number, row: FrameRow): Promise<void> {
  asked += 1;
  const mine = asked;
  framePlace.value = place;
  try {
    const reply = await ask({ op: 'frame', input: frameInput.peek(), number: row.number });
    if (mine === asked) frameShown.value = reply;
  } catch (e) {
    if (mine !== asked) return;
    frameShown.value = null;
    tell(e);
  }
}

/** Goes to a frame by its number, or to the first one of a message. Answers false where the list has no such row. */
export async function goToFrame(to: { readonly frame: number } | { readonly message: string }): Promise<boolean> {
  try {
    const { input, place } = await ask({
      op: 'framePlace',
      input: frameInput.peek(),
      only: frameChoice.peek(),
      ...to,
    });
    if (place === null) return false;
    batch(() => {
      frameInput.value = input;
      framePlace.value = place;
      frameWanted.value = place;
    });
    return true;
  } catch (e) {
    tell(e);
    return false;
  }
}

/** Forgets rows with the capture, the input and the choice; while the drawer shows them, asks for the first. */
export function followFrames(): void {
  effect(() => {
    void capture.value;
    untracked(() => {
      frameInput.value = 0;
    });
  });
  effect(() => {
    void [capture.value, frameInput.value, frameChoice.value, phase.value === 'loading'];
    untracked(() =>
      batch(() => {
        asked += 1;
        frames.forget();
        frameNote.value = null;
        frameShown.value = null;
        framePlace.value = -1;
      }),
    );
  });
  effect(() => {
    const open = prefs.value.drawerOpen && prefs.value.drawerTab === 'frames';
    void status.value.version;
    void [frameInput.value, frameChoice.value];
    if (open && phase.value !== 'empty') untracked(() => frames.at(0));
  });
}
