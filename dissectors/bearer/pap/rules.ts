import { rules } from '../../../captures/finding.ts';

export const papRules = rules({
  control: {
    code: 'PAP-CONTROL',
    severity: 'warning',
    title: 'The control document can not be read as PAP',
    clause: 'WAP-247-PAP 9',
    receivers: 'The gateway answers with badmessage-response.',
  },
  address: {
    code: 'PAP-ADDRESS',
    severity: 'warning',
    title: 'The address of a push is not of the form the type in it asks for',
    clause: 'WAP-247-PAP 9.2.1; WAP-249-PPGService 7',
    receivers: 'Gateways refuse the push with 2000 or 2002.',
    fix: 'Write WAPPUSH=+number/TYPE=PLMN@gateway.',
  },
  noAddress: {
    code: 'PAP-NO-ADDRESS',
    severity: 'warning',
    title: 'A push names no recipient',
    clause: 'WAP-247-PAP 9.2',
  },
  recipients: {
    code: 'PAP-RECIPIENTS',
    severity: 'warning',
    title: 'A push names more recipients than are listed',
    clause: 'budget of this program',
  },
  noContent: {
    code: 'PAP-NO-CONTENT',
    severity: 'warning',
    title: 'A push carries no content',
    clause: 'WAP-247-PAP 8.1',
    receivers: 'The gateway answers with badmessage-response.',
  },
  notDelivered: {
    code: 'PAP-NOT-DELIVERED',
    severity: 'warning',
    title: 'The gateway reports that a push did not reach the phone',
    clause: 'WAP-247-PAP 9.7',
  },
  delivered: {
    code: 'PAP-DELIVERED',
    severity: 'note',
    title: 'The gateway reports that a push reached the phone',
    clause: 'WAP-247-PAP 9.7',
  },
  pending: {
    code: 'PAP-PENDING',
    severity: 'note',
    title: 'The gateway reports that a push is under way or in a state that is not known',
    clause: 'WAP-247-PAP 9.7',
  },
  cancelled: {
    code: 'PAP-CANCEL',
    severity: 'note',
    title: 'The push initiator asked to cancel a push',
    clause: 'WAP-247-PAP 9.5',
  },
  refused: {
    code: 'PAP-REFUSED',
    severity: 'warning',
    title: 'A PAP request was refused',
    clause: 'WAP-247-PAP 9.13',
  },
});
