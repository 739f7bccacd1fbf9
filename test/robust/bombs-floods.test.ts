// What opens more than it ends, in sizes that take little; `npm run bombs` takes them at full size.

import { describe, expect, test } from 'vitest';
import { explode, MEGABYTES, SECONDS } from './bomb.ts';
import { heavy } from './heavy.ts';

describe('floods', () => {
  test.each(heavy.map((b) => [b.name, b] as const))('%s', async (_, b) => {
    const out = await explode(b.make(b.few));
    expect(out.seconds, `${out.seconds} s of processor time`).toBeLessThan(SECONDS);
    expect(out.megabytes, `${out.megabytes} MB`).toBeLessThan(MEGABYTES);
    expect(
      [...out.codes].some((c) => b.codes.includes(c)),
      [...out.codes].join(),
    ).toBe(true);
  });
});
