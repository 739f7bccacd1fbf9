// SEC and MAC of a content type: what was sent, and how far it is from what the standards ask for.

import type { Rule } from '../../../captures/finding.ts';
import type { Cursor } from '../../base/cursor.ts';
import type { Range } from '../../content/document.ts';
import type { Parameter } from './parameters.ts';
import { WSP } from './rules.ts';

export interface Security {
  /** As a number, also where it is out of range; null: absent or not a number. */
  readonly sec: number | null;
  readonly mac: string | null;
  readonly macRange: Range | null;
}

const USERPINMAC = 3;
const MAC_DIGITS = 40;

/** Judges the parameters of one content type; the first SEC and the first MAC count. */
export function judgeSecurity(c: Cursor, parameters: readonly Parameter[]): Security {
  const secs = parameters.filter((p) => p.name === 'SEC');
  const macs = parameters.filter((p) => p.name === 'MAC');
  const [sec] = secs;
  const [mac] = macs;
  const tell = (rule: Rule, at: Range, message: string): void => c.report(rule, at.start, at.length, message);
  if (secs.length > 1) tell(WSP.secTwice, secs[1]!, `SEC is there ${secs.length} times; the first one counts`);
  if (macs.length > 1) tell(WSP.macTwice, macs[1]!, `MAC is there ${macs.length} times; the first one counts`);
  if (sec !== undefined && !sec.regular)
    tell(WSP.secForm, sec, `SEC is written in another form than one octet: '${sec.value.slice(0, 20)}'`);
  if (sec !== undefined && (sec.number === null || sec.number > USERPINMAC)) {
    tell(WSP.secRange, sec.valueRange, `SEC is '${sec.value.slice(0, 20)}'`);
  }
  if (sec !== undefined && mac === undefined && sec.number !== USERPINMAC)
    tell(WSP.secWithoutMac, sec, `SEC is ${sec.value}, and there is no MAC`);
  if (mac !== undefined && sec === undefined)
    tell(WSP.macWithoutSec, mac, 'There is a MAC, and no SEC says how it was made');
  if (mac !== undefined && sec !== undefined && mac.start < sec.start) tell(WSP.macOrder, mac, 'MAC comes before SEC');
  if (mac !== undefined) judgeMac(tell, mac);
  return { sec: sec?.number ?? null, mac: mac?.value ?? null, macRange: mac?.valueRange ?? null };
}

function judgeMac(tell: (rule: Rule, at: Range, message: string) => void, mac: Parameter): void {
  const at = mac.valueRange;
  if (!mac.terminated) tell(WSP.macTerminator, at, 'The MAC has no terminating zero');
  if (mac.value.includes('"')) tell(WSP.macQuotes, at, 'The MAC has quotation marks');
  if (/\s/.test(mac.value)) tell(WSP.macSpaces, at, 'The MAC has spaces');
  const bare = mac.value.replace(/["\s]/g, '');
  if (bare.length !== MAC_DIGITS)
    tell(WSP.macLength, at, `The MAC has ${bare.length} characters instead of ${MAC_DIGITS}`);
  if (/[^0-9A-Fa-f]/.test(bare)) tell(WSP.macDigits, at, 'The MAC has characters that are no hex digits');
  else if (/[a-f]/.test(bare)) tell(WSP.macCase, at, 'The MAC has lower-case digits');
}
