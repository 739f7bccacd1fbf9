// The command line, checked against a command's own table.

import { parseArgs } from 'node:util';
import type { Arguments, OptionSpec } from './command.ts';
import { closest } from './host/words.ts';
import { usage } from './sentence.ts';

/** Every command has these. */
export const COMMON: readonly OptionSpec[] = [
  { name: 'no-color', text: 'plain text (NO_COLOR does the same)' },
  { name: 'help', short: 'h', text: 'this text' },
];

/** Throws a usage sentence for what is not in the table. Values are never echoed: one of them may be a PIN. */
export function parseCommandLine(argv: readonly string[], command: string, specs: readonly OptionSpec[]): Arguments {
  const all = [...specs, ...COMMON];
  const byName = new Map(all.map((o) => [o.name, o]));
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      all.map((o) => [
        o.name,
        { type: o.value === undefined ? 'boolean' : 'string', ...(o.short === undefined ? {} : { short: o.short }) },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });

  const given = new Map<string, string[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const spec = byName.get(token.name);
    if (spec === undefined) throw usage(unknownOption(token.rawName, command, byName.keys()));
    const inline = token.inlineValue === true;
    if (spec.value === undefined) {
      if (inline) throw usage(`--${spec.name} takes no value.`);
      given.set(spec.name, []);
      continue;
    }
    const value = token.value;
    const missing = value === undefined || value === '' || (!inline && value.length > 1 && value.startsWith('-'));
    if (missing) throw usage(`--${spec.name} needs a value: --${spec.name} ${spec.value}.`);
    const before = given.get(spec.name);
    if (before === undefined) given.set(spec.name, [value]);
    else if (spec.repeat === true) before.push(value);
    else throw usage(`--${spec.name} is given twice; it takes one value.`);
  }
  return {
    positionals,
    has: (name) => given.has(name),
    value: (name) => given.get(name)?.at(-1),
    values: (name) => given.get(name) ?? [],
  };
}

function unknownOption(rawName: string, command: string, known: Iterable<string>): string {
  const near = closest(rawName.replace(/^-+/, ''), known);
  const hint = near === undefined ? `'otascope ${command} --help' lists what there is` : `did you mean --${near}?`;
  return `'${command}' has no option ${rawName}; ${hint}${hint.endsWith('?') ? '' : '.'}`;
}

/** 'a, b or c'. */
const alternatives = (words: readonly string[]): string =>
  words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

/** The one of a few words an option may have. */
export function oneOf<const T extends string>(args: Arguments, name: string, words: readonly T[]): T | undefined {
  const value = args.value(name);
  if (value === undefined) return undefined;
  const found = words.find((w) => w === value);
  if (found === undefined) throw usage(`--${name} may be ${alternatives(words)}.`);
  return found;
}
