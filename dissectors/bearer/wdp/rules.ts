import { rules } from '../../../captures/finding.ts';

export const wdpRules = rules({
  secured: {
    code: 'WDP-SECURED',
    severity: 'note',
    title: 'The port is that of a service secured with WTLS; its datagrams are encrypted and were not read',
    clause: 'WAP-259-WDP Appendix B; WAP-261-WTLS',
  },
  notPush: {
    code: 'WDP-NOT-PUSH',
    severity: 'note',
    title: 'Datagrams on a push port that are no WSP push were left out',
    clause: 'WAP-230-WSP 8.2.1, Table 34',
  },
  cut: {
    code: 'WDP-CUT',
    severity: 'warning',
    title: 'The capture holds only a part of the datagram',
    clause: 'pcap snapshot length; RFC 791 3.2',
    fix: 'Capture whole packets (tcpdump -s 0), and all fragments.',
  },
});
