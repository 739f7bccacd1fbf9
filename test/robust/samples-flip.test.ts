// Every octet of the small samples flipped: the report stays valid.

import { describe, expect, test } from 'vitest';
import { fault, samples } from './damaged.ts';

const SMALL = 3500;

describe('small samples with every octet flipped', () => {
  const small = samples.filter((s) => s.bytes.length <= SMALL);
  test('there are some', () => expect(small.length).toBeGreaterThan(3));
  test.each(small)('$name', { timeout: 600_000 }, async ({ name, bytes }) => {
    for (let at = 0; at < bytes.length; at += 1) {
      const flipped = bytes.slice();
      // Another mask at each octet, so that high, low and single bits all have their turn.
      flipped[at] = flipped[at]! ^ ([0xff, 0x01, 0x80, 0x55][at % 4] ?? 0xff);
      const found = await fault(name, flipped);
      expect(found, `${name} flipped at ${at}`).toBeNull();
    }
  });
});
