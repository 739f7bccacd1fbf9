// The page's idea of the bridge and the preload's are written apart: neither may import the other.

import { expect, test } from 'vitest';
import type { Bridge as Given } from '../../electron/preload/bridge.ts';
import type { Bridge as Expected } from '../../ui/carriers/bridge.ts';

type Fits<A extends B, B> = A;
export type GivenIsExpected = Fits<Given, Expected>;
export type ExpectedIsGiven = Fits<Expected, Given>;

test('both ideas of window.otascope have the same members', () => {
  // The compiler checks it; this line keeps the two types in use.
  const members: Record<keyof Given, true> & Record<keyof Expected, true> = {
    platform: true,
    request: true,
    openDialog: true,
    pathForFile: true,
    onOpen: true,
    setTitle: true,
  };
  expect(Object.keys(members).length).toBe(6);
});
