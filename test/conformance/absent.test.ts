// Rules that have nothing to look at in documents of some types are not asked again: they would say nothing.

import { expect, test } from 'vitest';
import { EXAMPLES } from '../../analysis/conformance/examples.ts';
import { facts } from '../../analysis/conformance/facts.ts';
import { CONTENT_RULES } from '../../analysis/conformance/index.ts';
import { applyAll } from '../../analysis/conformance/rule.ts';
import { Cursor } from '../../dissectors/base/cursor.ts';
import type { ProvisioningDocument } from '../../dissectors/content/document.ts';
import { decodeBody } from '../../dissectors/content/index.ts';
import { octetsOf } from './forms.ts';

function documentOf(example: string): ProvisioningDocument[] {
  const bytes = octetsOf(example);
  const { provisioning } = decodeBody(new Cursor(bytes, 0, bytes.length, null, [], 'body'), {
    contentType: 'text/vnd.wap.connectivity-xml',
  });
  return provisioning === null ? [] : [provisioning];
}

test('what is remembered of types leaves no finding out', () => {
  const documents = EXAMPLES.flatMap(({ passes, fails }) => [passes, fails]).flatMap(documentOf);
  // The order in which documents come is the order in which sets of types become known.
  const anew = (d: ProvisioningDocument) => applyAll([...CONTENT_RULES], facts(d));
  const backwards = [...CONTENT_RULES];
  for (const d of [...documents].reverse()) applyAll(backwards, facts(d));
  for (const d of documents) expect(applyAll(backwards, facts(d))).toEqual(anew(d));
  expect(documents.length).toBeGreaterThan(200);
});
