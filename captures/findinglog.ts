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
  #full = false;

  add(rule: Rule, start: number, length: number, message: string): void {
    const seen = (this.#counts.get(rule.code) ?? 0) + 1;
    this.#counts.set(rule.code, seen);
    if (this.#full) return;
    if (seen > LIMITS.findingsPerCode) {
      if (seen === LIMITS.findingsPerCode + 1) this.#limit(start, `${LIMITS.findingsPerCode} findings ${rule.code}`);
      return;
    }
    this.list.push({ rule, message, of: 'file', start, length });
    if (this.list.length < LIMITS.findings) return;
    this.#full = true;
    this.#limit(start, `${LIMITS.findings} findings`);
  }

  /** Only the first time for this rule. */
  once(rule: Rule, start: number, length: number, message: string): void {
    if (!this.#counts.has(rule.code)) this.add(rule, start, length, message);
  }

  #limit(start: number, listed: string): void {
    const message = `${listed} are listed, those from here on are not`;
    this.list.push({ rule: LOG_RULES.findingsLimit, message, of: 'file', start, length: 0 });
  }
}
