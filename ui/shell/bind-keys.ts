// Key presses to commands, by the one table.

import { COMMANDS, dialog } from '../state/commands.ts';
import { bindings } from '../state/keys-prefs.ts';
import { canDiff } from '../state/marks.ts';
import { view } from '../state/selection.ts';
import { hovered } from '../timeline/scene.ts';
import { commandFor } from '../view/keys.ts';

const TEXT_INPUTS = ['text', 'search', 'number', 'password', 'email', 'url', 'tel'];

const takesText = (el: Element | null): boolean =>
  el instanceof HTMLTextAreaElement ||
  el instanceof HTMLSelectElement ||
  (el instanceof HTMLInputElement && TEXT_INPUTS.includes(el.type));

export function bindKeys(): void {
  addEventListener('keydown', (e) => {
    if (e.defaultPrevented || e.isComposing || dialog.peek() !== null) return;
    const at = document.activeElement;
    // With the focus nowhere, the keys are the timeline's.
    const chart = at?.closest('.chart') != null || (at === document.body && view.peek() === 'timeline');
    const inText = takesText(at);
    const command = commandFor(e, { chart, inText, marks: canDiff.peek() }, bindings.peek());
    if (command === null) return;
    e.preventDefault();
    if (inText && command === 'back') (at as HTMLElement).blur();
    else COMMANDS[command]();
    hovered.value = null;
  });
}
