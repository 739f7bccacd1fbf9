import { fields } from '../../base/fields.ts';

export const nullFields = fields('null', {
  null: { kind: 'group', label: 'BSD loopback', clause: 'LINKTYPE_NULL, LINKTYPE_LOOP' },
  family: {
    kind: 'u32',
    label: 'Address family',
    names: { 2: 'IPv4', 10: 'IPv6 (Linux)', 24: 'IPv6 (NetBSD, OpenBSD)', 28: 'IPv6 (FreeBSD)', 30: 'IPv6 (Darwin)' },
  },
});
