// WAP-168-ServiceLoad: an address to be opened.

import { attributeDetails } from '../details.ts';
import type { DocumentDecoder } from '../kinds.ts';

export const SERVICE_LOADING: DocumentDecoder = {
  form: 'document',
  kind: 'service-loading',
  mediaTypes: ['application/vnd.wap.slc', 'text/vnd.wap.sl'],
  roots: ['sl'],
  details: ({ root }) =>
    root === null
      ? []
      : attributeDetails(root, [
          ['href', 'Address'],
          ['action', 'Action'],
        ]),
};
