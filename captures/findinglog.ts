// Collects what a reader has to complain about, within a budget.

import { type Finding, type Rule, rules } from './finding.ts';
import { LIMITS } from './limits.ts';

export const LOG_RULES = rules({
  readFailed: {
    code: 'CAPTURE-READ-FAILED',
    severity: 'error',
    title: 'The input could not be read any further',
    clause: 'none: said by the device or the pipe',
  },
  findingsLimit: {
    code: 'CAPTURE-FINDINGS-LIMIT',
    severity: 'note',
    title: 'More findings of one kind than are listed',
    clause: 'none: a budget of this program',
  },
});

/** All findings of one reader; the layers of a compressed file share one. Ranges are of 'file'. */
export class FindingLog {
  readonly list: Finding[] = [];
  readonly #counts = new Map<string, number>();

  add(rule: Rule, start: number, length: number, message: string): void {
    const seen = (this.#counts.get(rule.code) ?? 0) + 1;
    this.#counts.set(rule.code, seen);
    if (seen > LIMITS.findingsPerCode || this.list.length >= LIMITS.findings) {
      this.#limit(rule, seen, start);
      return;
    }
    this.list.push({ rule, message, of: 'file', start, length });
  }

  /** Only the first time for this rule. */
  once(rule: Rule, start: number, length: number, message: string): void {
    if (!this.#counts.has(rule.code)) this.add(rule, start, length, message);
  }

  #limit(rule: Rule, seen: number, start: number): void {
    if (seen !== LIMITS.findingsPerCode + 1) return;
    const message = `${LIMITS.findingsPerCode} findings ${rule.code} are listed, those from here on are not`;
    this.list.push({ rule: LOG_RULES.findingsLimit, message, of: 'file', start, length: 0 });
  }
}
