// Writes the pages that are made from the rules; run by scripts/rules.mjs.

import { catalogue } from './catalogue.ts';
import { modelPage, rulesPage } from './page.ts';

export const pages = (): readonly (readonly [file: string, text: string])[] => [
  ['rules.md', rulesPage(catalogue())],
  ['provisioning-model.md', modelPage()],
];
