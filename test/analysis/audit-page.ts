// The table of rules in docs/security-review.md, from the rules themselves.

import { AREA_TITLE, type AuditArea, severityOrder } from '../../analysis/audit/rule.ts';
import { AUDIT_RULES } from '../../analysis/audit/rules.ts';

const BASIS = { seen: 'seen', recalled: 'recalled', judgement: 'own judgement' } as const;
const cell = (text: string): string => text.replaceAll('|', '\\|');

/** Markdown, one table an area, worst first. */
export function ruleTables(): string {
  return (Object.keys(AREA_TITLE) as AuditArea[])
    .map((area) => {
      const rules = AUDIT_RULES.filter((r) => r.area === area).sort(
        (a, b) => severityOrder(a.severity) - severityOrder(b.severity) || (a.code < b.code ? -1 : 1),
      );
      const rows = rules.map((r) =>
        [`\`${r.code}\``, r.severity, r.title, r.todo, `${BASIS[r.basis]}: ${r.source}`].map(cell).join(' | '),
      );
      const head = ['| Code | At most | What it says | What to do | Rests on |', '| --- | --- | --- | --- | --- |'];
      return [`### ${AREA_TITLE[area]}`, '', ...head, ...rows.map((r) => `| ${r} |`)].join('\n');
    })
    .join('\n\n');
}
