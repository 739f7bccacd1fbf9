// WAP-297-EMN: a mailbox has new mail.

import { attributeDetails } from '../details.ts';
import type { DocumentDecoder } from '../kinds.ts';

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
};
