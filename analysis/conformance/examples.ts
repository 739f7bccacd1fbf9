// For each rule a document it accepts and one it does not; tests run them and the reference page shows them.

import { ADDRESS_EXAMPLES } from './examples/addresses.ts';
import { APPLICATION_EXAMPLES } from './examples/applications.ts';
import type { Example } from './examples/builders.ts';
import { ESTABLISHED } from './examples/established.ts';
import { LINK_EXAMPLES } from './examples/links.ts';
import { WLAN_EXAMPLES } from './examples/wlan.ts';
import { WRITING_EXAMPLES } from './examples/writing.ts';

export const EXAMPLES: readonly Example[] = [
  ...ESTABLISHED,
  ...WRITING_EXAMPLES,
  ...LINK_EXAMPLES,
  ...ADDRESS_EXAMPLES,
  ...APPLICATION_EXAMPLES,
  ...WLAN_EXAMPLES,
];
