// What the last bodies said. One campaign sends the same settings to many phones, and a message is asked for more than
// once: to list it, to follow it, to report it.

import type { Finding } from '../../captures/finding.ts';
import type { DecodedContent } from '../../dissectors/content/index.ts';

export interface Judged {
  readonly content: DecodedContent;
  /** Of syntax and content, without secrets. */
  readonly findings: readonly Finding[];
  /** See `secretsOf`. */
  readonly secrets: readonly string[];
}

/** Bodies that are remembered, and octets of one: together some megabytes of what they were decoded to. */
const MOST = 64;
const LONGEST = 4096;

const octets = new TextDecoder('latin1');

const remembered = new Map<string, Judged>();

/** Octets of a body and what was said of it, as a name; null where it isn't remembered. */
export const nameOf = (body: Uint8Array, hints: readonly (string | number | null | undefined)[]): string | null =>
  body.length === 0 || body.length > LONGEST ? null : `${JSON.stringify(hints)}${octets.decode(body)}`;

/** What was said of a body of this name, or what `judge` says now. The bodies asked for last are remembered. */
export function judgedOnce(name: string | null, judge: () => Judged): Judged {
  if (name === null) return judge();
  const known = remembered.get(name);
  const judged = known ?? judge();
  if (known !== undefined) remembered.delete(name);
  else if (remembered.size >= MOST) remembered.delete(remembered.keys().next().value ?? name);
  remembered.set(name, judged);
  return judged;
}
