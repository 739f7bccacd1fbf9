// Rules of provisioning content (OMA-WAP-TS-ProvCont-V1_1), all as data.

import type { Finding, Rule } from '../../captures/finding.ts';
import type { ProvisioningDocument } from '../../dissectors/content/document.ts';
import { oneOfAValue, withoutConsequences } from './consequences.ts';
import { facts } from './facts.ts';
import { about, applyAll, type ContentRule } from './rule.ts';
import { ACCESS } from './rules/access.ts';
import { ADDRESSES } from './rules/addresses.ts';
import { APPLICATION_RULES } from './rules/applications.ts';
import { BEARER_RULES } from './rules/bearers.ts';
import { BOOTSTRAP } from './rules/bootstrap.ts';
import { DUPLICATES } from './rules/duplicates.ts';
import { LINKS } from './rules/links.ts';
import { MAIL } from './rules/mail.ts';
import { MESSAGING } from './rules/messaging.ts';
import { NAMES } from './rules/names.ts';
import { RECEPTION } from './rules/reception.ts';
import { REFERENCES } from './rules/references.ts';
import { SERVERS } from './rules/servers.ts';
import { STRUCTURE } from './rules/structure.ts';
import { VALUES } from './rules/values.ts';
import { WLAN } from './rules/wlan.ts';
import { WRITING } from './rules/writing.ts';

export const CONTENT_RULES: readonly ContentRule[] = [
  ...STRUCTURE,
  ...WRITING,
  ...NAMES,
  ...RECEPTION,
  ...REFERENCES,
  ...DUPLICATES,
  ...LINKS,
  ...VALUES,
  ...ADDRESSES,
  ...about(['NAPDEF', 'PXLOGICAL', 'APPLICATION', 'BOOTSTRAP'], BEARER_RULES),
  ...about(['APPLICATION'], APPLICATION_RULES),
  ...about(['APPLICATION', 'RESOURCE', 'APPADDR'], SERVERS),
  ...about(['APPLICATION', 'PORT', 'RESOURCE'], MESSAGING),
  ...about(['APPLICATION'], MAIL),
  ...about(['ACCESS'], ACCESS),
  ...BOOTSTRAP,
  ...about(['WLAN', 'SEC-SSID', 'WEPKEY', 'EAP', 'NAPDEF'], WLAN),
];

/** What the rules say of themselves, for reference pages. */
export const contentRules = (): Rule[] => CONTENT_RULES.map((r) => r.rule);

/**
 * Findings of every rule, in document order; ranges are octets of the body. `syntax` is what the decoder of the body
 * found, and `end` the octets it read: what these explain is not told again. Never throws.
 */
export function checkDocument(
  document: ProvisioningDocument,
  syntax: readonly Finding[] = [],
  end = Number.POSITIVE_INFINITY,
): Finding[] {
  const f = facts(document, Number.isFinite(end) ? end : null);
  const found = applyAll(CONTENT_RULES, f).sort((a, b) => a.start - b.start);
  return withoutConsequences(oneOfAValue(found), syntax, document, end);
}
