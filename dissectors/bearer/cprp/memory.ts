// What was sent and may yet be answered: RP references count in a connection, and are used again.

/** A message that waits for RP-ACK, RP-ERROR or CP-ERROR. */
export interface Sent {
  /** null: nothing that a message has a place for, such as RP-SMMA. */
  readonly key: string | null;
  /** What a status report will quote: TP-MR. */
  readonly messageId: string | null;
}

export interface RpMemory {
  /** By scope, direction and RP reference. */
  readonly references: Map<string, Sent>;
  /** By scope, the side that opened the transaction, and its identifier. */
  readonly transactions: Map<string, Sent>;
}

const MOST = 8192;

export const newRpMemory = (): RpMemory => ({ references: new Map(), transactions: new Map() });

const slot = (scope: string, side: string, number: number): string => `${scope}|${side}|${number}`;

function put(map: Map<string, Sent>, at: string, sent: Sent): void {
  // The map keeps the order of use.
  map.delete(at);
  map.set(at, sent);
  if (map.size <= MOST) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}

/** `direction`: which way the message went. */
export function rememberReference(
  m: RpMemory,
  scope: string,
  direction: 'mt' | 'mo',
  reference: number,
  sent: Sent,
): void {
  put(m.references, slot(scope, direction, reference), sent);
}

export const sentUnder = (m: RpMemory, scope: string, direction: 'mt' | 'mo', reference: number): Sent | undefined =>
  m.references.get(slot(scope, direction, reference));

export function rememberTransaction(
  m: RpMemory,
  scope: string,
  opener: 'phone' | 'network',
  transaction: number,
  sent: Sent,
): void {
  put(m.transactions, slot(scope, opener, transaction), sent);
}

export const sentIn = (
  m: RpMemory,
  scope: string,
  opener: 'phone' | 'network',
  transaction: number,
): Sent | undefined => m.transactions.get(slot(scope, opener, transaction));
