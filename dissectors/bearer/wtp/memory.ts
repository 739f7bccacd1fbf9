// What is remembered between two peers: their transactions, and the session they have. A WSP session is known by the
// addresses and ports of its peers (WAP-230-WSP 7.1), which is what a conversation is.

import type { Mapped } from '../../base/bytemap.ts';
import type { Time } from '../../base/message.ts';
import type { Capabilities } from '../../wap/wsp/capabilities.ts';
import type { Invoke } from './pdu.ts';

/** Two datagrams further apart with one identifier belong to two transactions; the assembler's gap is as long. */
const SILENCE = 120e9;
/** Transactions remembered between two peers. */
const MOST = 512;
/** Packets of one message kept here: the sequence number is an octet. */
export const MOST_PACKETS = 256;

/** A packet that went out to the assembler. */
export interface Sent {
  readonly time: Time;
  copies: number;
  readonly size: number;
}

/** A message whose packets are put together here: session PDUs and replies. */
export interface Gathered {
  readonly packets: (Mapped | undefined)[];
  /** 0 until the last packet said so. */
  total: number;
}

export const newGathered = (): Gathered => ({ packets: [], total: 0 });

export interface Transaction {
  readonly key: string;
  readonly invoke: Invoke | null;
  readonly kind: 'push' | 'other';
  readonly confirmed: boolean;
  /** Signature of what the Invoke carries; null: it was not seen. */
  content: string | null;
  last: Time;
  /** Packets of the push; 0 while nobody said. */
  total: number;
  readonly sent: Map<number, Sent>;
  /** Keys of sendings that wait for an acknowledgement, by part. */
  readonly waiting: Map<number, string>;
  /** Acknowledged or aborted. */
  closed: boolean;
  readonly asked: Gathered;
  readonly answered: Gathered;
  /** Key of the reply that was given out. */
  replyKey: string | null;
}

export interface Session {
  /** What the client offered and what the server granted. */
  offered: Capabilities | null;
  granted: Capabilities | null;
  /** The server's, where it gives one, else the client's. */
  encodingVersion: string | null;
  state: 'unknown' | 'open' | 'suspended' | 'closed';
}

export interface Memory {
  /** By direction of the Invoke and identifier; the oldest first. */
  readonly transactions: Map<string, Transaction>;
  readonly session: Session;
  readonly told: Set<string>;
}

export const newMemory = (): Memory => ({
  transactions: new Map(),
  session: { offered: null, granted: null, encodingVersion: null, state: 'unknown' },
  told: new Set(),
});

const slot = (initiator: 0 | 1, tid: number): string => `${initiator}/${tid}`;

export const known = (m: Memory, initiator: 0 | 1, tid: number): Transaction | undefined =>
  m.transactions.get(slot(initiator, tid));

/** Octets as something to compare: their number and a hash. */
export function signature(bytes: Uint8Array): string {
  let hash = 0x811c9dc5;
  for (const o of bytes) hash = Math.imul(hash ^ o, 0x01000193);
  return `${bytes.length}.${hash >>> 0}`;
}

export const isRecent = (t: Transaction, time: Time): boolean => !(time - t.last > SILENCE);

/** The transaction that goes on with a datagram at `time`; undefined: another one begins. */
export function ongoing(m: Memory, initiator: 0 | 1, tid: number, time: Time): Transaction | undefined {
  const t = known(m, initiator, tid);
  return t !== undefined && isRecent(t, time) ? t : undefined;
}

export function remember(
  m: Memory,
  initiator: 0 | 1,
  tid: number,
  t: Pick<Transaction, 'key' | 'invoke' | 'content' | 'kind' | 'confirmed'> & { readonly time: Time },
): Transaction {
  const made: Transaction = {
    key: t.key,
    invoke: t.invoke,
    content: t.content,
    kind: t.kind,
    confirmed: t.confirmed,
    last: t.time,
    total: 0,
    sent: new Map(),
    waiting: new Map(),
    closed: false,
    asked: newGathered(),
    answered: newGathered(),
    replyKey: null,
  };
  const at = slot(initiator, tid);
  m.transactions.delete(at);
  m.transactions.set(at, made);
  if (m.transactions.size > MOST) {
    const [oldest] = m.transactions.keys();
    if (oldest !== undefined) m.transactions.delete(oldest);
  }
  return made;
}
