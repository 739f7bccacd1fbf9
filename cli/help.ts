// The help texts, set from the commands' tables.

import { COMMON } from './arguments.ts';
import type { CommandSpec, OptionSpec } from './command.ts';

const WIDTH = 80;

export function overview(commands: readonly CommandSpec[]): string {
  const width = Math.max(...commands.map((c) => c.name.length));
  return [
    'otascope shows what over-the-air provisioning did to a phone, and why it failed.',
    '',
    'usage: otascope COMMAND [FILE...] [options]',
    '',
    ...commands.map((c) => `  ${c.name.padEnd(width)}  ${c.summary}`),
    '',
    "'otascope COMMAND --help' tells more and gives examples; --version prints the version.",
    'Nothing that is read leaves this machine.',
    '',
  ].join('\n');
}

export function commandHelp(command: CommandSpec): string {
  const lines = [`usage: otascope ${command.name} ${command.usage}`.trimEnd(), ''];
  for (const paragraph of command.about) lines.push(...wrap(paragraph, 0), '');
  const options = [...command.options, ...COMMON];
  const width = Math.max(...options.map((o) => label(o).length));
  lines.push('Options');
  for (const o of options) {
    const [first, ...more] = wrap(o.text, width + 4);
    lines.push(`  ${label(o).padEnd(width)}  ${first?.trimStart() ?? ''}`, ...more);
  }
  lines.push('', 'Examples');
  for (const e of command.examples) lines.push(`  ${e.line}`, ...wrap(e.text, 6));
  return `${lines.join('\n')}\n`;
}

const label = (o: OptionSpec): string =>
  `${o.short === undefined ? '' : `-${o.short}, `}--${o.name}${o.value === undefined ? '' : ` ${o.value}`}`;

/** Words in lines of at most WIDTH characters, each behind `indent` spaces. */
function wrap(text: string, indent: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent + line.length + 1 + word.length > WIDTH) {
      lines.push(' '.repeat(indent) + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(' '.repeat(indent) + line);
  return lines;
}
