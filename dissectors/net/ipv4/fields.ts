import { fields } from '../../base/fields.ts';
import { ipProtocols } from '../protocols.ts';

export const ipv4Fields = fields('ip', {
  ip: { kind: 'group', label: 'IPv4', clause: 'RFC 791 3.1' },
  version: { kind: 'bits', label: 'Version' },
  headerLength: { kind: 'bits', label: 'Header length', unit: 'octets' },
  versionAndLength: { kind: 'u8', label: 'Version and header length', hex: true },
  service: { kind: 'u8', label: 'Differentiated services', hex: true },
  totalLength: { kind: 'u16', label: 'Total length', unit: 'octets' },
  identification: { kind: 'u16', label: 'Identification', hex: true },
  flagsAndOffset: { kind: 'u16', label: 'Flags and fragment offset', hex: true },
  dontFragment: { kind: 'bits', label: "Don't fragment" },
  moreFragments: { kind: 'bits', label: 'More fragments' },
  fragmentOffset: { kind: 'bits', label: 'Fragment offset', unit: 'octets' },
  ttl: { kind: 'u8', label: 'Time to live' },
  protocol: { kind: 'u8', label: 'Protocol', names: ipProtocols },
  checksum: { kind: 'u16', label: 'Header checksum', hex: true },
  source: { kind: 'address', label: 'Source' },
  destination: { kind: 'address', label: 'Destination' },
  options: { kind: 'bytes', label: 'Options' },
});
