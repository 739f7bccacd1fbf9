import { rules } from '../../../captures/finding.ts';

export const nasRules = rules({
  ciphered: {
    code: 'NAS-CIPHERED',
    severity: 'note',
    title: 'NAS messages are ciphered and were not read; short messages may be among them',
    clause: '3GPP TS 24.301 4.4.5',
    fix: 'Capture where they are in clear: between MME and VLR (SGs), or with null ciphering in a laboratory.',
  },
  containerLength: {
    code: 'NAS-CONTAINER-LENGTH',
    severity: 'warning',
    title: 'The NAS message container claims more octets than the message holds',
    clause: '3GPP TS 24.301 9.9.3.22',
  },
});

export const s1apRules = rules({
  length: {
    code: 'S1AP-LENGTH',
    severity: 'warning',
    title: 'A length is greater than what is there',
    clause: 'ITU-T X.691 10.9; 3GPP TS 36.413 9.3',
  },
  fragmented: {
    code: 'S1AP-FRAGMENTED',
    severity: 'note',
    title: 'A value is sent in pieces of 16K, which is not read',
    clause: 'ITU-T X.691 10.9.3.8',
  },
  notDelivered: {
    code: 'S1AP-NOT-DELIVERED',
    severity: 'warning',
    title: 'The base station did not deliver a NAS message to the phone',
    clause: '3GPP TS 36.413 8.6.2.4',
  },
});
