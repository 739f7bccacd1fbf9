// Is the digest of a notification the one that the server's password and nonce give?

import { type Finding, rules } from '../../captures/finding.ts';
import type { Interpretation } from '../engine/interpret.ts';
import { notApplicable, type Verification } from '../verify/verify.ts';
import type { DmAccount, DmCredential } from './accounts.ts';
import { fromBase64, triggerDigest } from './digest.ts';

const CLAUSE = 'OMA-TS-DM_Notification-V1_2, digest';

export const TRIGGER_RULES = rules({
  mismatch: {
    code: 'DM-DIGEST-MISMATCH',
    severity: 'warning',
    basis: 'remembered',
    title: 'The digest of the notification is not the one that the known password and nonce give',
    clause: CLAUSE,
    receivers: 'Phones that check the digest ignore the notification; some then call the server for a new nonce.',
    fix: 'Make the digest with the password of the server and the nonce that the phone holds.',
  },
  other: {
    code: 'DM-DIGEST-OTHER-FORM',
    severity: 'warning',
    basis: 'remembered',
    title: 'The digest of the notification was made in another way than the standard says',
    clause: CLAUSE,
    receivers: 'Phones that follow the standard ignore the notification.',
    fix: 'Make the digest with the credentials of the server and with the octets of the nonce.',
  },
  empty: {
    code: 'DM-DIGEST-EMPTY',
    severity: 'warning',
    basis: 'remembered',
    title: 'The digest of the notification is all zeros: anybody could have sent it',
    clause: CLAUSE,
    receivers: 'Phones that check the digest ignore the notification; some accept it.',
  },
});

export const isTrigger = (kind: string): boolean => kind === 'dm-notification' || kind === 'sync-notification';

/** MD5. */
const LENGTH = 16;
/** Digests computed for one notification. */
const MOST_TRIED = 512;

const hex = (octets: Uint8Array): string =>
  Array.from(octets, (o) => o.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();

interface Way {
  readonly name: string;
  readonly secret: string;
  readonly nonce: Uint8Array;
  /** Mistake that this would be; null: as the standard has it. */
  readonly mistake: { readonly id: string; readonly text: string } | null;
}

const text = (s: string): Uint8Array => new TextEncoder().encode(s);

/** Ways a server may have made the digest of a credential, the right ones first. */
function* waysOf(serverId: string, c: DmCredential): Generator<Way> {
  // In a provisioning document the nonce stands in base64; its octets count.
  const octets = c.nonce === '' ? new Uint8Array(0) : (fromBase64(c.nonce) ?? text(c.nonce));
  const names = c.name === null || c.name === serverId ? [serverId] : [serverId, c.name];
  const client =
    c.of === 'phone'
      ? { id: 'dm-phone-credentials', text: 'with the credentials of the phone, not of the server' }
      : null;
  for (const name of names) yield { name, secret: c.secret, nonce: octets, mistake: client };
  if (c.nonce === '') return;
  const written = { id: 'dm-nonce-as-text', text: 'with the base64 text of the nonce instead of its octets' };
  for (const name of names) yield { name, secret: c.secret, nonce: text(c.nonce), mistake: client ?? written };
  const without = { id: 'dm-no-nonce', text: 'without the nonce' };
  for (const name of names) yield { name, secret: c.secret, nonce: new Uint8Array(0), mistake: client ?? without };
}

const order = (c: DmCredential): number => (c.of === 'server' ? 0 : c.of === null ? 1 : 2);

/** The verdict on a notification's digest, in the form of that on a MAC. */
export function verifyTrigger(i: Interpretation, accounts: readonly DmAccount[]): Verification {
  const bytes = i.body.bytes;
  const serverId = i.content?.details.find((d) => d.label === 'Server')?.value ?? null;
  const none = notApplicable('Too little of the notification is here to check its digest.');
  if (serverId === null || i.state === 'incomplete') return none;
  const digest = bytes.subarray(0, LENGTH);
  const base: Verification = { ...none, mac: hex(digest) };
  if (digest.every((o) => o === 0)) {
    const explanation = 'The digest is all zeros: the notification is not authenticated, anybody could have sent it.';
    return { ...base, verdict: 'unprotected', explanation };
  }
  const known = accounts.filter((a) => a.serverId === serverId && a.credentials.length > 0);
  if (known.length === 0) return { ...base, verdict: 'no-key', explanation: unknown(serverId, accounts) };
  return check(base, serverId, known, digest, bytes.subarray(LENGTH));
}

const unknown = (serverId: string, accounts: readonly DmAccount[]): string => {
  const account = accounts.some((a) => a.serverId === serverId);
  const why = account
    ? 'the account in this capture has no password'
    : 'no message of this capture sets up its account';
  return `The digest cannot be checked: the password and nonce of server ${serverId.slice(0, 60)} are not known, ${why}.`;
};

function check(
  base: Verification,
  serverId: string,
  accounts: readonly DmAccount[],
  digest: Uint8Array,
  trigger: Uint8Array,
): Verification {
  const sent = hex(digest);
  let tried = 0;
  let expected: string | null = null;
  let mistaken: { readonly way: Way; readonly from: string } | null = null;
  for (const a of accounts) {
    for (const c of [...a.credentials].sort((x, y) => order(x) - order(y))) {
      for (const way of waysOf(serverId, c)) {
        if (tried === MOST_TRIED) break;
        tried += 1;
        const made = hex(triggerDigest(way.name, way.secret, way.nonce, trigger));
        if (way.mistake === null) expected ??= made;
        if (made !== sent) continue;
        const keySource = a.from === 'the keys given' ? 'given' : 'inferred';
        if (way.mistake === null)
          return { ...base, verdict: 'valid', keySource, explanation: matched(serverId, a.from) };
        mistaken ??= { way, from: a.from };
      }
    }
  }
  const invalid: Verification = { ...base, verdict: 'invalid', expectedMac: expected };
  if (mistaken !== null && mistaken.way.mistake !== null) {
    const explanation = `The digest was made ${mistaken.way.mistake.text}; the account comes from ${mistaken.from}.`;
    return { ...invalid, matchesOtherDerivation: mistaken.way.mistake.id, explanation };
  }
  const from = accounts[0]?.from ?? '';
  const explanation =
    `The digest is not the one that the password and nonce of server ${serverId.slice(0, 60)} from ${from} give. ` +
    'Either the sender does not know the password, or a session since then gave the phone another nonce.';
  return { ...invalid, explanation };
}

const matched = (serverId: string, from: string): string =>
  `The digest is the one that the password and nonce of server ${serverId.slice(0, 60)} give, which come from ${from}: the sender knew them.`;

/** What the verdict means for the list of findings; ranges are octets of the body. */
export function triggerFindings(i: Interpretation, v: Verification): Finding[] {
  const length = Math.min(LENGTH, i.body.bytes.length);
  const tell = (rule: Finding['rule']): Finding[] => [{ rule, message: v.explanation, of: 'body', start: 0, length }];
  if (v.verdict === 'unprotected') return tell(TRIGGER_RULES.empty);
  if (v.matchesOtherDerivation !== null) return tell(TRIGGER_RULES.other);
  return v.verdict === 'invalid' ? tell(TRIGGER_RULES.mismatch) : [];
}
