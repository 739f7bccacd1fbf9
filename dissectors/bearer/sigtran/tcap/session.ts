// From messages to dialogues: which one a message belongs to, who sent it, and what becomes of what is asked in it.

import type { Cursor } from '../../../base/cursor.ts';
import type { Context } from '../../../base/dissector.ts';
import type { MapParameter } from '../map/parameters.ts';
import { isOurs } from '../map/read.ts';
import { type DialogueData, type Failure, type MapDialogue, MapUser, type Waiting } from '../map/user.ts';
import { Tell } from '../shared.ts';
import { Dialogues, likeness, type Side } from './dialogues.ts';
import { tcapRules } from './rules.ts';
import { hashOfParty, numberOf, sizeOf, TextDialogues } from './texts.ts';
import type { ApplicationContext, Component, Transaction } from './types.ts';

type Message = Transaction<MapParameter>;

/** An answer that was captured before its question. */
interface Early {
  readonly owner: string;
  readonly time: number;
  readonly frame: number;
  readonly message: Message;
}

export interface Memory {
  readonly dialogues: Dialogues<Waiting, DialogueData>;
  readonly user: MapUser;
  readonly tell: Tell;
  /** By the identifier they answer. */
  readonly early: Map<string, Early>;
  /** Where ordinary texts are only counted. */
  readonly texts: TextDialogues;
}

const MOST_EARLY = 1024;
/** Nanoseconds an answer may come before its question: reordering by the capture, nothing more. */
const EARLY_SPAN = 2e9;

export function newMemory(): Memory {
  const dialogues = new Dialogues<Waiting, DialogueData>(() => ({
    imsi: null,
    msisdn: null,
    smsc: null,
    isText: false,
  }));
  const tell = new Tell();
  return { dialogues, user: new MapUser(dialogues, tell), tell, early: new Map(), texts: new TextDialogues() };
}

/** The capture is over. */
export function tellDropped(memory: Memory, ctx: Context): void {
  const { dropped } = memory.dialogues;
  if (dropped === 0) return;
  const finding = {
    rule: tcapRules.dialogues,
    message: `${dropped} dialogues`,
    of: 'frame',
    start: 0,
    length: 0,
  } as const;
  ctx.sink.finding({ frame: null, time: Number.NaN, finding });
}

interface Located {
  readonly dialogue: MapDialogue;
  readonly sender: Side;
}

const other = (side: Side): Side => (side === 0 ? 1 : 0);

/** The dialogue of a message that goes on, and who sent it; null where the capture does not have its beginning. */
function locate(memory: Memory, t: Message, ctx: Context): Located | null {
  const { dialogues } = memory;
  if (t.destination !== null) {
    const found = dialogues.find(t.destination, ctx.destinationAddress, ctx.conversation);
    if (found !== null) return { dialogue: found.dialogue, sender: other(found.side) };
  }
  if (t.originating !== null && t.kind === 'continue') {
    const found = dialogues.find(t.originating, ctx.sourceAddress, ctx.conversation);
    if (found !== null) return { dialogue: found.dialogue, sender: found.side };
  }
  return null;
}

/** The application context a message's components are in, as far as is known before they are read. */
export function contextOf(memory: Memory, t: Message, ctx: Context): ApplicationContext | null {
  if (t.dialogue?.context != null) return t.dialogue.context;
  if (t.kind === 'begin' || t.kind === 'unidirectional' || t.kind === null) return null;
  return locate(memory, t, ctx)?.dialogue.context ?? null;
}

/** What a message means, once it was read. `c`: whose buffer it was read from. */
export function settle(memory: Memory, t: Message, c: Cursor, ctx: Context): void {
  if (ctx.returned !== undefined) {
    givenBack(memory, t, c, ctx);
    return;
  }
  switch (t.kind) {
    case 'begin':
      begin(memory, t, c, ctx);
      return;
    case 'continue':
      goOn(memory, t, c, ctx);
      return;
    case 'end':
    case 'abort':
      end(memory, t, c, ctx);
      return;
    default: {
      // Nothing is answered: the dialogue is over with the message.
      const d = start(memory, t, ctx.sourceAddress, ctx.destinationAddress, ctx);
      components(memory, t, d, 0, c, ctx);
      memory.dialogues.end(d);
    }
  }
}

const asks = (t: Message): boolean => t.components.some((p) => p.kind === 'invoke');

function start(memory: Memory, t: Message, from: string, to: string, ctx: Context): MapDialogue {
  const d = made(memory, t, from, to, ctx);
  memory.dialogues.keep(d);
  return d;
}

/** A dialogue that is not kept yet. */
function made(memory: Memory, t: Message, from: string, to: string, ctx: Context): MapDialogue {
  const { dialogues } = memory;
  const parties = [
    { identifier: t.originating, address: from },
    { identifier: t.kind === 'continue' ? t.destination : null, address: to },
  ] as const;
  const d = dialogues.make(parties, ctx.conversation, ctx.time);
  d.context = t.dialogue?.context ?? null;
  d.data.imsi = t.dialogue?.user?.imsi ?? null;
  return d;
}

/** Something in the message concerns short messages. */
const concerns = (t: Message): boolean =>
  t.components.some((p) => p.parameter !== null && p.parameter.what !== 'error');

function begin(memory: Memory, t: Message, c: Cursor, ctx: Context): void {
  // Most dialogues are of other services: they are not worth remembering.
  if (!isOurs(t.dialogue?.context ?? null) || (t.dialogue === null && !concerns(t))) return;
  const d = made(memory, t, ctx.sourceAddress, ctx.destinationAddress, ctx);
  components(memory, t, d, 0, c, ctx);
  if (d.data.isText && t.components.length === 1 && sizeOf(t.originating ?? '') > 0) {
    const identifier = t.originating!;
    memory.texts.add(numberOf(identifier), sizeOf(identifier), hashOfParty(ctx.sourceAddress), d.id);
  } else memory.dialogues.keep(d);
  const early = t.originating === null ? undefined : memory.early.get(t.originating);
  if (early === undefined || likeness(early.owner, ctx.sourceAddress) < 0) return;
  // Only what the capture reordered; an old answer belongs to an old question.
  if (ctx.time - early.time > EARLY_SPAN) return;
  memory.early.delete(t.originating!);
  if (endText(memory, t.originating, ctx.sourceAddress)) return;
  const { time, frame, message } = early;
  conclude(memory, message, d, 1, { time, frame, sink: ctx.sink });
}

/** The dialogue of a text is over: what is said of it concerns nobody. False where it is not that of a text. */
function endText(memory: Memory, identifier: string | null, owner: string): boolean {
  const size = sizeOf(identifier ?? '');
  return size > 0 && memory.texts.end(numberOf(identifier!), size, hashOfParty(owner));
}

/** When the dialogue of a text began that has this identifier, by the count of dialogues; -1: there is none. */
function textSince(memory: Memory, identifier: string | null, owner: string): number {
  const size = sizeOf(identifier ?? '');
  return size === 0 ? -1 : memory.texts.stampOf(numberOf(identifier!), size, hashOfParty(owner));
}

function goOn(memory: Memory, t: Message, c: Cursor, ctx: Context): void {
  const known = locate(memory, t, ctx);
  if (known === null && !concerns(t)) return;
  // An answer in a dialogue that the answering side keeps open.
  if (known === null && !asks(t) && endText(memory, t.destination, ctx.destinationAddress)) return;
  const { dialogue, sender } = known ?? {
    dialogue: start(memory, t, ctx.sourceAddress, ctx.destinationAddress, ctx),
    sender: 0 as const,
  };
  if (t.originating !== null) memory.dialogues.name(dialogue, sender, t.originating);
  // An answer may name another context than the one asked for.
  if (t.dialogue?.context != null) dialogue.context = t.dialogue.context;
  components(memory, t, dialogue, sender, c, ctx);
}

function end(memory: Memory, t: Message, c: Cursor, ctx: Context): void {
  const found = locate(memory, t, ctx);
  // Of dialogues of the same name, the latest.
  if ((found?.dialogue.id ?? 0) < textSince(memory, t.destination, ctx.destinationAddress) && !asks(t)) {
    endText(memory, t.destination, ctx.destinationAddress);
    return;
  }
  if (found === null) {
    rememberEarly(memory, t, ctx);
    return;
  }
  const { dialogue, sender } = found;
  for (const p of t.components) {
    if (p.kind === 'invoke') memory.user.invoke(p, dialogue, sender, c, ctx);
  }
  conclude(memory, t, dialogue, sender, ctx);
}

/** Answers of the last message of a dialogue; what then waits still is not answered. */
function conclude(
  memory: Memory,
  t: Message,
  d: MapDialogue,
  sender: Side,
  at: Pick<Context, 'time' | 'frame' | 'sink'>,
): void {
  for (const p of t.components) if (p.kind !== 'invoke') memory.user.answer(p, d, sender, at);
  const why = failureOf(t);
  if (why !== null) memory.user.failed(d, sender, why, at);
  memory.dialogues.end(d);
}

function components(memory: Memory, t: Message, d: MapDialogue, sender: Side, c: Cursor, ctx: Context): void {
  for (const p of t.components as readonly Component<MapParameter>[]) {
    if (p.kind === 'invoke') memory.user.invoke(p, d, sender, c, ctx);
    else memory.user.answer(p, d, sender, ctx);
  }
}

/** Why the dialogue ended without an answer; null where it did not. */
function failureOf(t: Message): Failure | null {
  const refused = t.dialogue?.refused ?? null;
  const said = t.dialogue?.user?.why ?? null;
  if (t.kind !== 'abort' && refused === null) return null;
  // A context that is not supported is asked for again in an older version.
  const text = [t.abort, refused, said].filter((x) => x !== null).join(', ') || 'no reason given';
  return { word: 'abort', code: 'TCAP abort', text: `dialogue ended: ${text}`, temporary: true };
}

function rememberEarly(memory: Memory, t: Message, ctx: Context): void {
  // Most answers without a question are of other services; those of ours name the context at first.
  const context = t.dialogue?.context ?? null;
  if (t.destination === null || t.components.length === 0 || context === null || !isOurs(context)) return;
  const { early } = memory;
  early.delete(t.destination);
  early.set(t.destination, { owner: ctx.destinationAddress, time: ctx.time, frame: ctx.frame, message: t });
  if (early.size <= MOST_EARLY) return;
  const [oldest] = early.keys();
  if (oldest !== undefined) early.delete(oldest);
}

/** The network gave a message back: it travels to its sender, with the addresses exchanged. */
function givenBack(memory: Memory, t: Message, c: Cursor, ctx: Context): void {
  const { returned } = ctx;
  const sender = ctx.destinationAddress;
  if (returned === undefined || t.originating === null) return;
  const found = memory.dialogues.find(t.originating, sender, ctx.conversation);
  if (found === null && endText(memory, t.originating, sender)) return;
  const d = found?.dialogue ?? start(memory, t, sender, ctx.sourceAddress, ctx);
  // Known only because it came back: what it carried is evidence all the same.
  if (found === null) components(memory, t, d, 0, c, ctx);
  const text = `given back by the network: ${returned.text}`;
  memory.user.failed(d, null, { word: 'given back', code: returned.code, text, temporary: returned.temporary }, ctx);
  if (t.kind === 'begin') memory.dialogues.end(d);
}
