// Where a command writes and what it may know of its surroundings; tests hand in one of their own.

export interface Output {
  readonly isTerminal: boolean;
  /** Characters in a line; 80 where nobody says. */
  readonly columns: number;
  /** Text, or octets as they are. Resolves when more may be written. */
  write(what: string | Uint8Array): Promise<void>;
}

export interface Terminal {
  readonly out: Output;
  readonly err: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What is piped in, chunk by chunk. */
  stdin(): AsyncIterable<Uint8Array>;
  readonly stdinIsTerminal: boolean;
  /** Calls back on Ctrl-C until the returned function is called. */
  onInterrupt(call: () => void): () => void;
}

/** Colour only where a person reads it: a terminal, unless NO_COLOR or --no-color says otherwise. */
export function wantsColour(out: Output, env: Terminal['env'], refused: boolean): boolean {
  if (refused || (env.NO_COLOR ?? '') !== '') return false;
  if ((env.FORCE_COLOR ?? '0') !== '0') return true;
  return out.isTerminal && env.TERM !== 'dumb';
}
