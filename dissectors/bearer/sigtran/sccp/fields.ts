import { fields } from '../../../base/fields.ts';
import { messageNames, parameterNames, subsystems } from './types.ts';

const routings: Readonly<Record<number, string>> = { 0: 'on global title', 1: 'on subsystem number' };

/** ITU-T Q.713 3.4.2.3. */
const natures: Readonly<Record<number, string>> = {
  0: 'unknown',
  1: 'subscriber number',
  3: 'national significant number',
  4: 'international number',
};

const plans: Readonly<Record<number, string>> = {
  0: 'unknown',
  1: 'ISDN/telephony',
  2: 'generic',
  3: 'data',
  4: 'telex',
  5: 'maritime mobile',
  6: 'land mobile',
  7: 'ISDN/mobile',
  14: 'private or network specific',
};

const encodings: Readonly<Record<number, string>> = {
  0: 'unknown',
  1: 'BCD, odd number of digits',
  2: 'BCD, even number of digits',
  3: 'national',
};

export const sccpFields = fields('sccp', {
  sccp: { kind: 'group', label: 'SCCP', clause: 'ITU-T Q.713 4' },
  messageType: { kind: 'u8', label: 'Message type', names: messageNames },
  protocolClass: { kind: 'u8', label: 'Protocol class and message handling', hex: true, clause: 'ITU-T Q.713 3.6' },
  class: { kind: 'bits', label: 'Class' },
  returnOnError: { kind: 'bits', label: 'Return message on error' },
  returnCause: { kind: 'u8', label: 'Return cause', clause: 'ITU-T Q.713 3.12' },
  hopCounter: { kind: 'u8', label: 'Hop counter', clause: 'ITU-T Q.713 3.18' },
  destinationReference: { kind: 'bits', label: 'Destination local reference', hex: true },
  sourceReference: { kind: 'bits', label: 'Source local reference', hex: true },
  refusalCause: { kind: 'u8', label: 'Refusal cause', clause: 'ITU-T Q.713 3.15' },
  releaseCause: { kind: 'u8', label: 'Release cause', clause: 'ITU-T Q.713 3.11' },
  segmenting: { kind: 'u8', label: 'Segmenting/reassembling', clause: 'ITU-T Q.713 3.7' },
  sequencing: { kind: 'bytes', label: 'Sequencing/segmenting', clause: 'ITU-T Q.713 3.9' },
  pointer: { kind: 'u8', label: 'Pointer', clause: 'ITU-T Q.713 2.3' },
  longPointer: { kind: 'u16', label: 'Pointer', little: true, clause: 'ITU-T Q.713 2.3' },
  length: { kind: 'u8', label: 'Length', unit: 'octets' },
  longLength: { kind: 'u16', label: 'Length', unit: 'octets', little: true },
  called: { kind: 'group', label: 'Called party address', clause: 'ITU-T Q.713 3.4' },
  calling: { kind: 'group', label: 'Calling party address', clause: 'ITU-T Q.713 3.5' },
  indicator: { kind: 'u8', label: 'Address indicator', hex: true, clause: 'ITU-T Q.713 3.4.1' },
  routing: { kind: 'bits', label: 'Routing', names: routings },
  titleIndicator: { kind: 'bits', label: 'Global title indicator' },
  pointCode: { kind: 'bits', label: 'Point code', clause: 'ITU-T Q.713 3.4.2.1' },
  subsystem: { kind: 'u8', label: 'Subsystem number', names: subsystems, clause: 'ITU-T Q.713 3.4.2.2' },
  translationType: { kind: 'u8', label: 'Translation type', clause: 'ITU-T Q.713 3.4.2.3' },
  planAndEncoding: { kind: 'u8', label: 'Numbering plan and encoding scheme', hex: true },
  numberingPlan: { kind: 'bits', label: 'Numbering plan', names: plans },
  encodingScheme: { kind: 'bits', label: 'Encoding scheme', names: encodings },
  natureOfAddress: { kind: 'u8', label: 'Nature of address', hex: true },
  nature: { kind: 'bits', label: 'Nature of address', names: natures },
  digits: { kind: 'address', label: 'Digits' },
  optional: { kind: 'group', label: 'Optional parameter', clause: 'ITU-T Q.713 3.1' },
  parameterName: { kind: 'u8', label: 'Parameter', names: parameterNames },
  value: { kind: 'bytes', label: 'Value' },
  segmentation: { kind: 'u8', label: 'Segmentation', hex: true, clause: 'ITU-T Q.713 3.17' },
  firstSegment: { kind: 'bits', label: 'First segment' },
  remainingSegments: { kind: 'bits', label: 'Remaining segments' },
  segmentationReference: { kind: 'bits', label: 'Segmentation local reference', hex: true },
  dataLength: { kind: 'u8', label: 'Data length', unit: 'octets' },
  data: { kind: 'bytes', label: 'Data' },
});
