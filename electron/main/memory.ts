// What the window remembers between two runs: captures opened lately, its place on the screen, light or dark. Never what
// was in them.

import type { MainHost } from './host.ts';
import type { Rectangle } from './ports.ts';

/** Captures in the menu. */
const MAX_RECENT = 12;
const MAX_PATH = 32768;

export interface Place {
  readonly bounds: Rectangle;
  readonly maximized: boolean;
}

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export interface Remembered {
  /** Paths, the last one first. */
  readonly recent: readonly string[];
  readonly place: Place | null;
  readonly theme: Theme;
}

const USUAL = { width: 1440, height: 900 };
export const LEAST = { width: 1024, height: 640 };
/** How much of a window's upper edge has to be on a screen to be taken hold of. */
const GRIP = 100;

/** Anything at all from the disk, read as far as it makes sense. */
export function readRemembered(value: unknown): Remembered {
  const { recent, place, theme } = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  const paths = Array.isArray(recent) ? recent.filter((p) => typeof p === 'string' && p !== '') : [];
  return {
    recent: (paths as string[]).filter((p) => p.length <= MAX_PATH).slice(0, MAX_RECENT),
    place: readPlace(place),
    theme: THEMES.find((t) => t === theme) ?? 'system',
  };
}

function readPlace(value: unknown): Place | null {
  if (typeof value !== 'object' || value === null) return null;
  const { bounds, maximized } = value as Record<string, unknown>;
  if (typeof bounds !== 'object' || bounds === null) return null;
  const { x, y, width, height } = bounds as Record<string, unknown>;
  const numbers = [x, y, width, height];
  if (!numbers.every((n) => Number.isInteger(n) && Math.abs(n as number) < 1e6)) return null;
  return { bounds: { x, y, width, height } as Rectangle, maximized: maximized === true };
}

/** The list with these in front, each once. */
export const withRecent = (recent: readonly string[], paths: readonly string[]): readonly string[] =>
  [...new Set([...paths, ...recent])].slice(0, MAX_RECENT);

/** Where a window goes: as it was left, if a screen is still there; else the usual size, where the system puts it. */
export function placeOn(screens: readonly Rectangle[], place: Place | null): Partial<Rectangle> & typeof USUAL {
  const was = place?.bounds;
  const reachable = (s: Rectangle): boolean =>
    was !== undefined &&
    was.y >= s.y &&
    was.y < s.y + s.height - GRIP &&
    Math.min(was.x + was.width, s.x + s.width) - Math.max(was.x, s.x) >= GRIP;
  const screen = screens.find(reachable);
  const size = (s: Rectangle, of: { width: number; height: number }) => ({
    width: Math.max(LEAST.width, Math.min(of.width, s.width)),
    height: Math.max(LEAST.height, Math.min(of.height, s.height)),
  });
  if (was === undefined || screen === undefined) return screens[0] === undefined ? USUAL : size(screens[0], USUAL);
  return { x: was.x, y: was.y, ...size(screen, was) };
}

export interface Memory {
  now(): Remembered;
  set(change: Partial<Remembered>): void;
}

export async function openMemory(host: MainHost, folder: string): Promise<Memory> {
  let now = readRemembered(await host.remembered(folder));
  return {
    now: () => now,
    set(change) {
      now = { ...now, ...change };
      void host.remember(folder, now);
    },
  };
}
