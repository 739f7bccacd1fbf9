// What a capture can't show. Whatever is not seen because of it is no failure of anybody.

import type { FrameFinding, Time } from '../../dissectors/base/message.ts';

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
  /** Octets or frames are known to be missing. */
  readonly lossy: boolean;
  /** Each what the capture can't show, one sentence. */
  readonly sentences: readonly string[];
  /** Why what should follow `time` need not be in the capture; null: it should be there. */
  after(time: Time): string | null;
  /** Why what should come before `time` need not be in the capture. */
  before(time: Time): string | null;
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
  const lossy = sentences.length > 0;
  const loss = (): string | null => (lossy ? (sentences[0] ?? '').replace(/\.$/, '').toLowerCase() : null);
  return {
    lossy,
    sentences,
    after(time) {
      const left = c.lastTime - time;
      if (left <= PATIENCE) return `the capture ends ${seconds(Math.max(0, left))} later`;
      return loss();
    },
    before(time) {
      const gone = time - c.firstTime;
      if (gone <= PATIENCE) return `the capture begins ${seconds(Math.max(0, gone))} before`;
      return loss();
    },
  };
}
