// Who can be chosen to read a port, and whether a choice can be.

import { dissectors } from '../../dissectors/index.ts';
import { checkDecodeAs, createRegistry, parseDecodeAs } from '../../dissectors/registry.ts';
import type { Decoder } from './contract.ts';

/** Datagram dissectors that only other layers hand anything to are no choice for a port. */
const readsPorts = (tables: readonly string[]): boolean =>
  tables.length === 0 || tables.some((t) => t.endsWith('.port'));

export const decoders = (): readonly Decoder[] =>
  dissectors
    .filter((d) => readsPorts(d.carriedBy.map((b) => b.table)))
    .map((d) => ({ id: d.id, title: d.title, table: d.kind === 'stream' ? 'tcp.port' : 'udp.port' }));

/** Throws TypeError with a sentence for the user. */
export function checkChoices(choices: readonly string[]): void {
  const registry = createRegistry(dissectors);
  for (const choice of choices) checkDecodeAs(registry, parseDecodeAs(choice));
}
