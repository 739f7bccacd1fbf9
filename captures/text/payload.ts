// A line without what log programs put in front: quoting, tags, arrows, prompts.

import { isHexDigit } from './hex.ts';

/** '>' of an e-mail or a prompt, arrows, brackets, levels, tags with a colon, Kannel's and logcat's columns. */
const PREFIX =
  /(?:[\s>|<"'`*]+|-{1,3}[>]?|<-{1,3}|\xe2\x80[\x90-\x94][>]?|[\u2013\u2014][>]?|\[[^\]]{0,40}\]|\d{1,7}\s{1,6}\d{1,7}\s[VDIWEF]\s[\w.-]{1,40}\s{0,16}:|[VDIWEFS]\/[\w.-]{1,40}\s{0,9}\(\s{0,9}\d{1,9}\)\s{0,3}:|[VDIWEF]\s[\w.-]{1,40}\s{0,16}:|(?![0-9A-Fa-f]{2}:)[A-Za-z][\w.-]{0,20}(?:\[[^\]]{0,40}\])?[:=](?!\/)|AT(?=[<>]))/y;

/** Number of the first character that belongs to the message of a line. */
export function payloadStart(text: string, from: number): number {
  let at = from;
  for (let guard = 0; guard < 12 && at < text.length; guard += 1) {
    PREFIX.lastIndex = at;
    const m = PREFIX.exec(text);
    if (m === null || m[0].length === 0) break;
    at += m[0].length;
  }
  return at;
}

const TAIL = /(?:\^[ZM]|<(?:CTRL-?Z|CR|LF|SUB|EOF)>|\\x1a|\\[rn])$/i;

/** Behind the last character of the message: blanks, quotes and what ends an AT command are left off. */
export function payloadEnd(text: string): number {
  let end = text.length;
  for (;;) {
    while (end > 0 && (text.charCodeAt(end - 1) <= 0x20 || '"\'`;,'.includes(text.charAt(end - 1)))) end -= 1;
    const tail = TAIL.exec(text.slice(Math.max(0, end - 8), end));
    if (tail === null) return end;
    end -= tail[0].length;
  }
}

export interface NearHex {
  /** Digits before the first character that is none. */
  readonly good: number;
  /** Characters that are no digit. */
  readonly bad: number;
}

/** Looks at a word that should have been hex; undefined when it is clearly something else. */
export function nearHex(text: string, start: number, end: number): NearHex | undefined {
  if (end - start < 20) return undefined;
  let bad = 0;
  let good = -1;
  for (let i = start; i < end; i += 1) {
    const c = text.charCodeAt(i);
    if (isHexDigit(c)) continue;
    if (c <= 0x20) return undefined;
    if (good < 0) good = i - start;
    bad += 1;
    if (bad > 4 && bad * 10 > i - start) return undefined;
  }
  return bad * 10 <= end - start ? { good: good < 0 ? end - start : good, bad } : undefined;
}
