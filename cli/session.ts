// A session over the files of a command line, for the commands that look into messages.

import type { EngineReplies, EngineRequest, MessageRow, Reply, Status } from '../analysis/engine/contract.ts';
import { createSession, type Session } from '../analysis/engine/session.ts';
import type { Arguments } from './command.ts';
import { guessHost } from './host/guess-host.ts';
import { closest } from './host/words.ts';
import { loadOptions, openAll, tellUnread, watchReading } from './inputs.ts';
import { type ExitCode, Sentence } from './sentence.ts';
import type { Terminal } from './terminal.ts';

export interface FileSession {
  readonly status: Status;
  readonly rows: readonly MessageRow[];
  request<R extends EngineRequest>(request: R): Promise<Reply<R>>;
}

/** Files, and the message that is asked for: 'm3' behind at least one file. */
export function splitMessageId(positionals: readonly string[]): { files: readonly string[]; id: string | undefined } {
  const last = positionals.at(-1);
  if (positionals.length > 1 && last !== undefined && /^m\d+$/.test(last)) {
    return { files: positionals.slice(0, -1), id: last };
  }
  return { files: positionals, id: undefined };
}

/** Reads the files, lets `look` look, and closes them; the exit status says whether all could be read. */
export async function withSession(
  command: string,
  args: Arguments,
  terminal: Terminal,
  look: (session: FileSession, id: string | undefined) => Promise<ExitCode> | Promise<void>,
): Promise<ExitCode> {
  const { files, id } = splitMessageId(args.positionals);
  const options = await loadOptions(args);
  const sources = await openAll(command, files, terminal);
  const reading = watchReading(sources, terminal);
  try {
    const session: Session = createSession(
      {
        open: () => Promise.reject(new Error('Files are named on the command line.')),
        samples: async () => [],
        guess: guessHost(),
        async pause() {
          const { inputs } = await session.request({ op: 'status' });
          await reading.turn(inputs);
          // Not waited for: it ends when reading has, which waits for this.
          if (reading.signal.aborted) void session.request({ op: 'stop' });
        },
      },
      options,
    );
    const status = await session.openSources(sources);
    // Nothing to look at; why, is all there is to say.
    if (status.inputs.every((i) => i.error !== null) && status.messages === 0) {
      return (await tellUnread(status.inputs, reading, terminal)) ?? 3;
    }
    const rows = await allRows(session, status.messages);
    if (id !== undefined && !rows.some((r) => r.id === id)) throw new Sentence(noSuchMessage(id, rows), 2);
    const exit = await look({ status, rows, request: (r) => session.request(r) }, id);
    return (await tellUnread(status.inputs, reading, terminal)) ?? exit ?? 0;
  } finally {
    await reading.end();
  }
}

/** A page of the message list at a time. */
const PAGE = 200;

async function allRows(
  session: {
    request(r: { op: 'rows'; table: 'messages'; from: number; count: number }): Promise<EngineReplies['rows']>;
  },
  total: number,
): Promise<readonly MessageRow[]> {
  const rows: MessageRow[] = [];
  while (rows.length < total) {
    const page = await session.request({ op: 'rows', table: 'messages', from: rows.length, count: PAGE });
    if (page.messages.length === 0) break;
    rows.push(...page.messages);
  }
  return rows;
}

export function noSuchMessage(id: string, rows: readonly MessageRow[]): string {
  if (rows.length === 0) return `there is no message ${id}: no messages were found.`;
  const ids = rows.map((r) => r.id);
  const near = closest(id, ids);
  const hint = near === undefined ? '' : ` Did you mean ${near}?`;
  if (rows.length === 1) return `there is no message ${id}; the only one is ${ids[0]}.`;
  return `there is no message ${id}; they are called ${ids[0]} to ${ids.at(-1)}.${hint}`;
}
