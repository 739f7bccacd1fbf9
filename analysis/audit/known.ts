// Servers and senders that a reviewer knows as their own. What leads to them alone is no takeover; a sender's name proves
// nothing, so that it speaks for how a message came and for nothing else.

import { isInNetwork, type Network, parseNetwork } from './cidr.ts';
import { hostOf, placeOf } from './hosts.ts';
import type { AuditMessage } from './message.ts';
import type { AuditRule, AuditSeverity } from './rule.ts';
import { severityOrder } from './rule.ts';
import { TRANSPORT } from './rules/transport.ts';
import type { Stake } from './targets.ts';

/** What of a message is the reviewer's own: all servers it sets, or the name of its sender. */
export type Ours = 'servers' | 'sender';

export interface Known {
  /** Entries, as they were written. */
  readonly entries: readonly string[];
  /** Host names among them, for comparison with what imitates them. */
  readonly names: readonly string[];
  server(host: string): boolean;
  sender(name: string): boolean;
}

export const MOST_KNOWN = 1000;
const LONGEST = 253;

const senderKey = (name: string): string => name.replace(/^\+/, '').toLowerCase();

/** Lines without comments and white space; one entry each. */
export const knownLines = (text: string): string[] =>
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((l) => l.replace(/(?:^|\s)#.*$/, '').trim())
    .filter((l) => l !== '');

/** Why an entry can be none; null: it can. */
function whyNot(entry: string): string | null {
  if (entry.length > LONGEST) return `has more than ${LONGEST} characters`;
  return entry.includes('/') && parseNetwork(entry) === null
    ? 'is no network such as 192.0.2.0/24; a server is named without https:// and path'
    : null;
}

/**
 * Entries without comments: 'mobile.example' (with all names below it), '192.0.2.80', '192.0.2.0/24',
 * '32100', '+4915550100310', 'Operator'. Throws a sentence with the number of the entry.
 */
export function parseKnown(lines: readonly string[]): Known {
  if (lines.length > MOST_KNOWN) throw new Error(`there are more than ${MOST_KNOWN} entries`);
  const exact = new Set<string>();
  const names: string[] = [];
  const networks: Network[] = [];
  const senders = new Set<string>();
  for (const [i, entry] of lines.entries()) {
    const why = whyNot(entry);
    if (why !== null) throw new Error(`entry ${i + 1} ${why}`);
    senders.add(senderKey(entry));
    const network = parseNetwork(entry);
    if (network !== null) {
      networks.push(network);
      continue;
    }
    const host = hostOf(entry.replace(/^\*\./, ''));
    if (host === null) continue;
    exact.add(host.name);
    // One label covers nothing below it: 'example' would be all of a top-level domain.
    if (host.name.includes('.')) names.push(host.name);
  }
  return {
    entries: lines,
    names,
    server: (host) =>
      exact.has(host) || names.some((n) => host.endsWith(`.${n}`)) || networks.some((n) => isInNetwork(host, n)),
    sender: (name) => senders.has(senderKey(name)),
  };
}

export const NOTHING_KNOWN: Known = parseKnown([]);

/** How a message came, and how many of one sender: there its name counts. */
const BY_SENDER: ReadonlySet<AuditRule> = new Set([
  TRANSPORT.fromPhone,
  TRANSPORT.phoneNumber,
  TRANSPORT.senderName,
  TRANSPORT.pushFromNumber,
  TRANSPORT.manyVictims,
]);

/** Every server that the message names, and there is one, is known; nothing reaches into the phone itself. */
export function leadsHome(known: Known, m: AuditMessage, stake: Stake | null): boolean {
  if (known.entries.length === 0) return false;
  if (stake === null) {
    const links = m.details.filter((d) => d.label === 'Address' && d.value !== '');
    return links.length > 0 && links.every((d) => known.server(placeOf(d.value).host?.name ?? ''));
  }
  if (stake.certificates.length + stake.control.length + stake.wlan.length > 0) return false;
  // What an access point's name stands for is the network's to say.
  const servers = stake.targets.filter((t) => t.role !== 'apn');
  return servers.length > 0 && servers.every((t) => !t.place.userinfo && known.server(t.place.host?.name ?? ''));
}

/** What speaks for the reviewer's own where a rule is told of a message; null: nothing. */
export function oursOf(known: Known, rule: AuditRule, m: AuditMessage, home: boolean): Ours | null {
  if (rule.area === 'limits') return null;
  if (home) return 'servers';
  return m.from !== null && BY_SENDER.has(rule) && known.sender(m.from.name) ? 'sender' : null;
}

/** Of the reviewer's own nothing is worse than a weakness. */
export const mildest = (severity: AuditSeverity): AuditSeverity =>
  severityOrder(severity) < severityOrder('low') ? 'low' : severity;
