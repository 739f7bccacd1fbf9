// The canvas draws with the page's own tokens.

import { signal } from '@preact/signals';
import { prefs } from '../state/prefs.ts';

const NAMES = [
  '--surface-0',
  '--surface-1',
  '--surface-2',
  '--surface-3',
  '--line',
  '--line-strong',
  '--text-1',
  '--text-2',
  '--text-3',
  '--accent',
  '--mark-part',
  '--mark-ok',
  '--cluster',
  '--sev-error',
  '--sev-warning',
  '--sev-note',
  '--verdict-ok',
  '--verdict-bad',
  '--verdict-open',
  '--verdict-warn',
  '--verdict-none',
  '--font',
] as const;

export type Token = (typeof NAMES)[number];
export type Ink = Readonly<Record<Token, string>>;

function read(): Ink {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(NAMES.map((n) => [n, style.getPropertyValue(n).trim()])) as Ink;
}

export const ink = signal<Ink>(read());

/** Reads the tokens again whenever the theme may have changed. */
export function followTheme(): void {
  const again = (): void => {
    // After the attribute has reached the style.
    requestAnimationFrame(() => {
      ink.value = read();
    });
  };
  prefs.subscribe(again);
  for (const q of ['(prefers-color-scheme: dark)', '(forced-colors: active)', '(prefers-contrast: more)']) {
    matchMedia(q).addEventListener('change', again);
  }
}
