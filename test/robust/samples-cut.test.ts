// Every sample cut at every octet: the report stays valid, whatever is left.

import { describe, expect, test } from 'vitest';
import { fault, samples } from './damaged.ts';

describe('samples cut at every octet', () => {
  test.each(samples)('$name', { timeout: 600_000 }, async ({ name, bytes }) => {
    for (let end = 0; end < bytes.length; end += 1) {
      const found = await fault(name, bytes.slice(0, end));
      expect(found, `${name} cut at ${end}`).toBeNull();
    }
  });
});
