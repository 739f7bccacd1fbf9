// What a phone was sent, out of what was captured: one delivery may have been seen at several hops.

import type { ProvisioningDocument } from '../../dissectors/content/document.ts';
import { legacySettings } from '../device/legacy.ts';
import { managedSettings } from '../device/managed.ts';
import type { Received } from '../device/received.ts';
import type { Flows } from './flowsof.ts';
import { type Interpretation, interpret } from './interpret.ts';
import { type MessageRecord, recipientOf } from './records.ts';

const NOBODY = 'recipient unknown';

/** As the timeline names its lanes. */
export const subscriberOf = (r: MessageRecord, flows: Flows): string =>
  flows.transactionOf(r)?.recipient ?? recipientOf(r.joined) ?? NOBODY;

const SETTINGS: ReadonlySet<string> = new Set(['client-provisioning', 'ota-settings', 'dm-bootstrap']);

/** Ports of the agents that take settings: WAP push, secure push, Nokia/Ericsson settings and bookmarks. */
const PORTS: ReadonlySet<number> = new Set([2948, 2949, 49_996, 49_999]);

/** Settings, or what may have been settings had it arrived. */
export function mayHoldSettings(r: MessageRecord): boolean {
  const { joined: j } = r;
  if (j.direction !== 'mt') return false;
  if (SETTINGS.has(r.kind)) return true;
  const port = j.ports?.destination;
  return r.state === 'incomplete' && r.contentType === null && port !== undefined && PORTS.has(port);
}

/** What a message says a phone should hold; null where that can't be told. */
export function documentOf(r: MessageRecord, known?: Interpretation): ProvisioningDocument | null {
  if (r.state !== 'complete' || !SETTINGS.has(r.kind)) return null;
  const { content } = known ?? interpret(r.joined);
  const document = content?.document ?? null;
  return content?.provisioning ?? legacySettings(document) ?? managedSettings(document)?.document ?? null;
}

export interface Delivery {
  /** The sighting nearest to the phone. */
  readonly record: MessageRecord;
  readonly sightings: readonly string[];
}

/** Hops of one attempt are one delivery; each attempt is one of its own. */
export function deliveriesOf(records: readonly MessageRecord[], flows: Flows): Delivery[] {
  const byId = new Map(records.map((r) => [r.id, r]));
  const taken = new Set<string>();
  const out: Delivery[] = [];
  for (const r of records) {
    if (taken.has(r.id)) continue;
    const hops = flows.transactionOf(r)?.hops.find((h) => h.includes(r.id)) ?? [r.id];
    for (const id of hops) taken.add(id);
    const last = hops.findLast((id) => byId.has(id)) ?? r.id;
    out.push({ record: byId.get(last) ?? r, sightings: hops.filter((id) => id !== last) });
  }
  return out;
}

function undelivered(r: MessageRecord, flows: Flows): string | null {
  const outcome = flows.outcomeOf(r);
  if (outcome !== 'failed' && outcome !== 'expired') return null;
  const { failure } = flows.flowOf(r);
  if (failure === null) return 'the network gave it up.';
  const said = [failure.code, failure.text].filter((t) => t !== null && t !== '').join(' ');
  const what = failure.stage === 'submit' ? 'it was refused on its way' : 'it could not be delivered';
  return `${what}${said === '' ? '' : `: ${said.replace(/\.$/, '')}`}.`;
}

/** 'EF Bootstrap read': file of a card. */
const CARD_FILE = /^EF (.+) (?:read|written)$/;

export function receivedOf({ record: r, sightings }: Delivery, flows: Flows): Received {
  const { joined: j } = r;
  const i = interpret(j);
  const header = (name: string): string | undefined => i.push?.headers.find((h) => h.name === name)?.value;
  const card = j.bearer === 'sim-apdu' ? (CARD_FILE.exec(j.operation)?.[1] ?? null) : null;
  return {
    message: r.id,
    index: r.index,
    time: j.lastTime,
    sightings,
    state: r.state === 'undecodable' ? 'unreadable' : r.state,
    missing: j.missing,
    undelivered: undelivered(r, flows),
    document: documentOf(r, i),
    legacy: r.kind === 'ota-settings',
    managed: r.kind === 'dm-bootstrap' ? { others: managedSettings(i.content?.document ?? null)?.others ?? 0 } : null,
    card,
    bare: i.push === null && j.bearer === 'file',
    sec: r.sec,
    hasMac: r.mac !== null,
    verification: r.verification,
    trusted: /content trusted|initiator URI authenticated/.test(header('Push-Flag') ?? ''),
    initiator: header('X-Wap-Initiator-URI') ?? null,
  };
}
