// An IMSI that the document itself names (OMA-WAP-TS-ProvCont-V1_1, CLIENTIDENTITY): whom it was made for.

import type { DocumentElement } from '../../dissectors/content/document.ts';
import type { Inferred } from '../verify/candidates.ts';

const IMSI = /(?<!\d)\d{14,15}(?!\d)/g;
const MOST = 4;

const attribute = (e: DocumentElement, name: string): string =>
  e.attributes.find((a) => a.name.toLowerCase() === name)?.value ?? '';

/** How it is written there nobody has seen: what looks like an IMSI is tried, and counts only when it fits. */
export function clientIdentities(root: DocumentElement | null): Inferred[] {
  const found = new Set<string>();
  for (const c of root?.children ?? []) {
    if (c.kind !== 'element' || attribute(c, 'type').toUpperCase() !== 'CLIENTIDENTITY') continue;
    for (const parm of c.children) {
      if (parm.kind !== 'element' || attribute(parm, 'name').toUpperCase() !== 'CLIENT-ID') continue;
      for (const imsi of attribute(parm, 'value').match(IMSI) ?? []) if (found.size < MOST) found.add(imsi);
    }
  }
  return [...found].map((value) => ({ value, weak: true, why: () => 'CLIENTIDENTITY of the document itself' }));
}
