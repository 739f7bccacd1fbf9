// Who talks to whom on a hop: roles by bearer and operation, hosts by conversation.

import type { Joined } from '../../dissectors/sms/joined.ts';
import { conversationOf } from './flow.ts';

export type Role = 'sender' | 'gateway' | 'pushProxy' | 'smsc' | 'network' | 'phone' | 'server' | 'dns' | 'file';

export interface Ends {
  readonly from: Role;
  readonly to: Role;
  readonly fromHost: string | null;
  readonly toHost: string | null;
  /** Port the receiving side listens on; tells programs on one host apart. */
  readonly toPort: number | null;
}

const ROLES: Readonly<Record<Joined['bearer'], readonly [mt: readonly [Role, Role], mo: readonly [Role, Role]]>> = {
  smpp: [
    ['sender', 'smsc'],
    ['smsc', 'gateway'],
  ],
  ucp: [
    ['sender', 'smsc'],
    ['smsc', 'gateway'],
  ],
  cimd2: [
    ['sender', 'smsc'],
    ['smsc', 'gateway'],
  ],
  'kannel-box': [
    ['gateway', 'gateway'],
    ['gateway', 'gateway'],
  ],
  http: [
    ['sender', 'gateway'],
    ['gateway', 'sender'],
  ],
  pap: [
    ['sender', 'pushProxy'],
    ['pushProxy', 'sender'],
  ],
  'ota-http': [
    ['pushProxy', 'phone'],
    ['phone', 'pushProxy'],
  ],
  wtp: [
    ['pushProxy', 'phone'],
    ['phone', 'pushProxy'],
  ],
  udp: [
    ['pushProxy', 'phone'],
    ['phone', 'pushProxy'],
  ],
  'gsm-map': [
    ['smsc', 'network'],
    ['network', 'smsc'],
  ],
  'diameter-sgd': [
    ['smsc', 'network'],
    ['network', 'smsc'],
  ],
  gsup: [
    ['smsc', 'network'],
    ['network', 'smsc'],
  ],
  sip: [
    ['smsc', 'phone'],
    ['phone', 'smsc'],
  ],
  gsmtap: [
    ['network', 'phone'],
    ['phone', 'network'],
  ],
  sgsap: [
    ['network', 'phone'],
    ['phone', 'network'],
  ],
  s1ap: [
    ['network', 'phone'],
    ['phone', 'network'],
  ],
  bssap: [
    ['network', 'phone'],
    ['phone', 'network'],
  ],
  at: [
    ['network', 'phone'],
    ['sender', 'network'],
  ],
  'sim-apdu': [
    ['network', 'phone'],
    ['phone', 'network'],
  ],
  'exported-pdu': [
    ['smsc', 'phone'],
    ['phone', 'smsc'],
  ],
  'text-log': [
    ['smsc', 'phone'],
    ['phone', 'smsc'],
  ],
  file: [
    ['file', 'phone'],
    ['phone', 'file'],
  ],
};

/** PDUs of these bearers that bring a message on, whatever the direction of the message. */
const DELIVERS = /^deliver|^Deliver/;

/** 'tcp 10.0.0.1:5000 10.0.0.2:2775 #3' */
const CONVERSATION = /^\S+ (\S+):(\d+) (\S+):(\d+) #\d+/;

function rolesOf(j: Joined): readonly [Role, Role] {
  if (j.bearer === 'http' && j.operation === 'download') return ['server', 'phone'];
  const [mt, mo] = ROLES[j.bearer];
  if (DELIVERS.test(j.operation) && (j.bearer === 'smpp' || j.bearer === 'ucp' || j.bearer === 'cimd2')) return mo;
  return j.direction === 'mt' ? mt : mo;
}

/** Roles and hosts of the two sides of a message's hop. */
export function endsOf(j: Joined): Ends {
  const [from, to] = rolesOf(j);
  const key = j.segments[0]?.answerKey ?? null;
  const found = CONVERSATION.exec(conversationOf(key));
  if (found === null) {
    const ip = (a: Joined['to']): string | null => (a?.type === 'ip' ? a.value : null);
    return { from, to, fromHost: ip(j.from), toHost: ip(j.to), toPort: null };
  }
  const [, a = '', aPort = '', b = '', bPort = ''] = found;
  // Most keys name the direction right behind the conversation.
  const back = key?.split('/', 2)[1] === '1';
  return back
    ? { from, to, fromHost: b, toHost: a, toPort: Number(aPort) }
    : { from, to, fromHost: a, toHost: b, toPort: Number(bPort) };
}

export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  sender: 'Sender',
  gateway: 'Gateway',
  pushProxy: 'Push proxy',
  smsc: 'Service centre',
  network: 'Network',
  phone: 'Phone',
  server: 'Server',
  dns: 'Name server',
  file: 'File',
};
