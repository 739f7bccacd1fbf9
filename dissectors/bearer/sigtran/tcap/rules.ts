import { rules } from '../../../../captures/finding.ts';

export const tcapRules = rules({
  message: {
    code: 'TCAP-MESSAGE',
    severity: 'warning',
    title: 'What came to a transaction user begins like no transaction message',
    clause: 'ITU-T Q.773 4.2.1; ANSI T1.114.3 2',
  },
  cut: {
    code: 'TCAP-CUT',
    severity: 'warning',
    title: 'The capture holds only the beginning of a transaction message',
    clause: 'pcap snapshot length; ITU-T Q.714 4.1.1.2',
    fix: 'Capture whole packets (tcpdump -s 0), and all links.',
  },
  components: {
    code: 'TCAP-COMPONENTS',
    severity: 'warning',
    title: 'More components in one message than are read',
    clause: 'budget of this program',
  },
  dialogues: {
    code: 'TCAP-DIALOGUES',
    severity: 'note',
    title: 'More dialogues are open than are remembered; the oldest were given up, their answers have no question',
    clause: 'budget of this program',
  },
  ansi41: {
    code: 'TCAP-ANSI-41',
    severity: 'note',
    title: 'Short messages of ANSI-41 networks were seen; they are not read',
    clause: 'ANSI-41 D, SMSDeliveryPointToPoint',
  },
});
