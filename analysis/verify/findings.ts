// What the verdict means for the message's list of findings.

import { type Finding, type Rule, rules } from '../../captures/finding.ts';
import type { Range } from '../../dissectors/content/document.ts';
import type { WspPush } from '../../dissectors/wap/push.ts';
import type { Verification } from './verify.ts';

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
  unprotected: {
    code: 'SEC-UNPROTECTED',
    severity: 'warning',
    title: 'The message has neither SEC nor MAC',
    clause: PARAMETERS,
    receivers: 'Many phones ignore unprotected settings; some install them for anybody who can send a message.',
    fix: 'Protect the message, with NETWPIN where the IMSI is known.',
  },
});

const NONE: readonly Finding[] = [];

/**
 * Findings of one verdict; ranges are octets of the datagram, of the content type where no MAC is there to point at.
 * How SEC and MAC are written is the WSP decoder's to tell: this adds what only the secret tells.
 */
export function verificationFindings(
  v: Verification,
  push: Pick<WspPush, 'macRange' | 'contentTypeRange'>,
): readonly Finding[] {
  const at: Range = push.macRange ?? push.contentTypeRange;
  const tell = (rule: Rule): Finding[] => [
    { rule, message: v.explanation, of: 'datagram', start: at.start, length: at.length },
  ];
  if (v.matchesOtherDerivation !== null) return tell(VERIFY_RULES.otherDerivation);
  if (v.verdict === 'unprotected') return tell(VERIFY_RULES.unprotected);
  return v.verdict === 'invalid' && !v.malformedMac ? tell(VERIFY_RULES.mismatch) : NONE;
}
