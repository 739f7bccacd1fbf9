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
  /** Name of the body's octets, once somebody asked for it. */
  key?: string;
  /** The sentence on settings that are all there, once somebody asked for it. */
  headline?: string;
}

/** Bodies that are remembered, and octets of one: together some megabytes of what they were decoded to. */
const MOST = 64;
const LONGEST = 4096;
/** Names of bodies that came once so far: what never comes again is not worth keeping. */
const MOST_NEW = 256;

const octets = new TextDecoder('latin1');

const remembered = new Map<string, Judged>();
const cameOnce = new Set<string>();

/** Octets of a body and what was said of it, as a name; null where it isn't remembered. */
export const nameOf = (body: Uint8Array, hints: readonly (string | number | null | undefined)[]): string | null =>
  body.length === 0 || body.length > LONGEST ? null : `${JSON.stringify(hints)}${octets.decode(body)}`;

/** Makes room for one more: the oldest goes. */
function trim(names: Map<string, unknown> | Set<string>, most: number): void {
  if (names.size < most) return;
  for (const oldest of names.keys()) {
    names.delete(oldest);
    return;
  }
}

/** What was said of a body of this name, or what `judge` says now. What came twice of late is remembered. */
export function judgedOnce(name: string | null, judge: () => Judged): Judged {
  if (name === null) return judge();
  const known = remembered.get(name);
  if (known !== undefined) {
    // It is now the youngest.
    remembered.delete(name);
    remembered.set(name, known);
    return known;
  }
  const judged = judge();
  if (cameOnce.delete(name)) {
    trim(remembered, MOST);
    remembered.set(name, judged);
  } else {
    trim(cameOnce, MOST_NEW);
    cameOnce.add(name);
  }
  return judged;
}
