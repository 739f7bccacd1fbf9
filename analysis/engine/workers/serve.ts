// The work of a thread: messages in, judgements out.

import type { Finding, Rule } from '../../../captures/finding.ts';
import { judge } from '../records.ts';
import { type FromThread, messagesOf, type SentFinding, type ToThread } from './task.ts';

/** Answers tasks, one after the other. */
export function judgeService(): (task: ToThread) => FromThread {
  const numbers = new Map<Rule, number>();
  return (task) => {
    const rules: Rule[] = [];
    const sent = ({ rule, message, of, start, length }: Finding): SentFinding => {
      let number = numbers.get(rule);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(rule, number);
        rules.push(rule);
      }
      return { rule: number, message, of, start, length };
    };
    const judgements = [...messagesOf(task)].map(([j, evidence]) => {
      const judgement = judge(j, evidence);
      const { findings, verificationFindings } = judgement;
      return { ...judgement, findings: findings.map(sent), verificationFindings: verificationFindings.map(sent) };
    });
    return { id: task.id, rules, judgements };
  };
}
