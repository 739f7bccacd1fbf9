import { fields } from '../../../base/fields.ts';
import { commonMessages, xuaSpecs } from '../xua.ts';

/** RFC 3331 3.3.1, 3.1.5. */
const parameters: Readonly<Record<number, string>> = {
  768: 'Protocol data 1',
  769: 'Protocol data 2 (TTC)',
  770: 'State request',
  771: 'State event',
  772: 'Congestion status',
  773: 'Discard status',
  774: 'Action',
  775: 'Sequence number',
  776: 'Retrieval result',
  777: 'Link key',
};

/** Class * 256 + type. */
export const m2uaMessages: Readonly<Record<number, string>> = {
  ...commonMessages,
  1537: 'Data',
  1538: 'Establish request',
  1539: 'Establish confirm',
  1540: 'Release request',
  1541: 'Release confirm',
  1542: 'Release indication',
  1543: 'State request',
  1544: 'State confirm',
  1545: 'State indication',
  1546: 'Data retrieval request',
  1547: 'Data retrieval confirm',
  1548: 'Data retrieval indication',
  1549: 'Data retrieval complete indication',
  1550: 'Congestion indication',
  1551: 'Data acknowledge',
};

export const m2uaFields = fields('m2ua', {
  ...xuaSpecs('M2UA', 'RFC 3331 3', parameters),
  interfaceIdentifier: { kind: 'u32', label: 'Interface identifier', clause: 'RFC 3331 3.2.1' },
  lengthIndicator: { kind: 'u8', label: 'Length indicator (TTC)', clause: 'RFC 3331 3.3.1' },
});
