// Key presses to commands, by the one table.

import { COMMANDS, dialog } from '../state/commands.ts';
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
    const chart = at?.closest('.chart') != null;
    const inText = takesText(at);
    const command = commandFor(e, { chart, inText });
    if (command === null) return;
    e.preventDefault();
    if (inText && command === 'back') (at as HTMLElement).blur();
    else COMMANDS[command]();
  });
}
