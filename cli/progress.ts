// How far reading is: bytes, rate and remaining time, on a terminal and only when it takes long enough to wonder.

import type { Output } from './terminal.ts';

/** Milliseconds before anything is shown, and between two pictures. */
const PATIENCE = 1000;
const EVERY = 100;

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** '31.4 MB': three digits and a decimal unit. */
export function bytesText(n: number): string {
  let value = n;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}

/** '0:42', '1:02:03'. */
export function durationText(seconds: number): string {
  const s = Math.round(seconds);
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(s / 3600);
  const minutes = Math.floor(s / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(s % 60)}` : `${minutes}:${two(s % 60)}`;
}

/** One line of at most `columns` characters. `total` null: a pipe, whose end nobody knows. */
export function progressLine(done: number, total: number | null, seconds: number, columns: number): string {
  const rate = seconds > 0 ? done / seconds : 0;
  const parts = total === null ? [bytesText(done)] : [`${bytesText(done)} of ${bytesText(total)}`];
  if (rate > 0) parts.push(`${bytesText(rate)}/s`);
  if (total !== null && rate > 0) parts.push(`${durationText(Math.max(0, total - done) / rate)} left`);
  const words = parts.join('  ');
  const room = Math.min(40, columns - 1 - words.length - 8);
  if (total === null || total === 0 || room < 8) return words.slice(0, columns - 1);
  const part = Math.min(1, done / total);
  const filled = Math.round(part * room);
  const percent = `${Math.floor(part * 100)}`.padStart(3);
  return `${'█'.repeat(filled)}${'░'.repeat(room - filled)} ${percent} %  ${words}`;
}

export interface Progress {
  update(done: number, total: number | null): Promise<void>;
  /** Takes the line away. */
  end(): Promise<void>;
}

const ERASE = '\r\u001b[K';

/** `now` gives milliseconds. */
export function progressOn(out: Output, now: () => number = () => performance.now()): Progress {
  const began = now();
  let last = began;
  let shown = false;
  return {
    async update(done, total) {
      const t = now();
      if (!out.isTerminal || t - began < PATIENCE || t - last < EVERY) return;
      last = t;
      shown = true;
      await out.write(`${ERASE}${progressLine(done, total, (t - began) / 1000, out.columns)}`);
    },
    async end() {
      if (shown) await out.write(ERASE);
      shown = false;
    },
  };
}
