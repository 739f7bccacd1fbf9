// What the window hears of its engine: what was opened, so that another engine can open it again, and how far it is read.

import type { Engine, EngineRequest, Reply, Status } from '../../analysis/engine/contract.ts';
import type { EngineNews } from '../channels.ts';

/** Characters of a request that are kept for another engine: pasted text may be more. */
const MAX_KEPT = 1 << 20;

/** Reads up to the last percent are told apart; what is less is not worth a message. */
export function progressOf(status: Status): number {
  if (status.phase !== 'loading') return -1;
  const total = status.inputs.reduce<number | null>((n, i) => (n === null || i.bytes === null ? null : n + i.bytes), 0);
  if (total === null || total === 0) return 2;
  const consumed = status.inputs.reduce((n, i) => n + i.consumed, 0);
  return Math.min(1, Math.floor((100 * consumed) / total) / 100);
}

function newsOf(request: EngineRequest): EngineNews | undefined {
  if (request.op !== 'open' && request.op !== 'close' && request.op !== 'decodeAs') return undefined;
  const json = JSON.stringify(request);
  return {
    did: request.op === 'open' && request.add ? 'add' : request.op,
    json: json.length > MAX_KEPT ? '' : json,
    paths: request.op === 'open' ? request.inputs.flatMap((i) => ('path' in i ? [i.path] : [])) : [],
  };
}

/** The same engine; `tell` hears what it grants. */
export function telling(engine: Engine, tell: (news: EngineNews) => void): Engine {
  let told = -1;
  return {
    async request<R extends EngineRequest>(request: R, signal?: Parameters<Engine['request']>[1]): Promise<Reply<R>> {
      const reply = await engine.request(request, signal);
      const news = newsOf(request);
      if (news !== undefined) tell(news);
      if (request.op === 'status' || request.op === 'open') {
        const progress = progressOf(reply as Status);
        if (progress !== told) tell({ progress });
        told = progress;
      }
      return reply;
    },
  };
}
