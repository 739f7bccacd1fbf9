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
  'CP-ACCESS-ORDER',
  'CP-PROXY-WITHOUT-ADDRESS',
  'CP-APPLICATION-WITHOUT-ADDRESS',
  'CP-APPLICATION-UNLINKED',
  'CP-DM-WITHOUT-PROVIDER-ID',
  'CP-SYNC-WITHOUT-RESOURCE',
  'CP-MAIL-WITHOUT-PORT',
  'CP-SMTP-WITHOUT-FROM',
  'CP-IMPS-WITHOUT-AACCEPT',
  'CP-NETWORK-WITHOUT-COUNTRY',
  'CP-NO-TYPE',
  'CP-EMPTY-CHARACTERISTIC',
  'CP-AUTH-EMPTY',
  'CP-PROXY-WITHOUT-PORT',
  'CP-DM-ONE-WAY',
  'CP-NO-CREDENTIALS',
  'CP-DIGEST-WITHOUT-NONCE',
  'CP-MAIL-WITHOUT-PROVIDER-ID',
  'CP-WLAN-WITHOUT-SSID',
  'CP-EAP-WITHOUT-TYPE',
]);

/** What is missing in the document may, too. */
const MISSING_ANYWHERE: ReadonlySet<string> = new Set([
  'CP-EMPTY-DOCUMENT',
  'CP-UNNAMED-DOCUMENT',
  'CP-DANGLING-TO-NAPID',
  'CP-DANGLING-TO-PROXY',
  'CP-DANGLING-PROXY-ID',
  'CP-DANGLING-TO-APPREF',
  'CP-NOTHING-TO-INSTALL',
  'CP-UNUSED-ACCESS-POINT',
  'CP-UNUSED-PROXY',
  'CP-INTERNET-ELSEWHERE',
  'CP-LINKS-DISAGREE',
  'CP-MAIL-ALONE',
  'CP-CREDENTIALS-HALF',
  'CP-BASAUTH-ALONE',
  'CP-TYPE-WITHOUT-ADDRESS',
  'CP-NO-ADDRTYPE',
  'CP-ASSUMED-ADDRTYPE',
  'CP-UDP-RANGE',
  'CP-MAIL-TLS',
  'CP-WLAN-BEARER',
  'CP-WLAN-SECURITY',
]);

/** Attributes that could not be read: what has one of these inside has them under a name nobody knows. */
const NAMELESS: ReadonlySet<string> = new Set([
  'WBXML-UNKNOWN-ATTRIBUTE',
  'WBXML-WRONG-PAGE',
  'WBXML-CODE-PAGE',
  'WBXML-UNTERMINATED-STRING',
]);
const OF_NAMELESS: ReadonlySet<string> = new Set([
  'CP-NO-TYPE',
  'CP-NO-PARM-NAME',
  'CP-UNKNOWN-CHARACTERISTIC',
  'CP-MISSPELT-CHARACTERISTIC',
]);

const MISREAD: ReadonlySet<string> = new Set(['WBXML-CHARSET-MISMATCH', 'XML-CHARSET-MISMATCH']);

/** Of several findings about one value the first of these says what is wrong with it, and the others follow from it. */
const OF_A_VALUE: ReadonlyMap<string, number> = new Map(
  [
    'CP-PLACEHOLDER-TEXT',
    'CP-DM-WITHOUT-PROVIDER-ID',
    'CP-SMTP-WITHOUT-FROM',
    'CP-IMPS-WITHOUT-AACCEPT',
    'CP-PARM-WITHOUT-VALUE',
    'CP-CONTROL-CHARACTER',
    'CP-DOUBLE-ESCAPED',
    'CP-DOUBLE-ENCODED',
    'CP-ADDRESS-SWAPPED',
    'CP-DANGLING-TO-NAPID',
    'CP-DANGLING-TO-PROXY',
    'CP-DANGLING-PROXY-ID',
    'CP-PORT-NUMBER',
    'CP-LIST-IN-ONE-VALUE',
    'CP-BLANKS',
    'CP-VALUE-CASE',
    'CP-ADDRESS-WITH-PORT',
    'CP-URL-CREDENTIALS',
    'CP-URL',
    'CP-PLACEHOLDER-ADDRESS',
    'CP-IPV4-LEADING-ZERO',
    'CP-UNREACHABLE-ADDRESS',
    'CP-NO-ADDRTYPE',
    'CP-ASSUMED-ADDRTYPE',
    'CP-ADDRESS-SYNTAX',
    'CP-GPRS-NOT-APN',
    'CP-LISTED-VALUE',
    'CP-UNCOMMON-BEARER',
    'CP-DOMAIN-URL',
    'CP-HOST-NAME',
    'CP-APN-SYNTAX',
    'CP-APN-RESERVED',
    'CP-NUMBER',
    'CP-HEX-NUMBER',
    'CP-QOS-RANGE',
    'CP-SERVER-URL',
    'CP-URL-SCHEME',
    'CP-URL-PORT',
    'CP-PORT-SERVICE',
    'CP-SERVICE-PORT',
    'CP-APPID-FORM',
    'CP-UNKNOWN-APPLICATION',
    'CP-MOBILE-CODE',
    'CP-AAUTHTYPE',
    'CP-AACCEPT-FORM',
    'CP-FROM-ADDRESS',
  ].map((code, i) => [code, i]),
);

/** One value, one finding: what follows from another finding about the same octets is left out. */
export function oneOfAValue(found: readonly Finding[]): readonly Finding[] {
  if (found.length < 2) return found;
  const best = new Map<string, number>();
  let several = false;
  for (const f of found) {
    const rank = OF_A_VALUE.get(f.rule.code);
    if (rank === undefined) continue;
    const key = `${f.start}+${f.length}`;
    const known = best.get(key);
    if (known !== undefined) several = true;
    if (known === undefined || rank < known) best.set(key, rank);
  }
  if (!several) return found;
  return found.filter((f) => {
    const rank = OF_A_VALUE.get(f.rule.code);
    return rank === undefined || best.get(`${f.start}+${f.length}`) === rank;
  });
}

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
  if (syntax.length === 0 || found.length === 0) return [...found];
  const nameless = syntax.filter((f) => f.of === 'body' && NAMELESS.has(f.rule.code));
  const misread = syntax.some((f) => MISREAD.has(f.rule.code));
  const errors = syntax.filter((f) => f.of === 'body' && f.rule.severity === 'error');
  const cut = errors.some((f) => ENDINGS.has(f.rule.code));
  const broken = [...parmsOf(document.characteristics)].filter((p) => errors.some((e) => within(e, p)));
  return found.filter((f) => {
    const { code } = f.rule;
    if (misread && code === 'CP-DOUBLE-ENCODED') return false;
    if (OF_NAMELESS.has(code) && nameless.some((e) => within(e, f))) return false;
    if (cut && (MISSING_ANYWHERE.has(code) || (MISSING_HERE.has(code) && endOf(f) >= end))) return false;
    return !broken.some((p) => within(f, p));
  });
}
