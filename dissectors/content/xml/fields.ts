import { fields } from '../../base/fields.ts';

export const f = fields('xml', {
  declaration: { kind: 'text', label: 'Declaration', clause: 'XML 1.0 2.8' },
  element: { kind: 'group', label: 'Element', clause: 'XML 1.0 3' },
  attribute: { kind: 'text', label: 'Attribute', clause: 'XML 1.0 3.1' },
  attributeSecret: { kind: 'text', label: 'Attribute', secret: true, clause: 'XML 1.0 3.1' },
  text: { kind: 'text', label: 'Text', clause: 'XML 1.0 2.4' },
  textSecret: { kind: 'text', label: 'Text', secret: true, clause: 'XML 1.0 2.4' },
  misc: { kind: 'text', label: 'Comment or instruction', clause: 'XML 1.0 2.5' },
  endTag: { kind: 'text', label: 'End tag', clause: 'XML 1.0 3.1' },
  trailing: { kind: 'bytes', label: 'After the root element' },
});
