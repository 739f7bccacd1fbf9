// What is remembered of SCCP for the whole capture: any link may carry the rest of it.

import type { Context } from '../../../base/dissector.ts';
import { shared, Tell } from '../shared.ts';
import { Connections } from './connections.ts';
import { Segments } from './segments.ts';

export interface Memory {
  readonly segments: Segments;
  readonly connections: Connections;
  readonly tell: Tell;
}

function newMemory(): Memory {
  const tell = new Tell();
  return { segments: new Segments(tell), connections: new Connections(tell), tell };
}

export const memoryOf = (ctx: Context): Memory => shared(ctx, newMemory, (m, end) => m.segments.end(end));
