// Does a phone take this message, and where does it put what it says? Facts with their basis, see docs/device-view.md.

import type { Basis, Bootstrap, Reason, StepOutcome } from '../engine/contract/device.ts';
import type { Settings } from './objects.ts';
import { type NewContext, placeOf } from './place.ts';
import type { Received } from './received.ts';
import { ownedBy, type State } from './state.ts';
import { shown } from './words.ts';

export interface Judgement {
  readonly outcome: StepOutcome;
  readonly bootstrap: Bootstrap;
  /** 'IMSI (NETWPIN)'. */
  readonly by: string;
  /** The deciding one first. */
  readonly reasons: readonly Reason[];
  readonly asked: Reason | null;
  /** Where it goes; null where it changes nothing. */
  readonly context: NewContext | null;
}

const BY: Readonly<Record<Bootstrap, string>> = {
  card: 'SIM card',
  NETWPIN: 'IMSI (NETWPIN)',
  USERPIN: 'PIN (USERPIN)',
  USERNETWPIN: 'IMSI and PIN (USERNETWPIN)',
  USERPINMAC: 'typed number (USERPINMAC)',
  trusted: 'trusted push',
  none: 'no protection',
  settings: 'Nokia/Ericsson settings',
  file: 'file',
  unknown: 'not known',
};

const say = (basis: Basis, text: string): Reason => ({ text, basis, origin: null });

function bootstrapOf(r: Received, s: State): Bootstrap {
  if (r.card !== null) return 'card';
  if (r.legacy) return 'settings';
  const { method } = r.verification;
  if (method !== null) return method;
  if (r.state !== 'complete' && r.document === null) return 'unknown';
  if (r.bare) return 'file';
  if (r.trusted && r.initiator !== null && r.sec === null && ownedBy(s, r.initiator) !== undefined) return 'trusted';
  return 'none';
}

const ASKED: Readonly<Record<Bootstrap, Reason | null>> = {
  card: null,
  trusted: null,
  file: null,
  unknown: null,
  NETWPIN: say(
    'clients',
    'Whether to install it; no PIN. A Spreadtrum build for one operator installs it without asking.',
  ),
  USERPIN: say(
    'clients',
    'The PIN, three tries with MediaTek feature phones and Spreadtrum, any number with MediaTek on Android; then whether to install.',
  ),
  USERNETWPIN: say('clients', 'The PIN, mostly with three tries; then whether to install.'),
  USERPINMAC: say('clients', 'A number with an even count of digits, at least ten with cpclient and Kryten.'),
  none: say('clients', 'Whether to install it, with no PIN at all.'),
  settings: say('remembered', 'Whether to save the settings; nothing is checked.'),
};

interface Taken {
  readonly outcome: StepOutcome;
  readonly reasons: readonly Reason[];
}

/** Never came, or came to nothing. */
function lost(r: Received): Taken | null {
  const said = (text: string): Taken => ({ outcome: 'lost', reasons: [say('message', text)] });
  const unknown = 'What it would have set is unknown.';
  if (r.state === 'incomplete') {
    const what =
      r.missing.length === 0
        ? 'Not all of it is in the capture.'
        : `Never arrived: ${r.missing.length === 1 ? `part ${r.missing[0]} is` : `${r.missing.length} parts are`} missing, and the phone waits for it in vain.`;
    return said(`${what} ${unknown}`);
  }
  if (r.state === 'unreadable') {
    const reason = say('clients', 'MediaTek and others discard what cannot be decoded without a word to the user.');
    return { outcome: 'lost', reasons: [say('message', `It can't be decoded. ${unknown}`), reason] };
  }
  if (r.undelivered !== null) return said(`Never arrived: ${r.undelivered}`);
  return r.document === null ? said(`Its document can't be read. ${unknown}`) : null;
}

const KEY_WORD: Readonly<Record<string, string>> = {
  NETWPIN: 'the IMSI',
  USERPIN: 'the PIN',
  USERNETWPIN: 'IMSI and PIN',
  USERPINMAC: 'the number the user types',
};

function byMac(r: Received, method: string): Taken {
  const v = r.verification;
  const key = KEY_WORD[method] ?? 'the key';
  switch (v.verdict) {
    case 'valid': {
      const whose = v.keySource === 'inferred' ? 'that the capture gives' : 'given here';
      return {
        outcome: 'taken',
        reasons: [say('message', `The MAC fits ${key} ${whose}: authenticated by ${method}.`)],
      };
    }
    case 'no-key':
      return {
        outcome: 'assumed',
        reasons: [
          say(
            'message',
            `Protected by ${key}, which is not known here: it would be accepted if ${key === 'IMSI and PIN' ? 'they fit' : 'it fits'}.`,
          ),
        ],
      };
    case 'no-mac':
      return {
        outcome: 'refused',
        reasons: [
          say('message', `It asks for ${method} but has no MAC to check.`),
          say('clients', 'Symbian refuses it; Gecko takes it for a message without protection; cpclient crashes.'),
        ],
      };
    case 'malformed':
      return { outcome: 'refused', reasons: [say('message', 'Its MAC is not in a form that could fit.')] };
    default: {
      if (r.strangeKeys === true && v.keySource !== 'inferred' && v.matchesOtherDerivation === null) {
        return {
          outcome: 'assumed',
          reasons: [
            say(
              'message',
              'Not to be checked with what was given: it fits no message to this phone, and may belong to another one here. It would be accepted if its own key fits.',
            ),
          ],
        };
      }
      const mistake = v.matchesOtherDerivation === null ? [] : [say('message', v.explanation)];
      return {
        outcome: 'refused',
        reasons: [
          say(
            'message',
            `The MAC does not fit ${key} ${v.keySource === 'inferred' ? 'that the capture gives: the phone drops it.' : 'given here: the phone drops it, if what was given is its own.'}`,
          ),
          ...mistake,
          say(
            'clients',
            'cpclient, Symbian and Kryten check before they use or show anything; MediaTek and Spreadtrum show the content first.',
          ),
        ],
      };
    }
  }
}

const LAX = say(
  'clients',
  'cpclient, MediaTek and Spreadtrum install it once the user agrees, Samsung did until 2019; Symbian lets a setting decide; Sony refuses.',
);

const UNSIGNED_ACCOUNT = say(
  'remembered',
  'A management bootstrap has to be protected by IMSI or PIN; no client whose source is public was seen to take a plain one.',
);

function unprotected(r: Received): Taken {
  if (r.sec !== null) {
    return {
      outcome: 'refused',
      reasons: [
        say('message', `Its security method ${r.sec} is none that the standard knows.`),
        say('clients', 'cpclient and Spreadtrum report an error; Symbian takes it for a message without protection.'),
      ],
    };
  }
  const mac = r.hasMac ? ' It has a MAC, but does not say how it was made.' : '';
  return {
    outcome: 'assumed',
    reasons: [
      say('message', `Nothing protects it: anybody could have sent it.${mac}`),
      ...(r.managed === null
        ? [say('remembered', 'The standard lets it set up a context of its own at most, never the home context.'), LAX]
        : [UNSIGNED_ACCOUNT]),
    ],
  };
}

function take(r: Received, bootstrap: Bootstrap): Taken {
  switch (bootstrap) {
    case 'card':
      return {
        outcome: 'taken',
        reasons: [say('remembered', 'It lies on the card, which is trusted: no MAC is needed.')],
      };
    case 'file':
      return {
        outcome: 'assumed',
        reasons: [say('message', 'A document by itself: how it was sent and protected is not known.')],
      };
    case 'settings':
      return {
        outcome: 'taken',
        reasons: [
          say('remembered', 'Nokia/Ericsson settings carry no MAC; the phone keeps them once the user saves them.'),
        ],
      };
    case 'trusted':
      return {
        outcome: 'taken',
        reasons: [
          say(
            'remembered',
            `Pushed as trusted by ${shown(r.initiator ?? '')}, the server of its context: no MAC is needed.`,
          ),
        ],
      };
    case 'none':
    case 'unknown':
      return unprotected(r);
    default:
      return byMac(r, bootstrap);
  }
}

/** Nodes of a management bootstrap outside its accounts. */
function unfollowed({ managed }: Received): Reason[] {
  const n = managed?.others ?? 0;
  if (n === 0) return [];
  const nodes = n === 1 ? 'one further node' : `${n} further nodes`;
  return [
    say('message', `It sets ${nodes} of the management tree, which are not followed here; the Tree tab has them.`),
  ];
}

/** How one message fares with a phone in this state; `settings` is what its document says. */
export function judge(r: Received, settings: Settings, s: State): Judgement {
  const bootstrap = bootstrapOf(r, s);
  const by = BY[bootstrap];
  const gone = lost(r);
  if (gone !== null) return { ...gone, bootstrap, by, asked: null, context: null };
  const taken = take(r, bootstrap);
  const nothing: Judgement = { ...taken, bootstrap, by, asked: null, context: null };
  if (taken.outcome === 'refused') return nothing;
  if (settings.things.length === 0) {
    const why = say(
      'clients',
      'Nothing in it can be installed; cpclient and MediaTek drop such a document as a whole.',
    );
    return { ...nothing, outcome: 'refused', reasons: [why, ...taken.reasons] };
  }
  const put = placeOf(r, bootstrap, settings, s);
  if (put.refused) return { ...nothing, outcome: 'refused', reasons: [...put.reasons, ...taken.reasons] };
  const beyond = unfollowed(r);
  return {
    ...nothing,
    reasons: [...taken.reasons, ...put.reasons, ...beyond],
    asked: ASKED[bootstrap],
    context: put.context,
  };
}
