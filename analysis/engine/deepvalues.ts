// What the decoders read in a message, by the path of the field: for filters that ask what is no column.

import type { TreeRow } from '../../dissectors/base/recorder.ts';
import type { Characteristic } from '../../dissectors/content/document.ts';
import { isSecretParm } from '../../dissectors/content/provisioning/secrets.ts';
import { PARM_PREFIX } from '../query/fields.ts';
import { messageBlocks } from './blocks.ts';
import { interpret } from './interpret.ts';
import type { MessageRecord } from './records.ts';

type Value = string | number;

const hex = (b: Uint8Array): string => Array.from(b, (v) => v.toString(16).toUpperCase().padStart(2, '0')).join('');

/** All a filter may compare: a number, its name, and what is shown. */
function valuesOf({ field, value, text }: TreeRow): Value[] {
  if (field.secret === true) return [];
  const out: Value[] = [];
  if (typeof value === 'number')
    out.push(value, String(value), ...(field.names?.[value] === undefined ? [] : [field.names[value]]));
  else if (typeof value === 'string') out.push(value);
  else if (value !== null) out.push(hex(value));
  if (text !== undefined) out.push(text);
  return out;
}

/** What a table shows of it. */
export function shownOf(row: TreeRow): Value[] {
  const [value, ...rest] = valuesOf(row);
  return value === undefined ? [] : [rest.at(-1) ?? value];
}

function parms(all: readonly Characteristic[], into: Map<string, Value[]>): void {
  for (const c of all) {
    for (const p of c.parms) {
      const path = PARM_PREFIX + p.name.toUpperCase();
      if (p.value !== null && !isSecretParm(p.name)) into.set(path, [...(into.get(path) ?? []), p.value]);
    }
    parms(c.characteristics, into);
  }
}

/** Values of the fields named, secrets left out. Parameters of a document alone need no tree. */
export function deepValues(
  r: MessageRecord,
  paths: ReadonlySet<string>,
  of: (row: TreeRow) => Value[] = valuesOf,
): Map<string, Value[]> {
  const out = new Map<string, Value[]>();
  if ([...paths].every((p) => p.startsWith(PARM_PREFIX))) {
    parms(interpret(r.joined).content?.provisioning?.characteristics ?? [], out);
    return out;
  }
  const { blocks, interpretation } = messageBlocks(r);
  parms(interpretation.content?.provisioning?.characteristics ?? [], out);
  for (const row of blocks.flatMap((b) => b.rows)) {
    const { path } = row.field;
    if (!paths.has(path)) continue;
    const known = out.get(path);
    if (known === undefined) out.set(path, of(row));
    else known.push(...of(row));
  }
  return out;
}
