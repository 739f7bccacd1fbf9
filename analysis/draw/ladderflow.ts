// What a ladder is drawn of: one flow, or several as one.

import type { FlowEndpoint, FlowReply, FlowStep } from '../engine/contract/flows.ts';

export interface LadderFlow {
  readonly endpoints: readonly FlowEndpoint[];
  readonly steps: readonly LadderStep[];
}

export interface LadderStep extends FlowStep {
  /** Which of several transactions it is of, from 0. */
  readonly flow?: number;
}

/** The layers of a flow in the order in which they appear. */
export const layersOf = (flow: LadderFlow): string[] => [...new Set(flow.steps.map((s) => s.layer))];

/** Layers nobody asked for at first: those below the ones that carry messages, with nothing but calls of their own. */
export function quietLayers(flow: LadderFlow): Set<string> {
  const telling = new Set(flow.steps.filter((s) => s.kind !== 'session').map((s) => s.layer));
  return new Set(telling.size === 0 ? [] : layersOf(flow).filter((l) => !telling.has(l)));
}

/** Several transactions as one ladder: endpoints once, steps in order of time without changing the order of any. */
export function mergeFlows(flows: readonly Pick<FlowReply, 'endpoints' | 'steps'>[]): LadderFlow {
  const endpoints = new Map(flows.flatMap((f) => f.endpoints).map((e) => [e.id, e]));
  const next = flows.map(() => 0);
  const steps: LadderStep[] = [];
  const total = flows.reduce((n, f) => n + f.steps.length, 0);
  while (steps.length < total) {
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    flows.forEach((f, i) => {
      const s = f.steps[next[i]!];
      const t = s === undefined ? Number.NaN : s.time;
      if (s !== undefined && (best < 0 || t < least)) {
        best = i;
        least = Number.isNaN(t) ? Number.POSITIVE_INFINITY : t;
      }
    });
    const step = flows[best]?.steps[next[best]!];
    if (step === undefined) break;
    next[best]! += 1;
    steps.push(flows.length > 1 ? { ...step, flow: best } : step);
  }
  return { endpoints: [...endpoints.values()], steps };
}
