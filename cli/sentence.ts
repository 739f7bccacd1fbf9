// What goes wrong in a host, said to the person at the keyboard: one sentence and an exit status, no stack.

/** 0 read; 1 errors in the traffic (`--fail-on`); 2 usage; 3 an input could not be read; 130 interrupted. */
export type ExitCode = 0 | 1 | 2 | 3 | 130;

export class Sentence extends Error {
  readonly exit: ExitCode;

  constructor(sentence: string, exit: ExitCode) {
    super(sentence);
    this.name = 'Sentence';
    this.exit = exit;
  }
}

/** A command line that can't be understood. */
export const usage = (sentence: string): Sentence => new Sentence(sentence, 2);
