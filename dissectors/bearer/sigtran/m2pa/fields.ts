import { fields } from '../../../base/fields.ts';
import { xuaSpecs } from '../xua.ts';

export const m2paMessages: Readonly<Record<number, string>> = { 1: 'User Data', 2: 'Link Status' };

/** RFC 4165 2.3.2. */
const linkStates: Readonly<Record<number, string>> = {
  1: 'Alignment',
  2: 'Proving, normal',
  3: 'Proving, emergency',
  4: 'Ready',
  5: 'Processor outage',
  6: 'Processor recovered',
  7: 'Busy',
  8: 'Busy ended',
  9: 'Out of service',
};

export const m2paFields = fields('m2pa', {
  ...xuaSpecs('M2PA', 'RFC 4165 2', {}),
  unused: { kind: 'u8', label: 'Unused' },
  backwardSequence: { kind: 'u24', label: 'Backward sequence number', clause: 'RFC 4165 2.2' },
  forwardSequence: { kind: 'u24', label: 'Forward sequence number', clause: 'RFC 4165 2.2' },
  priority: { kind: 'u8', label: 'Priority', clause: 'RFC 4165 2.3.1' },
  linkStatus: { kind: 'u32', label: 'Link status', names: linkStates, clause: 'RFC 4165 2.3.2' },
});
