// 3GPP TS 23.040 9.2.3.24: TP-User-Data with its header, whoever carries it.

import type { Cursor } from '../base/cursor.ts';
import type { UserDataHeader } from '../base/message.ts';
import { decodeDcs } from './dcs.ts';
import { LANGUAGES } from './elements.ts';
import { NO_SHIFTS, type Shifts, shiftKnown } from './gsm7.ts';
import { tpduRules } from './rules.ts';
import { decodeText, otherReading, type UserDataText } from './text.ts';
import { tpduFields as f } from './tpdufields.ts';
import { decodeUdh, looksLikeUdh, type Udh } from './udh.ts';
import { udhRules } from './udhrules.ts';

export interface UserData {
  /** First octet in the cursor's buffer, and how many, the header included. */
  readonly start: number;
  readonly length: number;
  /** The indicator is set, or should have been. */
  readonly udhi: boolean;
  readonly udh: Udh | null;
  /** TP-UDL: septets for 7-bit data, else octets. Undefined where the bearer does not say. */
  readonly udl: number | undefined;
  /** Null for octet data and compressed text. */
  readonly text: string | null;
}

export const shiftsOf = (header: UserDataHeader | null): Shifts =>
  header === null ? NO_SHIFTS : { locking: header.lockingShift, single: header.singleShift };

/** Octets that `udl` units take. */
export function userDataOctets(dcs: number, udl: number): number {
  const d = decodeDcs(dcs);
  const septets = !d.compressed && (d.alphabet === 'gsm7' || d.alphabet === 'reserved');
  return septets ? Math.ceil((udl * 7) / 8) : udl;
}

function judgeLanguages(c: Cursor, udh: Udh, start: number): void {
  for (const [kind, language] of [
    ['single', udh.singleShift],
    ['locking', udh.lockingShift],
  ] as const) {
    if (language === null || shiftKnown(kind, language)) continue;
    const name = LANGUAGES[language] ?? `language ${language}`;
    c.report(tpduRules.language, start, udh.length, `${name} has no ${kind} shift table`);
  }
}

/**
 * Reads the cursor's whole window as user data. `udhi` undefined: nobody said whether there is a header, so the octets
 * decide.
 */
export function decodeUserData(c: Cursor, dcs: number, udhi: boolean | undefined, udl: number | undefined): UserData {
  const start = c.pos;
  const length = c.left;
  return c.group(f.userData, undefined, () => {
    let header = udhi ?? false;
    if (!header && looksLikeUdh(c.bytes, c.pos, c.end)) {
      header = true;
      if (udhi === false) {
        c.report(udhRules.missingUdhi, start, c.bytes[start]! + 1, 'the content begins with a header');
      }
    }
    if (header && length === 0) c.report(udhRules.noUserData, start, 0, 'no octet of user data');
    const udh = header && length > 0 ? decodeUdh(c) : null;
    if (udh !== null) judgeLanguages(c, udh, start);
    const bytes = c.bytes.subarray(start, start + length);
    const d = decodeDcs(dcs);
    if (d.compressed) c.report(tpduRules.compressed, start, length, `data coding scheme 0x${dcs.toString(16)}`);
    const all: UserDataText = { bytes, headerLength: udh?.length ?? 0, dcs, dcsOf: 'tp', udl, shifts: shiftsOf(udh) };
    const text = decodeText(all);
    const other = text === null ? null : otherReading(all, text);
    if (other !== null) {
      c.report(tpduRules.singleShiftUnused, start, length, `with the ${other.language} table it reads '${other.text}'`);
    }
    const at = c.pos;
    if (c.left > 0) {
      const left = c.left;
      if (text === null) c.raw(f.content, left);
      else {
        c.skip(left);
        if (c.rec !== null) c.rec.leaf(f.text, at, left, text);
      }
    }
    return { start, length, udhi: header, udh, udl, text };
  });
}
