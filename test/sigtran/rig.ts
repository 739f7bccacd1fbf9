// The driver with a list of dissectors, and everything that came out of it.

import type { FrameBatch } from '../../captures/reader.ts';
import type { ByteMap } from '../../dissectors/base/bytemap.ts';
import type { Dissector } from '../../dissectors/base/dissector.ts';
import type { Answer, FrameFinding, Identity, Receipt, ShortMessage, Sink } from '../../dissectors/base/message.ts';
import type { DriverBudgets } from '../../dissectors/driver/budgets.ts';
import { createDriver, type DriverStats } from '../../dissectors/driver/index.ts';
import { createRegistry } from '../../dissectors/registry.ts';

export interface Heard {
  readonly messages: ShortMessage[];
  readonly answers: Answer[];
  readonly receipts: Receipt[];
  readonly identities: Identity[];
  readonly findings: FrameFinding[];
  readonly codes: string[];
  readonly stats: DriverStats;
  /** The octets as the capture has them, looked up through a map. */
  lookUp(map: ByteMap): Uint8Array;
  /** Frame numbers of a map, 1-based. */
  frames(map: ByteMap): number[];
}

const copy = (m: ShortMessage): ShortMessage => ({
  ...m,
  userData: { bytes: m.userData.bytes.slice(), map: m.userData.map },
  pdu: { bytes: m.pdu.bytes.slice(), map: m.pdu.map },
});

/** Gives the batches to a driver and ends it. */
export function listen(
  dissectors: readonly Dissector[],
  batches: readonly FrameBatch[],
  budgets: Partial<DriverBudgets> = {},
): Heard {
  const messages: ShortMessage[] = [];
  const answers: Answer[] = [];
  const receipts: Receipt[] = [];
  const identities: Identity[] = [];
  const findings: FrameFinding[] = [];
  const octets: Uint8Array[] = [];
  const numbers: number[] = [];
  const sink: Sink = {
    shortMessage: (m) => messages.push(copy(m)),
    datagram() {},
    answer: (a) => answers.push(a),
    receipt: (r) => receipts.push(r),
    identity: (i) => identities.push(i),
    finding: (f) => findings.push(f),
  };
  const driver = createDriver({
    registry: createRegistry(dissectors),
    sink,
    frames: {
      add(batch, index) {
        octets.push(batch.bytes.slice(batch.start[index]!, batch.start[index]! + batch.length[index]!));
        return numbers.push(batch.firstNumber + index) - 1;
      },
    },
    budgets,
  });
  for (const b of batches) driver.batch(b);
  driver.end();
  return {
    messages,
    answers,
    receipts,
    identities,
    findings,
    codes: findings.map((f) => f.finding.rule.code),
    stats: driver.stats(),
    lookUp: (map) => Uint8Array.from(map.flatMap((p) => [...octets[p.frame]!.subarray(p.offset, p.offset + p.length)])),
    frames: (map) => [...new Set(map.map((p) => numbers[p.frame]!))],
  };
}
