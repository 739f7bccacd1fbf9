// Fields that are no column: those of the decoders' own tables, found by decoding a message again.

import type { Field } from '../../dissectors/base/fields.ts';
import type { FilterField } from './fields.ts';

const NUMBERS: ReadonlySet<Field['kind']> = new Set(['u8', 'u16', 'u24', 'u32', 'uintvar', 'bits']);

/** Names of the standard can be written too, so a field with names is compared as text as well. */
function filterField(f: Field): FilterField {
  const named = Object.values(f.names ?? {})[0];
  const number = NUMBERS.has(f.kind) && named === undefined;
  const example = number ? `${f.path} == 1` : named === undefined ? `${f.path} contains 05` : `${f.path} == "${named}"`;
  return { path: f.path, label: f.label, type: number ? 'number' : 'text', example, many: true, deep: true };
}

/** Filter fields by lower-case path. Secret ones can't be asked for: a filter would tell them apart. */
export function deepFields(declared: Iterable<Field>): Map<string, FilterField> {
  const out = new Map<string, FilterField>();
  for (const f of declared) {
    if (f.secret !== true && !out.has(f.path.toLowerCase())) out.set(f.path.toLowerCase(), filterField(f));
  }
  return out;
}
