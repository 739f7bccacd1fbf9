// Samples cut at their octets: the report stays valid, whatever is left. Two files share the work, so that two cores do.

import { expect, test } from 'vitest';
import { fault, samples } from './damaged.ts';

/** Longer samples hold many messages of one kind: every seventh octet of them is enough to meet each field. */
const LONG = 10_000;
const STEP = 7;

/** Every other sample, from `first` on. */
export function cutSamples(first: 0 | 1): void {
  for (const [i, { name, bytes }] of samples.entries()) {
    if (i % 2 !== first) continue;
    const step = bytes.length > LONG ? STEP : 1;
    test(step === 1 ? `${name}, at every octet` : `${name}, at every ${step}th octet`, {
      timeout: 600_000,
    }, async () => {
      for (let end = 0; end < bytes.length; end += step) {
        const found = await fault(name, bytes.slice(0, end));
        expect(found, `${name} cut at ${end}`).toBeNull();
      }
    });
  }
}
