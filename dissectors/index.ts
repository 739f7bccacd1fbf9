// The explicit list of what is read above UDP, TCP and the rest. Adding a bearer: its folder, and a line here.

import type { Dissector } from './base/dissector.ts';
import { smpp } from './bearer/smpp/index.ts';
import { wdp } from './bearer/wdp/index.ts';

export const dissectors: readonly Dissector[] = [smpp, wdp];
