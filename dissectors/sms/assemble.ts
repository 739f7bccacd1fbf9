// From short messages and datagrams to what was sent: parts joined, copies kept, guesses said.

import type { FrameId } from '../base/bytemap.ts';
import type { Datagram, ShortMessage, Time } from '../base/message.ts';
import { Reassembly } from '../base/reassembly.ts';
import type { Part, Policy } from '../base/run.ts';
import { joinDatagram, joinRun, joinSingle, type OpenJoined } from './join.ts';
import type { Joined, Segment } from './joined.ts';
import { joinRules } from './joinrules.ts';
import { isPlainText, type Kept, keepPacket, keepPart, keyOf, partOf, segmentOf } from './parts.ts';
import { createStore } from './store.ts';

const SECOND = 1e9;

/** A part that has not come so long after the last one, nanoseconds, is not waited for any more. */
export const GIVES_UP = 3600 * SECOND;

/** Times in nanoseconds of the capture; sizes in octets. */
const DEFAULT_BUDGETS: Policy = {
  // Longer than a gateway waits before it sends a part again, shorter than people wait before they try again.
  gap: 120 * SECOND,
  expiry: GIVES_UP,
  memory: 6 * 3600 * SECOND,
  maxRuns: 4_096,
  maxLingering: 2_048,
  maxBytes: 16 * 1024 * 1024,
  maxHeld: 1024,
  maxClosed: 4_096,
};

export interface AssemblerOptions {
  readonly budgets?: Partial<Policy>;
  /**
   * Where ordinary texts go that need no joining: borrowed, as they came. They are not emitted then. For those who only
   * count them.
   */
  readonly onText?: (m: ShortMessage) => void;
  /**
   * Asked before an incomplete message is made (null), and before a segment is appended to one emitted before: true where
   * it would not be kept. Whoever is asked counts it.
   */
  readonly declines?: (joined: Joined | null) => boolean;
  /** Time of a frame: the first time of a message is then that of its first octet, not of its first whole PDU. */
  readonly timeOf?: (frame: FrameId) => Time;
  /** A segment was appended to a message emitted before. */
  readonly onLate?: (joined: Joined, segment: Segment) => void;
}

export interface Assembler {
  shortMessage(m: ShortMessage): void;
  datagram(d: Datagram): void;
  /** Tells the time where no message does, so that old parts are given up. */
  tick(time: Time): void;
  /** Everything that waits is emitted. */
  end(): void;
  /** Messages that wait for parts or copies, and the octets they keep. */
  readonly load: { readonly runs: number; readonly bytes: number };
}

function appendLate(joined: OpenJoined, part: Part<Kept>): Segment {
  const segment = segmentOf(part.value, part.status, joined.segments[0]?.of);
  joined.segments.push(segment);
  if (segment.time > joined.lastTime) joined.lastTime = segment.time;
  if (!joined.findings.some((x) => x.rule === joinRules.late)) {
    const message = `part ${segment.part} of ${segment.of} came afterwards`;
    joined.findings.push({ rule: joinRules.late, message, of: 'datagram', start: 0, length: 0 });
  }
  return segment;
}

/**
 * Joins the parts of concatenated messages (3GPP TS 23.040 9.2.3.24.1, 9.2.3.24.8; SMPP 3.4 5.3.2.22) and hands on
 * everything else at once; packets and copies of one transaction (`Datagram.transaction`) are joined like parts.
 * Buffers of what is given are copied. A message of parts is emitted when it is complete and its copies had time to
 * come, or when it is given up; messages leave in order of their ends, not of their first times.
 */
export function createAssembler(emit: (j: Joined) => void, options: AssemblerOptions = {}): Assembler {
  const store = createStore();
  const policy: Policy = { ...DEFAULT_BUDGETS, ...options.budgets };
  const parts = new Reassembly<Kept, OpenJoined>(policy, {
    closed(run, why) {
      if (why !== 'complete' && options.declines?.(null) === true) return null;
      const joined = joinRun(run, why);
      emit(joined);
      return joined;
    },
    late(joined, part) {
      if (options.declines?.(joined) === true) return;
      const segment = appendLate(joined, part);
      options.onLate?.(joined, segment);
    },
  });
  return {
    shortMessage(m) {
      if (options.onText !== undefined && isPlainText(m)) {
        parts.tick(m.time);
        options.onText(m);
        return;
      }
      const k = keepPart(m, store, options.timeOf);
      const c = k.concatenation;
      // A single part joins nothing; a total of 0 makes the element void (9.2.3.24.1).
      if (c === null || c.total < 2) {
        emit(joinSingle(k));
        return;
      }
      parts.add(keyOf(k, c), partOf(k, c.part, c.total));
    },
    datagram(d) {
      const t = d.transaction;
      if (t === undefined) {
        emit(joinDatagram(d, store, options.timeOf));
        return;
      }
      const k = keepPacket(d, t, store, options.timeOf);
      parts.add(`${d.bearer}|${t.key}`, partOf(k, t.part, t.total));
    },
    tick: (time) => parts.tick(time),
    end: () => parts.end(),
    get load() {
      return parts.load;
    },
  };
}
