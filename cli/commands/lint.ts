// otascope lint: the rules of content on documents, without a capture.

import { type Linted, type LintFinding, lint } from '../../analysis/lint/lint.ts';
import { printable } from '../../analysis/report/text.ts';
import { oneOf } from '../arguments.ts';
import type { Arguments, Run } from '../command.ts';
import { readDocument } from '../document-file.ts';
import { openAll } from '../inputs.ts';
import { type ExitCode, Sentence } from '../sentence.ts';
import { type Style, styleFor } from '../style.ts';
import { type Terminal, wantsColour } from '../terminal.ts';

const SEVERITIES = ['error', 'warning', 'note'] as const;
type Severity = (typeof SEVERITIES)[number];

interface Checked {
  readonly name: string;
  /** null: it could not be read, and `error` says why. */
  readonly linted: Linted | null;
  readonly error: string | null;
}

export const run: Run = async (args, terminal) => {
  const failOn = oneOf(args, 'fail-on', [...SEVERITIES, 'never']) ?? 'error';
  const sources = await openAll('lint', args.positionals, terminal);
  const checked: Checked[] = [];
  for (const source of sources) checked.push(await check(source.name, () => readDocument(source)));

  if (args.has('json')) await terminal.out.write(json(checked));
  else await terminal.out.write(text(checked, args, terminal));
  for (const { error } of checked) if (error !== null) await terminal.err.write(`otascope: ${error}\n`);
  return judge(checked, failOn);
};

async function check(name: string, read: () => Promise<Uint8Array>): Promise<Checked> {
  const failed = (error: string): Checked => ({ name, linted: null, error });
  try {
    const linted = lint(await read());
    const hint = "it is no XML, WBXML or push document; 'otascope scan' reads captures and logs";
    return linted === null ? failed(`${name} can't be checked: ${hint}.`) : { name, linted, error: null };
  } catch (e) {
    if (e instanceof Sentence) return failed(e.message);
    throw e;
  }
}

const countOf = (checked: readonly Checked[], severity: Severity): number =>
  checked.reduce((n, c) => n + (c.linted?.findings.filter((f) => f.severity === severity).length ?? 0), 0);

function json(checked: readonly Checked[]): string {
  const documents = checked.map(({ name, linted, error }) => ({
    name,
    kind: linted?.kind ?? null,
    format: linted?.format ?? null,
    error,
    findings: linted?.findings ?? [],
  }));
  const totals = Object.fromEntries(SEVERITIES.map((s) => [s, countOf(checked, s)]));
  return `${JSON.stringify({ documents, totals }, null, 2)}\n`;
}

const TONES = { error: 'bad', warning: 'doubt', note: 'faint' } as const;

function text(checked: readonly Checked[], args: Arguments, terminal: Terminal): string {
  const style = styleFor(wantsColour(terminal.out, terminal.env, args.has('no-color')));
  const lines = checked.flatMap(({ name, linted }) => linted?.findings.flatMap((f) => finding(name, f, style)) ?? []);
  const read = checked.filter((c) => c.linted !== null).length;
  const [errors, warnings, notes] = SEVERITIES.map((s) => countOf(checked, s));
  const counted = (n: number | undefined, word: string) => `${n ?? 0} ${word}${n === 1 ? '' : 's'}`;
  if (read > 0 || checked.every((c) => c.error === null))
    lines.push(
      `${counted(read, 'document')}: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}, ${counted(notes, 'note')}`,
    );
  return lines.map((l) => `${l}\n`).join('');
}

/** 'FILE:LINE:COLUMN: severity CODE sentence', as compilers write it; octets where there are no lines. */
function finding(name: string, f: LintFinding, style: Style): string[] {
  const last = f.length > 1 ? `-${f.start + f.length - 1}` : '';
  const where = f.line === null ? `octet ${f.start}${last}` : `${f.line}:${f.column}`;
  const severity = style[TONES[f.severity]](f.severity);
  const more = [f.fix === null ? [] : [`    to mend it: ${f.fix}`], [`    ${f.clause}`]].flat();
  return [
    `${printable(name)}:${where}: ${severity} ${style.strong(f.code)} ${printable(f.message)}`,
    ...more.map((l) => style.faint(l)),
  ];
}

function judge(checked: readonly Checked[], failOn: Severity | 'never'): ExitCode {
  if (checked.some((c) => c.error !== null)) return 3;
  if (failOn === 'never') return 0;
  const counted = SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1);
  return counted.some((s) => countOf(checked, s) > 0) ? 1 : 0;
}
