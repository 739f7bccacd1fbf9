// What follows from damage in the writing of a document is not another fault of its content.

import type { Finding } from '../../captures/finding.ts';
import type { Characteristic, ProvisioningDocument, Range } from '../../dissectors/content/document.ts';

/** After these nothing more was read. */
const ENDINGS: ReadonlySet<string> = new Set([
  'WBXML-TRUNCATED',
  'WBXML-UNTERMINATED-STRING',
  'WBXML-BUDGET',
  'WBXML-DEPTH-LIMIT',
  'XML-TRUNCATED',
  'XML-BUDGET',
  'XML-DEPTH-LIMIT',
]);

/** What is missing in a characteristic may have been behind the end. */
const MISSING_HERE: ReadonlySet<string> = new Set([
  'CP-MISSING-PARM',
  'CP-MISSING-NAME',
  'CP-NO-BEARER',
  'CP-NO-ADDRTYPE',
  'CP-PROXY-WITHOUT-ADDRESS',
  'CP-APPLICATION-WITHOUT-ADDRESS',
  'CP-APPLICATION-UNLINKED',
  'CP-DM-WITHOUT-PROVIDER-ID',
  'CP-SYNC-WITHOUT-RESOURCE',
  'CP-MAIL-WITHOUT-PORT',
  'CP-SMTP-WITHOUT-FROM',
  'CP-IMPS-WITHOUT-AACCEPT',
  'CP-NETWORK-WITHOUT-COUNTRY',
]);

/** What is missing in the document may, too. */
const MISSING_ANYWHERE: ReadonlySet<string> = new Set([
  'CP-EMPTY-DOCUMENT',
  'CP-UNNAMED-DOCUMENT',
  'CP-DANGLING-TO-NAPID',
  'CP-DANGLING-TO-PROXY',
  'CP-DANGLING-PROXY-ID',
]);

const endOf = (r: Range): number => r.start + r.length;
const within = (a: Range, b: Range): boolean => a.start >= b.start && endOf(a) <= endOf(b);

function* parmsOf(list: readonly Characteristic[]): Generator<Range> {
  for (const c of list) {
    yield* c.parms;
    yield* parmsOf(c.characteristics);
  }
}

/** Findings of the content without those that the errors of the syntax explain; `end`: octets the document took. */
export function withoutConsequences(
  found: readonly Finding[],
  syntax: readonly Finding[],
  document: ProvisioningDocument,
  end: number,
): Finding[] {
  const errors = syntax.filter((f) => f.of === 'body' && f.rule.severity === 'error');
  if (errors.length === 0 || found.length === 0) return [...found];
  const cut = errors.some((f) => ENDINGS.has(f.rule.code));
  const broken = [...parmsOf(document.characteristics)].filter((p) => errors.some((e) => within(e, p)));
  return found.filter((f) => {
    const { code } = f.rule;
    if (cut && (MISSING_ANYWHERE.has(code) || (MISSING_HERE.has(code) && endOf(f) >= end))) return false;
    return !broken.some((p) => within(f, p));
  });
}
