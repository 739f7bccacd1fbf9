import { rules } from '../../../captures/finding.ts';

const WTP = 'WAP-224-WTP';
const WSP = 'WAP-230-WSP';

export const wtpRules = rules({
  foreign: {
    code: 'WTP-FOREIGN',
    severity: 'note',
    title: 'Datagrams on the port of WSP sessions that hold no WTP were left out',
    clause: `${WTP} 8.2.2`,
  },
  version: {
    code: 'WTP-VERSION',
    severity: 'warning',
    title: 'The version of WTP is not 0; what follows may mean something else',
    clause: `${WTP} 8.3.1`,
    receivers: 'Peers abort the transaction.',
  },
  item: {
    code: 'WTP-ITEM-LENGTH',
    severity: 'warning',
    title: 'A transport information item announces more octets than there are',
    clause: `${WTP} 8.4.1`,
  },
  concatenation: {
    code: 'WTP-CONCATENATION',
    severity: 'warning',
    title: 'A PDU of a concatenation is empty, longer than the datagram, or a concatenation again',
    clause: `${WTP} 8.5`,
  },
  missing: {
    code: 'WTP-NACK-LENGTH',
    severity: 'warning',
    title: 'A negative acknowledgement announces more packet numbers than it holds',
    clause: `${WTP} 8.3.7`,
  },
  cut: {
    code: 'WTP-CUT',
    severity: 'warning',
    title: 'The capture holds only a part of the datagram',
    clause: 'pcap snapshot length; RFC 791 3.2',
    fix: 'Capture whole packets (tcpdump -s 0), and all fragments.',
  },
  retransmission: {
    code: 'WTP-RETRANSMISSION',
    severity: 'note',
    title: 'A packet was sent again because no acknowledgement had come',
    clause: `${WTP} 7.2`,
  },
  unmarked: {
    code: 'WTP-RETRANSMISSION-UNMARKED',
    severity: 'note',
    title: 'A packet came again without the mark of a retransmission: repeated by the network, or captured twice',
    clause: `${WTP} 8.2.5`,
  },
  firstMissing: {
    code: 'WTP-FIRST-NOT-SEEN',
    severity: 'note',
    title: 'A packet is marked as sent again, but its first transmission is not in the capture',
    clause: `${WTP} 8.2.5`,
  },
  asked: {
    code: 'WTP-NEGATIVE-ACK',
    severity: 'note',
    title: 'The receiver asked for packets that it had missed',
    clause: `${WTP} 8.3.7`,
  },
  verification: {
    code: 'WTP-TID-VERIFICATION',
    severity: 'note',
    title: 'The receiver asks whether the transaction is outstanding before it takes it',
    clause: `${WTP} 7.8`,
  },
  aborted: {
    code: 'WTP-ABORT',
    severity: 'warning',
    title: 'A transaction other than a push was aborted',
    clause: `${WTP} 7.7`,
  },
  transactionClass: {
    code: 'WTP-PUSH-CLASS',
    severity: 'warning',
    title: 'A push travels in another transaction class than WSP foresees: 0 for Push, 1 for ConfirmedPush',
    clause: `${WSP} 7.1`,
  },
  disconnected: {
    code: 'WSP-SESSION-CLOSED',
    severity: 'warning',
    title: 'A push was sent in a session that had been closed or suspended',
    clause: `${WSP} 7.1`,
    receivers: 'The client aborts the transaction with DISCONNECT or SUSPEND.',
  },
  notGranted: {
    code: 'WSP-PUSH-NOT-GRANTED',
    severity: 'warning',
    title: 'A push was sent although the facility was not among those the session agreed on',
    clause: `${WSP} 8.3.2.2`,
    receivers: 'A client may abort the transaction with PROTOERR.',
    fix: 'Let ConnectReply grant the push facilities that Connect asked for.',
  },
  tooLarge: {
    code: 'WSP-PUSH-TOO-LARGE',
    severity: 'warning',
    title: 'A push is larger than the client said it takes',
    clause: `${WSP} 8.3.2.1`,
    receivers: 'The client aborts the transaction with MRUEXCEEDED.',
  },
  outstanding: {
    code: 'WSP-PUSH-OUTSTANDING',
    severity: 'warning',
    title: 'More confirmed pushes wait for their acknowledgement than the session agreed on',
    clause: `${WSP} 8.3.2.4`,
    receivers: 'The client aborts the transaction with MOREXCEEDED.',
  },
  encoding: {
    code: 'WSP-ENCODING-VERSION',
    severity: 'note',
    title: 'The session agreed on an encoding version that has no numbers for provisioning, SEC and MAC',
    clause: `${WSP} Appendix A`,
    receivers: 'Gateways then write the content type as text, and some leave SEC and MAC out.',
    fix: 'Let the client announce Encoding-Version 1.4 or higher in its Connect.',
  },
  redirected: {
    code: 'WSP-REDIRECT',
    severity: 'note',
    title: 'The server sent the client to another address instead of opening a session',
    clause: `${WSP} 8.2.2.3`,
  },
});
