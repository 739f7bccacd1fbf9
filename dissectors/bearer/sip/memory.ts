// What a conversation remembers: requests that may be sent again, and RP references that a report may quote.

const MOST = 4096;

export interface SipMemory {
  /** Transactions of MESSAGE requests seen. */
  readonly seen: Set<string>;
  /** Call-ID of the MESSAGE that carried RP-DATA, by subscriber, direction and RP reference. */
  readonly references: Map<string, string>;
}

export const newSipMemory = (): SipMemory => ({ seen: new Set(), references: new Map() });

function trim(all: Set<string> | Map<string, string>): void {
  if (all.size <= MOST) return;
  const [oldest] = all.keys();
  if (oldest !== undefined) all.delete(oldest);
}

/** False where the transaction is known: the request came again. */
export function isFresh(m: SipMemory, transaction: string): boolean {
  if (m.seen.has(transaction)) return false;
  m.seen.add(transaction);
  trim(m.seen);
  return true;
}

const slot = (subscriber: string, direction: 'mt' | 'mo', reference: number): string =>
  `${subscriber}|${direction}|${reference}`;

export function remember(m: SipMemory, who: string, direction: 'mt' | 'mo', reference: number, callId: string): void {
  const at = slot(who, direction, reference);
  m.references.delete(at);
  m.references.set(at, callId);
  trim(m.references);
}

export const recall = (m: SipMemory, who: string, direction: 'mt' | 'mo', reference: number): string | undefined =>
  m.references.get(slot(who, direction, reference));
