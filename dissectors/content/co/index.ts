// WAP-175-CacheOp: addresses whose cached copies are invalid.

import { attributeDetails, elementsOf } from '../details.ts';
import type { DocumentDecoder } from '../kinds.ts';

const LABELS: Readonly<Record<string, string>> = {
  'invalidate-object': 'Object to invalidate',
  'invalidate-service': 'Service to invalidate',
};

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
};
