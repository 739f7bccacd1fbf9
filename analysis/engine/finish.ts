// What can be said only when everything was read: how each message ended, and which are one message at several hops.

import { whyMissing } from '../flows/coverage.ts';
import { type Fate, fateOf } from '../flows/fate.ts';
import { flowFindings } from '../flows/findings.ts';
import { messageFlow, type Roads } from '../flows/flow.ts';
import { type Hop, hopFindings } from '../flows/hops.ts';
import { tieLoose } from '../flows/loose.ts';
import { stagesOf } from '../flows/stages.ts';
import { buildTransactions, type FlowMessage, type Transaction } from '../flows/transactions.ts';
import type { FrameTable } from './frames.ts';
import type { OpenedInput } from './inputs.ts';
import type { Loaded } from './load.ts';
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

export interface Finished {
  readonly transactions: readonly Transaction[];
  /** By message id. */
  readonly fates: ReadonlyMap<string, Fate>;
  /** Numbers that signalling ties to an IMSI. */
  readonly numbers: ReadonlyMap<string, string>;
}

/** Sets the findings of each record's fate and gives the transactions; records are in their final order. */
export function finish(records: readonly MessageRecord[], loaded: Loaded): Finished {
  const { collected, frames, opened } = loaded;
  const numbers = new Map(
    collected.identities.flatMap((i) => (i.msisdn === null ? [] : [[i.imsi, i.msisdn] as const])),
  );
  const fates = new Map<string, Fate>();
  const roads = roadsOf(loaded);
  tieLoose(subjects(records, numbers), collected.answers);
  const byId = new Map(records.map((r) => [r.id, r]));
  // Hops may turn text into WBXML: then octets do not tell what is the same document.
  const mixed = new Set(records.map((r) => r.written).filter((w) => w !== null)).size > 1;
  // One at a time: flows are larger than messages.
  function* messages(): Generator<FlowMessage> {
    for (const r of records) {
      const flow = messageFlow(r.id, r.joined, collected.answers, roads);
      fates.set(r.id, fateOf(flow, r.joined, stagesOf(flow, r.joined, 1, loaded.coverage)));
      r.flowFindings = flowFindings(flow, r.joined.bearer);
      yield {
        id: r.id,
        recipient: recipientName(r, numbers),
        firstTime: r.joined.firstTime,
        lastTime: r.joined.lastTime,
        content: mixed ? documentKey(r) : r.content,
        road: `${r.joined.bearer} ${r.joined.operation}`,
        flow,
      };
    }
  }
  const transactions = buildTransactions(messages(), (id) =>
    messageFlow(id, byId.get(id)!.joined, collected.answers, roads),
  );
  for (const { hops } of transactions) for (const attempt of hops) for (const id of attempt.slice(1)) relay(fates, id);
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
  return { transactions, fates, numbers };
}

/** Behind the first hop a submission is a relay. */
function relay(fates: Map<string, Fate>, id: string): void {
  const fate = fates.get(id);
  if (fate === undefined) return;
  const stages = fate.stages.map((s) => (s.stage === 'submit' ? { ...s, stage: 'relay' as const } : s));
  fates.set(id, { ...fate, stages });
}

function* subjects(records: readonly MessageRecord[], numbers: ReadonlyMap<string, string>) {
  for (const { joined } of records) {
    yield { joined, number: joined.imsi === null ? null : (numbers.get(joined.imsi) ?? null) };
  }
}

/** Roads whose layers number what they carry, so that a loss on them is noticed. */
const NUMBERED: ReadonlySet<string> = new Set(['smpp', 'ucp', 'cimd2', 'kannel-box', 'diameter-sgd', 'gsup']);

/** What the rest of the capture says of the roads of messages. */
export function roadsOf(loaded: Pick<Loaded, 'collected' | 'coverage'>): Roads {
  const { coverage } = loaded;
  return {
    endOf: (conversation) => loaded.collected.activities.endOf(conversation),
    nothingLost: (j) => NUMBERED.has(j.bearer) && whyMissing(coverage, j) === null,
  };
}
