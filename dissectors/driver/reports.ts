// Findings that belong to no message: told one by one up to a limit, or counted and told once.

import type { Rule } from '../../captures/finding.ts';
import type { FrameId } from '../base/bytemap.ts';
import type { Sink } from '../base/message.ts';
import type { Carrier } from '../link/carrier.ts';
import { driverRules } from './budgets.ts';

interface Counted {
  readonly rule: Rule;
  readonly message: string;
  readonly frame: FrameId | null;
  readonly time: number;
  readonly start: number;
  readonly length: number;
  count: number;
}

export class Reports {
  readonly #sink: Sink;
  readonly #limit: number;
  readonly #counted = new Map<string, Counted>();
  readonly #told = new Map<string, number>();

  /** `limit`: findings of one rule that are told one by one. */
  constructor(sink: Sink, limit: number) {
    this.#sink = sink;
    this.#limit = limit;
  }

  /** Tells it now. `about`: the octets it is said of, from position 0 on; null: it is said of no frame. */
  tell(rule: Rule, message: string, about: Carrier | null): void {
    const n = (this.#told.get(rule.code) ?? 0) + 1;
    this.#told.set(rule.code, n);
    if (n > this.#limit) return;
    // Position 0 is in the frame only where `about` spans a window of it.
    const piece = about?.origin(0, 1).find((x) => x.offset >= 0);
    const frame = about === null ? null : about.frame();
    this.#send(rule, message, piece?.frame ?? frame, about?.time ?? Number.NaN, piece?.offset ?? 0, 0);
  }

  /** Counts it; told once at the end, at the first frame it was said of. */
  count(rule: Rule, message: string, frame: () => FrameId | null, time: number, start: number, length: number): void {
    const known = this.#counted.get(rule.code);
    if (known !== undefined) {
      known.count += 1;
      return;
    }
    this.#counted.set(rule.code, { rule, message, frame: frame(), time, start, length, count: 1 });
  }

  /** Tells what was only counted. */
  end(): void {
    for (const c of this.#counted.values()) {
      const message = c.count === 1 ? c.message : `${c.message}; ${c.count} times, this is the first`;
      this.#send(c.rule, message, c.frame, c.time, c.start, c.length);
    }
    this.#counted.clear();
    for (const [code, n] of this.#told) {
      if (n > this.#limit) {
        this.#send(driverRules.more, `${code}: ${n - this.#limit} more than are listed`, null, Number.NaN, 0, 0);
      }
    }
    this.#told.clear();
  }

  #send(rule: Rule, message: string, frame: FrameId | null, time: number, start: number, length: number): void {
    this.#sink.finding({ frame, time, finding: { rule, message, of: 'frame', start, length } });
  }
}
