// WAP-297-EMN: a mailbox has new mail.

import { rules } from '../../../captures/finding.ts';
import type { Cursor } from '../../base/cursor.ts';
import { attributeDetails, attributeOf } from '../details.ts';
import type { DecodedDocument } from '../document.ts';
import type { DocumentDecoder } from '../kinds.ts';

const SPEC = 'WAP-297-EMN';

export const EMN = rules({
  noMailbox: {
    code: 'EMN-NO-MAILBOX',
    severity: 'warning',
    basis: 'remembered',
    title: 'The mail notification names no mailbox',
    clause: SPEC,
    receivers: 'Phones with more than one mailbox do not know which to ask.',
  },
  scheme: {
    code: 'EMN-MAILBOX-SCHEME',
    severity: 'warning',
    basis: 'remembered',
    title: 'The mailbox is not written as one of the addresses that the document type has',
    clause: SPEC,
    receivers: 'Phones cannot tell which of their mailboxes is meant.',
  },
  noTime: {
    code: 'EMN-NO-TIME',
    severity: 'note',
    basis: 'remembered',
    title: 'The mail notification has no time',
    clause: SPEC,
    receivers: 'Phones cannot tell an old notification from a new one, and ask the server once too often.',
  },
});

const SCHEMES = /^(?:mailat:|pop:\/\/|imap:\/\/|https?:\/\/)/i;

function check({ root }: DecodedDocument, c: Cursor): void {
  if (root === null) return;
  const mailbox = root.attributes.find((a) => a.name === 'mailbox');
  const value = mailbox?.value ?? '';
  if (mailbox === undefined || value === '') c.report(EMN.noMailbox, root.start, root.length, 'mailbox is missing');
  else if (!SCHEMES.test(value)) c.report(EMN.scheme, mailbox.start, mailbox.length, `It is '${value.slice(0, 40)}'`);
  if ((attributeOf(root, 'timestamp') ?? '') === '')
    c.report(EMN.noTime, root.start, root.length, 'timestamp is missing');
}

export const EMAIL_NOTIFICATION: DocumentDecoder = {
  form: 'document',
  kind: 'email-notification',
  mediaTypes: ['application/vnd.wap.emn+wbxml', 'text/vnd.wap.emn+xml'],
  roots: ['emn'],
  details: ({ root }) =>
    root === null
      ? []
      : attributeDetails(root, [
          ['mailbox', 'Mailbox'],
          ['timestamp', 'Time'],
        ]),
  check,
};
