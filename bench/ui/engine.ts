// An engine that has a million events open: the timeline's own columns behind the real contract, as quick or slow as
// they are. What a page asks besides is made up.

import { PLAIN } from '../../analysis/engine/contract/timeline.ts';
import type {
  Engine,
  EngineReplies,
  EngineRequest,
  MessageRow,
  Reply,
  Status,
} from '../../analysis/engine/contract.ts';
import { answersOf } from '../../analysis/engine/windowview.ts';
import type { Million } from './million.ts';

export interface Timed extends Engine {
  /** Milliseconds of the processor each window took to answer, the engine's whole process. */
  readonly windows: number[];
  /** Milliseconds it took to put all marks into lanes. */
  readonly made: readonly number[];
}

const MAX_ROWS = 200;

export function millionEngine(m: Million): Timed {
  const answers = answersOf(m, [], () => {
    throw new Error('Nothing is filtered here.');
  });
  const windows: number[] = [];
  const from = process.cpuUsage();
  answers.lanes({ op: 'lanes', arrange: PLAIN });
  const { user, system } = process.cpuUsage(from);
  const made = [(user + system) / 1000];
  const status: Status = {
    version: 1,
    phase: 'ready',
    inputs: [
      {
        name: 'million.pcapng',
        format: 'pcapng',
        bytes: 2e9,
        consumed: 2e9,
        frames: 1e7,
        truncatedAt: null,
        error: null,
      },
    ],
    base: '1795391664120000000',
    t0: 0,
    t1: m.t1,
    messages: m.messages,
    lanes: m.lanes,
    findings: { error: 4, warning: 1000, note: 0 },
    totals: { byKind: { 'client-provisioning': m.messages }, byVerdict: { valid: m.messages } },
    other: [],
    hasKeys: false,
    decodeAs: [],
  };
  const row = (index: number): MessageRow => ({
    id: `m${index + 1}`,
    index,
    kind: 'client-provisioning',
    state: 'complete',
    bearer: 'smpp',
    from: '12345',
    to: m.labelOf('subscriber', index),
    imsi: null,
    firstTime: m.first[index]!,
    lastTime: m.last[index]!,
    parts: 3,
    missing: 0,
    contentType: 'application/vnd.wap.connectivity-wbxml',
    method: 'NETWPIN',
    verdict: 'valid',
    outcome: 'delivered',
    summary: 'Sets up the access point internet.example',
    worst: null,
    findings: 0,
  });
  const handlers: {
    readonly [O in EngineRequest['op']]?: (r: EngineRequest & { op: O }) => Promise<EngineReplies[O]>;
  } = {
    // Nothing changes any more: who waits for a change waits.
    status: (r) => (r.after === undefined ? Promise.resolve(status) : new Promise(() => undefined)),
    samples: async () => [],
    async rows(r) {
      const count = Math.max(0, Math.min(r.count, MAX_ROWS, m.messages - r.from));
      return { total: m.messages, messages: Array.from({ length: count }, (_, i) => row(r.from + i)), findings: [] };
    },
    async window(r) {
      const from = process.cpuUsage();
      const reply = answers.window(r);
      const { user, system } = process.cpuUsage(from);
      windows.push((user + system) / 1000);
      return reply;
    },
    lanes: async (r) => answers.lanes(r),
    step: async (r) => answers.step(r),
    density: async (r) => answers.density(r),
  };
  return {
    windows,
    made,
    async request<R extends EngineRequest>(request: R): Promise<Reply<R>> {
      const handler = handlers[request.op] as unknown as ((r: R) => Promise<Reply<R>>) | undefined;
      if (handler === undefined) throw new Error(`Nothing is made up for '${request.op}'.`);
      return handler(request);
    },
  };
}
