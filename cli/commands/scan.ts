// otascope scan: the report of some inputs, as a table, JSON, NDJSON or CSV.

import { scan } from '../../analysis/engine/scan.ts';
import {
  inPieces,
  jsonChunks,
  ndjsonChunks,
  type ReportRest,
  type ReportStream,
  reportStream,
  tableChunks,
  toCsv,
  wholeReport,
} from '../../analysis/report/index.ts';
import { oneOf } from '../arguments.ts';
import type { Arguments, Run } from '../command.ts';
import { loadOptions, openAll, tellUnread, watchReading } from '../inputs.ts';
import { type OutputFile, withOutput } from '../output.ts';
import { type ExitCode, usage } from '../sentence.ts';
import { type Terminal, wantsColour } from '../terminal.ts';

const FORMATS = ['json', 'ndjson', 'csv'] as const;
type Format = (typeof FORMATS)[number] | 'table';

export const run: Run = (args, terminal) => withOutput(args, (file) => scanTo(file, args, terminal));

async function scanTo(file: OutputFile | undefined, args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const format = formatOf(args);
  const failOn = oneOf(args, 'fail-on', ['error', 'warning']);
  const includeText = oneOf(args, 'include', ['text']) === 'text';
  const options = await loadOptions(args);
  const secrets = args.has('show-secrets');
  if (secrets && args.has('redact')) throw usage('--show-secrets and --redact contradict each other.');

  const sources = await openAll('scan', args.positionals, terminal);
  const reading = watchReading(sources, terminal);
  let stream: ReportStream;
  try {
    const scanned = await scan(sources, {
      ...options,
      includeText,
      signal: reading.signal,
      onBatch: (loaded) => reading.turn(loaded.opened),
    });
    const shown = { showSecrets: secrets, redact: args.has('redact'), includeText, brief: format === 'table' };
    stream = reportStream(scanned.report(shown));
  } finally {
    await reading.end();
  }

  // A table of nothing says nothing; the other forms name what could not be read.
  if (format === 'table' && stream.inputs.every((i) => i.error !== null && i.frames === 0)) {
    return (await tellUnread(stream.inputs, reading, terminal)) ?? 3;
  }
  const text = write(stream, format, args, terminal, file !== undefined);
  if (file !== undefined) await file.write(text);
  else for (const piece of text) await terminal.out.write(piece);
  return (await tellUnread(stream.inputs, reading, terminal)) ?? judge(stream.rest(), failOn);
}

function formatOf(args: Arguments): Format {
  const asked = FORMATS.filter((f) => args.has(f));
  if (asked.length > 1) throw usage(`--${asked.join(' and --')} contradict each other: one report has one form.`);
  return asked[0] ?? 'table';
}

/** The report in pieces. */
function write(
  stream: ReportStream,
  format: Format,
  args: Arguments,
  terminal: Terminal,
  toFile: boolean,
): Iterable<string> {
  switch (format) {
    case 'json':
      return inPieces(jsonChunks(stream));
    case 'ndjson':
      return inPieces(ndjsonChunks(stream));
    case 'csv':
      return [toCsv(wholeReport(stream))];
    case 'table': {
      // What could not be read is told on standard error, for every form.
      const inputs = stream.inputs.filter((i) => i.error === null);
      const table = tableChunks(
        { ...stream, inputs },
        {
          width: terminal.out.isTerminal && !toFile ? terminal.out.columns : null,
          colours: !toFile && wantsColour(terminal.out, terminal.env, args.has('no-color')),
        },
      );
      return inPieces(table);
    }
  }
}

function judge({ totals }: ReportRest, failOn: 'error' | 'warning' | undefined): ExitCode {
  const { error = 0, warning = 0 } = totals.bySeverity;
  if (failOn === 'error') return error > 0 ? 1 : 0;
  if (failOn === 'warning') return error + warning > 0 ? 1 : 0;
  return 0;
}
