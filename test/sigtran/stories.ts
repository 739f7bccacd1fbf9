// What travels in the signalling network, frame by frame, and what must be found in it. Tests of results, of damage and
// of agreement with tshark all go through this list.

import { errors, forwards } from './stories-forward.ts';
import { links } from './stories-links.ts';
import { acrossLinks, registers, segments } from './stories-network.ts';
import { refusals } from './stories-refusals.ts';
import type { Story } from './story.ts';

export const stories: readonly Story[] = [
  ...forwards,
  ...errors,
  ...refusals,
  ...registers,
  ...acrossLinks,
  ...segments,
  ...links,
];
