// What a command says about itself: help, completion of mistyped words and parsing all read it from here.

import type { ExitCode } from './sentence.ts';
import type { Terminal } from './terminal.ts';

export interface OptionSpec {
  /** '--imsi', without the dashes. */
  readonly name: string;
  /** Name of its value in the help; a switch has none. */
  readonly value?: string;
  readonly repeat?: boolean;
  /** One letter. */
  readonly short?: string;
  readonly text: string;
}

export interface CommandSpec {
  readonly name: string;
  /** 'FILE... [options]' */
  readonly usage: string;
  readonly summary: string;
  /** Paragraphs under the usage line. */
  readonly about: readonly string[];
  readonly options: readonly OptionSpec[];
  readonly examples: readonly { readonly line: string; readonly text: string }[];
  /** Loaded only when the command runs: the help must not wait for decoders. */
  load(): Promise<{ readonly run: Run }>;
}

/** Options and files as the command line gave them; known to be of the spec's shape. */
export interface Arguments {
  readonly positionals: readonly string[];
  has(name: string): boolean;
  /** The last value given. */
  value(name: string): string | undefined;
  values(name: string): readonly string[];
}

export type Run = (args: Arguments, terminal: Terminal) => Promise<ExitCode>;
