import { fields } from '../../base/fields.ts';

export const pppoeFields = fields('pppoe', {
  pppoe: { kind: 'group', label: 'PPP over Ethernet', clause: 'RFC 2516 4' },
  versionType: { kind: 'u8', label: 'Version and type', hex: true },
  code: { kind: 'u8', label: 'Code', hex: true, names: { 0: 'Session' } },
  session: { kind: 'u16', label: 'Session', hex: true },
  length: { kind: 'u16', label: 'Length', unit: 'octets' },
});
