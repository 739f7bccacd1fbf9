// What became of each message of a session, and of each attempt to provision somebody.

import type { Receipt } from '../../dissectors/base/message.ts';
import { type MessageFlow, messageFlow } from '../flows/flow.ts';
import type { NextMove } from '../flows/moves.ts';
import type { Transaction } from '../flows/transactions.ts';
import type { EventRow, HopRow } from './contract.ts';
import { roadsOf } from './finish.ts';
import { createMoves } from './flowmoves.ts';
import type { Loaded } from './load.ts';
import type { MessageRecord } from './records.ts';

export interface Flows {
  flowOf(r: MessageRecord): MessageFlow;
  /** null for what nothing was ever going to answer: a datagram over UDP, a file. */
  outcomeOf(r: MessageRecord): string | null;
  receiptsOf(r: MessageRecord): readonly Receipt[];
  eventsOf(r: MessageRecord): EventRow[];
  transactions(): readonly Transaction[];
  /** The transaction a message belongs to; undefined where its recipient is not known. */
  transactionOf(r: MessageRecord): Transaction | undefined;
  hopsOf(r: MessageRecord): HopRow[];
  recordOf(id: string): MessageRecord | undefined;
  /** What the phone did after the message of a transaction that reached it last. */
  movesOf(r: MessageRecord): readonly NextMove[];
}

export function createFlows(loaded: Loaded): Flows {
  const flows = new Map<MessageRecord, MessageFlow>();
  const roads = roadsOf(loaded);
  const flowOf = (r: MessageRecord): MessageFlow => {
    let flow = flows.get(r);
    if (flow === undefined) {
      flow = messageFlow(r.id, r.joined, loaded.collected.answers, roads);
      flows.set(r, flow);
    }
    return flow;
  };
  const answerable = (r: MessageRecord) => r.joined.segments.some((s) => s.answerKey !== null);
  const outcomeOf = (r: MessageRecord) => {
    const fate = loaded.fates.get(r.id);
    if (fate !== undefined) return fate.outcome;
    return answerable(r) ? flowOf(r).outcome : null;
  };
  const byId = new Map(loaded.records.map((r) => [r.id, r]));
  const transactions = new Map(loaded.transactions.flatMap((t) => t.messages.map((id) => [id, t] as const)));
  const transactionOf = (r: MessageRecord) => transactions.get(r.id);
  const hopsOf = (r: MessageRecord): HopRow[] => {
    const t = transactionOf(r);
    if (t === undefined || t.messages.length < 2) return [];
    return t.hops.flatMap((hops, attempt) =>
      hops.flatMap((id) => {
        const h = byId.get(id);
        if (h === undefined) return [];
        const { bearer, operation, firstTime: time } = h.joined;
        return [{ message: id, index: h.index, attempt: attempt + 1, bearer, operation, time, outcome: outcomeOf(h) }];
      }),
    );
  };
  const moves = createMoves(loaded);
  const movesOf = (r: MessageRecord): readonly NextMove[] => {
    const all = transactionOf(r)?.messages.flatMap((id) => byId.get(id) ?? []) ?? [r];
    return moves(all.findLast((m) => m.state === 'complete') ?? r);
  };
  return {
    flowOf,
    outcomeOf,
    receiptsOf: (r) => flowOf(r).parts.flatMap((p) => p.attempts.flatMap((a) => a.receipts)),
    eventsOf: (r) =>
      flowOf(r).events.map((e) => ({
        time: e.time,
        frame: loaded.frames.at(e.frame).number,
        what: e.what,
        part: e.part,
        by: e.by,
        code: e.code,
        text: e.text,
        ok: e.ok,
      })),
    transactions: () => loaded.transactions,
    transactionOf,
    hopsOf,
    recordOf: (id) => byId.get(id),
    movesOf,
  };
}
