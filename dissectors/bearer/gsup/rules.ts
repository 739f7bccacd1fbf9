import { rules } from '../../../captures/finding.ts';

export const gsupRules = rules({
  type: {
    code: 'GSUP-TYPE',
    severity: 'note',
    title: 'The GSUP message type is not known',
    clause: 'OsmoHLR user manual, Generic Subscriber Update Protocol',
  },
  elementLength: {
    code: 'GSUP-ELEMENT-LENGTH',
    severity: 'warning',
    title: 'An element claims more octets than the message holds',
    clause: 'OsmoHLR user manual, Generic Subscriber Update Protocol',
  },
  noMessage: {
    code: 'GSUP-NO-TPDU',
    severity: 'warning',
    title: 'A request to forward a short message carries none',
    clause: 'OsmoHLR user manual, Generic Subscriber Update Protocol',
  },
  untied: {
    code: 'GSUP-ERROR-UNTIED',
    severity: 'warning',
    title: 'A short message that is not in the capture was refused',
    clause: 'OsmoHLR user manual, Generic Subscriber Update Protocol',
  },
  ready: {
    code: 'GSUP-READY-FOR-SM',
    severity: 'note',
    title: 'The phone can take short messages again',
    clause: 'OsmoHLR user manual, Generic Subscriber Update Protocol',
  },
});
