// Transaction messages of ITU-T Q.773: identifiers, dialogue, components.

import { eachElement, inside, leaf, octetsLeaf } from '../../../asn1/ber.ts';
import { integerOf, toHex } from '../../../asn1/values.ts';
import { Cursor, runLayer } from '../../../base/cursor.ts';
import { readComponent } from './components.ts';
import { peekContext, readDialoguePortion } from './dialogueportion.ts';
import { tcapFields as f } from './fields.ts';
import { abortCauses } from './names.ts';
import { tcapRules } from './rules.ts';
import {
  type ApplicationContext,
  type DialoguePortion,
  newTransaction,
  type ParameterReader,
  type Transaction,
} from './types.ts';

const TAG = {
  originating: 0x48,
  destination: 0x49,
  abortCause: 0x4a,
  dialoguePortion: 0x6b,
  componentPortion: 0x6c,
} as const;

/** Components of one message. */
const MOST_COMPONENTS = 256;

/** What a reader needs from whoever remembers dialogues: asked before the components, once identifiers are known. */
export type ContextOf<T> = (t: Transaction<T>) => ApplicationContext | null;

// ITU-T Q.773 3.1 to 3.3: the cursor spans the contents of the message's outer element.
export function readItuMessage<T>(
  c: Cursor,
  t: Transaction<T>,
  user: ParameterReader<T>,
  contextOf: ContextOf<T>,
): void {
  eachElement(c, (e) => {
    switch (e.tag) {
      case TAG.originating:
        t.originating = toHex(c.bytes, e.start, e.end);
        octetsLeaf(c, f.originatingTransaction, e);
        return true;
      case TAG.destination:
        t.destination = toHex(c.bytes, e.start, e.end);
        octetsLeaf(c, f.destinationTransaction, e);
        return true;
      case TAG.abortCause: {
        const cause = integerOf(c, e);
        t.abort = cause === null ? 'no cause' : (abortCauses[cause] ?? `cause ${cause}`);
        leaf(c, f.abortCause, e, cause, t.abort);
        return true;
      }
      case TAG.dialoguePortion:
        inside(c, f.dialoguePortion, e, (body) => {
          t.dialogue = dialogueOf(body, user);
        });
        return true;
      case TAG.componentPortion:
        inside(c, f.componentPortion, e, (body) => {
          const context = contextOf(t);
          if (user.wants(context)) readComponents(body, t, user, context);
          else if (c.rec !== null) showComponents(body, user, context);
        });
        return true;
      default:
        return false;
    }
  });
}

/** Most dialogues are of other services: of those the context is enough. */
function dialogueOf<T>(c: Cursor, user: ParameterReader<T>): DialoguePortion {
  const context = peekContext(c);
  if (context === null || user.wants(context)) return readDialoguePortion(c);
  if (c.rec !== null) showDialogue(c);
  return { kind: 'other', context, refused: null, user: null };
}

/** For the tree alone. */
function showDialogue(c: Cursor): void {
  const own = new Cursor(c.bytes, c.pos, c.end, c.rec);
  runLayer(own, () => readDialoguePortion(own));
}

/** For the tree alone: nobody here is concerned. */
function showComponents<T>(c: Cursor, user: ParameterReader<T>, context: ApplicationContext | null): void {
  const own = new Cursor(c.bytes, c.pos, c.end, c.rec);
  runLayer(own, () => readComponents(own, newTransaction<T>(), user, context));
}

function readComponents<T>(
  c: Cursor,
  t: Transaction<T>,
  user: ParameterReader<T>,
  context: ApplicationContext | null,
): void {
  eachElement(c, (e) => {
    if (t.components.length >= MOST_COMPONENTS) {
      if (t.components.length === MOST_COMPONENTS) {
        c.report(tcapRules.components, e.at, c.end - e.at, `more than ${MOST_COMPONENTS} components`);
        c.pos = c.end;
      }
      return false;
    }
    return readComponent(c, e, t.components, user, context);
  });
}
