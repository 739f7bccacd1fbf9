// Samples, and what is wrong with how a damaged one is read.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { createFlows } from '../../analysis/engine/flowsof.ts';
import { load } from '../../analysis/engine/load.ts';
import { reportInput } from '../../analysis/engine/reportof.ts';
import { buildReport, toJson } from '../../analysis/report/index.ts';
import { ReportSchema } from '../../analysis/report/schema.ts';
import { fromBytes } from '../../captures/source.ts';
import { root } from '../support/shared.ts';

const folder = join(root, 'captures', 'samples');
export const samples = readdirSync(folder)
  .filter((n) => !n.endsWith('.json'))
  .map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }));

/** Far above what any sample takes; a run beyond it would be a hang. */
const SLOW_MS = 5000;
const validate = new Ajv({ strict: false }).compile(ReportSchema);

/** Reads the octets and returns what is wrong with how that went; null when nothing is. */
export async function fault(name: string, bytes: Uint8Array): Promise<string | null> {
  const began = performance.now();
  try {
    const loaded = await load([fromBytes(name, bytes)], { keys: { imsi: ['001010000000017'], pin: ['2580'] } });
    const report = buildReport(reportInput(loaded, createFlows(loaded), {}));
    if (!validate(JSON.parse(toJson(report)))) return `schema: ${JSON.stringify(validate.errors?.[0])}`;
    const took = performance.now() - began;
    return took > SLOW_MS ? `took ${Math.round(took)} ms` : null;
  } catch (e) {
    return e instanceof Error ? (e.stack ?? e.message) : String(e);
  }
}
