// One record a message: what list, timeline and report need at once. Trees and documents are made again on demand,
// so that memory follows the traffic that matters and not the size of its decoded form.

import type { Finding, Severity } from '../../captures/finding.ts';
import { formatAddress } from '../../dissectors/base/message.ts';
import { canonicalXml } from '../../dissectors/content/xml/index.ts';
import type { Joined } from '../../dissectors/sms/joined.ts';
import { contentKey } from '../flows/transactions.ts';
import type { DmAccount } from '../pushes/accounts.ts';
import { isTrigger, triggerFindings, verifyTrigger } from '../pushes/trigger.ts';
import { headline } from '../summary/index.ts';
import { sameList, sameText } from '../summary/same.ts';
import type { Inferred } from '../verify/candidates.ts';
import { verificationFindings } from '../verify/findings.ts';
import { slicesOf } from '../verify/slices.ts';
import { notApplicable, type Verification, verifyMac } from '../verify/verify.ts';
import { clientIdentities } from './clientid.ts';
import type { Keys } from './contract.ts';
import { type Interpretation, interpret } from './interpret.ts';
import type { Readable } from './readable.ts';

export interface MessageRecord {
  /** 'm1' by first time once everything is read; provisional 'p1' in order of discovery until then. */
  id: string;
  index: number;
  readonly joined: Joined;
  readonly kind: string;
  readonly state: Interpretation['state'];
  readonly contentType: string | null;
  /** Name of the body's octets: equal bodies have equal names. null: no body. */
  readonly content: string | null;
  /** How the document is written; null where there is none. */
  readonly written: 'wbxml' | 'xml' | 'binary' | null;
  readonly sec: number | null;
  readonly mac: string | null;
  /** Findings of transport, syntax and content; those of the verification are apart, keys change them. */
  readonly findings: readonly Finding[];
  verification: Verification;
  verificationFindings: readonly Finding[];
  /** What became of it on its way; known once everything is read. */
  flowFindings: readonly Finding[];
  /** What it is to the messages around it, and to the time it was sent at; known once everything is read. */
  acrossFindings: readonly Finding[];
  summary: string;
}

export interface Evidence {
  readonly keys: Keys;
  /** IMSIs that something other than the user ties to this recipient, the strongest ties first. */
  readonly inferred: readonly Inferred[];
  /** PINs that texts told the recipient. */
  readonly told: readonly Inferred[];
  /** PINs that were found by trying. */
  readonly searched: readonly string[];
  /** Management accounts that messages set up or the user gave; they speak for the digests of notifications. */
  readonly accounts?: readonly DmAccount[];
}

export const recipientOf = (j: Joined): string | null => (j.to === null ? j.imsi : formatAddress(j.to));

/** Kinds whose lack of SEC and MAC is worth a word. */
const PROTECTABLE: ReadonlySet<string> = new Set(['client-provisioning', 'dm-bootstrap']);

/** Checks the MAC of a message; `secrets` shows key octets in the steps. */
export function verify(j: Readable, i: Interpretation, e: Evidence, secrets = false): Verification {
  if (isTrigger(i.kind)) return verifyTrigger(i, e.accounts ?? []);
  if (j.payload === 'text' || j.payload === 'binary') return notApplicable();
  const applies = PROTECTABLE.has(i.kind) || i.push?.sec != null || i.push?.mac != null;
  const root = i.content?.document?.root ?? null;
  return verifyMac({
    sec: i.push?.sec ?? null,
    mac: i.push?.mac ?? null,
    body: i.body.bytes,
    keys: e.keys,
    inferred: root === null ? e.inferred : [...e.inferred, ...clientIdentities(root)],
    told: e.told,
    searched: e.searched,
    msisdn: j.to?.value ?? null,
    complete: i.state !== 'incomplete',
    applies: applies && i.push !== null,
    slices: () =>
      i.push === null
        ? []
        : slicesOf({
            datagram: j.data.bytes,
            push: i.push,
            xml: root === null ? [] : [canonicalXml(root)],
            documentLength: i.content?.document?.length ?? null,
            wbxml: i.content?.document?.format === 'wbxml',
            firstPart: j.segments.find((s) => s.part === 1 && s.of > 1 && s.status === 'used')?.length ?? null,
          }),
    secrets,
  });
}

const writtenAs = ({ content }: Interpretation): MessageRecord['written'] =>
  content?.document?.root == null ? null : content.document.format;

/** Name of the body's octets. */
function bodyKey({ body, judged }: Interpretation): string | null {
  if (body.bytes.length === 0) return null;
  const key = judged?.key ?? contentKey(body.bytes);
  if (judged !== null) judged.key = key;
  return key;
}

/** Name of what a document says, however it is encoded; else of its octets. */
export function documentKey(r: MessageRecord): string | null {
  const root = r.written === null ? null : (interpret(r.joined).content?.document?.root ?? null);
  return root === null ? r.content : contentKey(new TextEncoder().encode(canonicalXml(root)));
}

/** What keys have a say in. */
export type Verified = Pick<MessageRecord, 'verification' | 'verificationFindings' | 'summary'>;

/** All that the octets of a message and what is known of its recipient give: plain data. */
export type Judgement = Verified &
  Pick<MessageRecord, 'kind' | 'state' | 'contentType' | 'content' | 'written' | 'sec' | 'mac' | 'findings'>;

/** Decodes, applies the rules, checks the MAC and words the summary. */
export function judge(joined: Readable, evidence: Evidence): Judgement {
  const i = interpret(joined);
  return {
    kind: i.kind,
    state: i.state,
    contentType: i.contentType,
    content: bodyKey(i),
    written: writtenAs(i),
    sec: i.push?.sec ?? null,
    mac: i.push?.mac ?? null,
    findings: i.findings,
    ...verified(joined, i, evidence),
  };
}

const NO_FINDINGS: readonly Finding[] = [];
const NO_TEXTS: readonly string[] = [];
const NO_NEEDS: Verification['needs'] = [];

/** Whatever a verification says in words is what thousands of others say. */
const packed = (v: Verification): Verification => ({
  method: v.method,
  verdict: v.verdict,
  mac: v.mac,
  // Where they are equal they are one string.
  expectedMac: v.expectedMac === v.mac ? v.mac : v.expectedMac,
  keySource: v.keySource,
  keySteps: sameList(v.keySteps),
  explanation: sameText(v.explanation),
  matchesOtherDerivation: v.matchesOtherDerivation,
  needs: v.needs.length === 0 ? NO_NEEDS : v.needs,
  matchedForm: v.matchedForm,
  notes: v.notes.length === 0 ? NO_TEXTS : v.notes,
  fix: v.fix,
  malformedMac: v.malformedMac,
});

function verified(joined: Readable, i: Interpretation, evidence: Evidence): Verified {
  const verification = packed(verify(joined, i, evidence));
  const found = () => (i.push === null ? NO_FINDINGS : verificationFindings(verification, i.push));
  return {
    verification,
    verificationFindings: isTrigger(i.kind) ? triggerFindings(i, verification) : found(),
    summary: sameText(summaryOf(joined, i, verification)),
  };
}

export const recordOf = (joined: Joined, index: number, judgement: Judgement): MessageRecord => ({
  id: `p${index + 1}`,
  index,
  joined,
  // Written out, so that all records have one shape and lie in one piece each.
  kind: judgement.kind,
  state: judgement.state,
  contentType: judgement.contentType,
  content: judgement.content,
  written: judgement.written,
  sec: judgement.sec,
  mac: judgement.mac,
  findings: judgement.findings,
  verification: judgement.verification,
  verificationFindings: judgement.verificationFindings,
  flowFindings: NO_FINDINGS,
  acrossFindings: NO_FINDINGS,
  summary: judgement.summary,
});

/** Judges the MAC anew and words the summary to match. */
export function applyKeys(record: MessageRecord, evidence: Evidence): void {
  Object.assign(record, verified(record.joined, interpret(record.joined), evidence));
}

function summaryOf(joined: Readable, i: Interpretation, verification: Verification): string {
  const { push, content, judged, kind, state } = i;
  const say = () => headline({ joined, push, content, kind, state, verification });
  // Settings that are all there say the same whoever gets them.
  if (judged === null || judged.content.provisioning === null || state !== 'complete') return say();
  judged.headline ??= say();
  return judged.headline;
}

export const allFindings = (r: MessageRecord): readonly Finding[] =>
  r.verificationFindings.length + r.flowFindings.length + r.acrossFindings.length === 0
    ? r.findings
    : [...r.findings, ...r.verificationFindings, ...r.acrossFindings, ...r.flowFindings];

const RANK: Readonly<Record<Severity, number>> = { note: 1, warning: 2, error: 3 };
export const rankOf = (s: Severity | null): number => (s === null ? 0 : RANK[s]);

export function worstOf(findings: readonly Finding[]): Severity | null {
  let worst: Severity | null = null;
  for (const f of findings) if (rankOf(f.rule.severity) > rankOf(worst)) worst = f.rule.severity;
  return worst;
}

/** First time first; ties stay in order of discovery. Messages without a time come last. */
export function inOrder(records: readonly MessageRecord[]): MessageRecord[] {
  const key = (r: MessageRecord) => (Number.isNaN(r.joined.firstTime) ? Number.POSITIVE_INFINITY : r.joined.firstTime);
  const first = (r: MessageRecord) => r.joined.segments[0]?.frame ?? 0;
  const sorted = [...records].sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    return x === y ? first(a) - first(b) : x - y;
  });
  sorted.forEach((r, index) => {
    r.index = index;
    r.id = `m${index + 1}`;
  });
  return sorted;
}
