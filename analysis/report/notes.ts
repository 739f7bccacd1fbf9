// What the rules say beyond their findings: for reports people read.

import type { Rule } from '../../captures/finding.ts';

export type RuleNotes = ReadonlyMap<string, Pick<Rule, 'receivers' | 'fix'>>;
