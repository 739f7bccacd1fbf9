// One pass over some inputs and what came of it: the engine without a page.

import type { Source } from '../../captures/source.ts';
import type { ReportInput, ReportOptions } from '../report/index.ts';
import { createFlows } from './flowsof.ts';
import { type Loaded, type LoadOptions, load } from './load.ts';
import { reportInput } from './reportof.ts';

export interface Scan {
  readonly loaded: Loaded;
  /** What `buildReport` makes a report of. */
  report(options: ReportOptions): ReportInput;
}

/** Reads all sources together: their parts join. Never rejects for what is in them. */
export async function scan(sources: readonly Source[], options: LoadOptions): Promise<Scan> {
  const loaded = await load(sources, options);
  const flows = createFlows(loaded);
  return { loaded, report: (o) => reportInput(loaded, flows, o) };
}
