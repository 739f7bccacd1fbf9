// Into which context a message goes, and which ones it may not touch.

import type { Basis, Bootstrap, Reason } from '../engine/contract/device.ts';
import { valueIn } from './node.ts';
import type { Settings } from './objects.ts';
import type { Received } from './received.ts';
import { bootstrapValue, type Context, ownedBy, privileged, type State } from './state.ts';
import { shown } from './words.ts';

const say = (basis: Basis, text: string): Reason => ({ text, basis, origin: null });

/** A context before it is known which message made it. */
export type NewContext = Omit<Context, 'origin'>;

export interface Put {
  readonly context: NewContext | null;
  readonly reasons: readonly Reason[];
  readonly refused: boolean;
}

const bootstrapParm = (settings: Settings, name: string): string | undefined =>
  settings.things
    .filter((t) => t.type === 'BOOTSTRAP')
    .map((t) => valueIn(t, name))
    .find((v) => v !== undefined && v !== '');

/** The context that the message makes or changes. */
export function placeOf(r: Received, bootstrap: Bootstrap, settings: Settings, s: State): Put {
  const name = bootstrapParm(settings, 'NAME');
  const home = privileged(s);
  const to = (c: NewContext, ...reasons: readonly Reason[]): Put => ({ context: c, reasons, refused: false });
  const no = (...reasons: readonly Reason[]): Put => ({ context: null, reasons, refused: true });
  switch (bootstrap) {
    case 'card': {
      if (r.card !== 'Bootstrap') return to({ id: `card ${r.card}`, name: `SIM card, ${r.card}`, kind: 'other' });
      const before =
        home === undefined ? [] : [say('remembered', 'What the card holds goes before what the network sent.')];
      return to({ id: 'card', name: name === undefined ? 'SIM card' : shown(name), kind: 'card' }, ...before);
    }
    case 'settings':
      return to({ id: 'settings', name: 'Saved settings', kind: 'other' });
    case 'trusted': {
      const own = ownedBy(s, r.initiator ?? '');
      return own === undefined ? no(say('remembered', 'No context has this server.')) : to(own);
    }
    case 'NETWPIN':
    case 'USERNETWPIN': {
      const text =
        home === undefined
          ? 'With the IMSI in its key it makes the home context, which nobody else may change.'
          : 'With the IMSI in its key it may change the home context.';
      const why = say('remembered', text);
      if (home !== undefined) return to(home, why);
      return to({ id: 'home', name: name === undefined ? 'Home network' : shown(name), kind: 'home' }, why);
    }
    default:
      break;
  }
  const server = bootstrapParm(settings, 'PROVURL');
  const owner = server === undefined ? undefined : ownedBy(s, server);
  if (owner !== undefined && owner.kind !== 'other') {
    return no(
      say('remembered', 'It names the server of the home context, which only a key with the IMSI in it may change.'),
      say('clients', 'MediaTek, Spreadtrum, Gecko and cpclient keep no contexts and would add it beside the rest.'),
    );
  }
  if (owner !== undefined) return to(owner, say('message', `Its server (PROVURL) is that of ${owner.name}.`));
  if (
    r.trusted &&
    r.initiator !== null &&
    r.sec === null &&
    [...s.contexts.keys()].some((c) => bootstrapValue(s, c, 'PROVURL') !== null)
  ) {
    return no(say('remembered', `Pushed as trusted by ${shown(r.initiator)}, which owns no context of this phone.`));
  }
  const id = `other ${name ?? ''}`;
  const known = s.contexts.get(id);
  if (known !== undefined) return to(known);
  const allow = home === undefined ? null : bootstrapValue(s, home.id, 'CONTEXT-ALLOW');
  if (home !== undefined && allow?.value === '0') {
    return no(
      { ...say('remembered', `${home.name} allows no further contexts (CONTEXT-ALLOW 0).`), origin: allow.origin },
      say('clients', 'MediaTek looks at no more of BOOTSTRAP than its name, and installs it all the same.'),
    );
  }
  return to({ id, name: name === undefined ? 'Unnamed settings' : shown(name), kind: 'other' });
}
