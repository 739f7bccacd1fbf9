// Small words for times and secrets.

const SECOND = 1e9;
const UNITS = [
  { of: 86_400 * SECOND, one: 'day', many: 'days' },
  { of: 3600 * SECOND, one: 'hour', many: 'hours' },
  { of: 60 * SECOND, one: 'minute', many: 'minutes' },
  { of: SECOND, one: 's', many: 's' },
  { of: SECOND / 1000, one: 'ms', many: 'ms' },
] as const;

/** '3 s before', '2 hours after', 'at the same time'; '' where one of the times (nanoseconds) is unknown. */
export function afterOrBefore(time: number, of: number): string {
  const distance = Math.abs(time - of);
  if (!Number.isFinite(distance)) return '';
  const unit = UNITS.find((u) => distance >= u.of);
  if (unit === undefined) return 'at the same time';
  const n = Math.round(distance / unit.of);
  return `${n} ${n === 1 ? unit.one : unit.many} ${time < of ? 'before' : 'after'}`;
}

/** An IMSI is told by its end, a PIN by its length alone. */
export const masked = (kind: 'imsi' | 'pin', value: string): string =>
  kind === 'pin' ? '•'.repeat(value.length) : `•••${value.slice(-4)}`;
