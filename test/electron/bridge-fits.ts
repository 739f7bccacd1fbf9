// The page's idea of the bridge and the preload's are written apart, because neither may import the other: this file
// stops compiling when they drift.

import type { Bridge as Given } from '../../electron/preload/bridge.ts';
import type { Bridge as Expected } from '../../ui/carriers/bridge.ts';

type Fits<A extends B, B> = A;
export type GivenIsExpected = Fits<Given, Expected>;
export type ExpectedIsGiven = Fits<Expected, Given>;
