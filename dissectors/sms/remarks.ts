// What is said of the parts of a message, in words.

import type { Finding, Rule } from '../../captures/finding.ts';
import type { Closing, Fact, Part, Run } from '../base/run.ts';
import type { Segment } from './joined.ts';
import { joinRules, packetRules } from './joinrules.ts';
import type { Kept } from './parts.ts';
import { udhRules } from './udhrules.ts';

/** Numbers that a sentence lists. */
const LISTED = 12;

/** '1', '1 and 2', '1, 2 and 3'. */
function list(numbers: readonly number[]): string {
  const most = numbers.length > LISTED ? LISTED : numbers.length - 1;
  const last = numbers.length > LISTED ? `${numbers.length - LISTED} more` : `${numbers.at(-1) ?? ''}`;
  return most <= 0 ? last : `${numbers.slice(0, most).join(', ')} and ${last}`;
}

const parts = (numbers: readonly number[]): string => `${numbers.length === 1 ? 'part' : 'parts'} ${list(numbers)}`;

export class Remarks {
  readonly findings: Finding[] = [];
  add(rule: Rule, message: string, start = 0, length = 0): void {
    this.findings.push({ rule, message, of: 'datagram', start, length });
  }
}

/** How the parts came together: what is missing, repeated, out of order, guessed. */
export function remarkParts(run: Run<Kept>, why: Closing, missing: readonly number[], remarks: Remarks): void {
  const { facts, held } = run;
  const rules = held[0]?.value.packet != null ? packetRules : joinRules;
  if (missing.length > 0) {
    const waited = why === 'expired' ? '; nothing came for a long time' : '';
    const what =
      run.total > 0
        ? `${parts(missing)} of ${run.total} ${missing.length === 1 ? 'is' : 'are'} missing`
        : `parts ${missing.slice(0, LISTED).join(', ')} and perhaps more are missing`;
    remarks.add(rules.missing, `${what}${waited}`);
  }
  if (held.some((p) => p.status === 'duplicate')) {
    const again = new Set(held.filter((p) => p.status === 'duplicate').map((p) => p.number));
    remarks.add(rules.duplicate, `${parts([...again])} came again with the same content`);
  }
  const order = held.filter((p) => p.status === 'used');
  if (order.some((p, i) => i > 0 && p.number < order[i - 1]!.number)) {
    remarks.add(rules.outOfOrder, `parts came in the order ${list(order.map((p) => p.number))}`);
  }
  for (const fact of facts) {
    // A whole message bears the guess out; only the one left behind has something missing.
    const say = fact === 'split' && missing.length === 0 ? LEFT_BEHIND : FACTS[fact];
    if (say !== undefined) remarks.add(say[0], say[1]);
  }
  if (facts.includes('copies')) remarks.add(joinRules.copies, `${held.length} parts are kept`);
  if (facts.includes('totals')) {
    const totals = [...new Set(held.map((p) => p.total))];
    remarks.add(joinRules.total, `the totals are ${list(totals)}`);
  }
  if (facts.includes('numbers')) {
    // Where a header has the number, its own finding points at it.
    const told = (p: Part<Kept>): boolean => p.value.findings.some((f) => f.rule === udhRules.partNumber);
    const bad = held.filter((p) => (p.number < 1 || p.number > p.total) && !told(p));
    const texts = bad.slice(0, LISTED).map((p) => `${p.number} of ${p.total}`);
    if (bad.length > 0) remarks.add(joinRules.number, `parts are numbered ${texts.join(', ')}`);
  }
  if (why === 'budget') remarks.add(joinRules.budget, 'the table of incomplete messages was full');
}

const LEFT_BEHIND = [joinRules.reused, 'the message before it was left unfinished'] as const;

const FACTS: Partial<Record<Fact, readonly [Rule, string]>> = {
  reused: [joinRules.reused, 'the reference was used again'],
  split: [joinRules.split, 'an unfinished message with this reference was left behind'],
  replaced: [joinRules.split, 'another message with this reference began before the end'],
  resumed: [joinRules.resumed, 'the parts fit, but nothing else ties them together'],
  shared: [joinRules.shared, 'the part is the same in both messages'],
  again: [joinRules.again, 'the same parts were sent before'],
};

/** Findings of the segments; what is wrong with several of them alike is said once, of the first, which is replaced. */
export function alikeOnce(segments: Segment[]): Finding[] {
  if (segments.every((s) => s.findings === undefined || s.findings.length === 0)) return [];
  const first = new Map<string, { readonly finding: Finding; readonly segment: number; more: number }>();
  const out: Finding[] = [];
  for (const [n, { findings = [] }] of segments.entries()) {
    for (const finding of findings) {
      const key = `${finding.rule.code} ${finding.message}`;
      const known = first.get(key);
      if (known !== undefined && known.segment !== n) known.more += 1;
      else out.push(finding);
      if (known === undefined) first.set(key, { finding, segment: n, more: 0 });
    }
  }
  for (const { finding, segment, more } of first.values()) {
    if (more === 0) continue;
    const all = { ...finding, message: `${finding.message}; the same in ${more} other part${more === 1 ? '' : 's'}` };
    const own = segments[segment]!;
    segments[segment] = { ...own, findings: (own.findings ?? []).map((f) => (f === finding ? all : f)) };
    out[out.indexOf(finding)] = all;
  }
  return out;
}
