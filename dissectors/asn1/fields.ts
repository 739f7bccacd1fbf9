import { fields } from '../base/fields.ts';

export const berFields = fields('asn1', {
  header: { kind: 'bytes', label: 'Identifier and length', clause: 'ITU-T X.690 8.1.2, 8.1.3' },
  element: { kind: 'bytes', label: 'Element' },
  endOfContents: { kind: 'bytes', label: 'End of contents', clause: 'ITU-T X.690 8.1.5' },
});
