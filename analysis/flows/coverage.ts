// What a capture can't show. Whatever is not seen because of it is no failure of anybody.

import type { FrameFinding, Time } from '../../dissectors/base/message.ts';
import type { Joined } from '../../dissectors/sms/joined.ts';

/** Answers come within this time, nearly always; what was sent so shortly before the end says nothing without one. */
const PATIENCE = 30e9;

/** Findings after which something that was sent may be missing from the capture. */
const LOSS: Readonly<Record<string, string>> = {
  'TCP-GAP': 'octets of a TCP connection are not in the capture',
  'TCP-CUT': 'frames are cut, their ends were not captured',
  'STREAM-INCOMPLETE': 'a connection ends in the middle of a message',
  'PCAPNG-DROPPED': 'the capturing host dropped frames',
  'SCTP-INCOMPLETE': 'fragments of SCTP messages are not in the capture',
  'FRAGMENT-MISSING': 'fragments of IP packets are not in the capture',
  'PCAP-CUT': 'the file ends in the middle of a frame',
  'PCAPNG-CUT': 'the file ends in the middle of a block',
  'GZIP-CUT': 'the compressed file ends early',
  'ZSTD-CUT': 'the compressed file ends early',
  'LZ4-CUT': 'the compressed file ends early',
  'DRIVER-CONNECTIONS': 'more connections were open at once than are followed',
};

export interface Coverage {
  /** Why octets or frames are known to be missing; null: they are not. */
  readonly loss: string | null;
  /** Each what the capture can't show, one sentence. */
  readonly sentences: readonly string[];
  /** Why what should follow `time` within `patience` need not be in the capture; null: it should be there. */
  after(time: Time, patience?: number): string | null;
  /** Why what should come before `time` need not be in the capture. */
  before(time: Time, patience?: number): string | null;
}

export interface Covered {
  readonly firstTime: Time;
  readonly lastTime: Time;
  readonly findings: readonly FrameFinding[];
  /** Frames the capture has less octets of than were sent. */
  readonly cutFrames: number;
  /** Inputs that end before their end. */
  readonly truncated: readonly string[];
}

const seconds = (ns: number): string => `${(ns / 1e9).toFixed(ns < 1e10 ? 1 : 0)} s`;

export function coverageOf(c: Covered): Coverage {
  const counts = new Map<string, number>();
  for (const { finding } of c.findings) {
    const said = LOSS[finding.rule.code];
    if (said !== undefined) counts.set(said, (counts.get(said) ?? 0) + 1);
  }
  if (c.cutFrames > 0) counts.set('frames are cut, their ends were not captured', c.cutFrames);
  const sentences = [...counts].map(
    ([said, n]) => `${said[0]!.toUpperCase()}${said.slice(1)}${n > 1 ? ` (${n})` : ''}.`,
  );
  for (const name of c.truncated) sentences.push(`${name} ends before its end.`);
  const [first] = sentences;
  const loss = first === undefined ? null : `${first[0]!.toLowerCase()}${first.slice(1).replace(/\.$/, '')}`;
  return {
    loss,
    sentences,
    after(time, patience = PATIENCE) {
      const left = c.lastTime - time;
      if (left <= patience) return `the capture ends ${seconds(Math.max(0, left))} later`;
      return loss;
    },
    before(time, patience = PATIENCE) {
      const gone = time - c.firstTime;
      if (gone <= patience) return `the capture begins ${seconds(Math.max(0, gone))} before`;
      return loss;
    },
  };
}

/** Parts of a message follow each other within this time, even where each waits for its answer. */
const BETWEEN_PARTS = 5e9;

/** Why the missing parts of a message need not be in the capture though they were sent; null: they never were. */
export function whyMissing(
  c: Coverage,
  j: Pick<Joined, 'missing' | 'firstTime' | 'lastTime' | 'segments'>,
): string | null {
  const of = j.segments[0]?.of ?? 0;
  const early = j.missing.includes(1) ? c.before(j.firstTime, BETWEEN_PARTS) : null;
  const late = j.missing.includes(of) ? c.after(j.lastTime, BETWEEN_PARTS) : null;
  return early ?? late ?? c.loss;
}
