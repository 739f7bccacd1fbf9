// otascope schema: the JSON Schema of the report.

import { reportSchemaJson } from '../../analysis/report/schema.ts';
import type { Run } from '../command.ts';
import { usage } from '../sentence.ts';

export const run: Run = async (args, terminal) => {
  if (args.positionals.length > 0) throw usage('schema takes no file: it prints the JSON Schema of every report.');
  await terminal.out.write(reportSchemaJson());
  return 0;
};
