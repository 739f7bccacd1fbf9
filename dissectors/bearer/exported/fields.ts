import { fields } from '../../base/fields.ts';

const CLAUSE = 'LINKTYPE_WIRESHARK_UPPER_PDU; exported_pdu_tlvs.h';

export const TAGS: Readonly<Record<number, string>> = {
  0: 'End of options',
  10: 'Length of options',
  11: 'Link type',
  12: 'Dissector',
  13: 'Heuristic dissector',
  14: 'Dissector table',
  20: 'Source, IPv4',
  21: 'Destination, IPv4',
  22: 'Source, IPv6',
  23: 'Destination, IPv6',
  24: 'Kind of port',
  25: 'Source port',
  26: 'Destination port',
  28: 'SS7 originating point code',
  29: 'SS7 destination point code',
  30: 'Original frame number',
  32: 'Dissector table value',
  33: 'Protocol column',
  34: 'TCP information',
  35: 'Direction',
  36: 'Information column',
};

export const exportedFields = fields('exported', {
  header: { kind: 'group', label: 'Exported PDU', clause: CLAUSE },
  option: { kind: 'group', label: 'Option', clause: CLAUSE },
  tag: { kind: 'u16', label: 'Tag', names: TAGS, clause: CLAUSE },
  length: { kind: 'u16', label: 'Length', unit: 'octets', clause: CLAUSE },
  name: { kind: 'text', label: 'Dissector', clause: CLAUSE },
  address: { kind: 'address', label: 'Address', clause: CLAUSE },
  number: { kind: 'u32', label: 'Number', clause: CLAUSE },
  value: { kind: 'bytes', label: 'Value', clause: CLAUSE },
  payload: { kind: 'bytes', label: 'PDU' },
});
