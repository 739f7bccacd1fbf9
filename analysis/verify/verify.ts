// Is the MAC of a provisioning message the one its secret gives?

import type { Keys, Verdict, VerifyResult } from '../engine/contract.ts';
import {
  type Candidate,
  type Inferred,
  isWeak,
  type KeySource,
  METHODS,
  type Method,
  NEEDS,
  type Need,
  type Secret,
  type Secrets,
  standardKeys,
} from './candidates.ts';
import { explain, formFix, formNotes } from './explain.ts';
import { imsiDigits } from './keys.ts';
import { decimalDigits, macOf, macsOf, readMac, type SentMac } from './mac.ts';
import { findMistake, type Slice } from './mistakes.ts';
import { typedNumber, typedSteps } from './pinmac.ts';

export interface VerifyInput {
  /** SEC of the content type; null where it has none. */
  readonly sec: number | null;
  /** MAC of the content type as sent; null where it has none. */
  readonly mac: string | null;
  /** The document exactly as delivered, without headers (OMA-WAP-TS-ProvBoot-V1_1 6). */
  readonly body: Uint8Array;
  readonly keys: Keys;
  /** IMSIs that the capture itself ties to the recipient, the strongest ties first. */
  readonly inferred?: readonly Inferred[];
  /** PINs that texts told the recipient. */
  readonly told?: readonly Inferred[];
  /** PINs that were found by trying, on this message or on another. */
  readonly searched?: readonly string[];
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
  /** What the sender has to change, one sentence; null where nothing is known to be wrong. */
  readonly fix: string | null;
  /** The MAC is there but is not forty hex digits. */
  readonly malformedMac: boolean;
}

/** Keys tried for one message: standard ones, then mistaken ones. More secrets than that are not tried. */
const MOST_KEYS = 4096;

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
    fix: null,
    malformedMac: false,
  };
}

interface Tried {
  readonly matched: Candidate | null;
  /** The first key that is surely the recipient's: what the MAC should have been for it. */
  readonly first: Candidate | null;
  readonly count: number;
  readonly stopped: boolean;
}

/** Keys that are only perhaps the recipient's are tried, too, but count only when they fit. */
function tryAll(candidates: Iterable<Candidate>, fits: (c: Candidate) => boolean): Tried {
  let first: Candidate | null = null;
  let count = 0;
  let all = 0;
  for (const c of candidates) {
    if (all === MOST_KEYS) return { matched: null, first, count, stopped: true };
    all += 1;
    if (!isWeak(c)) {
      first ??= c;
      count += 1;
    }
    if (fits(c)) return { matched: c, first, count, stopped: false };
  }
  return { matched: null, first, count, stopped: false };
}

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
  const fix = sent === null ? null : formFix(sent);
  if (sent === null && input.sec === null) {
    return { ...none, verdict: 'unprotected', explanation: explain.unprotected };
  }
  if (method === null) return withoutMethod(input, sent, secrets, { ...none, notes, fix });
  const base = { ...none, method, notes, fix };
  if (sent === null && method !== 'USERPINMAC') {
    return { ...base, verdict: 'no-mac', explanation: explain.noMac(method) };
  }
  if (input.complete === false) return { ...base, explanation: explain.incomplete(method) };
  return method === 'USERPINMAC'
    ? checkUserPinMac(input, sent, secrets, base)
    : checkMac(method, input, sent!, secrets, base);
}

function gather(input: VerifyInput): Secrets {
  const given = (values: readonly string[]): Secret[] =>
    [...new Set(values)].filter((v) => v !== '').map((value) => ({ value, source: 'given' }));
  /** Adds what is not among the secrets already. */
  const add = (to: Secret[], more: readonly Secret[], same: (v: string) => string | null = (v) => v): void => {
    const known = new Set(to.map((s) => same(s.value)));
    for (const s of more) if (!known.has(same(s.value))) to.push(s);
  };
  const imsi = given(input.keys.imsi);
  const pin = given(input.keys.pin);
  const inferred = (list: readonly Inferred[] | undefined): Secret[] =>
    (list ?? []).map((i) => ({ ...i, source: 'inferred' }));
  add(imsi, inferred(input.inferred), imsiDigits);
  add(
    pin,
    (input.searched ?? []).map((value) => ({ value, source: 'searched', weak: true })),
  );
  add(pin, inferred(input.told));
  return {
    imsi,
    pin,
    // How such a key is made is only remembered: that it does not fit proves nothing.
    esn: given(input.keys.esn ?? []).map((e): Secret => ({ ...e, weak: true })),
    msisdn: input.msisdn ?? null,
  };
}

/** What the method needs and nobody gave in a usable form. */
function missing(method: Method, secrets: Secrets): Need[] {
  const have: Readonly<Record<Need, boolean>> = {
    imsi: secrets.imsi.some((s) => s.weak !== true && imsiDigits(s.value) !== null),
    pin: secrets.pin.some((s) => s.weak !== true),
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
  const mac = macsOf(input.body);
  const tried = tryAll(right(), (c) => mac(c.key) === sent.hex);
  const shown = tried.matched ?? tried.first;
  const common = {
    ...base,
    needs: tried.matched === null ? missing(method, secrets) : [],
    expectedMac: tried.matched !== null ? sent.hex : shown === null ? null : mac(shown.key),
    keySource: shown?.source ?? null,
    keySteps: shown?.steps(input.secrets ?? false) ?? [],
  };
  if (tried.matched !== null) {
    return { ...common, verdict: 'valid', explanation: explain.valid(method, tried.matched, tried.count) };
  }
  const mistake = findMistake(method, sent, input, secrets, () => [...right()].filter((c) => !isWeak(c)));
  const matchesOtherDerivation = mistake?.name ?? null;
  const fix = mistake?.fix ?? base.fix;
  if (tried.first === null) {
    const verdict: Verdict = sent.wellFormed ? 'no-key' : 'malformed';
    const explanation = sent.wellFormed
      ? explain.noKey(method, common.needs, secrets, mistake)
      : explain.badMac(sent, common.expectedMac);
    return { ...common, verdict, matchesOtherDerivation, explanation, fix };
  }
  const explanation =
    mistake === null && !sent.wellFormed
      ? explain.badMac(sent, common.expectedMac)
      : explain.invalid(method, tried.first, tried.count, tried.stopped, mistake);
  return { ...common, verdict: 'invalid', matchesOtherDerivation, explanation, fix };
}

/**
 * USERPINMAC has two forms in the field: the standard's, where the user types key and check digits and MAC is not
 * used, and a MAC parameter keyed with the PIN, which some gateways send.
 */
function checkUserPinMac(input: VerifyInput, sent: SentMac | null, secrets: Secrets, base: Verification): Verification {
  const byDigits = () => standardKeys('USERPINMAC', secrets);
  const byPin = () => (sent === null ? [] : standardKeys('USERPIN', secrets));
  const mac = macsOf(input.body);
  const typed = tryAll(byDigits(), (c) => c.digits === decimalDigits(mac(c.key), c.digits?.length));
  const keyed = tryAll(byPin(), (c) => sent !== null && mac(c.key) === sent.hex);
  const matched = typed.matched ?? keyed.matched;
  const shown = matched ?? keyed.first ?? typed.first;
  const common = {
    ...base,
    needs: matched === null ? missing('USERPINMAC', secrets) : [],
    expectedMac: shown === null ? null : mac(shown.key),
    keySource: shown?.source ?? null,
    keySteps: shown?.steps(input.secrets ?? false) ?? [],
  };
  if (matched !== null) {
    const matchedForm = typed.matched !== null ? 'check-digits' : 'mac-parameter';
    const pin = matched.of[0]?.value ?? '';
    const recovered = matchedForm === 'mac-parameter' ? typedNumber(pin, mac) : null;
    const keySteps = [...common.keySteps, ...(recovered === null ? [] : typedSteps(recovered, input.secrets ?? false))];
    return {
      ...common,
      keySteps,
      verdict: 'valid',
      matchedForm,
      explanation: explain.validPinMac(matchedForm, matched),
    };
  }
  const mistake =
    sent === null
      ? null
      : findMistake('USERPINMAC', sent, input, secrets, () => [...byDigits(), ...byPin()].filter((c) => !isWeak(c)));
  const matchesOtherDerivation = mistake?.name ?? null;
  const fix = mistake?.fix ?? base.fix;
  if (shown === null) {
    if (sent !== null && !sent.wellFormed) {
      return { ...common, verdict: 'malformed', explanation: explain.badMac(sent, null) };
    }
    const needs: Need[] = ['pin'];
    const first = secrets.pin.find((p) => p.weak !== true);
    const explanation =
      first !== undefined ? explain.pinTooShort : explain.noKey('USERPINMAC', needs, secrets, mistake);
    const whole = first === undefined ? null : typedNumber(first.value, mac);
    const keySteps = whole === null ? [] : typedSteps(whole, input.secrets ?? false);
    return { ...common, keySteps, needs, verdict: 'no-key', matchesOtherDerivation, explanation, fix };
  }
  const explanation =
    mistake === null && sent !== null && !sent.wellFormed
      ? explain.badMac(sent, common.expectedMac)
      : explain.invalid(
          'USERPINMAC',
          shown,
          Math.max(typed.count, keyed.count),
          typed.stopped || keyed.stopped,
          mistake,
        );
  return { ...common, verdict: 'invalid', matchesOtherDerivation, explanation, fix };
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
