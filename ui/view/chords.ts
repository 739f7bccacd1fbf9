// Keys as the user binds them: from a press to a chord, and which chords get in each other's way.

import type { Binding, Chord, KeyPress } from './keys.ts';

const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Unidentified']);
/** These move the focus and leave dialogs, for everybody and everywhere. */
const KEPT = new Set(['Tab', 'Escape']);

const CAPS: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  '-': '−',
};

const isLetter = (key: string): boolean => /^[a-z]$/i.test(key);
const capOfCode = (code: string): string => code.replace(/^(Key|Digit)/, '');

/** The chord of a press; null while only modifiers are down, or for keys that can't be bound. */
export function chordOf(e: KeyPress): Chord | null {
  if (MODIFIERS.has(e.key) || KEPT.has(e.key)) return null;
  const mod = e.ctrlKey || e.metaKey;
  const before = `${mod ? 'Ctrl ' : ''}${e.altKey ? 'Alt ' : ''}`;
  const held = { ...(mod ? { mod } : {}), ...(e.altKey ? { alt: true } : {}) };
  // With Alt the sign is anything; the place of the key is what stays.
  if (e.altKey) return e.shiftKey ? null : { code: e.code, ...held, cap: before + capOfCode(e.code) };
  if (isLetter(e.key)) {
    const key = e.key.toLowerCase();
    return e.shiftKey
      ? { key, shift: true, ...held, cap: `${before}Shift ${key}` }
      : { key, ...held, cap: before + (mod ? key.toUpperCase() : key) };
  }
  return { key: e.key, ...held, cap: before + (CAPS[e.key] ?? e.key) };
}

/** Equal for chords that the same press may mean. */
function pressed(c: Chord): string {
  const held = `${c.mod === true ? 'mod ' : ''}${c.alt === true ? 'alt ' : ''}${c.shift === true ? 'shift ' : ''}`;
  const key = c.code === undefined ? (c.key ?? '') : c.code.replace(/^(Key|Digit)/, '').toLowerCase();
  return held + key;
}

/** What a chord of its own is kept under. */
export const bindingId = (b: Binding): string => (b.scope === 'any' ? b.command : `${b.command}@${b.scope}`);

/** Other bindings that the same press would mean at the same place. */
export function conflicts(b: Binding, all: readonly Binding[]): Binding[] {
  const own = new Set(b.chords.map(pressed));
  return all.filter(
    (o) =>
      bindingId(o) !== bindingId(b) &&
      // With two marks set a key may mean something else; that is said at the key.
      (o.scope === 'marks') === (b.scope === 'marks') &&
      o.chords.some((c) => own.has(pressed(c))),
  );
}

/** Chords as they were kept, with everything that is none left out. */
export function chordsOf(kept: unknown): Readonly<Record<string, readonly Chord[]>> {
  if (typeof kept !== 'object' || kept === null) return {};
  const out: Record<string, readonly Chord[]> = {};
  for (const [id, list] of Object.entries(kept)) {
    if (!Array.isArray(list)) continue;
    out[id] = list.flatMap((c: Partial<Chord> | null): Chord[] =>
      typeof c?.cap === 'string' && (typeof c.key === 'string' || typeof c.code === 'string')
        ? [
            {
              cap: c.cap,
              ...(typeof c.key === 'string' ? { key: c.key } : {}),
              ...(typeof c.code === 'string' ? { code: c.code } : {}),
              ...(c.shift === true ? { shift: true } : {}),
              ...(c.alt === true ? { alt: true } : {}),
              ...(c.mod === true ? { mod: true } : {}),
            },
          ]
        : [],
    );
  }
  return out;
}
