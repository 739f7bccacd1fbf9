import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../support/shared.ts';
import { otascope } from './terminal.ts';

const sample = (name: string): string => join(root, 'captures', 'samples', name);

describe('compare', () => {
  test('says which messages fared differently, and where they part', async () => {
    const { code, out, err } = await otascope([
      'compare',
      sample('throttled-retry.pcap'),
      sample('netwpin-welcome.pcap'),
    ]);
    expect([code, err]).toEqual([1, '']);
    expect(out).toMatch(/^\d+ of \d+ pairs of messages fared differently/);
    expect(out).toMatch(/They (part|begin)|After /);
  });
  test('as JSON', async () => {
    const { out } = await otascope([
      'compare',
      sample('throttled-retry.pcap'),
      sample('netwpin-welcome.pcap'),
      '--json',
    ]);
    const r = JSON.parse(out) as { files: string[]; pairs: { parted: string | null }[] };
    expect(r.files.length).toBe(2);
    expect(r.pairs.some((p) => p.parted !== null)).toBe(true);
  });
  test('takes two captures', async () => {
    const { code, err } = await otascope(['compare', sample('mixed-day.pcapng')]);
    expect(code).toBe(2);
    expect(err).toMatch(/compare takes two captures/);
  });
});
