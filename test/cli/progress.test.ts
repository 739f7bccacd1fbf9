import { describe, expect, test } from 'vitest';
import { bytesText, durationText, progressLine, progressOn } from '../../cli/progress.ts';

describe('numbers a person reads', () => {
  const sizes: readonly [number, string][] = [
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [99_949, '99.9 kB'],
    [99_950, '100 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [20_100_000_000, '20.1 GB'],
  ];
  for (const [n, text] of sizes) test(text, () => expect(bytesText(n)).toBe(text));
  const times: readonly [number, string][] = [
    [0, '0:00'],
    [59.4, '0:59'],
    [61, '1:01'],
    [3723, '1:02:03'],
  ];
  for (const [n, text] of times) test(text, () => expect(durationText(n)).toBe(text));
});

describe('the line', () => {
  test('has bar, share, bytes, rate and what is left', () => {
    expect(progressLine(250_000_000, 1_000_000_000, 2, 100)).toBe(
      `${'█'.repeat(10)}${'░'.repeat(30)}  25 %  250 MB of 1.0 GB  125 MB/s  0:06 left`,
    );
  });
  test('has no bar for a pipe and never more than the terminal is wide', () => {
    expect(progressLine(5_000_000, null, 1, 100)).toBe('5.0 MB  5.0 MB/s');
    for (let columns = 20; columns < 120; columns++) {
      expect(progressLine(3, 7_000_000_000, 100, columns).length).toBeLessThan(columns);
    }
  });
});

function recorded(isTerminal: boolean) {
  const written: string[] = [];
  return { written, isTerminal, columns: 80, write: async (t: string) => void written.push(t) };
}

describe('on a terminal', () => {
  test('nothing is shown in the first second, then ten times a second, and nothing stays', async () => {
    const out = recorded(true);
    let now = 0;
    const progress = progressOn(out, () => now);
    for (now = 0; now <= 2000; now += 10) await progress.update(now, 4000);
    expect(out.written.length).toBe(11);
    await progress.end();
    expect(out.written.at(-1)).toBe('\r\u001b[K');
  });
  test('a quick run shows nothing at all', async () => {
    const out = recorded(true);
    const progress = progressOn(out, () => 0);
    await progress.update(1, 2);
    await progress.end();
    expect(out.written).toEqual([]);
  });
  test('a file or a pipe gets nothing', async () => {
    const out = recorded(false);
    let now = 0;
    const progress = progressOn(out, () => now);
    now = 5000;
    await progress.update(1, 2);
    await progress.end();
    expect(out.written).toEqual([]);
  });
});
