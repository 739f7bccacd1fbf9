import { rules } from '../../../../captures/finding.ts';

export const mapRules = rules({
  argument: {
    code: 'MAP-ARGUMENT',
    severity: 'warning',
    title: 'A short message is forwarded without a part that the operation prescribes',
    clause: '3GPP TS 29.002 17.6.6',
  },
  cut: {
    code: 'MAP-CUT',
    severity: 'warning',
    title: 'The capture holds only the beginning of the short message',
    clause: 'pcap snapshot length; ITU-T Q.714 4.1.1.2',
    fix: 'Capture whole packets (tcpdump -s 0), and all links.',
  },
  routingRefused: {
    code: 'MAP-ROUTING-REFUSED',
    severity: 'warning',
    title: 'The home register gave no route for short messages to a subscriber',
    clause: '3GPP TS 29.002 12.1',
    receivers: 'No message is sent to the phone until the service centre asks again.',
  },
  deliveryStatus: {
    code: 'MAP-DELIVERY-STATUS',
    severity: 'note',
    title: 'A service centre told the home register how a delivery ended',
    clause: '3GPP TS 29.002 12.3',
  },
  alert: {
    code: 'MAP-ALERT',
    severity: 'note',
    title: 'The home register told a service centre that a subscriber can be reached again',
    clause: '3GPP TS 29.002 12.5',
  },
  waiting: {
    code: 'MAP-WAITING',
    severity: 'note',
    title: 'The home register told a service centre that messages wait for a subscriber, and why',
    clause: '3GPP TS 29.002 12.6',
  },
  ready: {
    code: 'MAP-READY',
    severity: 'note',
    title: 'A subscriber is ready for short messages again',
    clause: '3GPP TS 29.002 12.4',
  },
  returned: {
    code: 'MAP-RETURNED',
    severity: 'note',
    title: 'The message is known only because the network gave it back; its way there is not in the capture',
    clause: 'ITU-T Q.713 4.11',
  },
});
