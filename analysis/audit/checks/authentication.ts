// Who could have sent this message.

import { readMac } from '../../verify/mac.ts';
import { type Book, inFrame, inPush } from '../book.ts';
import { type AuditMessage, isProtectable, methodOf, type PinNotice, proofOf } from '../message.ts';
import { GUESSES_PER_SECOND, madeWith, pinCheck, timeToTry } from '../pins.ts';
import { AUTHENTICATION as R } from '../rules/authentication.ts';
import type { Stake } from '../targets.ts';
import { count, span, whatItSets } from '../words.ts';

/** A text this long before or after the settings may belong to them. */
const PIN_WINDOW = 24 * 3600 * 1e9;
/** For texts whose number can't be checked. */
const HINT_WINDOW = 3600 * 1e9;
/** A question for the IMSI this long before the settings. */
const LOOKUP_WINDOW = 10 * 60 * 1e9;
/** Roads on which the network asks for the IMSI in order to deliver. */
const DELIVERY: ReadonlySet<string> = new Set(['gsm-map', 'diameter-sgd', 'sgsap', 's1ap', 'bssap', 'gsup', 'gsmtap']);

/** Shorter PINs fall in seconds. */
const SHORT_PIN = 6;

export function checkAuthentication(m: AuditMessage, stake: Stake | null, book: Book): void {
  if (!isProtectable(m) || m.push === null) return;
  const { push } = m;
  const type = inPush(m, push.typeRange, 'the content type');
  const mac = inPush(m, push.macRange, 'the MAC');
  const sent = readMac(push.mac);
  const sets = stake === null ? '' : whatItSets(stake);
  const setting = sets === '' ? '' : `; it sets ${sets}`;
  const proof = proofOf(m);

  if (push.sec === null && sent === null) {
    book.tell(R.unauthenticated, m, { text: `Nothing proves who sent this document${setting}.`, evidence: [type] });
    return;
  }
  if (push.sec === null) {
    book.tell(R.macWithoutSec, m, { text: `The message has a MAC and no SEC${setting}.`, evidence: [mac] });
  } else if (methodOf(m) === null) {
    book.tell(R.secUnknown, m, { text: `SEC is ${push.sec}; methods are 0 to 3${setting}.`, evidence: [type] });
  } else if (sent === null && push.sec !== 3) {
    const text = `SEC says ${methodOf(m)}, and there is no MAC to check${setting}.`;
    book.tell(R.secWithoutMac, m, { text, evidence: [type] });
  }
  if (sent !== null && !sent.wellFormed) {
    const text = `The MAC has ${count(push.mac?.length ?? 0, 'character')} and is not forty hexadecimal digits.`;
    book.tell(R.macMalformed, m, { text, evidence: [mac] });
  } else if (m.otherDerivation !== null) {
    const text = `The MAC fits the known secret only by a wrong recipe (${m.otherDerivation}).`;
    book.tell(R.keyForm, m, { text, evidence: [mac] });
  } else if (proof === 'wrong' && m.verdict === 'invalid') {
    const text = `The ${methodOf(m)} MAC does not fit what is known of the recipient${setting}.`;
    book.tell(R.macWrong, m, { text, evidence: [mac] });
  }
  if (push.sec === 3) {
    book.tell(R.userPinMac, m, { text: 'The document is protected by USERPINMAC.', evidence: [type] });
  }
  imsi(m, mac, book);
  pin(m, mac, book);
}

function imsi(m: AuditMessage, mac: ReturnType<typeof inPush>, book: Book): void {
  if (methodOf(m) !== 'NETWPIN') return;
  const fits = m.sightings.filter((s) => s.frame !== null && madeWith(s.imsi, m));
  const first = fits[0];
  if (first === undefined) return;
  const before = m.time - first.time;
  const same = Number.isNaN(before) || m.frames.includes(first.frame ?? -1);
  const when = same ? '' : before > 0 ? `, ${span(before)} before` : `, ${span(before)} later`;
  book.tell(R.imsiOnWire, m, {
    text: 'The capture holds the IMSI that this NETWPIN MAC was made with.',
    evidence: [mac, inFrame(first.frame, `the IMSI on the wire${when}`)],
  });
  const asked = fits.findLast((s) => s.lookedUp && m.time - s.time > 0 && m.time - s.time <= LOOKUP_WINDOW);
  if (asked === undefined || DELIVERY.has(m.bearer)) return;
  book.tell(R.imsiLookedUp, m, {
    text: `A routing question gave the recipient's IMSI ${span(m.time - asked.time)} before this NETWPIN message was submitted.`,
    key: 'asked',
    evidence: [inFrame(asked.frame, 'the answer with the IMSI'), mac],
  });
}

function pin(m: AuditMessage, mac: ReturnType<typeof inPush>, book: Book): void {
  const method = methodOf(m);
  if (method === null || method === 'NETWPIN') return;
  const fits = pinCheck(m);
  const told = byText(m, fits);
  if (told !== null) {
    const { notice, certain } = told;
    const apart = notice.time - m.time;
    const when = Number.isNaN(apart)
      ? 'in the same capture'
      : `${span(apart)} ${apart <= 0 ? 'before' : 'after'} the settings`;
    const who =
      notice.from === null ? '' : notice.from === m.from?.name ? ', by the same sender' : ', by another sender';
    book.tell(certain ? R.pinBySms : R.pinHinted, m, {
      text: certain
        ? `A text message to the same phone gave away the PIN that the MAC was made with, ${when}${who}.`
        : `A text message to the same phone speaks of a PIN or code, ${when}${who}.`,
      key: who,
      evidence: [inFrame(notice.frame, 'the text with the number'), mac],
    });
  }
  if (fits === null) return;
  const known = m.keys.pin.slice(0, 64).find((p) => fits(p));
  if (m.tried === null && m.keySource === 'searched' && m.verdict === 'valid') {
    book.tell(R.pinFound, m, { text: 'The search in this session found the PIN.', evidence: [mac] });
  } else if (m.tried?.found === true) {
    book.tell(R.pinFound, m, {
      text: `The PIN was found after ${count(m.tried.guesses, 'guess', 'guesses')}${took(m.tried.seconds)}.`,
      key: 'found',
      evidence: [mac],
    });
  } else if (known !== undefined && known.length <= SHORT_PIN && /^\d+$/.test(known)) {
    const text = `The PIN has ${count(known.length, 'digit')}: trying all takes about ${timeToTry(known.length)} on one core.`;
    book.tell(R.pinShort, m, { text, evidence: [mac] });
  } else if (known === undefined && told?.certain !== true) {
    const tried = m.tried === null ? '' : ` It is none of the ${m.tried.guesses} that were tried.`;
    const rate = GUESSES_PER_SECOND.toLocaleString('en-GB');
    book.tell(R.pinOffline, m, {
      text: `At ${rate} guesses a second four digits take ${timeToTry(4)}, six ${timeToTry(6)}, eight ${timeToTry(8)}.${tried}`,
      key: `${method} ${m.tried !== null}`,
      evidence: [mac],
    });
  }
}

const took = (seconds: number | null): string => (seconds === null ? '' : `, in ${Number(seconds.toPrecision(2))} s`);

/** The text that told the PIN, or that seems to where the PIN can't be checked. */
function byText(
  m: AuditMessage,
  fits: ((pin: string) => boolean) | null,
): { notice: PinNotice; certain: boolean } | null {
  const apart = (n: PinNotice) => (Number.isNaN(n.time - m.time) ? 0 : Math.abs(n.time - m.time));
  const near = m.notices.filter((n) => apart(n) <= PIN_WINDOW).sort((a, b) => apart(a) - apart(b));
  if (fits !== null) {
    const notice = near.find((n) => n.digits.some((d) => fits(d)));
    return notice === undefined ? null : { notice, certain: true };
  }
  if (m.state !== 'complete' || m.push?.mac == null) return null;
  const notice = near.find((n) => n.names && apart(n) <= HINT_WINDOW);
  return notice === undefined ? null : { notice, certain: false };
}
