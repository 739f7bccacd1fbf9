import { rules } from '../../../captures/finding.ts';

export const httpSmscRules = rules({
  header: {
    code: 'HTTPSMS-UDH',
    severity: 'warning',
    title: 'The parameter for the user data header holds no header: its first octet is not its length',
    clause: '3GPP TS 23.040 9.2.3.24; interface of the gateway',
    fix: 'Escape every octet of the header, %06%05%04 and so on, its length first.',
  },
  noRecipient: {
    code: 'HTTPSMS-NO-RECIPIENT',
    severity: 'warning',
    title: 'A request to send a message names no recipient',
    clause: 'interface of the gateway',
  },
  byName: {
    code: 'HTTPSMS-BY-NAME',
    severity: 'note',
    title: 'A request asks the gateway to send settings it has itself; what they are is not in the request',
    clause: 'interface of the gateway',
  },
  recipients: {
    code: 'HTTPSMS-RECIPIENTS',
    severity: 'warning',
    title: 'A request names more recipients than are listed',
    clause: 'budget of this program',
  },
});
