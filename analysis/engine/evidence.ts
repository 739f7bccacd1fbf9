// Who is known to be behind an address: from the user's table and from the capture.

import type { Joined } from '../../dissectors/sms/joined.ts';
import type { Collected } from './collect.ts';
import type { Keys } from './contract.ts';
import type { Subscriber } from './load.ts';
import type { Evidence } from './records.ts';

/** IMSIs that are tried for one number: a capture of many phones is evidence for none of them. */
const MOST = 16;

const digits = (text: string | null): string | null => text?.replace(/^\+/, '') ?? null;

/** The evidence for a message as far as the capture was read; identities that come later are found, too. */
export function createEvidence(
  subscribers: readonly Subscriber[],
  collected: Pick<Collected, 'identities'>,
): (j: Joined, keys: Keys) => Evidence {
  const given = new Map<string, Subscriber[]>();
  for (const s of subscribers) {
    const number = digits(s.msisdn);
    if (number !== null) given.set(number, [...(given.get(number) ?? []), s]);
  }
  const imsis = new Map<string, Set<string>>();
  /** Of the phone whose log this is. */
  const own = new Set<string>();
  let indexed = 0;
  const index = (): void => {
    for (; indexed < collected.identities.length; indexed += 1) {
      const { msisdn, imsi } = collected.identities[indexed]!;
      const number = digits(msisdn);
      const known = number === null ? own : imsis.get(number);
      if (known === undefined) imsis.set(number!, new Set([imsi]));
      else if (known.size < MOST) known.add(imsi);
    }
  };
  return (j, keys) => {
    index();
    const to = j.to?.value ?? null;
    const mine = to === null ? [] : (given.get(to) ?? []);
    const inferred = new Set([
      ...(j.imsi === null ? [] : [j.imsi]),
      ...own,
      ...(to === null ? [] : (imsis.get(to) ?? [])),
    ]);
    const of = (key: 'imsi' | 'pin') => mine.map((s) => s[key]).filter((v) => v !== null);
    return {
      keys: { imsi: [...keys.imsi, ...of('imsi')], pin: [...keys.pin, ...of('pin')] },
      inferred: [...inferred],
    };
  };
}
