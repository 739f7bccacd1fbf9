// An engine that remembers what it was asked and answers from a table.

import type { Engine, EngineRequest, Reply, Status } from '../../analysis/engine/contract.ts';
import { emptyStatus } from '../../analysis/engine/status.ts';
import type { Signal } from '../../captures/source.ts';

export const STATUS: Status = emptyStatus(1);

export interface FakeEngine extends Engine {
  readonly asked: EngineRequest[];
  readonly signals: (Signal | undefined)[];
}

export function fakeEngine(replies: Partial<Record<EngineRequest['op'], () => unknown>> = {}): FakeEngine {
  const asked: EngineRequest[] = [];
  const signals: (Signal | undefined)[] = [];
  return {
    asked,
    signals,
    async request<R extends EngineRequest>(request: R, signal?: Signal): Promise<Reply<R>> {
      asked.push(request);
      signals.push(signal);
      return (await (replies[request.op]?.() ?? STATUS)) as Reply<R>;
    },
  };
}
