// WAP-175-CacheOp: addresses whose cached copies are invalid.

import { rules } from '../../../captures/finding.ts';
import type { Cursor } from '../../base/cursor.ts';
import { tellAddress } from '../addresses.ts';
import { attributeDetails, attributeOf, elementsOf } from '../details.ts';
import type { DecodedDocument } from '../document.ts';
import type { DocumentDecoder } from '../kinds.ts';

const SPEC = 'WAP-175-CacheOp';

export const CO = rules({
  empty: {
    code: 'CO-EMPTY',
    severity: 'warning',
    basis: 'remembered',
    title: 'The cache operation names nothing to invalidate',
    clause: SPEC,
    receivers: 'Phones do nothing.',
  },
  noAddress: {
    code: 'CO-NO-ADDRESS',
    severity: 'warning',
    basis: 'remembered',
    title: 'An operation on the cache has no address',
    clause: SPEC,
    receivers: 'Phones leave the operation out.',
  },
});

const LABELS: Readonly<Record<string, string>> = {
  'invalidate-object': 'Object to invalidate',
  'invalidate-service': 'Service to invalidate',
};

function check(document: DecodedDocument, c: Cursor): void {
  const { root } = document;
  if (root === null) return;
  const operations = [...elementsOf(document)].filter((e) => LABELS[e.name] !== undefined);
  if (operations.length === 0) c.report(CO.empty, root.start, root.length, 'There is no operation');
  for (const e of operations) {
    if ((attributeOf(e, 'uri') ?? '') === '') c.report(CO.noAddress, e.start, e.length, `<${e.name}> has no uri`);
    else tellAddress(c, e, 'uri');
  }
}

export const CACHE_OPERATION: DocumentDecoder = {
  form: 'document',
  kind: 'cache-operation',
  mediaTypes: ['application/vnd.wap.coc', 'text/vnd.wap.co'],
  roots: ['co'],
  details: (document) =>
    [...elementsOf(document)].flatMap((e) => {
      const label = LABELS[e.name];
      return label === undefined ? [] : attributeDetails(e, [['uri', label]]);
    }),
  check,
};
