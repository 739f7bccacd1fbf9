import { fields } from '../../base/fields.ts';

export const wdpFields = fields('wdp', {
  wdp: { kind: 'group', label: 'WDP over UDP', clause: 'WAP-259-WDP 5.2' },
  data: { kind: 'bytes', label: 'User data', clause: 'WAP-259-WDP 5.2' },
});
