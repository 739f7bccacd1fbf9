// PINs that people choose, and those that this capture makes likely: tried before all others.

export interface LikelyFrom {
  /** Numbers that short texts of the capture told this recipient, then those told to others. */
  readonly told: readonly string[];
  readonly msisdn: string | null;
  readonly imsis: readonly string[];
  /** Year of the message; null where it has no time. */
  readonly year: number | null;
}

/** PINs printed in manuals, in gateways' examples, and in messages found in public. */
const KNOWN = ['1234', '0000', '1111', '5151', '12345', '123456', '1234567', '12345678', '00000000', '9999', '2580'];

const OLDEST_YEAR = 1930;
const SOME_YEAR = 2030;

const two = (n: number): string => String(n).padStart(2, '0');

function* runs(length: number): Generator<string> {
  for (let d = 0; d < 10; d += 1) yield String(d).repeat(length);
  const up = '01234567890123456789';
  const down = [...up].reverse().join('');
  for (let from = 0; from < 10; from += 1) {
    yield up.slice(from, from + length);
    yield down.slice(from, from + length);
  }
}

/** Birthdays and the like, the youngest years first; they come before the other PINs of their length. */
export function* dates(length: number, year: number = SOME_YEAR): Generator<string> {
  if (length === 4) {
    for (let y = year; y >= OLDEST_YEAR; y -= 1) yield String(y);
    for (let m = 1; m <= 12; m += 1) {
      for (let d = 1; d <= 31; d += 1) {
        yield two(d) + two(m);
        yield two(m) + two(d);
      }
    }
  }
  if (length !== 6 && length !== 8) return;
  for (let y = year; y >= OLDEST_YEAR; y -= 1) {
    const shown = String(y).slice(length === 6 ? 2 : 0);
    for (let m = 1; m <= 12; m += 1) {
      for (let d = 1; d <= 31; d += 1) {
        yield two(d) + two(m) + shown;
        yield shown + two(m) + two(d);
        yield two(m) + two(d) + shown;
      }
    }
  }
}

/** Likely PINs of `from` to `to` digits, the likeliest first; a few may come twice. */
export function* likelyPins(known: LikelyFrom, from: number, to: number): Generator<string> {
  const fits = (pin: string): boolean => pin.length >= from && pin.length <= to;
  yield* known.told.filter(fits);
  yield* KNOWN.filter(fits);
  const numbers = [known.msisdn?.replace(/\D/g, '') ?? '', ...known.imsis];
  for (let length = from; length <= to; length += 1) {
    yield* numbers.filter((n) => n.length >= length).map((n) => n.slice(-length));
    yield* runs(length);
  }
}
