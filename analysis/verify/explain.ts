// Verdicts in words. One sentence each; no secret ever appears in one.

import type { Candidate, Method, Need, Secrets } from './candidates.ts';
import type { Derivation } from './derivations.ts';
import type { SentMac } from './mac.ts';
import { isSerial } from './serials.ts';

const SECRET_OF: Readonly<Record<Method, string>> = {
  NETWPIN: 'IMSI',
  USERPIN: 'PIN',
  USERNETWPIN: 'IMSI and PIN',
  USERPINMAC: 'PIN',
};

const NEED: Readonly<Record<Need, string>> = { imsi: "the subscriber's IMSI", pin: "the user's PIN" };

const plural = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;

/** How a finding or an explanation names a mistake. */
const mistakeTitle = (d: Derivation): string =>
  d.name.startsWith('mac-over-')
    ? `taken over ${d.title}`
    : d.name === 'mac-mod-10'
      ? `written as ${d.title}`
      : `made with ${d.title}`;

/** Where inferred secrets come from, in brackets. */
function because(c: Candidate): string {
  const whys = c.of.flatMap((s) => (s.source === 'inferred' && s.why !== undefined ? [s.why()] : []));
  return whys.length === 0 ? '' : ` (${whys.join('; ')})`;
}

export const explain = {
  unprotected: 'The message has neither SEC nor MAC: nothing protects it, and many phones ignore such settings.',

  noMac: (m: Method): string =>
    `SEC says ${m}, but there is no MAC to check; some phones treat such a message as unprotected, others reject it.`,

  incomplete: (m: Method): string =>
    `The ${m} MAC can't be checked, because octets of the document are missing from the capture.`,

  valid(m: Method, matched: Candidate, tried: number): string {
    const { source } = matched;
    const secret = SECRET_OF[m];
    const which =
      matched.serial !== undefined
        ? `${matched.serial}, in a form that is remembered of the specification at best and confirmed by no phone`
        : source === 'inferred'
          ? `the ${secret} that the capture itself gives${because(matched)}`
          : source === 'searched'
            ? `${m === 'USERNETWPIN' ? 'the IMSI and ' : ''}a PIN that was found by trying`
            : tried === 1
              ? `the ${secret} given`
              : `one of the keys given`;
    return `The MAC matches ${which}: whoever built the document knew ${m === 'USERNETWPIN' ? 'both' : 'it'}, which does not say who that was.`;
  },

  validPinMac(form: 'check-digits' | 'mac-parameter', matched: Candidate): string {
    const from =
      matched.source === 'given'
        ? 'given'
        : matched.source === 'searched'
          ? 'found by trying'
          : `that the capture itself gives${because(matched)}`;
    return form === 'check-digits'
      ? `The check digits in the second half of the number ${from} match the document: whoever chose it knew the document, which does not say who that was.`
      : `The MAC matches the PIN ${from} as its key, a form some gateways use; the standard has the user type check digits instead.`;
  },

  invalid(m: Method, first: Candidate, tried: number, stopped: boolean, mistake: Derivation | null): string {
    const secret = SECRET_OF[m];
    if (mistake !== null) {
      return `The MAC was ${mistakeTitle(mistake)}, which is not what ${m} prescribes: a phone that follows the standard rejects it.`;
    }
    if (stopped) return `The MAC matches none of the first ${tried} keys tried; the rest were not tried.`;
    const which =
      tried > 1
        ? `any of the ${plural(tried, 'key')} ${first.source === 'inferred' ? 'known' : 'given'}`
        : `the ${secret} ${first.source === 'inferred' ? `that the capture itself gives${because(first)}` : 'given'}`;
    return `The MAC does not match ${which}: the document was changed, or another ${secret.replace(' and ', ' or ')} was used.`;
  },

  noKey(m: Method, needs: readonly Need[], secrets: Secrets, mistake: Derivation | null): string {
    if (mistake !== null) return `SEC says ${m}, but the MAC was ${mistakeTitle(mistake)}: phones reject it.`;
    if (needs.includes('imsi') && secrets.imsi.some((s) => s.weak !== true)) {
      return `${m} needs ${NEED.imsi}, and none of those given has 6 to 15 digits.`;
    }
    const what = needs.map((n) => NEED[n]).join(' and ');
    const serial =
      needs.includes('imsi') && secrets.esn.some((s) => isSerial(s.value))
        ? ' The serial number given does not fit; as keys of that sort are only remembered of the specification, this proves nothing.'
        : '';
    return `${m} needs ${what}, which ${needs.length === 1 ? 'is' : 'are'} not known, so the MAC can't be checked.${serial}`;
  },

  pinTooShort: 'USERPINMAC without a MAC needs the whole number the user types, an even number of at least ten digits.',

  badMac(sent: SentMac, expected: string | null): string {
    if (sent.forms.includes('not-hex')) return 'The MAC is not written in hex digits, so no phone can match it.';
    const agrees =
      expected === null
        ? ''
        : expected.startsWith(sent.hex)
          ? '; the digits that are there agree with the key given'
          : sent.hex.startsWith(expected)
            ? '; its first 40 digits agree with the key given'
            : '; it does not agree with the key given either';
    return `The MAC has ${plural(sent.hex.length, 'hex digit')} instead of 40${agrees}.`;
  },

  macWithoutSec: (fits: Method | null): string =>
    `There is a MAC but no SEC, so nothing says which key it needs${fits === null ? '' : `; it would match as ${fits}`}.`,

  unknownSec: (sec: number, fits: Method | null): string =>
    `SEC is ${sec}, which names no method (0 to 3 do)${fits === null ? '' : `; the MAC would match as ${fits}`}.`,
};

/** What is to be changed in how the MAC is written; null where nothing is. */
export function formFix(sent: SentMac): string | null {
  const odd = sent.forms.some((f) => f !== 'hex');
  return odd ? 'Write the MAC as forty upper-case hex digits, without quotation marks or white space.' : null;
}

/** Oddities of the MAC's writing that do not change its value. */
export function formNotes(sent: SentMac): string[] {
  const out: string[] = [];
  for (const form of sent.forms) {
    if (form === 'lower-case') out.push('The MAC is in lower case; some phones compare it as text and reject it.');
    if (form === 'quoted') out.push('The MAC is in quotation marks; some phones do not remove them.');
    if (form === 'spaced') out.push('There is white space around the MAC.');
    if (form === 'raw-octets') out.push('The MAC was sent as twenty octets instead of forty hex digits.');
  }
  return out;
}
