// What holds of reassembly whatever comes: order, copies, hostile input, memory.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAssembler } from '../../dissectors/sms/assemble.ts';
import type { Joined } from '../../dissectors/sms/joined.ts';
import { assemble, made, part, toHex } from './support.ts';

const content = fc.uint8Array({ minLength: 1, maxLength: 20 });

/** Parts of one message, each as often as `copies` says, in an order of their own. */
const shuffled = fc.array(content, { minLength: 2, maxLength: 12 }).chain((parts) =>
  fc.record({
    parts: fc.constant(parts),
    order: fc.array(fc.nat(parts.length - 1), { maxLength: 20 }).chain((again) =>
      fc.shuffledSubarray([...parts.keys(), ...again], {
        minLength: parts.length + again.length,
        maxLength: parts.length + again.length,
      }),
    ),
  }),
);

const joinedOf = (messages: readonly (readonly [frame: number, data: Uint8Array, to?: string])[]): Joined[] =>
  assemble((a) => {
    for (const [frame, data, to] of messages)
      a.shortMessage(made({ frame, data, ...(to === undefined ? {} : { to }) }));
  });

const concat = (parts: readonly Uint8Array[]): string => parts.map(toHex).join('');

describe('reassembly', () => {
  test('any order and any copies give the same octets, and lose no evidence', () => {
    fc.assert(
      fc.property(shuffled, ({ parts, order }) => {
        const out = joinedOf(order.map((n, i) => [i + 1, part(7, parts.length, n + 1, parts[n]!)] as const));
        expect(out).toHaveLength(1);
        expect(out[0]?.state).toBe('complete');
        expect(toHex(out[0]!.data.bytes)).toBe(concat(parts));
        expect(out[0]?.segments.map((s) => s.frame)).toEqual(order.map((_, i) => i + 1));
        expect(out[0]?.segments.filter((s) => s.status === 'used')).toHaveLength(parts.length);
      }),
      { numRuns: 300 },
    );
  });

  test('any parts missing: what is there stands in its order, and what is certain is certain', () => {
    fc.assert(
      fc.property(
        fc.array(content, { minLength: 2, maxLength: 12 }),
        fc.infiniteStream(fc.boolean()),
        (parts, keep) => {
          const here = parts.map((p, i) => [i, p] as const).filter(() => keep.next().value === true);
          fc.pre(here.length > 0);
          const out = joinedOf(here.map(([i, p], n) => [n + 1, part(7, parts.length, i + 1, p)] as const));
          expect(out).toHaveLength(1);
          const whole = here.length === parts.length;
          expect(out[0]?.state).toBe(whole ? 'complete' : 'incomplete');
          expect(toHex(out[0]!.data.bytes)).toBe(concat(here.map(([, p]) => p)));
          const lost = parts.map((_, i) => i + 1).filter((n) => !here.some(([i]) => i + 1 === n));
          expect(out[0]?.missing).toEqual(lost);
          const certain = parts.slice(0, (lost[0] ?? parts.length + 1) - 1);
          expect(out[0]?.contiguous).toBe(certain.reduce((n, p) => n + p.length, 0));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('interleaved messages do not meet', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(content, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 5 }),
        fc.infiniteStream(fc.nat(1000)),
        (messages, dice) => {
          const queue = messages.flatMap((parts, m) =>
            parts.map((p, i) => ({ m, at: dice.next().value, data: part(m, parts.length, i + 1, p) })),
          );
          queue.sort((a, b) => a.at - b.at);
          const out = joinedOf(queue.map((q, i) => [i + 1, q.data] as const));
          expect(out).toHaveLength(messages.length);
          expect(out.map((j) => toHex(j.data.bytes)).sort()).toEqual(messages.map(concat).sort());
        },
      ),
      { numRuns: 200 },
    );
  });

  test('a used reference never mixes two messages, however they follow each other', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 6 }),
        fc.nat(6),
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 }),
        (total, first, second) => {
          const octet = (letter: number, n: number): Uint8Array => Uint8Array.from([letter, n]);
          const old = Array.from({ length: Math.min(first, total) }, (_, i) => i + 1);
          const next = [...new Set(second.map((n) => Math.min(n, total)))];
          const out = joinedOf([
            ...old.map((n, i) => [i + 1, part(1, total, n, octet(0x61, n))] as const),
            ...next.map((n, i) => [500 + i, part(1, total, n, octet(0x41, n))] as const),
          ]);
          for (const j of out) {
            const letters = new Set(j.data.bytes.filter((_, i) => i % 2 === 0));
            const guessed = j.findings.some((x) => x.rule.code === 'CONCAT-RESUMED-GUESS');
            expect(letters.size <= 1 || guessed).toBe(true);
          }
          const frames = out.flatMap((j) => j.segments.map((s) => s.frame)).sort((a, b) => a - b);
          expect(frames).toEqual([...old.map((_, i) => i + 1), ...next.map((_, i) => 500 + i)]);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('any octets as user data: nothing throws, nothing is lost', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.uint8Array({ maxLength: 40 }), fc.boolean(), fc.nat(255)), { maxLength: 20 }),
        (list) => {
          const out = assemble((a) => {
            list.forEach(([data, udhi, dcs], i) => {
              a.shortMessage(made({ frame: i + 1, data, udhi, more: { dcs } }));
            });
          });
          expect(out.flatMap((j) => j.segments.map((s) => s.frame)).sort((a, b) => a - b)).toEqual(
            list.map((_, i) => i + 1),
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('memory', () => {
  test('one part of 255 under every reference from many senders stays within the budget', () => {
    const budgets = { maxRuns: 500, maxBytes: 1_000_000, maxClosed: 100 };
    let emitted = 0;
    let early = 0;
    const a = createAssembler(
      (j) => {
        emitted += 1;
        if (j.findings.some((x) => x.rule.code === 'CONCAT-BUDGET')) early += 1;
      },
      { budgets },
    );
    let sent = 0;
    for (let sender = 0; sender < 20; sender += 1) {
      for (let reference = 0; reference < 256; reference += 1) {
        sent += 1;
        const data = part(reference, 255, 1 + (sent % 255), new Uint8Array(120));
        a.shortMessage(made({ frame: sent, seconds: sent / 1000, data, from: `s${sender}` }));
        expect(a.load.runs).toBeLessThanOrEqual(500);
        expect(a.load.bytes).toBeLessThanOrEqual(1_000_000);
      }
    }
    expect(early).toBe(sent - 500);
    a.end();
    expect(emitted).toBe(sent);
    expect(a.load).toEqual({ runs: 0, bytes: 0 });
  });

  test('a part repeated without end is counted, not kept', () => {
    const out = assemble(
      (a) => {
        for (let i = 1; i <= 5000; i += 1)
          a.shortMessage(made({ frame: i, seconds: 1, data: part(1, 2, 1, new Uint8Array(9)) }));
      },
      { budgets: { maxHeld: 100 } },
    );
    expect(out).toHaveLength(1);
    expect(out[0]?.segments).toHaveLength(100);
    expect(out[0]?.findings.map((x) => x.rule.code)).toContain('CONCAT-COPIES-BUDGET');
  });

  test('a part that differs every time closes what was before, and no more', () => {
    const out = assemble((a) => {
      for (let i = 0; i < 2000; i += 1) {
        const data = part(1, 255, 1, Uint8Array.from([i & 0xff, i >> 8]));
        a.shortMessage(made({ frame: i + 1, seconds: 1, data }));
        expect(a.load.runs).toBe(1);
      }
    });
    expect(out).toHaveLength(2000);
  });

  test('parts that resume each other for ever', () => {
    const out = assemble((a) => {
      for (let i = 0; i < 3000; i += 1) {
        a.shortMessage(
          made({ frame: i + 1, seconds: i * 1000, data: part(1, 255, 1 + (i % 255), new Uint8Array([1])) }),
        );
      }
    });
    expect(out.flatMap((j) => j.segments)).toHaveLength(3000);
  });
});
