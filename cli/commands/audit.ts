// otascope audit: the security review of some inputs, as text, JSON or CSV.

import { readFile } from 'node:fs/promises';
import { type Known, knownLines, NOTHING_KNOWN, parseKnown } from '../../analysis/audit/known.ts';
import { auditReport, toAuditCsv, toAuditJson } from '../../analysis/audit/report.ts';
import { AUDIT_SEVERITIES, type AuditSeverity, severityOrder } from '../../analysis/audit/rule.ts';
import { type AuditReport, auditSchemaJson } from '../../analysis/audit/schema.ts';
import { toAuditText } from '../../analysis/audit/text.ts';
import { auditLoaded } from '../../analysis/engine/audit.ts';
import { createFlows } from '../../analysis/engine/flowsof.ts';
import { scan } from '../../analysis/engine/scan.ts';
import { oneOf } from '../arguments.ts';
import type { Arguments, Run } from '../command.ts';
import { loadOptions, openAll, tellUnread, watchReading } from '../inputs.ts';
import { type ExitCode, Sentence, usage } from '../sentence.ts';
import { wantsColour } from '../terminal.ts';

export const run: Run = async (args, terminal) => {
  if (args.has('schema')) {
    await terminal.out.write(auditSchemaJson());
    return 0;
  }
  if (args.has('json') && args.has('csv'))
    throw usage('--json and --csv contradict each other: one report has one form.');
  const failOn = oneOf(args, 'fail-on', ['critical', 'high', 'medium', 'low']);
  const known = await knownOf(args);
  const options = await loadOptions(args);
  const sources = await openAll('audit', args.positionals, terminal);
  const reading = watchReading(sources, terminal);
  let report: AuditReport;
  try {
    const { loaded } = await scan(sources, {
      ...options,
      signal: reading.signal,
      onBatch: (so) => reading.turn(so.opened),
    });
    const result = await auditLoaded(loaded, {
      flows: createFlows(loaded),
      tryPins: args.has('try-pins'),
      known,
      clock: () => performance.now() / 1000,
      pause: () => reading.turn(loaded.opened),
      signal: reading.signal,
    });
    report = auditReport(result, {
      base: loaded.base,
      inputs: loaded.opened.map((o) => ({ file: o.source.name, error: o.error })),
      frameAt: (id) => loaded.frames.at(id),
      redact: args.has('redact'),
    });
  } finally {
    await reading.end();
  }
  // A review of nothing reviews nothing; the other forms name what could not be read.
  const nothing = report.reviewed === 0 && report.inputs.every((i) => i.error !== null);
  if (nothing && !args.has('json') && !args.has('csv'))
    return (await tellUnread(report.inputs, reading, terminal)) ?? 3;
  const text = args.has('json')
    ? toAuditJson(report)
    : args.has('csv')
      ? toAuditCsv(report)
      : toAuditText(report, {
          width: terminal.out.isTerminal ? terminal.out.columns : null,
          colours: wantsColour(terminal.out, terminal.env, args.has('no-color')),
        });
  await terminal.out.write(text);
  return (await tellUnread(report.inputs, reading, terminal)) ?? judge(report, failOn);
};

/** Servers and senders of the reviewer's own, one a line. */
async function knownOf(args: Arguments): Promise<Known> {
  const file = args.value('known');
  if (file === undefined) return NOTHING_KNOWN;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (e) {
    throw new Sentence(`the list ${file} can't be read (${(e as NodeJS.ErrnoException).code}).`, 2);
  }
  try {
    return parseKnown(knownLines(text));
  } catch (e) {
    throw new Sentence(`${file}: ${e instanceof Error ? e.message : e}.`, 2);
  }
}

function judge(report: AuditReport, failOn: AuditSeverity | undefined): ExitCode {
  if (failOn === undefined) return 0;
  const bad = AUDIT_SEVERITIES.filter((s) => severityOrder(s) <= severityOrder(failOn));
  return bad.some((s) => report.bySeverity[s] > 0) ? 1 : 0;
}
