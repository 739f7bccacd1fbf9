// WAP-167-ServiceInd 6.2: indications with the same identity are one in its versions. A later one replaces the earlier,
// an older one is discarded, 'delete' takes it away.

import { type Finding, type Rule, rules } from '../../captures/finding.ts';
import type { Indication } from '../../dissectors/content/si/index.ts';

const CLAUSE = 'WAP-167-ServiceInd';

export const CHAIN = rules({
  expired: {
    code: 'SI-EXPIRED',
    severity: 'warning',
    basis: 'remembered',
    title: 'The indication had expired when it was sent',
    clause: 'WAP-167-ServiceInd, si-expires',
    receivers: 'Phones discard it without showing it.',
    fix: 'Leave out si-expires, or give a time to come.',
  },
  future: {
    code: 'SI-CREATED-LATER',
    severity: 'note',
    basis: 'remembered',
    title: 'The indication says it was created after it was sent',
    clause: 'WAP-167-ServiceInd, created',
    receivers: 'Phones then discard newer indications of the same identity until that time has come.',
  },
  replaces: {
    code: 'SI-REPLACES',
    severity: 'note',
    basis: 'remembered',
    title: 'The indication replaces an earlier one of the same identity',
    clause: CLAUSE,
    receivers: 'Phones that still hold the earlier one show this one instead.',
  },
  deletes: {
    code: 'SI-DELETES',
    severity: 'note',
    basis: 'remembered',
    title: 'The indication deletes an earlier one of the same identity',
    clause: CLAUSE,
    receivers: 'Phones remove the earlier one and show nothing.',
  },
  deletesNothing: {
    code: 'SI-DELETES-NOTHING',
    severity: 'note',
    basis: 'remembered',
    title: 'No earlier indication in the capture has the identity that is to be deleted',
    clause: CLAUSE,
    receivers: 'Phones ignore it unless they hold the indication from before.',
  },
  older: {
    code: 'SI-OLDER',
    severity: 'warning',
    basis: 'remembered',
    title: 'An indication of the same identity that was created later had been sent before',
    clause: CLAUSE,
    receivers: 'Phones discard this one.',
  },
  repeated: {
    code: 'SI-REPEATED',
    severity: 'note',
    basis: 'remembered',
    title: 'The same indication was sent before',
    clause: CLAUSE,
    receivers: 'Phones that still hold it discard the copy; the user sees one.',
  },
});

export interface SentIndication {
  /** 'm3'. */
  readonly message: string;
  /** Phones hold indications of their own: only those to one recipient are compared. */
  readonly recipient: string;
  /** ISO text, comparable with the dates of the indication; null where the capture has no time. */
  readonly sent: string | null;
  /** Octets, as a name: equal ones are copies. */
  readonly content: string | null;
  readonly indication: Indication;
}

interface Held {
  readonly message: string;
  readonly created: string | null;
  readonly content: string | null;
  deleted: boolean;
}

/** Indications that are remembered, as phones forget, too. */
const MOST_HELD = 100_000;

/** Findings of each message, in the order of sending; ranges are octets of the body. */
export function chains(all: Iterable<SentIndication>): Map<string, Finding[]> {
  const held = new Map<string, Held>();
  const out = new Map<string, Finding[]>();
  for (const s of all) {
    const { element, identity, action, created, expires } = s.indication;
    const found: Finding[] = [];
    const tell = (rule: Rule, message: string): void => {
      found.push({ rule, message, of: 'body', start: element.start, length: element.length });
    };
    if (s.sent !== null && expires !== null && expires < s.sent)
      tell(CHAIN.expired, `It expired at ${expires} and was sent at ${s.sent}`);
    if (s.sent !== null && created !== null && created > s.sent)
      tell(CHAIN.future, `It was created at ${created} and sent at ${s.sent}`);
    if (identity !== null) {
      const key = `${s.recipient}|${identity}`;
      const before = held.get(key);
      follow(s, before, tell);
      const stale = before?.created != null && created !== null && created < before.created;
      if (!stale && held.size < MOST_HELD)
        held.set(key, { message: s.message, created, content: s.content, deleted: action === 'delete' });
    }
    if (found.length > 0) out.set(s.message, found);
  }
  return out;
}

function follow(s: SentIndication, before: Held | undefined, tell: (rule: Rule, message: string) => void): void {
  const { action, created } = s.indication;
  if (action === 'delete') {
    if (before === undefined || before.deleted) tell(CHAIN.deletesNothing, 'Nothing of that identity came before');
    else tell(CHAIN.deletes, `It deletes message ${before.message}`);
    return;
  }
  if (before === undefined || before.deleted) return;
  if (before.content !== null && before.content === s.content)
    tell(CHAIN.repeated, `It is message ${before.message} again`);
  else if (before.created !== null && created !== null && created < before.created)
    tell(CHAIN.older, `Message ${before.message} was created at ${before.created}, this one at ${created}`);
  else tell(CHAIN.replaces, `It replaces message ${before.message}`);
}
