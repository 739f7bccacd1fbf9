import { rules } from '../../../captures/finding.ts';

const CLAUSE = 'LINKTYPE_WIRESHARK_UPPER_PDU; exported_pdu_tlvs.h';

export const exportedRules = rules({
  unread: {
    code: 'EXPORTED-UNREAD',
    severity: 'note',
    title: 'Exported PDUs of a protocol that is not read',
    clause: CLAUSE,
  },
  unnamed: {
    code: 'EXPORTED-UNNAMED',
    severity: 'warning',
    title: 'An exported PDU does not say what it is',
    clause: CLAUSE,
  },
  optionLength: {
    code: 'EXPORTED-OPTION-LENGTH',
    severity: 'warning',
    title: 'An option of an exported PDU claims more octets than the record holds',
    clause: CLAUSE,
  },
});
