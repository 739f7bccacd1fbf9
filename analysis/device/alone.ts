// One document by itself, as a phone that took it and held nothing before.

import type { ProvisioningDocument } from '../../dissectors/content/document.ts';
import type { Origin } from '../engine/contract/device.ts';
import { settingsOf } from './objects.ts';
import { type Context, type Held, heldId, NOTHING_HELD, type State } from './state.ts';

const CONTEXT = 'document';

/** Whatever protects it; what phones do not install is left out. */
export function stateOf(document: ProvisioningDocument | null, origin: Origin): State {
  if (document === null) return NOTHING_HELD;
  const context: Context = { id: CONTEXT, name: 'The document', kind: 'other', origin };
  const held = settingsOf(document).things.map((thing): [string, Held] => {
    const id = heldId(CONTEXT, thing);
    return [id, { id, context: CONTEXT, thing, origin, assumed: false, fromCard: false }];
  });
  return { contexts: new Map([[CONTEXT, context]]), held: new Map(held) };
}
