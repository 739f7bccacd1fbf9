// The keys in force: those of the table, with the user's own in their place.

import { computed } from '@preact/signals';
import { bindingId } from '../view/chords.ts';
import { type Binding, type Chord, type Command, KEYS } from '../view/keys.ts';
import { prefs, setPref } from './prefs.ts';

export const bindings = computed<readonly Binding[]>(() => {
  const own = prefs.value.keys;
  return KEYS.map((b) => {
    const chords = own[bindingId(b)];
    return chords === undefined ? b : { ...b, chords };
  });
});

/** 'Ctrl O', for tooltips; '' where none. */
export const capOf = (command: Command): string =>
  bindings.value.find((b) => b.command === command)?.chords[0]?.cap ?? '';

export const isOwn = (b: Binding): boolean => prefs.value.keys[bindingId(b)] !== undefined;

export const bind = (b: Binding, chords: readonly Chord[]): void =>
  setPref('keys', { ...prefs.peek().keys, [bindingId(b)]: chords });

/** Back to the table's own; of one binding, or of all. */
export function unbind(b: Binding | null): void {
  if (b === null) setPref('keys', {});
  else {
    const { [bindingId(b)]: _, ...rest } = prefs.peek().keys;
    setPref('keys', rest);
  }
}
