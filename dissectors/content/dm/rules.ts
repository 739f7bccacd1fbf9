import { rules } from '../../../captures/finding.ts';

const SPEC = 'OMA-TS-DM_Notification-V1_2';

export const DM = rules({
  short: {
    code: 'DM-NOTIFICATION-SHORT',
    severity: 'warning',
    basis: 'remembered',
    title: 'The notification is shorter than its digest and header',
    clause: SPEC,
    receivers: 'Phones ignore the notification and open no session.',
  },
  version: {
    code: 'DM-NOTIFICATION-VERSION',
    severity: 'warning',
    basis: 'remembered',
    title: 'The version of the notification is none that was ever defined',
    clause: SPEC,
    receivers: 'Phones ignore versions that they do not know.',
  },
  future: {
    code: 'DM-NOTIFICATION-FUTURE',
    severity: 'note',
    basis: 'remembered',
    title: 'Bits of the notification that are for future use are set',
    clause: SPEC,
    receivers: 'Phones ignore them; the digest covers them all the same.',
  },
  noServer: {
    code: 'DM-NOTIFICATION-NO-SERVER',
    severity: 'warning',
    basis: 'remembered',
    title: 'The notification names no server',
    clause: SPEC,
    receivers: 'The phone cannot find the account it should call, and opens no session.',
  },
  syncs: {
    code: 'DS-NOTIFICATION-SYNCS',
    severity: 'warning',
    basis: 'remembered',
    title: 'The list of what to synchronise does not fit the notification',
    clause: 'OMA-TS-DS_Protocol-V1_2, Server Alerted Notification',
    receivers: 'Phones ignore the notification or synchronise less than was asked.',
  },
});
