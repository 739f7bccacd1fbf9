// What a phone does not install, and what only some leave out.

import type { Reason } from '../engine/contract/device.ts';
import { hasParm, type Node, nodesIn, valueIn, valuesIn } from './node.ts';

type Why = Omit<Reason, 'origin'>;

const seen = (text: string): Why => ({ text, basis: 'clients' });

/** Applications that need no address (cpclient). */
const WITHOUT_ADDRESS: ReadonlySet<string> = new Set(['w2', 'DL']);

const serves = (n: Node): boolean => (valueIn(n, 'ADDR') ?? '') !== '' || nodesIn(n, 'APPADDR').length > 0;

function accessPoint(n: Node): Why | null {
  if (n.key === '') return seen('It has no NAPID, so that nothing can refer to it; cpclient drops it.');
  if (n.key === 'INTERNET') return seen('INTERNET is a word of the standard and cannot be the id of an access point.');
  if ((valueIn(n, 'NAP-ADDRESS') ?? '') === '') return seen('It has no address to connect to; cpclient drops it.');
  return null;
}

function proxy(n: Node): Why | null {
  if (n.key === '') return seen('It has no PROXY-ID, so that nothing can refer to it; cpclient drops it.');
  const whole = nodesIn(n, 'PXPHYSICAL').filter((p) => (valueIn(p, 'PXADDR') ?? '') !== '' && hasParm(p, 'TO-NAPID'));
  return whole.length > 0 ? null : seen('None of its addresses is complete with an access point; cpclient drops it.');
}

function application(n: Node): Why | null {
  const id = valueIn(n, 'APPID') ?? '';
  if (id === '') return seen('It does not say which application it is for (APPID); cpclient and MediaTek drop it.');
  if (!WITHOUT_ADDRESS.has(id) && !serves(n)) return seen('It has no address of a server; cpclient drops it.');
  if (id === 'w7' && (valueIn(n, 'PROVIDER-ID') ?? '') === '') {
    return seen('A management account needs the id of its server (PROVIDER-ID); cpclient drops it.');
  }
  return null;
}

function access(n: Node): Why | null {
  if (n.parms[0]?.name !== 'RULE') return seen('Its first parm is not RULE; cpclient drops it.');
  const to = n.parms.filter((p) => p.name === 'TO-NAPID' || p.name === 'TO-PROXY');
  return to.length > 0 ? null : seen('It leads to no access point and no proxy; cpclient drops it.');
}

/** Why phones leave it out; null: they keep it. */
export function whyUnusable(n: Node): Why | null {
  switch (n.type) {
    case 'NAPDEF':
      return accessPoint(n);
    case 'PXLOGICAL':
      return proxy(n);
    case 'APPLICATION':
      return application(n);
    case 'ACCESS':
      return access(n);
    default:
      return null;
  }
}

const IGNORED_LINKS: ReadonlySet<string> = new Set(['w2', 'w5', 'w7', '25', '110', '143']);

function applicationNotes(n: Node): Why[] {
  const id = valueIn(n, 'APPID') ?? '';
  const out: Why[] = [];
  const linked = hasParm(n, 'TO-PROXY') || hasParm(n, 'TO-NAPID');
  if (IGNORED_LINKS.has(id) && linked) {
    out.push(seen('cpclient ignores the links of browser, mail and management accounts: there its default is used.'));
  }
  if (id === '25' && !hasParm(n, 'FROM')) out.push(seen('Without a sender address (FROM) cpclient leaves it out.'));
  const ports = nodesIn(n, 'APPADDR').flatMap((a) => nodesIn(a, 'PORT'));
  if (['25', '110', '143'].includes(id) && ports.length === 0) {
    out.push(seen('Without a port cpclient leaves a mail account out.'));
  }
  if (id === 'w5' && !nodesIn(n, 'RESOURCE').some((r) => hasParm(r, 'AACCEPT'))) {
    out.push(seen('Without a database and its types (RESOURCE, AACCEPT) cpclient leaves it out.'));
  }
  if (id === 'wA' && !hasParm(n, 'AACCEPT')) out.push(seen('Without AACCEPT cpclient leaves it out.'));
  return out;
}

function accessPointNotes(n: Node): Why[] {
  const out: Why[] = [];
  const type = valueIn(n, 'NAP-ADDRTYPE');
  if (type === undefined) {
    out.push(seen('It has no NAP-ADDRTYPE; cpclient then takes the address for a telephone number (E164).'));
  }
  const bearers = valuesIn(n, 'BEARER').map((b) => b.value);
  if (!bearers.some((b) => b === 'GSM-GPRS' || b === 'GSM-CSD')) {
    out.push(seen('cpclient understands only the bearers GSM-GPRS and GSM-CSD and leaves others out.'));
  }
  for (const v of nodesIn(n, 'VALIDITY')) {
    const where = [valueIn(v, 'COUNTRY'), valueIn(v, 'NETWORK')].filter((x) => x !== undefined).join(' ');
    if (where !== '') out.push({ text: `It is for the network ${where} (VALIDITY).`, basis: 'message' });
  }
  return out;
}

/** What to know of a thing that is kept. */
export function notesOf(n: Node): Why[] {
  if (n.type === 'APPLICATION') return applicationNotes(n);
  if (n.type === 'NAPDEF') return accessPointNotes(n);
  if (n.type === 'PXLOGICAL' && nodesIn(n, 'PXPHYSICAL').length > 1) {
    return [seen('cpclient uses only the first of its addresses.')];
  }
  return [];
}
