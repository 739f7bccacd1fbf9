// Which sequence numbers of SCTP came before, and with which data, while the octets are there and when they are gone.

import { expect, test } from 'vitest';
import { isAt, patternOf } from '../../dissectors/base/words.ts';
import { SeenTsns } from '../../dissectors/transport/sctp/association.ts';
import { seeded } from '../generator/octets.ts';

test('the same whether octets are noted or read at once, and after the batch they were in', () => {
  for (let seed = 1; seed <= 10; seed++) {
    const random = seeded(seed);
    const [noting, reading] = [new SeenTsns(), new SeenTsns()];
    const waiting: { batchEnds(): void }[] = [];
    const counts = { new: 0, again: 0, other: 0 };
    let tsn = 0xffff_ff00;
    for (let batch = 0; batch < 30; batch++) {
      const bytes = Uint8Array.from({ length: 600 }, (_, i) => (i % 40) + random(2));
      for (let n = 20 + random(300); n > 0; n--) {
        const back = random(4) === 0 ? random(80) : 0;
        const number = (tsn - back) >>> 0;
        if (back === 0) tsn = (tsn + 1) >>> 0;
        const start = 1 + random(2) * 40;
        const end = start + random(3) * 9;
        const known = reading.add(number, bytes, start, end, null);
        const stays = random(8) > 0;
        const found = noting.add(number, stays ? bytes : bytes.slice(), start, end, stays ? waiting : null);
        if (found !== known) expect(found, `seed ${seed}, number ${number}`).toBe(known);
        counts[known] += 1;
      }
      for (const w of waiting) w.batchEnds();
      waiting.length = 0;
      bytes.fill(0xee);
    }
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(100);
  }
});

test('a pattern is found where all of it is, wherever it begins', () => {
  const random = seeded(1);
  const buffer = Uint8Array.from({ length: 120 }, () => random(256));
  const b = buffer.subarray(3);
  for (let at = 0; at < 20; at++) {
    for (let length = 0; length < 14; length++) {
      const what = patternOf(b.slice(at, at + length));
      expect(isAt(b, at, at + length, what)).toBe(true);
      expect(isAt(b, at, at + length - 1, what)).toBe(false);
      for (let i = 0; i < length; i++) {
        b[at + i]! ^= 0x10;
        expect(isAt(b, at, 60, what)).toBe(false);
        b[at + i]! ^= 0x10;
      }
    }
  }
});
