// Which answer belongs to which message. A modem does one thing at a time (ITU-T V.250 5.2.2), but the two directions of
// a connection may be read at different times.

import type { Context } from '../../base/dissector.ts';
import type { Answer, Time } from '../../base/message.ts';

/** A place in the capture. */
export interface Moment {
  readonly time: Time;
  readonly frame: number;
}

export const momentOf = (ctx: Context): Moment => ({ time: ctx.time, frame: ctx.frame });

/** Frames decide where there are no times, or equal ones. */
export const isBefore = (a: Moment, b: Moment): boolean =>
  a.time === b.time || Number.isNaN(a.time) || Number.isNaN(b.time) ? a.frame < b.frame : a.time < b.time;

export type Said = Pick<Answer, 'operation' | 'ok' | 'temporary' | 'code' | 'text' | 'messageId'>;

/** Commands without an answer, and answers without a command, in order of time. */
export interface Answers {
  /** null: a command that carries no message. */
  readonly commands: { readonly key: string | null; readonly at: Moment }[];
  readonly early: { readonly said: Said; readonly at: Moment }[];
}

export const newAnswers = (): Answers => ({ commands: [], early: [] });

/** Of each kind. */
const MOST = 64;

function give(ctx: Context, key: string | null, said: Said, at: Moment): void {
  if (key === null) return;
  ctx.sink.answer({ bearer: 'at', answerKey: key, time: at.time, frame: at.frame, ...said });
}

/** A command went to the modem; what answers it may have been read before. */
export function commanded(a: Answers, key: string | null, ctx: Context): void {
  const at = momentOf(ctx);
  const i = a.early.findIndex((e) => isBefore(at, e.at) && (key !== null || !e.said.ok));
  const found = a.early[i];
  if (found !== undefined) {
    // Those in front answer commands that the capture does not have.
    a.early.splice(0, i + 1);
    give(ctx, key, found.said, found.at);
    return;
  }
  a.commands.push({ key, at });
  if (a.commands.length > MOST) a.commands.shift();
}

/** The modem answered: it means the last command before; only messages are accepted with a number. */
export function answered(a: Answers, ctx: Context, said: Said): void {
  const at = momentOf(ctx);
  const i = a.commands.findLastIndex((c) => isBefore(c.at, at) && (c.key !== null || !said.ok));
  const found = a.commands[i];
  if (found !== undefined) {
    // Those in front were never answered.
    a.commands.splice(0, i + 1);
    give(ctx, found.key, said, at);
    return;
  }
  a.early.push({ said, at });
  if (a.early.length > MOST) a.early.shift();
}
