// A capture through the whole driver, with what the dissectors under test read in each frame, beside what tshark reads.

import { readFileSync } from 'node:fs';
import { openCapture } from '../../captures/open.ts';
import { fromBytes } from '../../captures/source.ts';
import { Cursor } from '../../dissectors/base/cursor.ts';
import type { Context, Dissector } from '../../dissectors/base/dissector.ts';
import { recordInto, type TreeRow } from '../../dissectors/base/recorder.ts';
import { createDriver } from '../../dissectors/driver/index.ts';
import { createRegistry } from '../../dissectors/registry.ts';
import { listen } from '../sms/support.ts';
import { tsharkFields } from './tshark.ts';

/** The same dissector; what it reads is put down under the frame that completed the PDU. */
function overheard(d: Dissector, rows: Map<number, TreeRow[]>): Dissector {
  const decode = (c: Cursor, ctx: Context): void => {
    const here = rows.get(ctx.frame) ?? [];
    rows.set(ctx.frame, here);
    d.decode(new Cursor(c.bytes, c.pos, c.end, recordInto(here), c.findings, c.of), ctx);
  };
  return d.kind === 'stream' ? { ...d, decode } : { ...d, decode };
}

/** Rows by frame number, of the PDUs it completes, in the order they were read. */
async function rowsOf(path: string, dissectors: readonly Dissector[]): Promise<Map<number, TreeRow[]>> {
  const rows = new Map<number, TreeRow[]>();
  const reader = await openCapture(fromBytes(path, new Uint8Array(readFileSync(path))));
  if ('unreadable' in reader) throw new Error(`${path} is not readable`);
  const driver = createDriver({
    registry: createRegistry(dissectors.map((d) => overheard(d, rows))),
    sink: listen().sink,
    frames: { add: (batch, index) => batch.firstNumber + index },
  });
  for await (const batch of reader.batches()) if (batch.kind === 'frames') driver.batch(batch);
  driver.end();
  return rows;
}

/** Ours and theirs in a form that must be equal, one by one; nothing on a side: that side does not name it here. */
export type Convert = (
  rows: readonly TreeRow[],
  theirs: readonly string[],
) => readonly [ours: unknown[], theirs: unknown[]];

const at = (rows: readonly TreeRow[], path: string): TreeRow[] => rows.filter((r) => r.field.path === path);
const numeric = (t: string): number => (t === 'True' ? 1 : t === 'False' ? 0 : Number(t));

/** Numbers of one of our fields; `pick` takes the bits that tshark names. */
export const number =
  (path: string, pick: (v: number) => number = (v) => v): Convert =>
  (rows, b) => [at(rows, path).map((r) => pick(Number(r.value))), b.map(numeric)];

/** Texts of one of our fields; tshark puts single characters in quotes. */
export const text =
  (path: string): Convert =>
  (rows, b) => [at(rows, path).map((r) => String(r.value)), b.map((t) => t.replace(/^'(.)'$/, '$1'))];

export const pathOf = at;

/** tshark's name of a field, and how to find ours. */
export type Pairs = readonly (readonly [theirs: string, convert: Convert])[];

export interface Compared {
  readonly differences: string[];
  /** Values compared, by tshark's name. */
  readonly counts: ReadonlyMap<string, number>;
}

export async function compare(
  program: string,
  path: string,
  dissectors: readonly Dissector[],
  pairs: Pairs,
  options: readonly string[] = [],
): Promise<Compared> {
  const theirs = tsharkFields(program, path, [...new Set(pairs.map(([name]) => name))], options);
  const ours = await rowsOf(path, dissectors);
  const differences: string[] = [];
  const counts = new Map<string, number>();
  for (const [frame, values] of theirs) {
    const rows = ours.get(frame) ?? [];
    for (const [name, convert] of pairs) {
      const [x, y] = convert(rows, values.get(name) ?? []);
      if (x.length === 0 || y.length === 0) continue;
      counts.set(name, (counts.get(name) ?? 0) + x.length);
      if (JSON.stringify(x) !== JSON.stringify(y)) differences.push(`frame ${frame} ${name}: ${x}, tshark has ${y}`);
    }
  }
  return { differences, counts };
}
