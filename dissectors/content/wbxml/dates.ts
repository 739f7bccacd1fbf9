// %Datetime in OPAQUE data: packed decimal digits YYYYMMDDhhmmss, trailing zero octets left out
// (WAP-167-ServiceInd 8.2.2).

/** '1999-06-30T00:00:00Z' to its octets; undefined when the text is no such date. */
export function encodeDate(text: string): number[] | undefined {
  const m = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z$/.exec(text);
  if (m === null) return undefined;
  const digits = m.slice(1).join('');
  const out = Array.from({ length: 7 }, (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16));
  while (out.length > 0 && out.at(-1) === 0) out.pop();
  return decodeDate(Uint8Array.from(out)) === text ? out : undefined;
}

const within = (text: string, low: number, high: number): boolean => Number(text) >= low && Number(text) <= high;

/** Octets to '1999-06-30T00:00:00Z'; undefined when they are no date. */
export function decodeDate(octets: Uint8Array): string | undefined {
  if (octets.length < 4 || octets.length > 7) return undefined;
  let d = '';
  for (const o of octets) d += o.toString(16).padStart(2, '0');
  if (!/^\d+$/.test(d)) return undefined;
  d = d.padEnd(14, '0');
  const at = (i: number): string => d.slice(i, i + 2);
  const plausible =
    within(at(4), 1, 12) &&
    within(at(6), 1, 31) &&
    within(at(8), 0, 24) &&
    within(at(10), 0, 59) &&
    within(at(12), 0, 60);
  if (!plausible) return undefined;
  return `${d.slice(0, 4)}-${at(4)}-${at(6)}T${at(8)}:${at(10)}:${at(12)}Z`;
}
