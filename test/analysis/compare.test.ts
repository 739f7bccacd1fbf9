// Two messages, and two captures, side by side.

import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { align } from '../../analysis/compare/align.ts';
import { createSession, type Session } from '../../analysis/engine/session.ts';
import { fileSource, root } from '../support/shared.ts';

async function opened(...samples: readonly string[]): Promise<Session> {
  const session = createSession({ open: () => Promise.reject(new Error('Nothing to open.')), samples: async () => [] });
  await session.openSources(samples.map((s) => fileSource(join(root, 'captures', 'samples', s))));
  return session;
}

describe('two lists', () => {
  const show = (a: string, b: string): string =>
    align([...a], [...b], (c) => c)
      .map((p) => (p.a === p.b ? p.a : `-${p.a ?? ''}+${p.b ?? ''}`))
      .join(' ');
  test.each([
    ['', '', ''],
    ['abc', 'abc', 'a b c'],
    ['abc', 'ac', 'a -b+ c'],
    ['ac', 'abc', 'a -+b c'],
    ['abcd', 'axcd', 'a -b+ -+x c d'],
    ['aab', 'ab', 'a -a+ b'],
  ])('%s and %s', (a, b, out) => expect(show(a, b)).toBe(out));

  test('nothing is lost, and the order of both is kept', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 60 }), (x, y) => {
        const [a, b] = [[...x], [...y]];
        const out = align(a, b, (c) => c);
        expect(out.flatMap((p) => (p.a === null ? [] : [p.a]))).toEqual(a);
        expect(out.flatMap((p) => (p.b === null ? [] : [p.b]))).toEqual(b);
        expect(out.every((p) => p.a === null || p.b === null || p.a === p.b)).toBe(true);
      }),
    );
  });

  test('long lists are set against each other without a table of all pairs', () => {
    const long = (n: number, odd: number) =>
      Array.from({ length: n }, (_, i) => (i % 97 === odd ? `x${odd}` : `k${i % 50}`));
    const out = align(long(20_000, 3), long(20_000, 5), (c) => c);
    expect(out.filter((p) => p.a !== null).length).toBe(20_000);
    expect(out.filter((p) => p.b !== null).length).toBe(20_000);
  });
});

describe('two messages', () => {
  test('one that was refused and its second try part at the answer', async () => {
    const s = await opened('throttled-retry.pcap', 'userpin-altered.pcap');
    const { messages } = await s.request({ op: 'rows', table: 'messages', from: 0, count: 200 });
    expect(messages.length).toBeGreaterThan(1);
    const [a, b] = [messages[0]!.id, messages.at(-1)!.id];
    const r = await s.request({ op: 'compare', a, b });
    expect(r.parted?.text).toMatch(/^(They (part|begin)|After|From the start)/);
    expect(r.a.file).not.toBe(r.b.file);
    const back = await s.request({ op: 'compare', a: b, b: a });
    expect(back.steps.filter((x) => x.same).length).toBe(r.steps.filter((x) => x.same).length);
    expect(back.body).toEqual({ a: r.body.b, b: r.body.a, differ: r.body.differ });
  });

  test('a message is like itself', async () => {
    const s = await opened('mixed-day.pcapng');
    const r = await s.request({ op: 'compare', a: 'm1', b: 'm1' });
    expect(r.parted).toBeNull();
    expect([...r.steps, ...r.fields].every((x) => x.same)).toBe(true);
    expect(r.settings.same).toBe(true);
    expect(r.body.differ).toBeNull();
  });

  test('documents that differ part at a field, with the octets of both', async () => {
    const s = await opened('mixed-day.pcapng');
    const r = await s.request({ op: 'compare', a: 'm1', b: 'm5' });
    const field = r.fields.find((f) => !f.same && f.rangeA?.buffer === 'body' && f.rangeB?.buffer === 'body');
    expect(field).toBeDefined();
    expect(r.settings.same).toBe(false);
    expect(r.body.differ).toBeGreaterThanOrEqual(0);
  });

  test('secrets are compared and not shown', async () => {
    const s = await opened('management-call.pcap');
    const r = await s.request({ op: 'compare', a: 'm1', b: 'm1' });
    expect(JSON.stringify(r)).not.toContain('srv-example');
  });
});

describe('two captures', () => {
  test('each message has its counterpart, those that fared differently first', async () => {
    const s = await opened('mixed-day.pcapng', 'mixed-day.pcapng');
    const same = await s.request({ op: 'pairs', a: 0, b: 1, from: 0, count: 200 });
    expect(same.total).toBeGreaterThan(0);
    // Parts that both files hold are copies of each other, joined to one message: the others are there twice.
    const both = same.rows.filter((p) => p.a !== null && p.b !== null);
    expect(both.length).toBeGreaterThan(2);
    expect(both.every((p) => p.a?.summary === p.b?.summary && p.differs.length === 0)).toBe(true);
  });
  test('what is in one only is said', async () => {
    const s = await opened('mixed-day.pcapng', 'smart-messages.pcap');
    const r = await s.request({ op: 'pairs', a: 0, b: 1, from: 0, count: 200 });
    expect(r.differing).toBe(r.rows.filter((p) => p.differs.length > 0).length);
    expect(r.rows.some((p) => p.differs[0] === 'only in the first')).toBe(true);
    expect(r.rows.some((p) => p.differs[0] === 'only in the second')).toBe(true);
  });
});
