// From words on a command line to a command, its help or one clear sentence.

import { ThreadLost } from '../analysis/engine/workers/threads.ts';
import { parseCommandLine } from './arguments.ts';
import { COMMANDS } from './commands.ts';
import { commandHelp, overview } from './help.ts';
import { closest } from './host/words.ts';
import { type ExitCode, Sentence, usage } from './sentence.ts';
import type { Terminal } from './terminal.ts';
import { VERSION } from './version.ts';

/** Resolves to the exit status. Only a fault in otascope itself rejects. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    return await dispatch(argv, terminal);
  } catch (e) {
    const sentence = e instanceof ThreadLost ? new Sentence(e.message, 3) : e;
    if (!(sentence instanceof Sentence)) throw e;
    // Nobody can be told where standard error is what failed.
    await terminal.err.write(`otascope: ${sentence.message}\n`).catch(() => undefined);
    return sentence.exit;
  }
}

async function dispatch(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [word, ...rest] = argv;
  if (word === undefined) {
    await terminal.err.write(overview(COMMANDS));
    return 2;
  }
  if (word === '--version' || word === '-V') {
    await terminal.out.write(`otascope ${VERSION}\n`);
    return 0;
  }
  const asksHelp = word === '--help' || word === '-h' || word === 'help';
  const name = word === 'help' ? rest[0] : word;
  if (asksHelp && (name === undefined || name.startsWith('-'))) {
    await terminal.out.write(overview(COMMANDS));
    return 0;
  }
  const command = COMMANDS.find((c) => c.name === name);
  if (command === undefined) throw usage(unknownCommand(name ?? word));
  if (asksHelp || wantsHelp(rest)) {
    await terminal.out.write(commandHelp(command));
    return 0;
  }
  const args = parseCommandLine(rest, command.name, command.options);
  const { run: runCommand } = await command.load();
  return runCommand(args, terminal);
}

/** Before parsing, so that help is there even when the rest of the line is wrong. */
function wantsHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  const options = end < 0 ? args : args.slice(0, end);
  return options.includes('--help') || options.includes('-h');
}

function unknownCommand(word: string): string {
  if (word.startsWith('-')) return `${word} is no option of otascope itself; 'otascope --help' lists the commands.`;
  const near = closest(
    word,
    COMMANDS.map((c) => c.name),
  );
  if (near !== undefined) return `there is no command '${word}'; did you mean '${near}'?`;
  return `there is no command '${word}'; to read a file: otascope scan FILE.`;
}
