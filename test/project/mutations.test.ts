// Protections that are taken away by `npm run mutate` are where it looks for them, and so are the tests that miss them.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../support/shared.ts';

interface Mutation {
  readonly item: string;
  readonly what: string;
  readonly file: string;
  readonly tests: readonly string[];
  readonly find: string;
  readonly put: string;
  /** The first place of several. */
  readonly first?: boolean;
}
const lists = (await import(`${root}/scripts/mutations.mjs`)) as Record<string, readonly Mutation[]>;
const all = Object.values(lists).flat();

test('each is in its place once, and becomes something else', () => {
  expect(all.length).toBeGreaterThan(100);
  const lost = all.filter(({ file, find, put, first }) => {
    const text = readFileSync(join(root, file), 'utf8');
    const places = text.split(find).length - 1;
    return places === 0 || (places > 1 && first !== true) || find === put;
  });
  expect(lost.map((m) => `${m.item}: ${m.what}`)).toEqual([]);
});

test('its tests are there', () => {
  expect(all.flatMap((m) => m.tests).filter((t) => !existsSync(join(root, t)))).toEqual([]);
});
