import { fields } from '../../base/fields.ts';
import { ITEM_NAMES, OPTION_NAMES, PDU_NAMES, PROVIDER_NAMES, TRAILERS, USER_NAMES } from './names.ts';

const SPEC = 'WAP-224-WTP';

export const wtpFields = fields('wtp', {
  pdu: { kind: 'group', label: 'WTP', clause: `${SPEC} 8` },
  concatenated: { kind: 'u8', label: 'Concatenation indicator', hex: true, clause: `${SPEC} 8.5` },
  pduLength: { kind: 'bits', label: 'PDU length', unit: 'octets', clause: `${SPEC} 8.5` },
  octet: { kind: 'u8', label: 'Type and flags', hex: true, clause: `${SPEC} 8.2` },
  type: { kind: 'bits', label: 'PDU type', names: PDU_NAMES, clause: `${SPEC} 8.2.2` },
  trailer: { kind: 'bits', label: 'Trailer flags', names: TRAILERS, clause: `${SPEC} 8.2.3` },
  retransmission: {
    kind: 'bits',
    label: 'Retransmission',
    names: { 0: 'first transmission', 1: 'sent again' },
    clause: `${SPEC} 8.2.5`,
  },
  verification: { kind: 'bits', label: 'Tve/Tok', names: { 0: 'no', 1: 'verification' }, clause: `${SPEC} 8.3.3` },
  abortType: { kind: 'bits', label: 'Abort type', names: { 0: 'provider', 1: 'user' }, clause: `${SPEC} 8.3.4` },
  tid: { kind: 'u16', label: 'Transaction identifier', hex: true, clause: `${SPEC} 8.2.4` },
  invoke: { kind: 'u8', label: 'Invoke flags', hex: true, clause: `${SPEC} 8.3.1` },
  version: { kind: 'bits', label: 'Version', clause: `${SPEC} 8.3.1` },
  tidNew: { kind: 'bits', label: 'TIDnew', names: { 0: 'no', 1: 'yes' }, clause: `${SPEC} 8.3.1` },
  userAck: {
    kind: 'bits',
    label: 'Acknowledgement by',
    names: { 0: 'the provider', 1: 'the user' },
    clause: `${SPEC} 8.3.1`,
  },
  transactionClass: { kind: 'bits', label: 'Transaction class', clause: `${SPEC} 8.3.1` },
  number: { kind: 'u8', label: 'Packet sequence number', clause: `${SPEC} 8.3.5` },
  missing: { kind: 'u8', label: 'Missing packets', clause: `${SPEC} 8.3.7` },
  providerReason: { kind: 'u8', label: 'Abort reason', hex: true, names: PROVIDER_NAMES, clause: `${SPEC} 8.3.4` },
  userReason: { kind: 'u8', label: 'Abort reason', hex: true, names: USER_NAMES, clause: 'WAP-230-WSP table 35' },
  item: { kind: 'group', label: 'Transport information item', clause: `${SPEC} 8.4` },
  itemHeader: { kind: 'u8', label: 'Identity and length', hex: true, clause: `${SPEC} 8.4.1` },
  itemIdentity: { kind: 'bits', label: 'Identity', names: ITEM_NAMES, clause: `${SPEC} 8.4.1` },
  itemLength: { kind: 'u8', label: 'Length', unit: 'octets', clause: `${SPEC} 8.4.1` },
  itemNumber: { kind: 'u8', label: 'Packet sequence number', clause: `${SPEC} 8.4.5` },
  option: { kind: 'u8', label: 'Option', names: OPTION_NAMES, clause: `${SPEC} 8.4.4` },
  itemData: { kind: 'bytes', label: 'Value', clause: `${SPEC} 8.4` },
  data: { kind: 'bytes', label: 'User data', clause: `${SPEC} 8.2` },
});
