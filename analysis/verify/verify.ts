// Is the MAC of a provisioning message the one its secret gives?

import type { Keys, Verdict, VerifyResult } from '../engine/contract.ts';
import {
  type Candidate,
  type KeySource,
  METHODS,
  type Method,
  mistakenKeys,
  NEEDS,
  type Need,
  type Secret,
  type Secrets,
  standardKeys,
} from './candidates.ts';
import { type Derivation, MAC_MOD_10 } from './derivations.ts';
import { explain, formNotes } from './explain.ts';
import { ascii, imsiDigits, toHex } from './keys.ts';
import { decimalDigits, isDecimalForm, macOf, readMac, type SentMac } from './mac.ts';

/** Octets that a sender may have put under the MAC instead of the document; `name` begins with 'mac-over-'. */
export interface Slice {
  readonly name: string;
  /** Ends the sentence 'The MAC was taken over ...'. */
  readonly title: string;
  readonly bytes: Uint8Array;
}

export interface VerifyInput {
  /** SEC of the content type; null where it has none. */
  readonly sec: number | null;
  /** MAC of the content type as sent; null where it has none. */
  readonly mac: string | null;
  /** The document exactly as delivered, without headers (OMA-WAP-TS-ProvBoot-V1_1 6). */
  readonly body: Uint8Array;
  readonly keys: Keys;
  /** IMSIs that the capture itself ties to the recipient. */
  readonly inferred?: readonly string[];
  /** The recipient's number, only to recognise senders that use it as key. */
  readonly msisdn?: string | null;
  /** False where octets of the document are missing; default true. */
  readonly complete?: boolean;
  /** False for content that carries no MAC by its nature; default true. */
  readonly applies?: boolean;
  /** See `slicesOf`; tried, and asked for, only when nothing else fits. */
  readonly slices?: readonly Slice[] | (() => readonly Slice[]);
  /** Shows digits and octets of keys in `keySteps`; default false. */
  readonly secrets?: boolean;
}

export interface Verification extends Omit<VerifyResult, 'covered' | 'macRange'> {
  readonly method: Method | null;
  readonly verdict: Verdict;
  readonly keySource: KeySource | null;
  readonly needs: readonly Need[];
  /** USERPINMAC only: which of its two forms matched. */
  readonly matchedForm: 'check-digits' | 'mac-parameter' | null;
  /** Sentences on how the MAC was written: lower case, quoted. */
  readonly notes: readonly string[];
  /** The MAC is there but is not forty hex digits. */
  readonly malformedMac: boolean;
}

/** Keys tried for one message: standard ones, then mistaken ones. More secrets than that are not tried. */
const MOST_KEYS = 4096;
const MOST_MISTAKES = 4096;

export function notApplicable(explanation = 'This kind of content carries no MAC.'): Verification {
  return {
    method: null,
    verdict: 'not-applicable',
    mac: null,
    expectedMac: null,
    keySource: null,
    keySteps: [],
    explanation,
    matchesOtherDerivation: null,
    needs: [],
    matchedForm: null,
    notes: [],
    malformedMac: false,
  };
}

interface Tried {
  readonly matched: Candidate | null;
  /** The first key of the right sort: what the MAC should have been for it. */
  readonly first: Candidate | null;
  readonly count: number;
  readonly stopped: boolean;
}

function tryAll(candidates: Iterable<Candidate>, fits: (c: Candidate) => boolean): Tried {
  let first: Candidate | null = null;
  let count = 0;
  for (const c of candidates) {
    if (count === MOST_KEYS) return { matched: null, first, count, stopped: true };
    first ??= c;
    count += 1;
    if (fits(c)) return { matched: c, first, count, stopped: false };
  }
  return { matched: null, first, count, stopped: false };
}

/** The first mistake that explains the MAC, most likely ones first. */
function findMistake(
  method: Method | null,
  sent: SentMac,
  input: VerifyInput,
  secrets: Secrets,
  right: () => Iterable<Candidate>,
): Derivation | null {
  if (!sent.wellFormed) {
    for (const c of right()) if (isDecimalForm(sent, macOf(c.key, input.body))) return MAC_MOD_10;
    return null;
  }
  let left = MOST_MISTAKES;
  for (const m of mistakenKeys(method, secrets)) {
    if (left === 0) return null;
    left -= 1;
    if (macOf(m.key, input.body) === sent.hex) return m.derivation;
  }
  // Made only when there is a key to try on them.
  let slices: readonly Slice[] | null = null;
  for (const c of right()) {
    if (isDecimalForm(sent, macOf(c.key, input.body))) return MAC_MOD_10;
    slices ??= slicesToTry(input);
    for (const s of slices) {
      if (left === 0) return null;
      left -= 1;
      if (macOf(c.key, s.bytes) === sent.hex) return s;
    }
  }
  return null;
}

const slicesToTry = ({ slices, body }: VerifyInput): readonly Slice[] => [
  ...(typeof slices === 'function' ? slices() : (slices ?? [])),
  hexSlice(body),
];

const hexSlice = (body: Uint8Array): Slice => ({
  name: 'mac-over-hex-text',
  title: 'the document written as hex digits',
  bytes: ascii(toHex(body)),
});

/**
 * Checks SEC and MAC of a push against the secrets known (OMA-WAP-TS-ProvBoot-V1_1 6). Never throws; secrets appear in
 * `keySteps` only when asked for, and nowhere else.
 */
export function verifyMac(input: VerifyInput): Verification {
  const sent = readMac(input.mac);
  const none: Verification = {
    ...notApplicable(),
    mac: input.mac,
    malformedMac: sent !== null && !sent.wellFormed,
  };
  const method = input.sec === null ? null : (METHODS[input.sec] ?? null);
  if (input.applies === false && input.sec === null && sent === null) return none;
  const secrets = gather(input);
  const notes = sent === null ? [] : formNotes(sent);
  if (sent === null && input.sec === null) {
    return { ...none, verdict: 'unprotected', explanation: explain.unprotected };
  }
  if (method === null) return withoutMethod(input, sent, secrets, { ...none, notes });
  const base = { ...none, method, notes };
  if (sent === null && method !== 'USERPINMAC') {
    return { ...base, verdict: 'no-mac', explanation: explain.noMac(method) };
  }
  if (input.complete === false) return { ...base, explanation: explain.incomplete(method) };
  return method === 'USERPINMAC'
    ? checkUserPinMac(input, sent, secrets, base)
    : checkMac(method, input, sent!, secrets, base);
}

function gather(input: VerifyInput): Secrets {
  const given = (values: readonly string[], source: KeySource): Secret[] =>
    [...new Set(values)].filter((v) => v !== '').map((value) => ({ value, source }));
  const imsi = given(input.keys.imsi, 'given');
  const known = new Set(imsi.map((s) => imsiDigits(s.value)));
  const inferred = given(input.inferred ?? [], 'inferred').filter((s) => !known.has(imsiDigits(s.value)));
  return { imsi: [...imsi, ...inferred], pin: given(input.keys.pin, 'given'), msisdn: input.msisdn ?? null };
}

/** What the method needs and nobody gave in a usable form. */
function missing(method: Method, secrets: Secrets): Need[] {
  const have: Readonly<Record<Need, boolean>> = {
    imsi: secrets.imsi.some((s) => imsiDigits(s.value) !== null),
    pin: secrets.pin.length > 0,
  };
  return NEEDS[method].filter((n) => !have[n]);
}

function checkMac(
  method: Exclude<Method, 'USERPINMAC'>,
  input: VerifyInput,
  sent: SentMac,
  secrets: Secrets,
  base: Verification,
): Verification {
  const right = () => standardKeys(method, secrets);
  const tried = tryAll(right(), (c) => macOf(c.key, input.body) === sent.hex);
  const shown = tried.matched ?? tried.first;
  const common = {
    ...base,
    needs: missing(method, secrets),
    expectedMac: tried.matched !== null ? sent.hex : shown === null ? null : macOf(shown.key, input.body),
    keySource: shown?.source ?? null,
    keySteps: shown?.steps(input.secrets ?? false) ?? [],
  };
  if (tried.matched !== null) {
    return { ...common, verdict: 'valid', explanation: explain.valid(method, tried.matched.source, tried.count) };
  }
  const mistake = findMistake(method, sent, input, secrets, right);
  const matchesOtherDerivation = mistake?.name ?? null;
  if (tried.first === null) {
    const verdict: Verdict = sent.wellFormed ? 'no-key' : 'malformed';
    const explanation = sent.wellFormed
      ? explain.noKey(method, common.needs, secrets, mistake)
      : explain.badMac(sent, common.expectedMac);
    return { ...common, verdict, matchesOtherDerivation, explanation };
  }
  const explanation =
    mistake === null && !sent.wellFormed
      ? explain.badMac(sent, common.expectedMac)
      : explain.invalid(method, tried.count, tried.stopped, mistake);
  return { ...common, verdict: 'invalid', matchesOtherDerivation, explanation };
}

/**
 * USERPINMAC has two forms in the field: the standard's, where the user types key and check digits and MAC is not
 * used, and a MAC parameter keyed with the PIN, which some gateways send.
 */
function checkUserPinMac(input: VerifyInput, sent: SentMac | null, secrets: Secrets, base: Verification): Verification {
  const byDigits = () => standardKeys('USERPINMAC', secrets);
  const byPin = () => (sent === null ? [] : standardKeys('USERPIN', secrets));
  const typed = tryAll(byDigits(), (c) => c.digits === decimalDigits(macOf(c.key, input.body), c.digits?.length));
  const keyed = tryAll(byPin(), (c) => sent !== null && macOf(c.key, input.body) === sent.hex);
  const matched = typed.matched ?? keyed.matched;
  const shown = matched ?? keyed.first ?? typed.first;
  const common = {
    ...base,
    needs: missing('USERPINMAC', secrets),
    expectedMac: shown === null ? null : macOf(shown.key, input.body),
    keySource: shown?.source ?? null,
    keySteps: shown?.steps(input.secrets ?? false) ?? [],
  };
  if (matched !== null) {
    const matchedForm = typed.matched !== null ? 'check-digits' : 'mac-parameter';
    return { ...common, verdict: 'valid', matchedForm, explanation: explain.validPinMac(matchedForm) };
  }
  const mistake =
    sent === null ? null : findMistake('USERPINMAC', sent, input, secrets, () => [...byDigits(), ...byPin()]);
  const matchesOtherDerivation = mistake?.name ?? null;
  if (shown === null) {
    if (sent !== null && !sent.wellFormed) {
      return { ...common, verdict: 'malformed', explanation: explain.badMac(sent, null) };
    }
    const needs: Need[] = ['pin'];
    const explanation =
      secrets.pin.length > 0 ? explain.pinTooShort : explain.noKey('USERPINMAC', needs, secrets, mistake);
    return { ...common, needs, verdict: 'no-key', matchesOtherDerivation, explanation };
  }
  const explanation =
    mistake === null && sent !== null && !sent.wellFormed
      ? explain.badMac(sent, common.expectedMac)
      : explain.invalid('USERPINMAC', Math.max(typed.count, keyed.count), typed.stopped || keyed.stopped, mistake);
  return { ...common, verdict: 'invalid', matchesOtherDerivation, explanation };
}

/** No SEC, or one that the standard does not define: nothing says which key to use, but a known one may still fit. */
function withoutMethod(input: VerifyInput, sent: SentMac | null, secrets: Secrets, base: Verification): Verification {
  const verdict: Verdict = 'malformed';
  if (sent === null) return { ...base, verdict, explanation: explain.unknownSec(input.sec ?? 0, null) };
  const said = (fits: Method | null) =>
    input.sec === null ? explain.macWithoutSec(fits) : explain.unknownSec(input.sec, fits);
  if (input.complete === false) return { ...base, verdict, explanation: said(null) };
  for (const method of METHODS) {
    if (method === 'USERPINMAC') continue;
    const { matched } = tryAll(standardKeys(method, secrets), (c) => macOf(c.key, input.body) === sent.hex);
    if (matched === null) continue;
    return {
      ...base,
      verdict,
      expectedMac: macOf(matched.key, input.body),
      keySource: matched.source,
      keySteps: matched.steps(input.secrets ?? false),
      explanation: said(method),
    };
  }
  return { ...base, verdict, explanation: said(null) };
}
