// WAP-167-ServiceInd: a text and where to find more.

import { attributeDetails, elementsOf, textDetail } from '../details.ts';
import type { DecodedDocument } from '../document.ts';
import type { Detail, DocumentDecoder } from '../kinds.ts';

function details(document: DecodedDocument): Detail[] {
  const out: Detail[] = [];
  for (const e of elementsOf(document)) {
    if (e.name === 'indication') {
      out.push(
        ...textDetail(e, 'Text'),
        ...attributeDetails(e, [
          ['href', 'Address'],
          ['action', 'Action'],
          ['si-id', 'Identifier'],
          ['created', 'Created'],
          ['si-expires', 'Expires'],
        ]),
      );
    } else if (e.name === 'item') {
      out.push(...attributeDetails(e, [['class', 'Class']]), ...textDetail(e, 'Item'));
    }
  }
  return out;
}

export const SERVICE_INDICATION: DocumentDecoder = {
  form: 'document',
  kind: 'service-indication',
  mediaTypes: ['application/vnd.wap.sic', 'text/vnd.wap.si'],
  roots: ['si'],
  details,
};
