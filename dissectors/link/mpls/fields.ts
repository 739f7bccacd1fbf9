import { fields } from '../../base/fields.ts';

export const mplsFields = fields('mpls', {
  mpls: { kind: 'group', label: 'MPLS label', clause: 'RFC 3032 2.1' },
  entry: { kind: 'u32', label: 'Label stack entry', hex: true },
  label: { kind: 'bits', label: 'Label', names: { 0: 'IPv4 explicit null', 2: 'IPv6 explicit null' } },
  trafficClass: { kind: 'bits', label: 'Traffic class' },
  bottom: { kind: 'bits', label: 'Bottom of stack' },
  ttl: { kind: 'bits', label: 'TTL' },
  controlWord: { kind: 'u32', label: 'Pseudowire control word', hex: true, clause: 'RFC 4385 3' },
});
