// What the verdict means for the message's list of findings.

import { type Finding, type Rule, rules } from '../../captures/finding.ts';
import type { Range } from '../../dissectors/content/document.ts';
import type { WspPush } from '../../dissectors/wap/push.ts';
import type { Slice, Verification } from './verify.ts';

const CLAUSE = 'OMA-WAP-TS-ProvBoot-V1_1 6';
const PARAMETERS = 'OMA-WAP-TS-ProvCont-V1_1 4.3';

export const VERIFY_RULES = rules({
  mismatch: {
    code: 'MAC-MISMATCH',
    severity: 'error',
    title: 'The MAC is not the one that the secret gives for this document',
    clause: CLAUSE,
    receivers: 'Phones that check the MAC reject the message, most of them without a word.',
    fix: 'Compute the MAC over the body octets exactly as sent, with the key of the method that SEC names.',
  },
  otherDerivation: {
    code: 'MAC-WRONG-KEY-FORM',
    severity: 'error',
    title: 'The MAC was made with a key, or over octets, that the method does not prescribe',
    clause: CLAUSE,
    receivers: 'Phones that follow the standard reject the message.',
    fix: 'Make the key as the method prescribes: for NETWPIN the IMSI as in EF_IMSI, for USERPIN the characters of the PIN.',
  },
  noMac: {
    code: 'MAC-MISSING',
    severity: 'error',
    title: 'SEC names a method but there is no MAC',
    clause: PARAMETERS,
    receivers: 'Some clients treat the message as unprotected, others fail on it.',
    fix: 'Send the MAC parameter, or leave SEC out too.',
  },
  noSec: {
    code: 'SEC-MISSING',
    severity: 'error',
    title: 'There is a MAC but no SEC, so the receiver does not know which key to use',
    clause: PARAMETERS,
    fix: 'Send SEC before MAC.',
  },
  unknownSec: {
    code: 'SEC-UNKNOWN',
    severity: 'error',
    title: 'SEC has a value that names no method',
    clause: PARAMETERS,
    receivers: 'Some clients treat the message as unprotected, others reject it.',
    fix: 'Use 0 (NETWPIN), 1 (USERPIN), 2 (USERNETWPIN) or 3 (USERPINMAC).',
  },
  macForm: {
    code: 'MAC-MALFORMED',
    severity: 'error',
    title: 'The MAC is not forty hex digits',
    clause: PARAMETERS,
    receivers: 'No phone can match it.',
    fix: 'Write all twenty octets of the HMAC as upper-case hex digits.',
  },
  macWriting: {
    code: 'MAC-WRITING',
    severity: 'warning',
    title: 'The MAC has the right value but an unusual writing',
    clause: PARAMETERS,
    receivers: 'Clients that compare the MAC as text reject it.',
    fix: 'Write the MAC as forty upper-case hex digits, without quotation marks or spaces.',
  },
  unprotected: {
    code: 'SEC-UNPROTECTED',
    severity: 'warning',
    title: 'The message has neither SEC nor MAC',
    clause: PARAMETERS,
    receivers: 'Many phones ignore unprotected settings; some install them for anybody who can send a message.',
    fix: 'Protect the message, with NETWPIN where the IMSI is known.',
  },
});

/** Findings of one verdict; ranges are octets of the datagram, of the content type where no MAC is there to point at. */
export function verificationFindings(v: Verification, push: Pick<WspPush, 'macRange' | 'contentTypeRange'>): Finding[] {
  const at: Range = push.macRange ?? push.contentTypeRange;
  const out: Finding[] = [];
  const add = (rule: Rule, message: string) =>
    out.push({ rule, message, of: 'datagram', start: at.start, length: at.length });
  if (v.matchesOtherDerivation !== null) add(VERIFY_RULES.otherDerivation, v.explanation);
  else if (v.malformedMac) add(VERIFY_RULES.macForm, v.explanation);
  else if (v.verdict === 'invalid') add(VERIFY_RULES.mismatch, v.explanation);
  else if (v.verdict === 'no-mac') add(VERIFY_RULES.noMac, v.explanation);
  else if (v.verdict === 'unprotected') add(VERIFY_RULES.unprotected, v.explanation);
  else if (v.verdict === 'malformed') {
    add(v.secGiven ? VERIFY_RULES.unknownSec : VERIFY_RULES.noSec, v.explanation);
  }
  for (const note of v.notes) add(VERIFY_RULES.macWriting, note);
  return out;
}

/** What senders may have put under the MAC instead of the document. */
export function slicesOf(from: {
  /** The whole push, and where its body begins and its MAC ends. */
  readonly datagram: Uint8Array;
  readonly push: WspPush;
  /** The document as text, as the sender may have had it before encoding. */
  readonly xml: readonly string[];
  /** Octets that the document takes of the body. */
  readonly documentLength: number | null;
}): Slice[] {
  const { datagram, push } = from;
  const bodyEnd = push.body.start + push.body.length;
  const out: Slice[] = [];
  if (from.documentLength !== null && from.documentLength > 0 && from.documentLength < push.body.length) {
    const bytes = datagram.subarray(push.body.start, push.body.start + from.documentLength);
    out.push({ name: 'mac-over-document', title: 'the document without the octets that trail it', bytes });
  }
  if (push.macRange !== null) {
    const afterMac = push.macRange.start + push.macRange.length;
    for (const start of [afterMac, afterMac + 1]) {
      if (start >= push.body.start || start > datagram.length) continue;
      const bytes = datagram.subarray(start, bodyEnd);
      out.push({ name: 'mac-over-headers', title: 'the headers after the MAC as well as the document', bytes });
    }
  }
  out.push({ name: 'mac-over-datagram', title: 'the whole push with its headers', bytes: datagram });
  const encoder = new TextEncoder();
  for (const text of from.xml) {
    out.push({ name: 'mac-over-xml', title: 'the document as XML text', bytes: encoder.encode(text) });
  }
  return out;
}
