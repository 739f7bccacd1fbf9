// What layers of the signalling network share: memory for the whole capture, point codes as text, findings in bounds.

import type { Rule } from '../../../captures/finding.ts';
import type { Context } from '../../base/dissector.ts';

/** Memory for the whole capture; whoever only looks at one PDU has none. */
export const shared = <T>(ctx: Context, init: () => T, end?: (state: T, ctx: Context) => void): T =>
  ctx.shared?.(init, end) ?? init();

/** '1000': point codes are written as one number, whatever their structure. */
export const pointCode = (pc: number): string => `pc ${pc}`;

/** Findings of one rule that are told one by one. */
const MOST_TOLD = 200;

/** Tells findings that belong to no message, each rule a limited number of times. */
export class Tell {
  readonly #told = new Map<string, number>();

  frame(ctx: Pick<Context, 'time' | 'frame' | 'sink'>, rule: Rule, message: string): void {
    const n = (this.#told.get(rule.code) ?? 0) + 1;
    this.#told.set(rule.code, n);
    if (n > MOST_TOLD) return;
    const more = n === MOST_TOLD ? '; more of these are not listed' : '';
    const finding = { rule, message: `${message}${more}`, of: 'frame', start: 0, length: 0 } as const;
    ctx.sink.finding({ frame: ctx.frame, time: ctx.time, finding });
  }
}
