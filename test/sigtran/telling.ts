// What the stories are told with.

import type { Frame } from './build.ts';
import * as b from './build.ts';

export const MT = b.mapContext('mt', 3);
export const MO = b.mapContext('mo', 3);
export const GATEWAY = b.mapContext('gateway', 3);
export const mt = (content: string, more = false) => b.invoke(1, 44, b.mtForward(b.deliver(content), more));
export const begin = (component: Uint8Array, from = '00000701', context = MT) =>
  b.begin({ from, dialogue: b.aarq(context), components: [component] });
export const end = (component: Uint8Array | null, to = '00000701', context = MT) =>
  b.end({ to, dialogue: b.aare(context), ...(component === null ? {} : { components: [component] }) });

/** A question and its answer on one link. */
export function exchange(question: Uint8Array, answer: Uint8Array): Frame[] {
  const link = new b.Link();
  return [link.tcap(question), link.tcap(answer, true)];
}

export const DELIVERED = 'mt-forwardSM 1234>262019876543210 via 491710760000: 61';
export const SUBMITTED = 'mo-forwardSM 491703000009>491703000001 via 491710760000: 61';
