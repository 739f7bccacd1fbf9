// Sizes, rates and counts in words.

const GROUP = new Intl.NumberFormat('en-GB');

/** '4,200' */
export const formatCount = (n: number): string => GROUP.format(n);

/** Decimal units, three figures: '31.4 kB', '20.1 GB'. */
export function formatBytes(n: number): string {
  if (n < 1000) return `${n} B`;
  let v = n;
  let unit = -1;
  while (v >= 999.5 && unit < 4) {
    v /= 1000;
    unit += 1;
  }
  return `${Number(v.toPrecision(3))} ${['kB', 'MB', 'GB', 'TB', 'PB'][unit] ?? ''}`;
}

export const formatRate = (bytesPerSecond: number): string => `${formatBytes(Math.round(bytesPerSecond))}/s`;

/** Seconds left, coarsely: 'about 3 s left', 'about 2 min left'. */
export function formatRemaining(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return '';
  if (seconds < 1) return 'almost done';
  return seconds < 90 ? `about ${Math.ceil(seconds)} s left` : `about ${Math.round(seconds / 60)} min left`;
}

/** A number and its unit stay on one line: '3.4 s', '12 kB' with a space that does not break. */
export const keepUnits = (text: string): string =>
  text.replace(/(\d) (?=(?:ns|µs|ms|s|min|h|d|B|kB|MB|GB|%)(?![\p{L}\d]))/gu, '$1\u00a0');

/** How long nothing has come, in whole seconds or minutes: '7 s', '3 min'. */
export const formatSilence = (ms: number): string =>
  ms < 120_000 ? `${Math.floor(ms / 1000)} s` : `${Math.floor(ms / 60_000)} min`;

export const plural = (n: number, one: string, many = `${one}s`): string => `${formatCount(n)} ${n === 1 ? one : many}`;

/** Two upper-case hex digits. */
export const hex2 = (n: number): string => n.toString(16).toUpperCase().padStart(2, '0');

/** Offset in at least four hex digits. */
export const hexOffset = (n: number, digits = 4): string => n.toString(16).toUpperCase().padStart(digits, '0');

/** Bytes per second over a sliding window of samples (milliseconds, bytes). */
export function rateMeter(windowMs = 3000): { add(ms: number, bytes: number): number } {
  let samples: { ms: number; bytes: number }[] = [];
  return {
    add(ms, bytes) {
      const last = samples[samples.length - 1];
      if (last !== undefined && bytes < last.bytes) samples = [];
      samples.push({ ms, bytes });
      samples = samples.filter((s, i) => ms - s.ms <= windowMs || i === samples.length - 1);
      const first = samples[0];
      return first === undefined || ms - first.ms < 50 ? 0 : ((bytes - first.bytes) / (ms - first.ms)) * 1000;
    },
  };
}
