import { fields } from '../../base/fields.ts';

export const TYPES: Readonly<Record<number, string>> = {
  1: 'A',
  2: 'NS',
  5: 'CNAME',
  6: 'SOA',
  12: 'PTR',
  15: 'MX',
  16: 'TXT',
  28: 'AAAA',
  33: 'SRV',
  35: 'NAPTR',
  41: 'OPT',
  64: 'SVCB',
  65: 'HTTPS',
};

/** RFC 1035 4.1.1, RFC 2136 2.2. */
export const RCODES: Readonly<Record<number, string>> = {
  0: 'no error',
  1: 'format error',
  2: 'server failure',
  3: 'the name does not exist',
  4: 'not implemented',
  5: 'refused',
};

export const typeName = (type: number): string => TYPES[type] ?? `type ${type}`;
export const rcodeText = (rcode: number): string => RCODES[rcode] ?? `response code ${rcode}`;

const HEADER = 'RFC 1035 4.1.1';
const RECORD = 'RFC 1035 4.1.3';

// RFC 1035 4.1: messages of the domain name system.
export const dnsFields = fields('dns', {
  message: { kind: 'group', label: 'DNS' },
  id: { kind: 'u16', label: 'Identifier', hex: true, clause: HEADER },
  flags: { kind: 'u16', label: 'Flags', hex: true, clause: HEADER },
  questions: { kind: 'u16', label: 'Questions', clause: HEADER },
  answers: { kind: 'u16', label: 'Answers', clause: HEADER },
  authorities: { kind: 'u16', label: 'Authorities', clause: HEADER },
  additional: { kind: 'u16', label: 'Additional records', clause: HEADER },
  question: { kind: 'group', label: 'Question', clause: 'RFC 1035 4.1.2' },
  record: { kind: 'group', label: 'Record', clause: RECORD },
  name: { kind: 'text', label: 'Name', clause: 'RFC 1035 3.1' },
  type: { kind: 'u16', label: 'Type', names: TYPES, clause: 'RFC 1035 3.2.2' },
  class: { kind: 'u16', label: 'Class', clause: 'RFC 1035 3.2.4' },
  ttl: { kind: 'u32', label: 'Time to live', unit: 's', clause: RECORD },
  length: { kind: 'u16', label: 'Length', clause: RECORD },
  address: { kind: 'text', label: 'Address', clause: 'RFC 1035 3.4.1; RFC 3596 2.2' },
  data: { kind: 'bytes', label: 'Data', clause: RECORD },
  rest: { kind: 'bytes', label: 'Authorities and additional records', clause: 'RFC 1035 4.1' },
});
