// Who is there and who carries whom: lookup tables from the one explicit list.

import type { Dissector, StreamDissector, Table } from './base/dissector.ts';

/** A choice of the user that goes before every binding. */
export interface DecodeAs {
  readonly table: 'udp.port' | 'tcp.port';
  readonly key: number;
  /** Id of a dissector. */
  readonly dissector: string;
}

export interface Registry {
  readonly dissectors: readonly Dissector[];
  /** Those that read streams, in the order of the list. */
  readonly streams: readonly StreamDissector[];
  find(id: string): Dissector | undefined;
  /** Who is bound to the key. */
  bound(table: Table, key: number | string): Dissector | undefined;
  /** All keys of a table with who is bound to them. */
  bindings(table: Table): readonly (readonly [number | string, Dissector])[];
}

/** What carries streams. Messages of SCTP do too: each of whole PDUs. */
const STREAM_TABLES: ReadonlySet<Table> = new Set<Table>(['tcp.port', 'sctp.ppid', 'sctp.port']);

/** Throws TypeError for a list that contradicts itself: that is a mistake of the program, not of a capture. */
export function createRegistry(dissectors: readonly Dissector[]): Registry {
  const byId = new Map<string, Dissector>();
  const tables = new Map<Table, Map<number | string, Dissector>>();
  for (const d of dissectors) {
    if (byId.has(d.id)) throw new TypeError(`two dissectors are called ${d.id}`);
    byId.set(d.id, d);
    for (const { table, key } of d.carriedBy) {
      const fits = d.kind === 'stream' ? STREAM_TABLES.has(table) : table !== 'tcp.port';
      if (!fits) throw new TypeError(`${d.id}: ${table} carries no ${d.kind}`);
      const keys = tables.get(table) ?? new Map<number | string, Dissector>();
      tables.set(table, keys);
      const other = keys.get(key);
      if (other !== undefined) throw new TypeError(`${table} ${key} is claimed by ${other.id} and ${d.id}`);
      keys.set(key, d);
    }
  }
  const list = [...dissectors];
  return {
    dissectors: list,
    streams: list.filter((d) => d.kind === 'stream'),
    find: (id) => byId.get(id),
    bound: (table, key) => (table === 'dissector' ? byId.get(String(key)) : tables.get(table)?.get(key)),
    bindings: (table) => [...(tables.get(table) ?? [])],
  };
}

const FORM = /^(udp|tcp)\.port=(\d{1,5}):([a-z0-9][a-z0-9-]*)$/;

/**
 * Reads `udp.port=5000:wdp` or `tcp.port=9000:smpp`. Throws TypeError with a sentence for the user; whether there is
 * such a dissector is checked by `checkDecodeAs`.
 */
export function parseDecodeAs(text: string): DecodeAs {
  const m = FORM.exec(text.trim().toLowerCase());
  if (m === null) {
    throw new TypeError(`decode as "${text}": expected PROTOCOL.port=NUMBER:DISSECTOR, such as tcp.port=9000:smpp`);
  }
  const key = Number(m[2]);
  if (key > 65_535) throw new TypeError(`decode as "${text}": ${key} is no port, ports end at 65535`);
  return { table: m[1] === 'udp' ? 'udp.port' : 'tcp.port', key, dissector: m[3]! };
}

/** The dissector a choice names. Throws TypeError with a sentence for the user when there is none of that kind. */
export function checkDecodeAs(registry: Registry, choice: DecodeAs): Dissector {
  const wanted = choice.table === 'tcp.port' ? 'stream' : 'datagram';
  const d = registry.find(choice.dissector);
  if (d !== undefined && d.kind === wanted) return d;
  const known = registry.dissectors.filter((x) => x.kind === wanted).map((x) => x.id);
  const why = d === undefined ? 'is not known' : `does not read ${wanted}s`;
  throw new TypeError(
    `decode as ${choice.table}=${choice.key}: "${choice.dissector}" ${why}; there is ${known.join(', ') || 'none'}`,
  );
}
