// What can be said only when everything was read: how each message ended, and which are one message at several hops.

import { flowFindings } from '../flows/findings.ts';
import { messageFlow } from '../flows/flow.ts';
import { type Hop, hopFindings } from '../flows/hops.ts';
import { buildTransactions, type Transaction } from '../flows/transactions.ts';
import type { Collected } from './collect.ts';
import type { FrameTable } from './frames.ts';
import type { OpenedInput } from './inputs.ts';
import { documentKey, type MessageRecord, recipientOf } from './records.ts';

/** An IMSI that the capture ties to a number stands for the number. */
function recipientName(r: MessageRecord, numbers: ReadonlyMap<string, string>): string | null {
  const name = recipientOf(r.joined);
  if (r.joined.to !== null || name === null) return name;
  return numbers.get(name) ?? name;
}

function hopOf(r: MessageRecord, frames: FrameTable, opened: readonly OpenedInput[]): Hop {
  const j = r.joined;
  const used = j.segments.filter((s) => s.status === 'used');
  const { input, number } = frames.at(used[0]?.frame ?? j.segments[0]!.frame);
  const short = j.segments.some((s) => s.of > 1) || j.smsc !== null || j.dcs !== 0x04;
  return {
    message: r.id,
    bearer: j.bearer,
    operation: j.operation,
    time: j.firstTime,
    place: opened.length > 1 ? `frame ${number} of ${opened[input]?.source.name ?? ''}` : `frame ${number}`,
    sec: r.sec,
    mac: r.mac,
    ports: j.ports,
    dcs: short ? j.dcs : null,
    parts: Math.max(used.length, ...used.map((s) => s.of)),
    missing: j.missing,
  };
}

/** Sets the findings of each record's fate and gives the transactions; records are in their final order. */
export function finish(
  records: readonly MessageRecord[],
  collected: Collected,
  frames: FrameTable,
  opened: readonly OpenedInput[],
): Transaction[] {
  const numbers = new Map(
    collected.identities.flatMap((i) => (i.msisdn === null ? [] : [[i.imsi, i.msisdn] as const])),
  );
  const byId = new Map(records.map((r) => [r.id, r]));
  // Hops may turn text into WBXML: then octets do not tell what is the same document.
  const mixed = new Set(records.flatMap((r) => r.written ?? [])).size > 1;
  const messages = records.map((r) => {
    const flow = messageFlow(r.id, r.joined, collected.answers);
    r.flowFindings = flowFindings(flow);
    return {
      id: r.id,
      recipient: recipientName(r, numbers),
      firstTime: r.joined.firstTime,
      lastTime: r.joined.lastTime,
      content: mixed ? documentKey(r) : r.content,
      road: `${r.joined.bearer} ${r.joined.operation}`,
      flow,
    };
  });
  const transactions = buildTransactions(messages);
  for (const { hops } of transactions) {
    for (const attempt of hops) {
      for (let i = 1; i < attempt.length; i += 1) {
        const [before, after] = [byId.get(attempt[i - 1]!), byId.get(attempt[i]!)];
        if (before === undefined || after === undefined) continue;
        const found = hopFindings(hopOf(before, frames, opened), hopOf(after, frames, opened));
        after.flowFindings = [...after.flowFindings, ...found];
      }
    }
  }
  return transactions;
}
