// What users of a dialogue add to it: MAP's own dialogue PDUs (3GPP TS 29.002 17.4).

import { contents, eachElement, inside, leaf } from '../../../asn1/ber.ts';
import { integerOf, toHex } from '../../../asn1/values.ts';
import type { Cursor } from '../../../base/cursor.ts';
import { semiOctets } from '../../../sms/address.ts';
import { tcapFields as f } from './fields.ts';
import type { UserInformation } from './types.ts';

/** The last integer or enumeration in the window; null where there is none. */
export function enumerated(
  c: Cursor,
  field: typeof f.resultValue,
  names: Readonly<Record<number, string>>,
): number | null {
  let v: number | null = null;
  eachElement(c, (e) => {
    if (e.tag !== 0x02 && e.tag !== 0x0a) return false;
    v = integerOf(c, e);
    leaf(c, field, e, v, v === null ? undefined : names[v]);
    return true;
  });
  return v;
}

/** 3GPP TS 29.002 17.4, MAP-DialoguePDU. */
const DIALOGUE = { open: 0xa0, accept: 0xa1, close: 0xa2, refuse: 0xa3, userAbort: 0xa4, providerAbort: 0xa5 } as const;

const dialogueNames: Readonly<Record<number, string>> = {
  [DIALOGUE.open]: 'map-open',
  [DIALOGUE.accept]: 'map-accept',
  [DIALOGUE.close]: 'map-close',
  [DIALOGUE.refuse]: 'map-refuse',
  [DIALOGUE.userAbort]: 'map-userAbort',
  [DIALOGUE.providerAbort]: 'map-providerAbort',
};

const refuseReasons: Readonly<Record<number, string>> = {
  0: 'no reason given',
  1: 'invalid destination reference',
  2: 'invalid originating reference',
};

const providerReasons: Readonly<Record<number, string>> = { 0: 'abnormal dialogue', 1: 'invalid PDU' };

/** MAP-UserAbortChoice. */
const userAborts: Readonly<Record<number, string>> = {
  128: 'user specific reason',
  129: 'user resource limitation',
  130: 'resource unavailable',
  131: 'application procedure cancelled',
};

export function mapDialogue(c: Cursor): UserInformation {
  const out: { why: string | null; imsi: string | null } = { why: null, imsi: null };
  eachElement(c, (e) => {
    const name = dialogueNames[e.tag];
    if (name === undefined) return false;
    inside(
      c,
      f.mapDialogue,
      e,
      (body) => {
        if (e.tag === DIALOGUE.open) out.imsi = openReference(body);
        else if (e.tag === DIALOGUE.refuse) {
          const v = enumerated(body, f.reason, refuseReasons);
          out.why = `refused: ${v === null ? 'no reason' : (refuseReasons[v] ?? `reason ${v}`)}`;
        } else if (e.tag === DIALOGUE.userAbort) out.why = userAbort(body);
        else if (e.tag === DIALOGUE.providerAbort) out.why = providerAbort(body);
        else eachElement(body, () => false);
      },
      () => name,
    );
    return true;
  });
  return out;
}

/** 3GPP TS 29.002 17.7.8: numbering plan of an IMSI in an address string (ITU-T E.212). */
const LAND_MOBILE = 6;

// MAP-OpenInfo: destination reference, originating reference. Where the message names the subscriber by a local
// identity, the destination reference is the IMSI.
function openReference(c: Cursor): string | null {
  let imsi: string | null = null;
  eachElement(c, (e) => {
    if ((e.tag !== 0x80 && e.tag !== 0x81) || e.end - e.start < 2) return false;
    const plan = c.bytes[e.start]! & 0x0f;
    const digits = semiOctets(c.bytes, e.start + 1, e.end, (e.end - e.start - 1) * 2);
    leaf(c, f.reference, e, digits, `${e.tag === 0x80 ? 'destination' : 'originating'} ${digits}`);
    if (e.tag === 0x80 && plan === LAND_MOBILE) imsi = digits;
    return true;
  });
  return imsi;
}

function userAbort(c: Cursor): string {
  let why = 'aborted by the user';
  eachElement(c, (e) => {
    const reason = userAborts[e.tag];
    if (reason === undefined) return false;
    why = `aborted by the user: ${reason}`;
    leaf(c, f.reason, e, contents(c, e).left === 0 ? null : toHex(c.bytes, e.start, e.end), reason);
    return true;
  });
  return why;
}

function providerAbort(c: Cursor): string {
  let why = 'aborted by the provider';
  eachElement(c, (e) => {
    if (e.tag !== 0x80 && e.tag !== 0x0a) return false;
    const v = integerOf(c, e);
    const reason = v === null ? undefined : providerReasons[v];
    if (reason !== undefined) why = `aborted by the provider: ${reason}`;
    leaf(c, f.reason, e, v, reason);
    return true;
  });
  return why;
}
