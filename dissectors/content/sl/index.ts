// WAP-168-ServiceLoad: an address to be opened.

import { rules } from '../../../captures/finding.ts';
import type { Cursor } from '../../base/cursor.ts';
import { tellAction, tellAddress } from '../addresses.ts';
import { attributeDetails, attributeOf } from '../details.ts';
import type { DecodedDocument } from '../document.ts';
import type { DocumentDecoder } from '../kinds.ts';

const SPEC = 'WAP-168-ServiceLoad';

export const SL = rules({
  noAddress: {
    code: 'SL-NO-ADDRESS',
    severity: 'warning',
    basis: 'remembered',
    title: 'The service loading has no address',
    clause: SPEC,
    receivers: 'Phones have nothing to load.',
  },
  high: {
    code: 'SL-EXECUTE-HIGH',
    severity: 'note',
    basis: 'remembered',
    title: 'The page is to be loaded and shown without asking the user',
    clause: SPEC,
    receivers: 'Most phones ask all the same, or ignore service loading from unknown senders; older ones obey.',
  },
});

const ACTIONS: readonly string[] = ['execute-low', 'execute-high', 'cache'];

function check({ root }: DecodedDocument, c: Cursor): void {
  if (root === null) return;
  if ((attributeOf(root, 'href') ?? '') === '') c.report(SL.noAddress, root.start, root.length, 'href is missing');
  const action = root.attributes.find((a) => a.name === 'action');
  if (action?.value === 'execute-high') c.report(SL.high, action.start, action.length, 'The action is execute-high');
  tellAction(c, root, ACTIONS, SPEC);
  tellAddress(c, root, 'href');
}

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
  check,
};
