// otascope report: a report for others, in the form they need.

import { EXPORT_FORMATS, EXPORT_TABLES, type ExportChoice } from '../../analysis/engine/contract/export.ts';
import { oneOf } from '../arguments.ts';
import { readBookmarks } from '../bookmarks.ts';
import type { Arguments, Run } from '../command.ts';
import { withOutput } from '../output.ts';
import { Sentence, usage } from '../sentence.ts';
import { noSuchMessage, withSession } from '../session.ts';
import { pdfOf, pngOf } from '../window/picture.ts';

/** A PNG is the SVG as a browser draws it, a PDF the HTML as it prints it. */
const FORMS = [...EXPORT_FORMATS, 'png', 'pdf'] as const;
type Form = (typeof FORMS)[number];

const NO_TEXT: Readonly<Partial<Record<Form, string>>> = { pcapng: 'pcapng slice', png: 'picture', pdf: 'PDF' };

/** Forms with room for notes. */
const TELL_BOOKMARKS: ReadonlySet<Form> = new Set(['html', 'pdf', 'markdown', 'json', 'ndjson']);

/** By the ending of the file's name. */
const ENDINGS: readonly (readonly [RegExp, Form])[] = [
  [/\.html?$/i, 'html'],
  [/\.(md|markdown)$/i, 'markdown'],
  [/\.json$/i, 'json'],
  [/\.(ndjson|jsonl)$/i, 'ndjson'],
  [/\.csv$/i, 'csv'],
  [/\.svg$/i, 'svg'],
  [/\.png$/i, 'png'],
  [/\.pdf$/i, 'pdf'],
  [/\.pcapng$/i, 'pcapng'],
];

async function choiceOf(args: Arguments): Promise<{ readonly form: Form; readonly choice: ExportChoice }> {
  const output = args.value('output');
  const format =
    oneOf(args, 'format', FORMS) ?? ENDINGS.find(([ending]) => output !== undefined && ending.test(output))?.[1];
  if (format === undefined) {
    throw usage(
      'report needs a form: name a file that ends in .html, .md, .json, .csv, .pdf, .svg, .png or .pcapng, or give --format.',
    );
  }
  const table = oneOf(args, 'table', EXPORT_TABLES);
  if (table !== undefined && format !== 'csv') throw usage('--table is for CSV.');
  const messages = args.values('message');
  const filter = args.value('filter');
  const raw = format === 'pcapng';
  if (raw && (args.has('numbers') || args.has('show-secrets'))) {
    throw usage('A pcapng slice holds the octets as captured: --numbers and --show-secrets change nothing in it.');
  }
  const marked = args.value('bookmarks');
  if (marked !== undefined && !TELL_BOOKMARKS.has(format))
    throw usage('--bookmarks is for HTML, PDF, Markdown and JSON.');
  const choice: ExportChoice = {
    format: format === 'png' ? 'svg' : format === 'pdf' ? 'html' : format,
    ...(marked === undefined ? {} : { bookmarks: await readBookmarks(marked) }),
    ...(table === undefined ? {} : { table }),
    ...(messages.length === 0 ? {} : { messages }),
    ...(filter === undefined ? {} : { filter }),
    ...(raw
      ? {}
      : { numbers: oneOf(args, 'numbers', ['named', 'last4', 'full']) ?? 'named', secrets: args.has('show-secrets') }),
  };
  return { form: format, choice };
}

export const run: Run = async (args, terminal) => {
  const { form, choice } = await choiceOf(args);
  const octets = form in NO_TEXT;
  if (octets && args.value('output') === undefined && terminal.out.isTerminal) {
    throw usage(`A ${NO_TEXT[form]} is no text: name a file with --output.`);
  }
  return withOutput(args, (file) =>
    withSession('report', args, terminal, async (session) => {
      const { filter } = choice;
      const missing = choice.messages?.find((id) => !session.rows.some((r) => r.id === id));
      if (missing !== undefined) throw new Sentence(noSuchMessage(missing, session.rows), 2);
      if (filter !== undefined) {
        const { state, error } = await session.request({ op: 'check', text: filter });
        if (state === 'invalid') throw usage(`--filter: ${error?.message ?? 'it is not valid.'}`);
        // Fields that are no column are decoded for, a slice at a time.
        let reply = await session.request({ op: 'filter', text: filter, decode: true });
        while (reply.decoding !== null) reply = await session.request({ op: 'filter', text: filter, decode: true });
      }
      const { bytes: own, left } = await session.request({ op: 'export', ...choice });
      const through = form === 'png' ? pngOf : form === 'pdf' ? pdfOf : null;
      const bytes = through === null ? own : await through(new TextDecoder().decode(own), terminal.env);
      if (file !== undefined) await file.write(bytes);
      else await terminal.out.write(octets ? bytes : new TextDecoder().decode(bytes));
      for (const sentence of left) await terminal.err.write(`otascope: ${sentence}\n`);
    }),
  );
};
