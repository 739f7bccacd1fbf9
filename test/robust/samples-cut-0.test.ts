// Samples cut, one half of them: see cut.ts.

import { describe } from 'vitest';
import { cutSamples } from './cut.ts';

describe('samples cut', () => cutSamples(0));
