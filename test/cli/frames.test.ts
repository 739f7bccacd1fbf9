// otascope show --frame: one frame, a range of them, and what there is none of.

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../support/shared.ts';
import { otascope } from './terminal.ts';

const sample = (name: string): string => join(root, 'captures/samples', name);
const welcome = sample('netwpin-welcome.pcap');

describe('frames', () => {
  test('one, with its headers and the message it carried', async () => {
    const { code, out } = await otascope(['show', welcome, '--frame', '4']);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^frame 4, .* octets, Ethernet\nTCP, [\d.]+:\d+ to [\d.]+:\d+; it (carried m1|belongs to no message)/,
    );
    expect(out).toContain('Headers');
    expect(out).not.toContain('Octets');
    expect((await otascope(['show', welcome, '--frame', '4', '--bytes'])).out).toContain('Octets');
  });

  test('a range, each on its line, until there are no more', async () => {
    const { out } = await otascope(['show', welcome, '--frame', '2-5']);
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => line.split(/\s+/)[0]),
    ).toEqual(['2', '3', '4', '5']);
    const all = (await otascope(['show', welcome, '--frame', '1-100000'])).out.trim().split('\n');
    expect(all.length).toBeGreaterThan(5);
    expect(all.some((line) => /\bm1\b/.test(line))).toBe(true);
  });

  test('of the second file, and records of a log', async () => {
    const log = sample('modem-log.log');
    expect((await otascope(['show', welcome, log, '--frame', '2:1'])).out).toMatch(/^frame 1, .*record of a log/);
    expect((await otascope(['show', log, '--frame', '1-3'])).out).toContain('record');
  });

  test.each([
    [['--frame', '100000'], 'There is no frame 100000'],
    [['--frame', '5-2'], '--frame takes a number or a range'],
    [['--frame', 'x'], '--frame takes a number or a range'],
    [['--frame', '3:1'], 'There is no input 3'],
  ])('%j', async (options, says) => {
    const { code, err } = await otascope(['show', welcome, ...options]);
    expect(code).toBe(2);
    expect(err).toContain(says);
  });
});
