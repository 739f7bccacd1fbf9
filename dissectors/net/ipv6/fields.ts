import { fields } from '../../base/fields.ts';
import { ipProtocols } from '../protocols.ts';

export const ipv6Fields = fields('ipv6', {
  ipv6: { kind: 'group', label: 'IPv6', clause: 'RFC 8200 3' },
  versionClassFlow: { kind: 'u32', label: 'Version, traffic class, flow label', hex: true },
  payloadLength: { kind: 'u16', label: 'Payload length', unit: 'octets' },
  nextHeader: { kind: 'u8', label: 'Next header', names: ipProtocols },
  hopLimit: { kind: 'u8', label: 'Hop limit' },
  source: { kind: 'address', label: 'Source' },
  destination: { kind: 'address', label: 'Destination' },
  extension: { kind: 'group', label: 'Extension header', clause: 'RFC 8200 4' },
  extensionLength: { kind: 'u8', label: 'Length', clause: 'RFC 8200 4.3; RFC 4302 2.2' },
  extensionData: { kind: 'bytes', label: 'Contents' },
  reserved: { kind: 'u8', label: 'Reserved' },
  offsetAndFlag: { kind: 'u16', label: 'Fragment offset and flag', hex: true },
  moreFragments: { kind: 'bits', label: 'More fragments' },
  fragmentOffset: { kind: 'bits', label: 'Fragment offset', unit: 'octets' },
  identification: { kind: 'u32', label: 'Identification', hex: true },
});
