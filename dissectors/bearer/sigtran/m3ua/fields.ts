import { fields } from '../../../base/fields.ts';
import { serviceIndicators } from '../mtp/fields.ts';
import { commonMessages, xuaSpecs } from '../xua.ts';

/** RFC 4666 3.2. */
const parameters: Readonly<Record<number, string>> = {
  20: 'Registration result',
  21: 'Deregistration result',
  22: 'Registration status',
  23: 'Deregistration status',
  24: 'Local routing key identifier',
  512: 'Network appearance',
  516: 'User and cause',
  517: 'Congestion indications',
  518: 'Concerned destination',
  519: 'Routing key',
  520: 'Registration result',
  521: 'Deregistration result',
  522: 'Local routing key identifier',
  523: 'Destination point code',
  524: 'Service indicators',
  526: 'Originating point code list',
  528: 'Protocol data',
};

/** Class * 256 + type. */
export const m3uaMessages: Readonly<Record<number, string>> = { ...commonMessages, 257: 'DATA' };

export const m3uaFields = fields('m3ua', {
  ...xuaSpecs('M3UA', 'RFC 4666 3', parameters),
  routingContext: { kind: 'u32', label: 'Routing context', clause: 'RFC 4666 3.3.1' },
  networkAppearance: { kind: 'u32', label: 'Network appearance', clause: 'RFC 4666 3.3.1' },
  originatingPointCode: { kind: 'u32', label: 'Originating point code', clause: 'RFC 4666 3.3.1' },
  destinationPointCode: { kind: 'u32', label: 'Destination point code', clause: 'RFC 4666 3.3.1' },
  serviceIndicator: { kind: 'u8', label: 'Service indicator', names: serviceIndicators },
  networkIndicator: { kind: 'u8', label: 'Network indicator' },
  messagePriority: { kind: 'u8', label: 'Message priority' },
  signallingLinkSelection: { kind: 'u8', label: 'Signalling link selection' },
  userData: { kind: 'bytes', label: 'User data' },
  affectedPointCode: { kind: 'u32', label: 'Mask and affected point code', hex: true, clause: 'RFC 4666 3.4.1' },
  errorCode: { kind: 'u32', label: 'Error code', clause: 'RFC 4666 3.8.1' },
});
