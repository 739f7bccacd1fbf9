/** Fields of a layer that another one reads too, under names of their own in its table. */
export function prefixed<T>(prefix: string, table: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(table).map(([name, field]) => [`${prefix}.${name}`, field]));
}
